import { html, nothing, type TemplateResult } from 'lit';
import type { Report } from '../engine/types.ts';
import type { App } from './app.ts';
import { href } from './route.ts';

const pairsShown = 8;

/** What was read in all texts together: where they contradict each other, how far each voice belongs, when voices changed, what was posted again. */
export function measured(app: App, report: Report): unknown {
  const parts = [contradictions(app, report), pairs(app, report), voices(app, report), chimera(app, report), changes(app, report), copies(app, report)].filter((x) => x !== nothing);
  if (!parts.length) return nothing;
  return html`
    <section class="measured" aria-labelledby="measured-title">
      <h2 id="measured-title">${app.t('ui.measured.title')}</h2>
      <p class="aside">${app.t('ui.measured.how')}</p>
      ${parts}
    </section>`;
}

function contradictions(app: App, { contradictions: all = [] }: Report): unknown {
  if (!all.length) return nothing;
  const { t } = app;
  const said = (s: (typeof all)[number]['said'][number]): TemplateResult => {
    const { message, entity = s.channel } = s.places[0] ?? {};
    return html`<li><a href=${message ? href('posts', message) : href('channels', entity)}>${app.name(s.channel)}</a>${t('ui.measured.says', { value: s.value })}</li>`;
  };
  return html`
    <h3>${t('ui.measured.contradictions', { n: all.length })}</h3>
    <p class="aside">${t('ui.measured.contradictionsHow')}</p>
    <ul class="contradictions">${all.map((c) => html`<li>${t('ui.measured.fact', { kind: c.kind, named: c.about ? 'yes' : 'no', about: c.about ?? '' })}<ul>${c.said.map(said)}</ul></li>`)}</ul>`;
}

/** Being, presenting, acting: the identity, the bios and the texts, two by two. */
function pairs(app: App, { alignment: all }: Report): unknown {
  if (!all.length) return nothing;
  const { t } = app;
  const level = (x?: number): string => x === undefined ? '–' : t('ui.number', { n: Math.round(100 * x) });
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.measured.pairs')}>
      <table>
        <caption>${t('ui.measured.pairs')} <small>${t('ui.measured.pairsHow')}</small></caption>
        <thead><tr><th scope="col">${t('ui.measured.channel')}</th><th scope="col">${t('ui.measured.being')}</th><th scope="col">${t('ui.measured.presenting')}</th><th scope="col">${t('ui.measured.acting')}</th></tr></thead>
        <tbody>${all.map((a) => html`<tr><th scope="row">${app.name(a.channel)}</th><td>${level(a.bio)}</td><td>${level(a.promised)}</td><td>${level(a.identity)}</td></tr>`)}</tbody>
      </table>
    </div>`;
}

function voices(app: App, { voice }: Report): unknown {
  const { t } = app;
  const known = voice?.channels.filter((c) => c.state !== 'insufficient') ?? [];
  if (!known.length) return nothing;
  const percent = (x: number): string => t('ui.percent', { x });
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.measured.voices')}>
      <table>
        <caption>${t('ui.measured.voices')}</caption>
        <thead><tr><th scope="col">${t('ui.measured.channel')}</th><th scope="col">${t('ui.measured.messages')}</th><th scope="col">${t('ui.measured.belongs')}</th><th scope="col">${t('ui.measured.words')}</th></tr></thead>
        <tbody>${known.map((c) => html`
          <tr><th scope="row">${app.name(c.id)}</th><td>${t('ui.number', { n: c.messages })}</td>
            <td>${c.state === 'indicative' ? t('ui.measured.hint') : html`${percent(c.belonging)} <small>(${t('ui.measured.between', { low: c.interval[0], high: c.interval[1] })})</small>`}</td>
            <td>${c.marks?.length ? c.marks.map((m, i) => html`${i ? ', ' : ''}${m.places[0]?.message ? html`<a href=${href('posts', m.places[0].message)}>${m.term}</a>` : m.term}`) : '–'}</td></tr>`)}
        </tbody>
      </table>
    </div>`;
}

function chimera(app: App, { chimera: c }: Report): unknown {
  const { t } = app;
  if (!c || c.bodies.length < 2) return nothing;
  return html`
    <h3>${t('ui.measured.bodies', { n: c.bodies.length })}</h3>
    <p>${t('ui.measured.chimera', { low: c.index[0], high: c.index[1] })}</p>
    <ul>${c.bodies.map((b) => html`<li>${b.map((id) => app.name(id)).join(', ')}</li>`)}</ul>`;
}

function changes(app: App, { timeline = [] }: Report): unknown {
  const all = timeline.flatMap((line) => line.changes.map((c) => ({ ...c, channel: line.channel })));
  if (!all.length) return nothing;
  const dateOf = (id: string): string => app.board.messages?.find((m) => m.id === id)?.date ?? '';
  return html`
    <h3>${app.t('ui.measured.changes')}</h3>
    <ul>${all.map((c) => html`
      <li><a href=${href('posts', c.before)}>${app.t('ui.measured.change', { channel: c.channel, date: dateOf(c.before) })}</a>
        ${app.t(c.explainedBy ? 'ui.measured.decided' : c.seasonal ? 'ui.measured.season' : 'ui.measured.unexplained')}</li>`)}
    </ul>`;
}

function copies(app: App, { duplicates = [] }: Report): unknown {
  const same = duplicates.filter((d) => d.similarity >= 0.5);
  if (!same.length) return nothing;
  const link = (id: string): TemplateResult => html`<a href=${href('posts', id)}>${app.name(app.board.messages?.find((m) => m.id === id)?.channel ?? id)}</a>`;
  return html`
    <h3>${app.t('ui.measured.copies', { n: same.length })}</h3>
    <ul>${same.slice(0, pairsShown).map((d) => html`<li>${link(d.a)} · ${link(d.b)} <small>${app.t('ui.percent', { x: d.similarity })}</small></li>`)}</ul>
    ${same.length > pairsShown ? html`<p class="aside">${app.t('ui.measured.moreCopies', { n: same.length - pairsShown })}</p>` : nothing}`;
}
