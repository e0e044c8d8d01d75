import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { RuleState } from '../engine/types.ts';
import type { App } from './app.ts';
import { arrive } from './arrival.ts';
import { ask, type Operator } from './live/api.ts';
import { View } from './view.ts';

/** What one may ask of us: how it is computed, what becomes of one's texts, for whom the page works. */
export class About extends View {
  @state() private operator: Operator | 'unknown' | undefined;

  protected override render(): TemplateResult {
    const at = this.app.route.screen;
    return html`<div class="sheet about">${at === 'method' ? method(this.app) : at === 'privacy' ? this.privacy() : accessibility(this.app)}</div>`;
  }

  protected override updated(): void {
    arrive(this.app, this, this.app.route.screen);
  }

  private privacy(): TemplateResult {
    if (!this.operator) ask<Operator>(this.app.lang, 'GET', '/api/v1/server').then((o) => { this.operator = o; }, () => { this.operator = 'unknown'; });
    const o = this.operator;
    const list = (id: string, n: number): TemplateResult => html`<ul>${Array.from({ length: n }, (_, i) => html`<li>${this.t(`${id}.${i + 1}`)}</li>`)}</ul>`;
    return html`
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
        </dl>`}`;
  }
}

const severities = ['critical', 'major', 'minor'] as const;

/** The formula and the whole catalogue, from the texts and the checker that use them. */
function method(app: App): TemplateResult {
  const { t } = app;
  const rules = app.report?.rules ?? [];
  if (!rules.length) void app.watch();
  const dims = [...new Set(rules.map((r) => r.dim))];
  const ideas = (r: RuleState): string[] => t(`${r.id}.ideas`).split(' ').filter((x) => /^A\d+$/.test(x));
  return html`
    <h1 tabindex="-1">${t('ui.method.title')}</h1>
    <p class="lede">${t('ui.method.lede')}</p>
    <p>${t('score.label')}</p>
    <h2>${t('how.title')}</h2>
    ${['how.rule', 'how.dimension', 'how.whole', 'how.interval'].map((id) => html`<p>${t(id)}</p>`)}
    <h2>${t('ui.method.rules', { n: rules.length })}</h2>
    ${rules.length ? nothing : html`<p class="wait">${t('ui.opening')}</p>`}
    ${dims.map((dim) => html`
      <h3>${t(`dim.${dim}`)}</h3>
      ${rules.filter((r) => r.dim === dim).sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)).map((r) => html`
        <details><summary><strong>${t(`${r.id}.name`)}</strong> <small>${r.id} · ${t(`severity.${r.severity}`)}</small></summary>
          <p>${t(`${r.id}.why`)}</p>
          <p>${t('plain.remedy', { remedy: t(`${r.id}.remedy`) })}</p>
          ${ideas(r).map((a) => html`<p class="aside">${t(a)}</p>`)}
        </details>`)}`)}
    <h2>${t('ui.method.sources')}</h2>
    <ul>${Array.from({ length: 5 }, (_, i) => html`<li>${t(`ui.method.source.${i + 1}`)}</li>`)}</ul>`;
}

function accessibility({ t }: App): TemplateResult {
  return html`
    <h1 tabindex="-1">${t('ui.access.title')}</h1>
    <p class="lede">${t('ui.access.lede')}</p>
    <p>${t('ui.access.tested')}</p>
    <p>${t('ui.access.limits')}</p>
    <p>${t('ui.access.tell')}</p>`;
}

customElements.define('unisson-about', About);

