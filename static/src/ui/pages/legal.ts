import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { ask, type Operator } from '../live/api.ts';
import { View } from '../view.ts';

/** Who answers for this site, as its server was told when it was started. */
export class Legal extends View {
  @state() private operator: Operator | 'unknown' | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    ask<Operator>(this.app.lang, 'GET', '/api/v1/server').then((o) => { this.operator = o; }, () => { this.operator = 'unknown'; });
  }

  protected override updated(): void {
    arrive(this.app, this, 'legal');
  }

  protected override render(): TemplateResult {
    return html`<div class="sheet about">
      <h1 tabindex="-1">${this.t('ui.legal.title')}</h1>
      <p class="lede">${this.t('ui.legal.lede')}</p>
      <h2>${this.t('ui.legal.who')}</h2>
      ${this.who()}
      <h2>${this.t('ui.legal.program')}</h2>
      <p>${this.t('ui.legal.program.1')}</p>
      <p>${this.t('ui.legal.program.2')}</p>
      <p><a class="plain button" href="/licences.txt">${this.t('ui.legal.program.licences')}</a></p>
      <h2>${this.t('ui.legal.yours')}</h2>
      <ul>${[1, 2, 3].map((n) => html`<li>${this.t(`ui.legal.yours.${n}`)}</li>`)}</ul></div>`;
  }

  private who(): TemplateResult {
    const o = this.operator;
    if (!o) return html`<p class="wait">${this.t('ui.live.asking')}</p>`;
    if (o === 'unknown') return html`<p>${this.t('ui.live.unreachable')}</p>`;
    const said = (s: string | undefined): string => s || this.t('ui.legal.unsaid');
    return html`
      ${o.operator && o.contact ? nothing : html`<p><strong>${this.t('ui.legal.incomplete')}</strong></p>`}
      <dl>
        <dt>${this.t('ui.legal.operator')}</dt><dd>${said(o.operator)}</dd>
        <dt>${this.t('ui.legal.contact')}</dt><dd>${contact(o.contact) ?? said(undefined)}</dd>
        <dt>${this.t('ui.legal.country')}</dt><dd>${said(o.country)}</dd>
        <dt>${this.t('ui.legal.address')}</dt><dd>${location.origin}</dd>
        ${o.legal ? html`<dt>${this.t('ui.legal.full')}</dt><dd><a href=${o.legal} rel="noopener">${o.legal}</a></dd>` : nothing}
      </dl>`;
  }
}

const contact = (to: string | undefined): unknown => to && (/^[^\s@]+@[^\s@]+$/.test(to) ? html`<a href=${`mailto:${to}`}>${to}</a>` : to);

customElements.define('unisson-legal', Legal);

export const page = (app: App): TemplateResult => html`<unisson-legal .app=${app}></unisson-legal>`;
