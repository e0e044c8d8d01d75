import { html, nothing, type TemplateResult } from 'lit';
import { excerpt, type Piece } from './excerpt.ts';
import type { Span } from './route.ts';
import { tie } from './tie.ts';

const short = 110; // UTF-16 units: a text up to this long is set larger

export const withMarks = (list: Piece[]): unknown[] => list.map((p) => p.marked ? html`<mark>${tie(p.text)}</mark>` : tie(p.text));

export interface Quotation { text: string; spans: Span[]; source: string; lang?: string | undefined; href?: string | undefined; label: string }

/** A person's own words; the source beneath leads to where they stand. */
export const quotation = (q: Quotation): TemplateResult => html`
  <figure class="quote ${q.text.length <= short ? 'short' : ''}">
    <blockquote lang=${q.lang ?? nothing}>${withMarks(excerpt(q.text, q.spans))}</blockquote>
    <figcaption>${q.href ? html`<a href=${q.href} aria-label=${q.label}>${q.source}</a>` : q.source}</figcaption>
  </figure>`;
