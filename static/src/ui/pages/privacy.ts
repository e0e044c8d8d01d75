import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { ask, type Operator } from '../live/api.ts';
import { View } from '../view.ts';

/** What becomes of one's texts, and who answers for this server. */
export class Privacy extends View {
  @state() private operator: Operator | 'unknown' | undefined;

  protected override updated(): void {
    arrive(this.app, this, 'privacy');
  }

  protected override render(): TemplateResult {
    if (!this.operator) ask<Operator>(this.app.lang, 'GET', '/api/v1/server').then((o) => { this.operator = o; }, () => { this.operator = 'unknown'; });
    const o = this.operator;
    const list = (id: string, n: number): TemplateResult => html`<ul>${Array.from({ length: n }, (_, i) => html`<li>${this.t(`${id}.${i + 1}`)}</li>`)}</ul>`;
    return html`<div class="sheet about">
      <h1 tabindex="-1">${this.t('ui.privacy.title')}</h1>
      <p class="lede">${this.t('ui.privacy.lede')}</p>
      <h2>${this.t('ui.privacy.alone')}</h2>${list('ui.privacy.alone', 4)}
      <h2>${this.t('ui.privacy.shared')}</h2>${list('ui.privacy.shared', 5)}
      <h2>${this.t('ui.privacy.who')}</h2>
      ${!o ? html`<p class="wait">${this.t('ui.live.asking')}</p>` : o === 'unknown' ? html`<p>${this.t('ui.live.unreachable')}</p>` : html`
        <dl>
          <dt>${this.t('ui.privacy.operator')}</dt><dd>${o.operator || location.host}</dd>
          <dt>${this.t('ui.privacy.country')}</dt><dd>${o.country || this.t('ui.privacy.unsaid')}</dd>
          <dt>${this.t('ui.privacy.contact')}</dt><dd>${o.contact || this.t('ui.privacy.unsaid')}</dd>
          <dt>${this.t('ui.privacy.kept')}</dt><dd>${o.live ? this.t('ui.live.kept', { days: o.retentionDays }) : this.t('ui.live.none')}</dd>
          ${o.legal ? html`<dt>${this.t('ui.live.legal')}</dt><dd><a href=${o.legal} rel="noopener">${o.legal}</a></dd>` : nothing}
        </dl>`}</div>`;
  }
}

customElements.define('unisson-privacy', Privacy);

export const page = (app: App): TemplateResult => html`<unisson-privacy .app=${app}></unisson-privacy>`;
