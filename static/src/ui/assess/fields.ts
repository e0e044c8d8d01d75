/** The few shapes an answer has. None is a form of its own: Enter belongs to the question around it. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../../icons.ts';
import type { App } from '../app.ts';
import { checkedOf, domId, valueOf } from '../view.ts';

/** Element id of a control. The question's heading and reason have fixed ones, which controls point to. */
export const at = (...parts: string[]): string => domId('assess', ...parts);
export const TITLE = at('title');
export const WHY = at('why');

export function line(value: string | undefined, write: (s: string) => void, hint = '', more: { label?: string; id?: string; autocomplete?: string } = {}): TemplateResult {
  return html`<input type="text" id=${more.id ?? at('line')} aria-labelledby=${more.label ? nothing : TITLE} aria-label=${more.label ?? nothing} aria-describedby=${WHY}
    autocomplete=${(more.autocomplete ?? 'off') as 'off'} placeholder=${hint} .value=${live(value ?? '')} @input=${(e: Event) => write(valueOf(e))}>`;
}

export interface Option { id: string; label: unknown; what?: unknown }

export function choice(type: 'radio' | 'checkbox', o: Option, on: boolean, set: (on: boolean) => void, name = 'answer'): TemplateResult {
  return html`<label class="choice"><input type=${type} name=${name} .checked=${live(on)} @change=${(e: Event) => set(checkedOf(e))}>
    <span>${o.label}${o.what ? html` <small>${o.what}</small>` : nothing}</span></label>`;
}

/** Examples one may take: each fills in nothing until it is pressed. */
export function examples(app: App, list: string[], take: (s: string) => void): unknown {
  if (!list.length) return nothing;
  return html`
    <div class="examples" role="group" aria-labelledby=${at('examples')}>
      <p class="aside" id=${at('examples')}>${app.t('ui.assess.examples')}</p>
      <ul>${list.map((s) => html`<li><button type="button" class="example" aria-label=${app.t('ui.assess.take', { what: s })} @click=${() => take(s)}>${icon('plus')}<span>${s}</span></button></li>`)}</ul>
    </div>`;
}

export interface Listed { id: string; text: string; more?: unknown }

/** A list that grows by Enter; every entry stays editable and can go. */
export function listing(app: App, { items, label, hint, add, rename, drop, extra }: {
  items: Listed[]; label: string; hint?: string; add: (text: string) => void; rename: (id: string, text: string) => void; drop: (id: string) => void; extra?: unknown;
}): TemplateResult {
  const take = (input: HTMLInputElement): void => {
    const text = input.value.trim();
    input.value = '';
    if (text) add(text);
  };
  return html`
    <ul class="entries">${items.map((x) => html`
      <li><div class="entry"><input type="text" aria-label=${label} .value=${live(x.text)} @change=${(e: Event) => rename(x.id, valueOf(e).trim() || x.text)}>
        <button type="button" class="tool" aria-label=${app.t('ui.remove', { what: x.text })} title=${app.t('ui.delete')} @click=${() => drop(x.id)}>${icon('trash')}</button></div>
        ${x.more ? html`<div class="more-of">${x.more}</div>` : nothing}</li>`)}
    </ul>
    <div class="adding entering">
      ${extra ?? nothing}
      <label for=${at('add')}>${label}</label>
      <input id=${at('add')} type="text" autocomplete="off" placeholder=${hint ?? ''} aria-describedby=${WHY} @change=${(e: Event) => take(e.target as HTMLInputElement)}
        @keydown=${(e: KeyboardEvent) => {
          const input = e.target as HTMLInputElement;
          if (e.key !== 'Enter' || e.isComposing || !input.value.trim()) return; // empty, Enter goes on
          e.preventDefault();
          e.stopPropagation();
          take(input);
        }}>
      <button type="button" class="plain" aria-label=${`${app.t('ui.add')} : ${label}`} @click=${() => document.getElementById(at('add'))?.focus()}>${icon('plus')}${app.t('ui.add')}</button>
    </div>`;
}

/** of: what the choice is about, said where a list repeats it. */
export function picker(label: string, of: string, value: string, options: Option[], set: (id: string) => void): TemplateResult {
  return html`<label class="pick"><span>${label}</span><select aria-label=${`${label} : ${of}`} @change=${(e: Event) => set(valueOf(e))}>
    ${options.map((o) => html`<option value=${o.id} ?selected=${o.id === value}>${o.label}</option>`)}</select></label>`;
}

/** One question asked of several things at once: a row each. */
export const rows = <T extends { id: string }>(list: T[], head: (x: T) => unknown, body: (x: T) => unknown): TemplateResult => html`
  <ul class="rows">${list.map((x) => html`<li><div role="group" aria-labelledby=${at('row', x.id)}><p class="row-head" id=${at('row', x.id)}>${head(x)}</p><div class="row-body">${body(x)}</div></div></li>`)}</ul>`;

/** Several of a list, or none of it said aloud: an empty list is an answer, no list is none. */
export function several(options: Option[], chosen: string[] | undefined, set: (list: string[] | undefined) => void, none: string): TemplateResult {
  return html`<div class="choices">
    ${options.map((o) => choice('checkbox', o, !!chosen?.includes(o.id), (on) => set(on ? [...(chosen ?? []), o.id] : chosen!.filter((x) => x !== o.id))))}
    ${choice('checkbox', { id: '', label: none }, !!chosen && !chosen.length, (on) => set(on ? [] : undefined))}
  </div>`;
}
