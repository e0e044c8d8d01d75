import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons.ts';
import { download } from '../download.ts';
import { href } from '../route.ts';
import { recall, remember } from '../storage.ts';
import { ask, Refused, rememberLink, type Operator } from './api.ts';
import { readRecovery, writeRecovery } from './recovery.ts';
import { colours, goLive, operatorOf, type Room } from './room.ts';
import type { Workshop } from './workshop.ts';

/** Before a board goes live: what is known of the server. */
export type Opening =
  | { phase: 'asking' } | { phase: 'away'; why: string } | { phase: 'known'; operator: Operator }
  | { phase: 'opening'; operator: Operator };

/** To join, to share, to come back, to try the room, to rehearse. */
export function opening(page: Workshop): TemplateResult {
  const { app, opening: o } = page;
  const { t } = app;
  if (o.phase === 'asking') void learn(page);
  return html`
    <h1 tabindex="-1">${t('ui.live.open.title')}</h1>
    <p class="lede">${t('ui.live.open.lede')}</p>
    ${joining(page)}
    <section aria-labelledby="open-title">
      <h2 id="open-title">${t('ui.live.open.yours')}</h2>
      ${o.phase === 'asking' ? html`<p class="wait" role="status">${t('ui.live.asking')}</p>`
      : o.phase === 'away' ? html`<p role="status">${o.why || t('ui.live.unreachable')}</p><p><button type="button" class="plain" @click=${() => { page.opening = { phase: 'asking' }; }}>${t('ui.live.again')}</button></p>`
      : !o.operator.live ? html`<p>${t('ui.live.none')}</p>`
      : html`
        <p>${t('ui.live.leaves')}</p>
        ${terms(page, o.operator)}
        <p class="acts"><button type="button" class="main" ?disabled=${o.phase === 'opening'} @click=${() => open(page, o.operator)}>${t('ui.live.open')}${icon('right')}</button></p>
        <p class="aside">${t('ui.live.recovery.why')}</p>`}
      ${page.refusal('open')}
    </section>
    <section aria-labelledby="ready-title">
      <h2 id="ready-title">${t('ui.live.ready')}</h2>
      <ul class="waysin">
        <li><a href=${href('workshop', 'preflight')}>${t('ui.preflight.title')}</a><p class="aside">${t('ui.live.ready.room')}</p></li>
        <li><a href=${href('workshop', 'rehearsal')}>${t('ui.rehearsal.title')}</a><p class="aside">${t('ui.live.ready.script')}</p></li>
      </ul>
    </section>
    ${reopening(page)}`;
}

/** What a server says of itself: who holds it, where, for how long. */
function terms({ app: { t } }: Workshop, o: Operator): TemplateResult {
  const mail = o.contact && /^[^\s@]+@[^\s@]+$/.test(o.contact);
  return html`
    <ul class="facts">
      <li>${t('ui.live.where', { operator: o.operator || location.host, named: o.operator ? 'yes' : 'no', country: o.country || '', known: o.country ? 'yes' : 'no' })}</li>
      <li>${t('ui.live.kept', { days: o.retentionDays })}</li>
      <li>${t('ui.live.erased')}</li>
      ${o.contact ? html`<li>${t('ui.live.contact')} ${mail ? html`<a href=${`mailto:${o.contact}`}>${o.contact}</a>` : o.contact}</li>` : nothing}
      ${o.legal ? html`<li><a href=${o.legal} rel="noopener">${t('ui.live.legal')}</a></li>` : nothing}
    </ul>`;
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
  await page.attempt('open', async () => {
    const { app } = page;
    app.room = await goLive(app, await app.open());
    recovery(app.room);
    app.say('ui.live.opened');
  });
  page.opening = { phase: 'known', operator };
}

export function recovery(room: Room): void {
  const { app, link } = room;
  const tokens = { ...link.tokens, facilitator: link.tokens?.facilitator ?? link.token };
  download(app, `-${app.t('ui.live.recovery.name')}.json`, 'application/json', writeRecovery({ server: location.origin, board: link.id, tokens }));
}

// ---------- coming in ----------

const nameField = (page: Workshop, id: string): TemplateResult => html`
  <label for=${id}>${page.app.t('ui.live.name')}</label>
  <input id=${id} name="name" type="text" required maxlength="40" pattern=".*\\S.*" autocomplete="nickname" .value=${recall('live.name') ?? ''}>`;

const colourField = (page: Workshop, chosen: number): TemplateResult => html`
  <fieldset class="colours"><legend>${page.app.t('ui.live.colour')}</legend>
    ${Array.from({ length: colours }, (_, i) => html`<label class="face c${i}"><input type="radio" name="colour" value=${i} ?checked=${i === chosen} aria-label=${page.app.t('ui.live.colour.n', { n: i + 1 })}></label>`)}
  </fieldset>`;

export function joining(page: Workshop): TemplateResult {
  const { t } = page.app;
  return html`
    <section aria-labelledby="join-title">
      <h2 id="join-title">${t('ui.live.join')}</h2>
      <form class="join" @submit=${(e: SubmitEvent) => { e.preventDefault(); void join(page, new FormData(e.target as HTMLFormElement)); }}>
        <label for="join-code">${t('ui.live.code')}</label>
        <input id="join-code" class="code-field" name="code" type="text" required minlength="6" maxlength="9" autocomplete="off" autocapitalize="characters" spellcheck="false">
        ${nameField(page, 'join-name')}
        ${colourField(page, page.colour)}
        <button type="submit" class="plain">${t('ui.live.enter')}</button>
      </form>
      ${page.refusal('join')}
    </section>`;
}

async function join(page: Workshop, form: FormData): Promise<void> {
  await page.attempt('join', async () => {
    const { app } = page;
    const name = String(form.get('name')).trim();
    const code = String(form.get('code')).replace(/[\s-]/g, '').toUpperCase();
    const { board: id, token } = await ask<{ board: string; token: string }>(app.lang, 'POST', '/api/v1/join', { body: { code, name } });
    rememberLink({ id, token });
    remember('live.name', name);
    remember('live.colour', String(form.get('colour') ?? 0));
    arriveAt(app.lang);
  });
}

/** The board of this device gives way to the shared one. */
function arriveAt(lang: string): void {
  history.replaceState(null, '', `/${lang}#/workshop`);
  location.reload();
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
      page.app.to('workshop');
    }}>
      ${nameField(page, 'entrance-name')}
      ${colourField(page, room.colour)}
      <button type="submit" class="main">${t('ui.live.enter')}</button>
    </form>
    <p class="aside">${t('ui.live.entrance.seen')}</p>`;
}

// ---------- coming back ----------

/** A recovery file opens its board again, on any device. */
function reopening(page: Workshop): TemplateResult {
  const { t } = page.app;
  return html`
    <section aria-labelledby="reopen-title">
      <h2 id="reopen-title">${t('ui.live.reopen')}</h2>
      <p>${t('ui.live.reopen.why')}</p>
      <p><label class="button plain file">${icon('open')}${t('ui.live.reopen.act')}<input type="file" accept=".json,application/json" @change=${(e: Event) => reopen(page, e.target as HTMLInputElement)}></label></p>
      ${page.refusal('reopen')}
    </section>`;
}

async function reopen(page: Workshop, input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0];
  if (!file) return;
  await page.attempt('reopen', async () => {
    const { app } = page;
    const kept = file.size < 65_536 ? readRecovery(await file.text()) : undefined;
    input.value = '';
    if (!kept) throw new Error(app.t('ui.live.reopen.wrong'));
    if (kept.server !== location.origin) throw new Error(app.t('ui.live.reopen.elsewhere', { server: kept.server }));
    await ask(app.lang, 'GET', `/api/v1/boards/${kept.board}`, { token: kept.tokens.facilitator }); // says why it is not there
    rememberLink({ id: kept.board, token: kept.tokens.facilitator, tokens: kept.tokens });
    arriveAt(app.lang);
  });
}

// ---------- where there is no board ----------

/** A link that opens nothing, an access that has ended, a board that is gone: what happened, what is safe, what to do. */
export function closed(page: Workshop, room: Room): TemplateResult {
  const { t } = page.app;
  const { reason = 'unknown' } = room.live.status();
  return html`
    <h1 tabindex="-1">${t(`ui.live.closed.${reason}`)}</h1>
    <p class="lede">${t(`ui.live.state.ended.${reason}`)}</p>
    <p class="acts">
      ${room.arrived ? html`<button type="button" class="main" @click=${() => import('./leaving.ts').then((m) => m.keepCopy(page.app))}>${icon('download')}${t('ui.live.copy')}</button>` : nothing}
      ${room.arrived ? html`<a class="plain button" href=${href('workshop', 'minutes')}>${t('ui.takeaway.open')}</a>` : nothing}
      <button type="button" class="plain" @click=${() => room.leave()}>${t(room.arrived ? 'ui.live.leave' : 'ui.live.own')}</button>
    </p>
    ${joining(page)}`;
}

/** A board that has not come yet is not shown as an empty one. */
export function coming(page: Workshop, room: Room): TemplateResult {
  const { t } = page.app;
  const { phase, reason } = room.live.status();
  const why = reason === 'crowd' || reason === 'restart' ? `ui.live.state.${reason}` : phase === 'connecting' && !reason ? 'ui.live.coming.soon' : 'ui.live.coming.away';
  return html`
    <h1 tabindex="-1">${t('ui.live.coming')}</h1>
    <p class="lede" role="status">${t(why)}</p>
    <p class="acts"><button type="button" class="plain" @click=${() => room.leave()}>${t('ui.live.own')}</button></p>`;
}
