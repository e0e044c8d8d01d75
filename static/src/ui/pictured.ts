import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import type { Next } from '../engine/types.ts';
import type { App } from './app.ts';
import { href } from './route.ts';

/** The mirror under the first findings, and the way to the other pictures. Over a step of what to do next it shows the board after it. */
export function pictured(app: App, tried: Next | undefined): TemplateResult {
  const { t } = app;
  return html`
    <section class="pictured" aria-labelledby="pictured-title">
      <h2 id="pictured-title">${t('ui.mirror')}</h2>
      <p class="aside">${t('ui.mirror.why')}</p>
      ${drawn(app) ? html`<unisson-mirror .app=${app} .shown=${(tried && app.pictureAfter(tried)) ?? undefined}></unisson-mirror>` : nothing}
      <nav class="acts" aria-label=${t('ui.pictures.nav')}>
        <a href=${href('pictures')}>${t('ui.pictures.all')}</a>
        ${['table', 'graph', 'timeline'].map((w) => html`<a href=${href('pictures', w)}>${t(`ui.${w}`)}</a>`)}
        <a href=${href('present')}>${t('ui.present.open')}${icon('right')}</a>
      </nav>
    </section>`;
}

/** The drawing comes after the words. */
function drawn(app: App): boolean {
  if (customElements.get('unisson-mirror')) return true;
  void import('./pictures/figure.ts').then(() => app.changed(), () => {});
  return false;
}
