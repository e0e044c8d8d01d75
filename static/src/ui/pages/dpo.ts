import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { ask, type Operator } from '../live/api.ts';
import { href } from '../route.ts';
import { adopt } from '../sheet.ts';
import { View } from '../view.ts';
import sheet from './embed.css?sheet';

adopt(sheet);

const steps = 6;
const stored = ['answers', 'choices', 'server', 'log', 'board', 'agency'];
const entry = ['purpose', 'controller', 'people', 'data', 'sources', 'recipients', 'transfers', 'retention', 'security', 'rights'];

/** For whoever answers for personal data at an agency: what goes where, and a register entry to start from. */
export class DataProtection extends View {
  @state() private operator: Operator | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    ask<Operator>(this.app.lang, 'GET', '/api/v1/server').then((o) => { this.operator = o; }, () => {});
  }

  protected override updated(): void {
    arrive(this.app, this, 'dpo');
  }

  protected override render(): TemplateResult {
    return html`<div class="sheet about embedding">
      <h1 tabindex="-1">${this.t('ui.dpo.title')}</h1>
      <p class="lede">${this.t('ui.dpo.lede')}</p>
      <h2>${this.t('ui.dpo.flow')}</h2>
      <ol class="flow">${Array.from({ length: steps }, (_, i) => html`<li><p>${this.t(`ui.dpo.flow.${i + 1}`)}</p></li>`)}</ol>
      <h2>${this.t('ui.dpo.stored')}</h2>
      <table class="catalogue">
        <caption class="unseen">${this.t('ui.dpo.stored')}</caption>
        <thead><tr><th scope="col">${this.t('ui.dpo.what')}</th><th scope="col">${this.t('ui.dpo.where')}</th></tr></thead>
        <tbody>${stored.map((s) => html`<tr><th scope="row">${this.t(`ui.dpo.stored.${s}`)}</th><td>${this.t(`ui.dpo.stored.${s}.where`, { days: this.operator?.retentionDays ?? 90 })}</td></tr>`)}</tbody>
      </table>
      <h2>${this.t('ui.dpo.address')}</h2>
      <p>${this.t('ui.dpo.address.text')}</p>
      <h2>${this.t('ui.dpo.register')}</h2>
      <p>${this.t('ui.dpo.register.text')}</p>
      <div class="register">
        <label class="unseen" for="register">${this.t('ui.dpo.register')}</label>
        <textarea id="register" readonly rows="22" .value=${this.entry()}></textarea>
        <button type="button" class="quiet" @click=${this.copy}>${this.t('ui.dpo.copy')}</button>
      </div>
      <p class="aside">${this.t('ui.dpo.advice')}</p>
      <p><a href=${href('embed')}>${this.t('ui.page.embed')}</a> · <a href=${href('privacy')}>${this.t('ui.page.privacy')}</a></p>
    </div>`;
  }

  private entry(): string {
    const { operator, country } = this.operator ?? {};
    const args = { operator: operator || location.host, country: country || this.t('ui.privacy.unsaid'), host: location.host };
    return entry.map((e) => `${this.t(`ui.dpo.register.${e}`)}\n${this.t(`ui.dpo.register.${e}.text`, args)}`).join('\n\n');
  }

  private copy = (): void => {
    navigator.clipboard.writeText(this.entry()).then(() => this.app.say('ui.build.copied'), () => this.app.say('ui.build.uncopied'));
  };
}

customElements.define('unisson-dpo', DataProtection);

export const page = (app: App): TemplateResult => html`<unisson-dpo .app=${app}></unisson-dpo>`;
