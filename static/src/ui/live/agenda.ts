import { html, nothing, type TemplateResult } from 'lit';
import { clock } from './bar.ts';
import type { Workshop } from './workshop.ts';

/** Ninety minutes, ready to hold: what is done in each step is said in the texts `ui.agenda.<id>`. */
export const steps = [
  { id: 'welcome', minutes: 5 }, { id: 'round', minutes: 15 }, { id: 'words', minutes: 10 }, { id: 'channels', minutes: 15 },
  { id: 'texts', minutes: 10 }, { id: 'findings', minutes: 15 }, { id: 'decisions', minutes: 15 }, { id: 'close', minutes: 5 },
] as const;

let rehearsed = -1; // alone, nobody else has to see where one is

/** The script. With others the step and its clock are everyone's; alone it is a rehearsal. */
export function agenda(page: Workshop): TemplateResult {
  const { app } = page;
  const { t } = app;
  const { room } = app;
  const at = room ? room.step : rehearsed;
  const total = steps.reduce((n, s) => n + s.minutes, 0);
  const go = (i: number): void => {
    if (room) room.begin(i, steps[i]?.minutes ?? 0);
    else rehearsed = i;
    page.requestUpdate();
  };
  const leads = !room || room.leads;
  return html`
    <section class="agenda" aria-labelledby="agenda-title">
      <h2 id="agenda-title">${t('ui.agenda.title', { minutes: total })}</h2>
      ${room ? nothing : html`<p class="aside">${t('ui.agenda.rehearse')}</p>`}
      <ol>${steps.map((s, i) => html`
        <li aria-current=${i === at ? 'step' : nothing}>
          <h3>${t(`ui.agenda.${s.id}`)} <small>${t('ui.agenda.minutes', { n: s.minutes })}</small></h3>
          ${i === at ? html`<p>${t(`ui.agenda.${s.id}.do`)}</p>${room ? clock(room) : nothing}` : nothing}
          ${leads && i === at + 1 ? html`<p><button type="button" class=${at < 0 ? 'main' : 'plain'} @click=${() => go(i)}>${t(at < 0 ? 'ui.agenda.begin' : 'ui.agenda.next')}</button></p>` : leads && i !== at && at >= 0 ? html`<p><button type="button" class="quiet" @click=${() => go(i)}>${t('ui.agenda.here')}</button></p>` : nothing}
        </li>`)}
      </ol>
      ${leads && room && at >= 0 ? html`<p class="acts">
        ${[2, 5].map((n) => html`<button type="button" class="quiet" @click=${() => room.time(Math.max(0, ((room.ends ?? Date.now()) - Date.now()) / 60_000) + n)}>${t('ui.agenda.more', { n })}</button>`)}
        <button type="button" class="quiet" @click=${() => room.time(undefined)}>${t('ui.agenda.stop')}</button></p>` : nothing}
    </section>`;
}
