import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons.ts';
import type { Finding } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { dismissal, evidence, shape } from '../finding.ts';
import { quotation } from '../quote.ts';
import { href } from '../route.ts';
import { domId } from '../view.ts';

export interface CardState { top: number; fixes: string[]; dismissing: boolean; fix(right: string): void; startDismiss(): void; cancel(): void; dismiss(reason: string): void; leave(): void }

const elsewhereFirst = 2;

/** What the report says of the words at the caret: the sentence, why, the quotes elsewhere it goes against, and what can be done here. */
export function card(app: App, f: Finding, here: string, ui: CardState): TemplateResult {
  const { t } = app;
  const id = domId('card', f.key);
  const quotes = evidence(app, f).quotes.filter((q) => !q.href?.includes(`/${encodeURIComponent(here)}`) || q.href.startsWith('#/report')).slice(0, elsewhereFirst);
  return html`
    <section class="at-caret ${f.severity}" aria-labelledby=${id} .style=${`top:${ui.top}px`} @keydown=${(e: KeyboardEvent) => { if (e.key === 'Escape') { e.stopPropagation(); ui.dismissing ? ui.cancel() : ui.leave(); } }}>
      <p class="severity">${shape(f.severity)}${t(`severity.${f.severity}`)}</p>
      <p class="sentence" id=${id}>${t(`${f.rule}.sentence`, f.args)}</p>
      <p class="aside">${t(`${f.rule}.why`)}</p>
      ${quotes.length ? html`<div class="quotes">${quotes.map(quotation)}</div>` : nothing}
      ${ui.fixes.length ? nothing : html`<p class="aside"><strong>${t('ui.remedy')}</strong> ${t(`${f.rule}.remedy`)}</p>`}
      <p class="acts">
        ${ui.fixes.map((right, i) => html`<button type="button" class="plain fix" @click=${() => ui.fix(right)}>${icon('check')}${t('ui.editor.fix', { right })}${i === 0 && ui.fixes.length === 1 ? html` <kbd>Ctrl .</kbd>` : nothing}</button>`)}
        <a class="quiet button" href=${href('report', f.key)}>${t('ui.editor.whole')}</a>
        ${ui.dismissing ? nothing : html`<button type="button" class="quiet" id=${id + '.dismiss'} @click=${ui.startDismiss}>${t('ui.finding.dismiss')}</button>`}
      </p>
      ${ui.dismissing ? dismissal(app, id, ui) : nothing}
    </section>`;
}
