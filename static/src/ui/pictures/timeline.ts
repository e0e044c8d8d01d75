import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { area, curveMonotoneX, line } from 'd3-shape';
import type { Message, Picture, Report, Shard } from '../../engine/types.ts';
import { about } from '../about.ts';
import type { App } from '../app.ts';
import { quotation } from '../quote.ts';
import { href } from '../route.ts';
import { folded } from './frame.ts';

// px
const low = 76;  // of a lane
const tall = 96; // of one that carries its name above it
const head = 26;
const side = 8;
const most = 1.6; // standard deviations at the edge of a lane
const band = 13;  // of the messages of a month, at the lane's foot

type Changed = { channel: string; day: string; first: string; why: 'unexplained' | 'decided' | 'season'; decision?: string | undefined };

/** The changes of all voices, the earliest first. */
export function changesOf(app: App, report: Report): Changed[] {
  const messages = new Map(app.board.messages?.map((m) => [m.id, m]));
  return (report.timeline ?? []).flatMap((t) => t.changes.map((c): Changed => ({
    channel: t.channel, day: messages.get(c.before)?.date ?? '', first: c.before,
    why: c.explainedBy ? 'decided' : c.seasonal ? 'season' : 'unexplained', decision: c.explainedBy ?? undefined,
  }))).filter((c) => c.day).sort((a, b) => (a.day < b.day ? -1 : 1));
}

const voiced = (picture: Picture): Shard[] => picture.channels.filter((c) => c.register.length);

/** Months since year 0, with the day as its fraction. */
function monthOf(day: string): number {
  const [y, m, d = '1'] = day.split('-');
  return Number(y) * 12 + Number(m) - 1 + (Number(d) - 1) / 31;
}

/** A lane for each channel: the register month by month, how many messages stand behind it, the days the voice changed, the decisions. */
export function timeline(app: App, report: Report, picture: Picture, width: number): TemplateResult {
  const { t } = app;
  const channels = voiced(picture);
  if (!channels.length) return html`<p class="nothing">${t('ui.timeline.none')}</p>`;
  const changes = changesOf(app, report);
  const decisions = (app.board.decisions ?? []).filter((d) => /^\d{4}-\d\d/.test(String(d.date ?? ''))) as unknown as { id: string; date: string; text: string; channels?: string[] }[];
  const months = channels.flatMap((c) => c.register.map((r) => monthOf(r.month)));
  const [from, to] = [Math.min(...months), Math.max(...months) + 1];
  const label = width < 560 ? 0 : 150;
  const plot = Math.max(220, width - label - 2 * side);
  const x = (m: number): number => tenth(label + side + ((m - from) / Math.max(1, to - from)) * plot);
  const height = label ? low : tall;
  const bottom = head + channels.length * height;
  const busiest = Math.max(...channels.flatMap((c) => c.register.map((r) => r.messages)));
  return html`
    <svg class="timeline" data-picture="timeline" viewBox="0 0 ${label + plot + 2 * side} ${bottom + 6}" role="group" aria-label=${t('ui.timeline.summary', { channels: channels.length, changes: changes.length })}>
      ${ticks(from, to, plot, app.lang).map(([m, text]) => svg`<path class="tick" d="M${x(m)} ${head - 4}V${bottom}" /><text class="month" x=${x(m) + 4} y="14">${text}</text>`)}
      ${channels.map((c, i) => lane(app, c, head + i * height, x, { label, height, right: label + plot + 2 * side, busiest }))}
      ${decisions.filter((d) => monthOf(d.date) >= from && monthOf(d.date) <= to).map((d) => channels.map((c, i) => !d.channels?.length || d.channels.includes(c.id)
        ? svg`<path class="decision" data-decision=${d.id} d="M${x(monthOf(d.date))} ${head + i * height + 4}v${height - 8}" />` : nothing))}
      ${changes.map((c) => diamond(app, c, channels, height, x))}
    </svg>`;
}

const tenth = (v: number): number => Math.round(v * 10) / 10;

/** A name a month where there is room, else a quarter or a year. */
function ticks(from: number, to: number, plot: number, lang: string): [number, string][] {
  const step = [1, 3, 6, 12, 24, 60, 120].find((s) => ((to - from) / s) * 62 <= plot) ?? 240;
  const out: [number, string][] = [];
  for (let m = Math.ceil(from / step) * step; m < to; m += step) {
    const date = new Date(Date.UTC(2000, ((m % 12) + 12) % 12, 1));
    const year = String(Math.floor(m / 12));
    out.push([m, step >= 12 ? year : `${date.toLocaleDateString(lang, { month: 'short', timeZone: 'UTC' })} ${year.slice(2)}`]);
  }
  return out;
}

function lane(app: App, c: Shard, top: number, x: (m: number) => number, { label, height, right, busiest }: { label: number; height: number; right: number; busiest: number }): SVGTemplateResult {
  const above = height - low + 10;
  const room = height - band - above - 8;
  const y = (r: number): number => tenth(top + above + room / 2 - (Math.max(-most, Math.min(most, r)) / most) * (room / 2));
  const points = c.register.map((r): [number, number] => [x(monthOf(r.month) + 0.5), y(r.register)]);
  const foot = top + height - 6;
  const drawn = line().curve(curveMonotoneX)(points) ?? '';
  const shade = area<[number, number]>().x((p) => p[0]).y0(y(0)).y1((p) => p[1]).curve(curveMonotoneX)(points) ?? '';
  return svg`
    <a class="lane" href=${href('channels', c.id)} aria-label=${app.name(c.id)} data-about=${about(c.id)}>
      <rect class="ground" x="0" y=${top} width=${right} height=${height} />
      <path class="between" d="M0 ${top + height}H${right}" />
      <path class="mean" d="M${label + side} ${y(0)}H${right - side}" />
      <path class="shade" d=${shade} />
      <path class="voice" d=${drawn} />
      ${points.map(([px, py]) => svg`<circle class="dot" cx=${px} cy=${py} r="2.5" />`)}
      ${c.register.map((r) => svg`<rect class="messages" x=${tenth(x(monthOf(r.month)) + 1)} y=${tenth(foot - (band * r.messages) / busiest)} width=${tenth(Math.max(1, x(monthOf(r.month) + 1) - x(monthOf(r.month)) - 2))} height=${tenth((band * r.messages) / busiest)} />`)}
      <text class="name" x=${label ? 4 : side} y=${label ? top + height / 2 + 2 : top + 15}>${short(app.name(c.id), label ? 18 : 40)}</text>
    </a>`;
}

const short = (s: string, n: number): string => (s.length > n ? `${s.slice(0, n - 1)}…` : s);

function diamond(app: App, c: Changed, channels: Shard[], height: number, x: (m: number) => number): unknown {
  const i = channels.findIndex((s) => s.id === c.channel);
  if (i < 0) return nothing;
  const [cx, cy] = [x(monthOf(c.day)), head + i * height + height / 2];
  const label = `${app.t('ui.timeline.changed', { channel: c.channel, date: c.day })}. ${app.t(`ui.timeline.change.${c.why}`)}`;
  return svg`
    <a class=${`change ${c.why}`} href=${href('posts', c.first)} aria-label=${label} data-about=${about(c.channel)}>
      <path class="day" d="M${cx} ${cy - height / 2 + 4}v${height - 8}" />
      <rect class="hit" x=${cx - 12} y=${cy - 12} width="24" height="24" />
      <path class="mark" d="M${cx} ${cy - 9}l9 9l-9 9l-9 -9z" />
      ${c.why === 'unexplained' ? nothing : svg`<path class="tick-mark" d=${c.why === 'decided' ? `M${cx - 3.5} ${cy}l2.5 3l4.5 -5.5` : `M${cx - 4} ${cy}h8`} />`}
    </a>`;
}

/** Each change with the words before it and after it. */
export function turns(app: App, report: Report): unknown {
  const { t } = app;
  const changes = changesOf(app, report);
  if (!changes.length) return nothing;
  const dated = (channel: string): Message[] => (app.board.messages ?? []).filter((m) => m.channel === channel && m.date).sort((a, b) => (a.date! < b.date! ? -1 : a.date! > b.date! ? 1 : a.id < b.id ? -1 : 1));
  const quote = (title: string, m: Message | undefined): unknown => m && html`<div><p class="label">${title}</p>${quotation({
    text: m.text, spans: [], source: t('ui.quote.dated', { channel: app.name(m.channel), date: m.date! }), lang: m.lang ?? app.board.lang, href: href('posts', m.id), label: t('ui.quote.goto', { source: app.name(m.channel) }),
  })}</div>`;
  return html`<ol class="turns">${changes.map((c) => {
    const all = dated(c.channel);
    const at = all.findIndex((m) => m.id === c.first);
    const decision = app.board.decisions?.find((d) => d.id === c.decision);
    return html`
      <li class=${c.why} data-about=${about(c.channel)}>
        <h3>${t('ui.timeline.changed', { channel: c.channel, date: c.day })}</h3>
        <p class="aside">${decision ? t('ui.timeline.because', { date: String(decision.date ?? ''), text: String(decision.text ?? '') }) : t(`ui.timeline.change.${c.why}`)}</p>
        <div class="pair">${quote(t('ui.timeline.before'), all[at - 1])}${quote(t('ui.timeline.after'), all[at])}</div>
      </li>`;
  })}</ol>`;
}

export function timelineLegend({ t }: App): TemplateResult {
  return folded(t('ui.timeline.legend'), html`
    <ul class="reading-key marks"><li><span class="specimen-of axis" aria-hidden="true"></span>${t('ui.timeline.axis')}</li>
      ${(['unexplained', 'decided', 'season'] as const).map((k) => html`<li><svg viewBox="-12 -12 24 24" aria-hidden="true" class="timeline key"><g class=${`change ${k}`}><path class="mark" d="M0 -9l9 9l-9 9l-9 -9z" />${k === 'unexplained' ? nothing : svg`<path class="tick-mark" d=${k === 'decided' ? 'M-3.5 0l2.5 3l4.5 -5.5' : 'M-4 0h8'} />`}</g></svg>${t(`ui.timeline.change.${k}`)}</li>`)}
      <li><svg viewBox="-12 -12 24 24" aria-hidden="true" class="timeline key"><path class="decision" d="M0 -11V11" /></svg>${t('ui.timeline.decision')}</li>
    </ul>`);
}

export function timelineInWords(app: App, picture: Picture): unknown {
  const { t } = app;
  const channels = voiced(picture);
  if (!channels.length) return nothing;
  return folded(t('ui.timeline.twin'), html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.timeline.twin')}>
      <table class="twin">
        <thead><tr>${['ui.mirror.channel', 'ui.timeline.month', 'ui.timeline.messages', 'ui.timeline.tone'].map((h) => html`<th scope="col">${t(h)}</th>`)}</tr></thead>
        <tbody>${channels.map((c) => c.register.map((r, i) => html`
          <tr data-about=${about(c.id)}>${i ? nothing : html`<th scope="rowgroup" rowspan=${c.register.length}>${app.name(c.id)}</th>`}<td>${r.month}</td><td>${t('ui.number', { n: r.messages })}</td><td>${r.register > 0 ? '+' : ''}${t('ui.number', { n: r.register })}</td></tr>`))}
        </tbody>
      </table>
    </div>`);
}
