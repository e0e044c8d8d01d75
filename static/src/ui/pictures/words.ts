import { html, nothing, type TemplateResult } from 'lit';
import type { Picture } from '../../engine/types.ts';
import { about } from '../about.ts';
import type { App } from '../app.ts';
import { href } from '../route.ts';
import { folded } from './frame.ts';
import { effort, lean } from './mirror.ts';
import { bond, grounds } from './scene.ts';

const pairsShown = 60;

/** The mirror's legend: what area, gap, tilt and hatching mean, exactly. */
export function mirrorLegend({ t }: App): TemplateResult {
  return folded(t('ui.mirror.legend'), html`
    <dl class="reading-key">${(['area', 'gap', 'unsure', 'tilt', 'hatch', 'mute'] as const).map((k) => html`
      <div><dt>${specimen(k)}${t(`ui.mirror.legend.${k}`)}</dt><dd>${t(`ui.mirror.legend.${k}.text`)}</dd></div>`)}
    </dl>`);
}

const specimen = (k: string): TemplateResult => html`<span class="specimen-of ${k}" aria-hidden="true"></span>`;

/** All that the mirror shows, as a table; and all pairs of channels, of which it shows neighbours only. */
export function mirrorInWords(app: App, picture: Picture): TemplateResult {
  const { t } = app;
  const { channels } = picture;
  const names = (list: string[]): string => list.map((id) => app.name(id)).join(', ') || '–';
  const rows = channels.map((c) => {
    const others = channels.filter((o) => o.id !== c.id).map((o) => ({ id: o.id, ...bond(grounds(picture, c.id, o.id)) }));
    return { c, held: others.filter((o) => !o.missing), apart: others.filter((o) => o.missing && !o.open), open: others.filter((o) => o.open) };
  });
  const ids = (l: { id: string }[]): string[] => l.map((o) => o.id);
  return folded(t('ui.mirror.twin'), html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.mirror.twin')}>
      <table class="twin">
        <thead><tr><td></td>${['channel', 'effort', 'with', 'without', 'maybe', 'tone', 'unknown'].map((h) => html`<th scope="col">${t(`ui.mirror.${h}`)}</th>`)}</tr></thead>
        <tbody>${rows.map(({ c, held, apart, open }, i) => html`
          <tr data-about=${about(c.id)}><td>${i + 1}</td><th scope="row"><a href=${href('channels', c.id)}>${app.name(c.id)}</a></th>
            <td>${effort(app, c)}${c.said ? nothing : html` <small>(${t('ui.mirror.guessed')})</small>`}</td>
            <td>${names(ids(held))}</td><td>${names(ids(apart))}</td><td>${names(ids(open))}</td><td>${lean(app, c)}</td><td>${t('ui.percent', { x: c.unknown })}</td></tr>`)}
        </tbody>
      </table>
    </div>
    ${channels.length > 1 ? pairs(app, picture) : nothing}`);
}

function pairs(app: App, picture: Picture): TemplateResult {
  const { t } = app;
  const all = picture.channels.flatMap((a, i) => picture.channels.slice(0, i).map((b, j) => ({ a: b.id, b: a.id, four: a.with[j] ?? '????' })));
  const shown = [...all].sort((x, y) => bond(y.four).missing - bond(x.four).missing).slice(0, pairsShown);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.mirror.pairs')}>
      <table class="twin">
        <caption>${t('ui.mirror.pairs')}</caption>
        <thead><tr><th scope="col">${t('ui.mirror.pair')}</th>${[0, 1, 2, 3].map((k) => html`<th scope="col">${t(`ui.mirror.ground.${k}`)}</th>`)}</tr></thead>
        <tbody>${shown.map((p) => html`
          <tr data-about=${about(p.a, p.b)} class=${bond(p.four).missing ? 'apart' : 'held'}><th scope="row">${app.name(p.a)} · ${app.name(p.b)}</th>${[...p.four].map((x) => html`<td class=${verdicts[x]!}>${t(`ui.mirror.${verdicts[x]!}`)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
    ${all.length > shown.length ? html`<p class="aside">${t('ui.mirror.more', { n: all.length - shown.length })}</p>` : nothing}`;
}

const verdicts: Record<string, string> = { y: 'yes', n: 'no', '?': 'open' };
