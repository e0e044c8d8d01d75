import { html, nothing, render } from 'lit';
import type { App } from '../app.ts';

export interface Choice { value: string; label: string; group?: string }
interface Question { title: string; label: string; options?: Choice[]; value?: string }

/**
 * Asks for one of some places, or for a day where there are no options: what dragging does, by keyboard. Resolves with the
 * value, or with nothing where the person thought better of it; focus is back where it was either way.
 */
export function choose(app: App, { title, label, options, value = '' }: Question): Promise<string | undefined> {
  const before = document.activeElement as HTMLElement | null;
  const dialog = Object.assign(document.createElement('dialog'), { className: 'choose' });
  dialog.setAttribute('aria-labelledby', 'choose-title');
  render(html`
    <h2 id="choose-title">${title}</h2>
    <form method="dialog">
      <label for="choose-where">${label}</label>
      ${options
        ? html`<select id="choose-where">${options.map((o) => html`<option value=${o.value} ?selected=${o.value === value}>${o.label}</option>`)}</select>`
        : html`<input id="choose-where" type="date" .value=${value}>`}
      <button class="main" value="yes">${app.t('ui.move.yes')}</button>
      <button class="plain" value="">${app.t('ui.cancel')}</button>
      ${options ? nothing : html`<button class="quiet" value="none">${app.t('ui.move.noDate')}</button>`}
    </form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  const field = dialog.querySelector<HTMLInputElement | HTMLSelectElement>('#choose-where')!;
  field.focus();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      const chosen = dialog.returnValue === 'yes' ? field.value : dialog.returnValue === 'none' ? '' : undefined;
      dialog.remove();
      before?.focus();
      done(chosen);
    }, { once: true });
  });
}
