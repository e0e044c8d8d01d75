import { html, nothing, render } from 'lit';
import type { App } from '../app.ts';
import { bulkFields, isRequired, type Field } from './fields.ts';
import { references } from './form.ts';

const keep = '~keep';

/** Asks what to change of many messages; fields left alone are not in the answer, one that is emptied is undefined in it. */
export function askChanges(app: App, n: number): Promise<Record<string, unknown> | undefined> {
  const before = document.activeElement as HTMLElement | null;
  const { t } = app;
  const dialog = Object.assign(document.createElement('dialog'), { className: 'choose bulk' });
  dialog.setAttribute('aria-labelledby', 'bulk-title');
  const options = (f: Field) => typeof f.as === 'object' && 'of' in f.as ? f.as.of.map((o) => ({ value: o, label: t(`ui.o.${f.path}.${o}`) })) : typeof f.as === 'object' && 'one' in f.as ? references(app, f.as.one) : [];
  render(html`
    <h2 id="bulk-title">${t('ui.bulk.title', { n })}</h2>
    <form method="dialog">
      ${bulkFields.map((f) => html`
        <div class="question"><label for=${`bulk-${f.path}`}>${t(`ui.f.messages.${f.path}`)}</label>
          ${f.as === 'day'
            ? html`<input id=${`bulk-${f.path}`} type="date"><label class="check"><input id=${`bulk-${f.path}-none`} type="checkbox">${t('ui.bulk.noDate')}</label>`
            : html`<select id=${`bulk-${f.path}`}><option value=${keep}>${t('ui.bulk.keep')}</option>
                ${isRequired('messages', f.path) ? nothing : html`<option value="">${t('ui.noneOf')}</option>`}
                ${options(f).map((o) => html`<option value=${o.value}>${o.label}</option>`)}</select>`}
        </div>`)}
      <button class="main" value="yes">${t('ui.bulk.apply')}</button>
      <button class="plain" value="">${t('ui.cancel')}</button>
    </form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector<HTMLElement>('select, input')!.focus();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      const fields: Record<string, unknown> = {};
      for (const { path, as } of bulkFields) {
        const { value } = dialog.querySelector<HTMLInputElement | HTMLSelectElement>(`#bulk-${path}`)!;
        if (as !== 'day') { if (value !== keep) fields[path] = value || undefined; }
        else if (dialog.querySelector<HTMLInputElement>(`#bulk-${path}-none`)!.checked) fields[path] = undefined;
        else if (value) fields[path] = value;
      }
      const chosen = dialog.returnValue === 'yes' && Object.keys(fields).length ? fields : undefined;
      dialog.remove();
      before?.focus();
      done(chosen);
    }, { once: true });
  });
}
