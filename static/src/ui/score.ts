import { html, nothing, type TemplateResult } from 'lit';
import type { Report } from '../engine/types.ts';
import type { App } from './app.ts';
import { href } from './route.ts';

/**
 * The score as one bar on a ruler of a hundred: what holds is solid, what nobody could check is hatched, the rest is
 * what breaks. The sentence says the same; the bar is for the eye. after: how it would stand once something is done.
 */
export function scoreBar(app: App, { score: s }: Report, after?: { proven: number; possible: number }): TemplateResult {
  const { t } = app;
  if (s.proven === null || s.possible === null) return html`
    <p class="noscore">${t(`score.none.${s.why ?? 'coverage'}`)}</p>
    <div class="bar ghost" aria-hidden="true"><div class="unsure"></div></div>`;
  const said = s.single === null ? t('score.interval', { proven: s.proven, possible: s.possible }) : t('score.single', { single: s.single });
  return html`
    <div class="score">
      <p class="figure">${s.single === null
        ? html`<span class="unseen">${said}</span><span aria-hidden="true"><b>${s.proven}</b><i>–</i><b class="unsure">${s.possible}</b></span>`
        : html`<span class="unseen">${said}</span><span aria-hidden="true"><b>${s.single}</b></span>`}<span class="of" aria-hidden="true">${t('ui.score.of')}</span></p>
      <div class="bar" aria-hidden="true">
        <div class="holds" .style=${`width: ${s.proven}%`}></div>
        <div class="unsure" .style=${`width: ${Math.max(0, s.possible - s.proven)}%`}></div>
        ${after ? html`<div class="after" .style=${`left: ${s.proven}%; width: ${Math.max(0, after.proven - s.proven)}%`}></div><div class="limit" .style=${`left: ${after.possible}%`}></div>` : nothing}
      </div>
      <ul class="legend" aria-hidden="true">
        <li class="holds">${t('ui.score.proven')} <b>${s.proven}</b></li>
        ${s.possible > s.proven ? html`<li class="unsure">${t('ui.score.unsure')} <b>${s.possible - s.proven}</b></li>` : nothing}
        ${s.possible < 100 ? html`<li class="breaks">${t('ui.score.lost')} <b>${100 - s.possible}</b></li>` : nothing}
      </ul>
    </div>`;
}

/** What stands behind the figure, so that anyone can make it again. */
export function formula(app: App, r: Report): TemplateResult {
  const { t } = app;
  const percent = (x: number) => t('ui.percent', { x });
  return html`
    <details class="more formula">
      <summary>${t('ui.score.how')}</summary>
      <p>${t('ui.score.method')}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.score.table')}>
        <table>
          <caption class="unseen">${t('ui.score.table')}</caption>
          <thead><tr><th scope="col">${t('ui.score.dimension')}</th><th scope="col">${t('ui.score.weight')}</th><th scope="col">${t('ui.score.proven')}</th><th scope="col">${t('ui.score.possible')}</th></tr></thead>
          <tbody>${r.score.dimensions.map((d) => html`
            <tr><th scope="row">${t(`dim.${d.id}`)}</th>
              ${d.counted ? html`<td>${t('ui.number', { n: d.weight })}</td><td>${percent(d.proven)}</td><td>${percent(d.possible)}</td>` : html`<td colspan="3">${t('ui.score.notCounted')}</td>`}</tr>`)}
          </tbody>
        </table>
      </div>
      <p class="aside"><a href=${href('settings', 'settings', 'weights')}>${t('ui.score.reweigh')}</a></p>
    </details>`;
}
