import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons.ts';
import { href } from '../route.ts';
import { now } from './api.ts';
import { clock } from './bar.ts';
import { begins, steps, total } from './script.ts';
import type { Workshop } from './workshop.ts';

/** A run through the script alone: nobody else has to see where one is, and no server is asked. */
export const rehearsal: { step: number; ends?: number | undefined; tick?: ReturnType<typeof setInterval> | undefined } = { step: -1 };

/** The script. With others the step and its clock are everyone's; alone it is a rehearsal. */
export function agenda(page: Workshop): TemplateResult {
  const { t, room } = page.app;
  const at = room ? room.step : rehearsal.step;
  const leads = !room || room.leads;
  return html`
    <section class="agenda" aria-labelledby="at.agenda">
      <h2 id="at.agenda" tabindex="-1">${t('ui.agenda.title', { minutes: total })}</h2>
      ${room ? nothing : html`<p class="aside">${t('ui.agenda.rehearse')}</p>`}
      <ol>${steps.map((s, i) => html`
        <li aria-current=${i === at ? 'step' : nothing} class=${i < at ? 'past' : ''}>
          <h3><span class="n">${i + 1}</span> ${t(`ui.agenda.${s.id}`)} <small>${t('ui.agenda.minutes', { from: begins[i]!, to: begins[i]! + s.minutes })}</small></h3>
          ${i === at ? current(page, i) : nothing}
          ${leads && i !== at ? i === at + 1
            ? html`<p><button type="button" class=${at < 0 ? 'main' : 'plain'} @click=${() => go(page, i)}>${t(at < 0 ? 'ui.agenda.begin' : 'ui.agenda.next')}</button></p>`
            : at >= 0 ? html`<p><button type="button" class="quiet" aria-label=${t('ui.agenda.here.named', { step: t(`ui.agenda.${s.id}`) })} @click=${() => go(page, i)}>${t('ui.agenda.here')}</button></p>` : nothing : nothing}
        </li>`)}
      </ol>
      ${leads && at >= 0 ? html`<p class="acts">
        ${[2, 5].map((n) => html`<button type="button" class="quiet" @click=${() => more(page, n)}>${t('ui.agenda.more', { n })}</button>`)}
        <button type="button" class="quiet" @click=${() => time(page, undefined)}>${t('ui.agenda.stop')}</button>
        ${room ? nothing : html`<button type="button" class="quiet" @click=${() => go(page, -1)}>${icon('restart')}${t('ui.agenda.again')}</button>`}</p>` : nothing}
    </section>`;
}

/** The step one is in: what to say and do, for whoever holds it; what is asked of them, for everyone else. */
function current(page: Workshop, i: number): TemplateResult {
  const { t, room } = page.app;
  const s = steps[i]!, ends = room ? room.ends : rehearsal.ends;
  const [screen, id] = s.go as readonly [string, string?];
  return html`
    ${ends ? clock(page.app, ends) : nothing}
    ${!room || room.leads ? html`
      <blockquote class="say">${t(`ui.agenda.${s.id}.say`)}</blockquote>
      <p>${t(`ui.agenda.${s.id}.do`)}</p>` : html`<p>${t(`ui.agenda.${s.id}.all`)}</p>`}
    ${id === undefined && screen === 'workshop' ? nothing : html`<p><a class="go" href=${href(screen, id)}>${t(!room || room.leads ? `ui.agenda.${s.id}.go` : 'ui.agenda.go')}${icon('right')}</a></p>`}`;
}

function go(page: Workshop, i: number): void {
  const { room } = page.app;
  if (room) room.begin(i, steps[i]?.minutes ?? 0);
  else {
    rehearsal.step = i;
    time(page, steps[i]?.minutes);
  }
  page.requestUpdate();
}

function more(page: Workshop, minutes: number): void {
  const ends = page.app.room ? page.app.room.ends : rehearsal.ends;
  time(page, Math.max(0, ((ends ?? now()) - now()) / 60_000) + minutes);
}

function time(page: Workshop, minutes: number | undefined): void {
  const { app } = page;
  if (app.room) return app.room.time(minutes);
  rehearsal.ends = minutes ? now() + 60_000 * minutes : undefined;
  clearInterval(rehearsal.tick);
  if (minutes) rehearsal.tick = setInterval(() => {
    app.changed();
    if ((rehearsal.ends ?? 0) < now()) clearInterval(rehearsal.tick);
  }, 1000);
  app.changed();
}
