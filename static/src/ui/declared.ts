import { html, nothing, type TemplateResult } from 'lit';
import type { Report } from '../engine/types.ts';
import type { App } from './app.ts';

/** The words for a declared coherence, of five. */
export const wordsOf = (t: App['t'], n: number): string => t(`ui.assess.estimate.${Math.max(1, Math.ceil(n / 20))}`);

/** How what was declared stands to what could be read: the interval is what the texts allow to be said. */
export function standing(declared: number, { proven, possible, single }: Report['score']): 'unknown' | 'above' | 'below' | 'inside' | 'exact' {
  if (proven === null || possible === null) return 'unknown';
  if (single !== null && Math.abs(declared - single) <= 5) return 'exact';
  return declared > possible ? 'above' : declared < proven ? 'below' : 'inside';
}

/** What the visitor believed, on the same ruler as what was read. Nothing where they did not say. */
export function beside(app: App, { score }: Report): TemplateResult | typeof nothing {
  const { declared } = app.board;
  const { t } = app;
  if (typeof declared !== 'number' || !(declared >= 0 && declared <= 100)) return nothing;
  const how = standing(declared, score);
  return html`
    <div class="declared ${how}">
      <h3>${t('ui.declared.title')}</h3>
      ${score.proven === null || score.possible === null ? nothing : html`
        <div class="rulers" aria-hidden="true">
          <div class="ruler"><div class="read" .style=${`left: ${score.proven}%; width: max(4px, ${score.possible - score.proven}%)`}></div><div class="pin" .style=${`left: ${declared}%`}></div></div>
          <p class="keys"><span class="key-read">${t('ui.declared.read')}</span><span class="key-you">${t('ui.declared.mark')}</span></p>
        </div>`}
      <p class="said-by-you">${t('ui.declared.you', { n: declared, words: wordsOf(t, declared) })}</p>
      <p>${t(`ui.declared.${how}`)}</p>
    </div>`;
}
