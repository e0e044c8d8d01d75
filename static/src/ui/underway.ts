import { html, nothing, type TemplateResult } from 'lit';
import type { App } from './app.ts';

/** What is still to be done for the report on show. Whoever waits sees it; who writes has the next report before it appears. */
export function underway({ check, t }: App): TemplateResult | typeof nothing {
  if (check.phase !== 'starting' && check.phase !== 'checking') return nothing;
  const what = check.phase === 'starting' ? t('ui.underway.again') : check.left ? t('ui.underway.reading', { left: check.left }) : t('ui.underway.settling');
  return html`<span class="underway">${what}</span>`;
}

/** How many messages the report on show is of. They are read last. */
export const messagesRead = ({ board: { messages = [] }, check }: App): number => Math.max(0, messages.length - (check.phase === 'checking' ? check.left ?? 0 : 0));
