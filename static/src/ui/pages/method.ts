import { html, nothing, type TemplateResult } from 'lit';
import type { RuleState } from '../../engine/types.ts';
import type { App } from '../app.ts';

const severities = ['critical', 'major', 'minor'] as const;

/** The formula and the whole catalogue, from the texts and the checker that use them. */
export function page(app: App): TemplateResult {
  const { t } = app;
  const rules = app.report?.rules ?? [];
  if (!rules.length) void app.watch();
  const dims = [...new Set(rules.map((r) => r.dim))];
  const ideas = (r: RuleState): string[] => t(`${r.id}.ideas`).split(' ').filter((x) => /^A\d+$/.test(x));
  return html`<div class="sheet about">
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
    <ul>${Array.from({ length: 5 }, (_, i) => html`<li>${t(`ui.method.source.${i + 1}`)}</li>`)}</ul></div>`;
}
