import { html, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import type { App } from './app.ts';

/** A field that adds to a list: by Enter, by its button, or by leaving it with something written. */
export function adder(app: App, { id, label, hint = '', quiet = false, add }: { id: string; label: string; hint?: string; quiet?: boolean; add: (text: string) => void }): TemplateResult {
  const take = (form: HTMLFormElement): void => {
    const input = form.querySelector('input')!;
    const text = input.value.trim();
    input.value = '';
    if (text) add(text);
  };
  return html`
    <form class="adding" @submit=${(e: Event) => { e.preventDefault(); take(e.currentTarget as HTMLFormElement); }}>
      <label class=${quiet ? 'unseen' : ''} for=${id}>${label}</label>
      <input id=${id} type="text" autocomplete="off" placeholder=${hint} @change=${(e: Event) => take((e.target as HTMLInputElement).form!)}>
      <button class="plain" aria-label=${`${app.t('ui.add')} : ${label}`}>${icon('plus')}${app.t('ui.add')}</button>
    </form>`;
}
