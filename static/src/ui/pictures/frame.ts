import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons.ts';
import type { App } from '../app.ts';
import { exporting } from './export.ts';

export type Which = 'mirror' | 'table' | 'graph' | 'timeline';
export const all: readonly Which[] = ['mirror', 'table', 'graph', 'timeline'];

/** A picture with its title, what it is for, and its files to take away. */
export function framed(app: App, which: Which, picture: unknown, more: unknown = nothing): TemplateResult {
  const { t } = app;
  return html`
    <section class="picture" aria-labelledby=${`at.${which}`}>
      <header><h2 id=${`at.${which}`} tabindex="-1">${t(`ui.${which}`)}</h2>${exporting(app, which)}</header>
      <p class="why">${t(`ui.${which}.why`)}</p>
      ${picture}
      ${more}
    </section>`;
}

export const folded = (title: string, inside: unknown): TemplateResult => html`<details class="more"><summary>${icon('down')}${title}</summary>${inside}</details>`;
