import { html, nothing, type TemplateResult } from 'lit';
import type { RuleState } from '../../engine/types.ts';
import type { App } from '../app.ts';
import catalogue from '../method/catalogue.json';

type Entry = Record<'fr' | 'en', Record<'reads' | 'spares' | 'needs', string>>;
const notes = catalogue as Record<string, Entry>;
const sources = 8;
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
    <p class="aside">${t('ui.method.order')}</p>
    ${rules.length ? nothing : html`<p class="wait">${t('ui.opening')}</p>`}
    ${dims.map((dim) => html`
      <h3>${t(`dim.${dim}`)}</h3>
      ${rules.filter((r) => r.dim === dim).sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)).map((r) => html`
        <details><summary><strong>${t(`${r.id}.name`)}</strong> <small>${r.id} · ${t(`severity.${r.severity}`)} · ${t(`ui.method.counts.${r.counts === 'required' ? 'required' : 'used'}`)}</small></summary>
          <p>${t(`${r.id}.why`)}</p>
          <dl>${(['reads', 'spares', 'needs'] as const).map((what) => notes[r.id] ? html`<dt>${t(`ui.method.${what}`)}</dt><dd>${notes[r.id]![app.lang][what]}</dd>` : nothing)}</dl>
          <p>${t('plain.remedy', { remedy: t(`${r.id}.remedy`) })}</p>
          <p class="aside">${t('ui.method.idea')}</p>
          ${ideas(r).map((a) => html`<blockquote>${t(a)} <small>${a}</small></blockquote>`)}
        </details>`)}`)}
    <h2>${t('ui.method.sources')}</h2>
    <ul>${Array.from({ length: sources }, (_, i) => html`<li>${t(`ui.method.source.${i + 1}`)}</li>`)}</ul></div>`;
}
