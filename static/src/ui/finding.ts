import { html, nothing, svg, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import type { Finding, Message, Place } from '../engine/types.ts';
import type { App } from './app.ts';
import { localDay } from '../engine/day.ts';
import { fieldText, find, standsAt } from './board.ts';
import { quotation, type Quotation } from './quote.ts';
import { formatSpans, href, type Span } from './route.ts';
import { about } from './about.ts';
import { domId } from './view.ts';

const quotesFirst = 3; // the rest on request

export interface FindingState { all: boolean; dismissing: boolean; showAll: () => void; startDismiss: () => void; cancel: () => void; dismiss: (reason: string) => void }

/** One finding: what breaks, the words that prove it, why it matters, what to do. */
export function findingArticle(app: App, f: Finding, ui: FindingState): TemplateResult {
  const { t } = app;
  const id = domId('at', f.key);
  const { quotes, others } = evidence(app, f);
  const shown = ui.all ? quotes : quotes.slice(0, quotesFirst);
  const ideas = t(`${f.rule}.ideas`).split(' ').filter((x) => /^A\d+$/.test(x));
  return html`
    <article class="finding ${f.severity}" id=${id} data-about=${aboutFinding(app, f)} tabindex="-1" aria-labelledby=${id + '.s'}>
      <p class="severity">${shape(f.severity)}${t(`severity.${f.severity}`)}</p>
      <h4 id=${id + '.s'}>${t(`${f.rule}.sentence`, f.args)}</h4>
      <div class="quotes" @click=${() => { app.from = f.key; }}>
        ${shown.map(quotation)}
      </div>
      ${quotes.length > shown.length ? html`<button type="button" class="quiet" @click=${ui.showAll}>${t('ui.finding.more', { n: quotes.length - shown.length })}</button>` : nothing}
      <p class="matter">${t(`${f.rule}.why`)}</p>
      <div class="ending">
        <div class="remedy"><p class="label">${t('ui.remedy')}</p><p>${t(`${f.rule}.remedy`)}</p>
          ${others.length ? html`<p class="places" @click=${() => { app.from = f.key; }}>${t('ui.finding.where')} ${others.map((o, i) => html`${i ? ', ' : ''}<a href=${o.href}>${o.label}</a>`)}</p>` : nothing}</div>
        <div class="foot">
          ${ideas.length ? html`<details class="more idea"><summary>${icon('down')}${t('ui.finding.idea')}</summary>${ideas.map((a) => html`<p>${t(a)}</p>`)}</details>` : nothing}
          ${app.room?.voteOn(f.key) ?? nothing}
          ${ui.dismissing ? dismissal(app, id, ui) : html`<button type="button" class="quiet dismiss" id=${id + '.dismiss'} aria-describedby=${id + '.s'} @click=${ui.startDismiss}>${t('ui.finding.dismiss')}</button>`}
        </div>
      </div>
    </article>`;
}

export function dismissal({ t }: App, id: string, ui: Pick<FindingState, 'dismiss' | 'cancel'>): TemplateResult {
  return html`
    <form class="dismissal" @submit=${(e: SubmitEvent) => {
      e.preventDefault();
      const reason = new FormData(e.target as HTMLFormElement).get('reason')!.toString().trim();
      if (reason) ui.dismiss(reason);
    }} @keydown=${(e: KeyboardEvent) => { if (e.key === 'Escape') ui.cancel(); }}>
      <label for=${id + '.reason'}>${t('ui.finding.reason')}</label>
      <input id=${id + '.reason'} name="reason" type="text" required pattern=".*\\S.*" placeholder=${t('ui.finding.reason.hint')}>
      <button class="plain">${t('ui.finding.dismiss.yes')}</button>
      <button type="button" class="quiet" @click=${ui.cancel}>${t('ui.cancel')}</button>
    </form>`;
}

/** Severity has a shape of its own, so that it is read without its colour. */
export const shape = (s: Finding['severity']): TemplateResult => html`<svg class="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${
  s === 'critical' ? svg`<path d="M8 1 15 8 8 15 1 8z"/>`
  : s === 'major' ? svg`<path d="M8 1 15 8 8 15 1 8z" class="line"/><path d="M8 1 15 8 8 15z"/>`
  : svg`<path d="M8 2 14 8 8 14 2 8z" class="line"/>`}</svg>`;

/** The finding's places as quotations (several spans of one text are one), and as links where there is no text to quote. */
export function evidence(app: App, f: Finding): { quotes: Quotation[]; others: { href: string; label: string }[] } {
  const quotes = new Map<string, Quotation>();
  const others = new Map<string, { href: string; label: string }>();
  for (const p of f.places) {
    const key = p.message ?? `${p.entity}/${p.field ?? ''}`;
    const span: Span[] = p.end ? [[p.start ?? 0, p.end]] : [];
    const known = quotes.get(key);
    if (known) {
      known.spans.push(...span);
      if (p.message) known.href = href('posts', p.message, formatSpans(known.spans) || undefined);
      continue;
    }
    const words = p.message ? messageText(app, p.message) : entityText(app, p);
    const to = whereIs(app, p);
    if (words) quotes.set(key, { ...words, spans: span, href: to, label: app.t('ui.quote.goto', { source: words.source }) });
    else if (to && !p.message) others.set(key, { href: to, label: app.name(p.entity!) });
  }
  return { quotes: [...quotes.values()], others: [...others.values()] };
}

/** The channels a finding is about: those its places name, and those its messages stand on. */
export function channelsOf(app: App, f: Finding): string[] {
  const channels = new Set(app.board.channels?.map((c) => c.id));
  const on = f.places.map((p) => (p.message ? homes(app.board.messages).get(p.message) : p.entity));
  return [...new Set(on)].filter((id): id is string => id !== undefined && channels.has(id));
}

/** What lights with a finding: its other mentions, the entities and messages it names, and their channels. */
export const aboutFinding = (app: App, f: Finding): string => about(f, ...f.places.flatMap((p) => p.message ?? p.entity ?? []), ...channelsOf(app, f));

const known = new WeakMap<object, Map<string, string>>();

/** Message → channel, once for as long as the list is the same. */
function homes(messages: Message[] = []): Map<string, string> {
  let map = known.get(messages);
  if (!map) known.set(messages, (map = new Map(messages.map((m) => [m.id, m.channel]))));
  return map;
}

/** Where what a place names can be read and mended. */
function whereIs(app: App, p: Place): string | undefined {
  if (p.message) return href('posts', p.message, p.end ? formatSpans([[p.start ?? 0, p.end]]) : undefined);
  if (p.entity === 'identity') return href('identity', 'identity', p.field ?? 'sentence');
  const at = p.entity && standsAt(app.board, p.entity, p.field);
  return at ? href(...at) : undefined;
}

type Words = Pick<Quotation, 'text' | 'source' | 'lang'>;

function messageText(app: App, id: string): Words | undefined {
  const m = app.board.messages?.find((x) => x.id === id);
  if (!m) return undefined;
  const channel = app.board.channels?.find((c) => c.id === m.channel);
  const source = app.t(m.date ? 'ui.quote.dated' : 'ui.quote.of', { channel: channel?.name ?? m.channel, date: m.date ?? '' });
  return { text: m.text, source, lang: m.lang ?? channel?.lang ?? app.board.lang };
}

function entityText(app: App, p: Place): Words | undefined {
  const text = p.entity && fieldText(app.board, p.entity, p.field);
  if (!text || p.field === 'name') return undefined;
  const list = p.entity === 'identity' ? 'identity' : find(app.board, p.entity!)?.list ?? '';
  const known = `ui.quote.${list}.${p.field ?? 'name'}`;
  const source = app.t(known, { name: app.name(p.entity!) });
  return { text, source: source === known ? app.name(p.entity!) : source, lang: app.board.lang };
}

export function dismiss(app: App, f: Finding, reason: string): void {
  const { dismissals = [] } = app.board;
  app.act((m) => m.set('dismissals', [...dismissals.filter((d) => d.finding !== f.key), { finding: f.key, reason, date: localDay() }]), 'ui.finding.dismissed');
}

export const reasonOf = (app: App, key: string): string => app.board.dismissals?.find((d) => d.finding === key)?.reason ?? '';
