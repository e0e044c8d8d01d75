import { html, type TemplateResult } from 'lit';
import type { App } from '../app.ts';

/** For whom the page works, and what nobody has checked yet. */
export function page({ t }: App): TemplateResult {
  return html`<div class="sheet about">
    <h1 tabindex="-1">${t('ui.access.title')}</h1>
    <p class="lede">${t('ui.access.lede')}</p>
    <p>${t('ui.access.tested')}</p>
    <p>${t('ui.access.limits')}</p>
    <p>${t('ui.access.tell')}</p></div>`;
}
