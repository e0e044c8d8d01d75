import { html, nothing, type TemplateResult } from 'lit';
import * as Y from 'yjs';
import { openLive } from '../../engine/live.ts';
import { icon } from '../../icons.ts';
import { download } from '../download.ts';
import { remember } from '../storage.ts';
import { ask, Refused, rememberLink, type Operator, type Tokens } from './api.ts';
import { colours, goLive, operatorOf, type Room } from './room.ts';
import type { Workshop } from './workshop.ts';

/** Before a board goes live: what is known of the server, and whether the room’s network carries it. */
export type Opening =
  | { phase: 'asking' } | { phase: 'away'; why: string } | { phase: 'known'; operator: Operator }
  | { phase: 'opening'; operator: Operator };
export type Trial = 'under way' | { ms: number } | { failed: string };

let trial: Trial | undefined;

/** What leaves the browser and where it goes, said before anything does; then one button. */
export function opening(page: Workshop): TemplateResult {
  const { app, opening: o } = page;
  const { t } = app;
  if (o.phase === 'asking') void learn(page);
  const operator = 'operator' in o ? o.operator : undefined;
  return html`
    <h1 tabindex="-1">${t('ui.live.open.title')}</h1>
    <p class="lede">${t('ui.live.open.lede')}</p>
    ${joining(page)}
    <section aria-labelledby="open-title">
      <h2 id="open-title">${t('ui.live.open.yours')}</h2>
      ${o.phase === 'asking' ? html`<p class="wait">${t('ui.live.asking')}</p>`
      : o.phase === 'away' ? html`<p role="status">${o.why || t('ui.live.unreachable')}</p><p><button type="button" class="plain" @click=${() => { page.opening = { phase: 'asking' }; }}>${t('ui.live.again')}</button></p>`
      : !operator!.live ? html`<p>${t('ui.live.none')}</p>`
      : html`
        <p>${t('ui.live.leaves')}</p>
        <ul class="facts">
          <li>${t('ui.live.where', { operator: operator!.operator || location.host, named: operator!.operator ? 'yes' : 'no', country: operator!.country || '', known: operator!.country ? 'yes' : 'no' })}</li>
          <li>${t('ui.live.kept', { days: operator!.retentionDays })}</li>
          <li>${t('ui.live.erased')}</li>
          ${operator!.contact ? html`<li>${t('ui.live.contact', { contact: operator!.contact })}</li>` : nothing}
          ${operator!.legal ? html`<li><a href=${operator!.legal} rel="noopener">${t('ui.live.legal')}</a></li>` : nothing}
        </ul>
        ${preflight(page)}
        <p class="acts"><button type="button" class="main" ?disabled=${o.phase === 'opening'} @click=${() => open(page, operator!)}>${t('ui.live.open')}${icon('right')}</button></p>`}
      ${page.failure ? html`<p class="refusal" role="alert">${page.failure}</p>` : nothing}
    </section>`;
}

async function learn(page: Workshop): Promise<void> {
  try {
    page.opening = { phase: 'known', operator: await operatorOf(page.app) };
  } catch (e) {
    page.opening = { phase: 'away', why: e instanceof Refused && e.status !== 404 ? e.message : e instanceof Refused && e.status === 404 ? page.app.t('ui.live.none') : '' };
  }
}

async function open(page: Workshop, operator: Operator): Promise<void> {
  page.opening = { phase: 'opening', operator };
  await page.attempt(async () => {
    const { app } = page;
    app.room = await goLive(app, await app.open());
    app.keepMoment();
    recovery(app.room);
    app.say('ui.live.opened');
  });
  page.opening = { phase: 'known', operator };
}

/** What one needs to come back, hand over or delete: nobody else has it. */
export function recovery(room: Room): void {
  const { app, link } = room;
  download(app, `-${app.t('ui.live.recovery.name')}.json`, 'application/json', JSON.stringify({ format: 'unisson-live/1', server: location.origin, board: link.id, tokens: link.tokens ?? { facilitator: link.token } }, null, 1) + '\n');
}

// ---------- trying the room's network ----------

function preflight(page: Workshop): TemplateResult {
  const { t } = page.app;
  return html`
    <details class="preflight">
      <summary>${t('ui.live.preflight')}</summary>
      <p>${t('ui.live.preflight.why')}</p>
      <p><button type="button" class="plain" ?disabled=${trial === 'under way'} @click=${() => tryOut(page)}>${t('ui.live.preflight.run')}</button></p>
      <p role="status">${trial === undefined ? nothing : trial === 'under way' ? t('ui.live.preflight.running') : 'ms' in trial ? t('ui.live.preflight.well', { ms: trial.ms }) : trial.failed}</p>
      <p>${t('ui.live.preflight.screen')}</p>
      <p><button type="button" class="plain" @click=${() => document.documentElement.requestFullscreen?.()}>${t('ui.live.preflight.full')}</button></p>
      <p class="specimen-size" aria-hidden="true">${t('ui.live.preflight.sample')}</p>
    </details>`;
}

/** A real board is opened, written to until the server has kept it, and deleted. */
async function tryOut(page: Workshop): Promise<void> {
  const { app } = page;
  trial = 'under way';
  page.requestUpdate();
  try {
    const began = performance.now();
    const { id, tokens } = await ask<{ id: string; tokens: Tokens }>(app.lang, 'POST', '/api/v1/boards', { body: {} });
    const doc = new Y.Doc();
    const live = openLive(doc, { id, token: tokens.facilitator });
    doc.getMap('workshop').set('trial', true);
    const kept = await new Promise<boolean>((done) => {
      const late = setTimeout(() => done(false), 8000);
      live.subscribe(() => {
        const { phase, waiting } = live.status();
        if (phase !== 'shared' || waiting) return;
        clearTimeout(late);
        done(true);
      });
    });
    live.close();
    doc.destroy();
    trial = kept ? { ms: Math.round(performance.now() - began) } : { failed: app.t('ui.live.preflight.blocked') };
    await ask(app.lang, 'DELETE', `/api/v1/boards/${id}`, { token: tokens.facilitator });
  } catch (e) {
    if (trial === 'under way') trial = { failed: (e instanceof Error && e.message) || app.t('ui.live.unreachable') };
  }
  page.requestUpdate();
}

// ---------- coming in ----------

function joining(page: Workshop): TemplateResult {
  const { t } = page.app;
  return html`
    <section aria-labelledby="join-title">
      <h2 id="join-title">${t('ui.live.join')}</h2>
      <form class="join" @submit=${(e: SubmitEvent) => { e.preventDefault(); void join(page, new FormData(e.target as HTMLFormElement)); }}>
        <label for="join-code">${t('ui.live.code')}</label>
        <input id="join-code" name="code" type="text" required minlength="6" maxlength="9" autocomplete="off" autocapitalize="characters" spellcheck="false">
        <label for="join-name">${t('ui.live.name')}</label>
        <input id="join-name" name="name" type="text" required maxlength="40" pattern=".*\\S.*" autocomplete="nickname">
        <button type="submit" class="plain">${t('ui.live.enter')}</button>
      </form>
    </section>`;
}

async function join(page: Workshop, form: FormData): Promise<void> {
  await page.attempt(async () => {
    const { app } = page;
    const name = String(form.get('name')).trim();
    const code = String(form.get('code')).replace(/[\s-]/g, '').toUpperCase();
    const { board: id, token } = await ask<{ board: string; token: string }>(app.lang, 'POST', '/api/v1/join', { body: { code, name } });
    rememberLink({ id, token });
    remember('live.name', name);
    history.replaceState(null, '', `/${app.lang}#/workshop`);
    location.reload(); // the board of this device gives way to the shared one
  });
}

/** Whoever came by a link says under which name they are seen. No account, nothing else. */
export function entrance(page: Workshop, room: Room): TemplateResult {
  const { t } = page.app;
  return html`
    <h1 tabindex="-1">${t('ui.live.entrance')}</h1>
    <p class="lede">${t('ui.live.entrance.lede')}</p>
    <form class="join" @submit=${(e: SubmitEvent) => {
      e.preventDefault();
      const form = new FormData(e.target as HTMLFormElement);
      room.enter(String(form.get('name')), Number(form.get('colour')));
      page.app.to(room.leads ? 'workshop' : 'identity');
    }}>
      <label for="entrance-name">${t('ui.live.name')}</label>
      <input id="entrance-name" name="name" type="text" required maxlength="40" pattern=".*\\S.*" autocomplete="nickname">
      <fieldset class="colours"><legend>${t('ui.live.colour')}</legend>
        ${Array.from({ length: colours }, (_, i) => html`<label class="face c${i}"><input type="radio" name="colour" value=${i} ?checked=${i === room.colour} aria-label=${t('ui.live.colour.n', { n: i + 1 })}></label>`)}
      </fieldset>
      <button type="submit" class="main">${t('ui.live.enter')}</button>
    </form>`;
}
