import { html, type TemplateResult } from 'lit';
import type { Picture } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { valueOf } from '../view.ts';
import { summary } from './mirror.ts';

/** The kept moment and now, one mirror over the other: a slider moves the line between them. */
export function between(app: App, now: Picture): TemplateResult {
  const { t, moment } = app;
  const then = app.pictureThen();
  return html`
    <section class="picture between" aria-labelledby="between-title">
      <header><h2 id="between-title">${t('ui.between')}</h2></header>
      ${!moment ? html`<p class="why">${t('ui.between.keep')}</p><p><button type="button" class="plain" @click=${() => app.keepMoment()}>${t('ui.moment.keep')}</button></p>`
      : then === 'failed' ? html`<p role="alert">${t('teller.error.load')}</p>`
      : !then ? html`<p class="wait">${t('ui.between.wait')}</p>`
      : slider(app, then, now, moment.at.slice(0, 10))}
    </section>`;
}

function slider(app: App, then: Picture, now: Picture, day: string): TemplateResult {
  const { t } = app;
  const said = (share: number): string => t('ui.between.says', { x: share, before: summary(app, then), after: summary(app, now) });
  const move = (e: Event): void => {
    const input = e.target as HTMLInputElement;
    const share = Number(valueOf(e)) / 100;
    input.setAttribute('aria-valuetext', said(share));
    (input.closest('.between')!.querySelector('.panes') as HTMLElement).style.setProperty('--at', `${100 * share}%`);
  };
  return html`
    <div class="panes">
      <div class="now"><unisson-mirror wide .app=${app}></unisson-mirror></div>
      <div class="then" inert><unisson-mirror wide .app=${app} .shown=${then}></unisson-mirror></div>
      <div class="line" aria-hidden="true"></div>
    </div>
    <input type="range" min="0" max="100" value="50" aria-label=${t('ui.between.slider')} aria-valuetext=${said(0.5)} @input=${move}>
    <p class="ends" aria-hidden="true"><span>${t('ui.between.then', { date: day })}</span><span>${t('ui.between.now')}</span></p>`;
}
