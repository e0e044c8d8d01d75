import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import type { App } from './app.ts';
import { isEmpty } from './board.ts';
import { href } from './route.ts';
import { scoreBar } from './score.ts';
import { underway } from './underway.ts';

/** The report in the margin, while one writes: the bar, how many findings, the worst of them. */
export function summary(app: App): TemplateResult {
  const { t, report, check } = app;
  const open = report?.findings.filter((f) => !f.dismissed) ?? [];
  const first = report && open.length ? report.findings[report.causes[0]?.findings[0] ?? -1] ?? open[0] : undefined;
  return html`
    <aside class="summary" aria-label=${t('ui.summary')}>
      ${check.phase === 'failed' ? checkFailed(app)
      : !report ? html`<p class="wait">${t('ui.checking')}</p>`
      : isEmpty(app.board) ? html`<p class="nothing">${t('ui.summary.empty')}</p>`
      : html`
        ${scoreBar(app, report)}
        <p class="tally"><a href=${href('report')}>${open.length ? t('ui.findings', { n: open.length }) : t('ui.findings.none')}${icon('right')}</a></p>
        ${first ? html`<p class="worst">${t(`${first.rule}.sentence`, first.args)}</p>` : nothing}
        <p class="aside">${underway(app)}</p>`}
    </aside>`;
}

/** Says what happened, what is safe, what to do. */
export const checkFailed = (app: App): TemplateResult => html`
  <div class="trouble" role="alert">
    <p><strong>${app.t('ui.check.failed')}</strong></p>
    <p>${app.t('ui.check.safe')}</p>
    ${app.check.error ? html`<p class="detail">${app.check.error}</p>` : nothing}
    <button type="button" class="plain" @click=${() => app.recheck()}>${app.t('ui.retry')}</button>
  </div>`;
