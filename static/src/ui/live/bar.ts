import { html, nothing, type TemplateResult } from 'lit';
import type { Presence } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import type { App } from '../app.ts';
import { href, isPage } from '../route.ts';
import { now } from './api.ts';
import type { Room } from './room.ts';

const facesShown = 6;

/** What stands under the masthead of a shared board: whether edits are safe, who is there, the clock, the hand, what is asked. */
export function bar(room: Room): TemplateResult {
  const { app, live, asked, leader } = room;
  const { t } = app;
  const { phase, waiting } = live.status();
  const fine = phase === 'shared' && !waiting;
  return html`
    <aside class="livebar ${phase}" aria-label=${t('ui.live.bar')}>
      <p class="state" role="status">${icon(fine ? 'check' : phase === 'ended' ? 'close' : 'restart')}${t(`ui.live.state.${stateOf(room)}`, { n: waiting })}</p>
      ${room.ended ? farewell(room) : html`
        ${room.session?.locked ? html`<p class="state">${t(room.leads ? 'ui.live.locked.lead' : 'ui.live.locked')}</p>` : room.role === 'viewer' ? html`<p class="state">${t('ui.live.viewing')}</p>` : nothing}
        ${room.ends ? clock(app, room.ends) : nothing}
        ${who(room)}
        ${hands(room)}
        ${room.name ? html`<button type="button" class="quiet" aria-pressed=${room.raised} @click=${() => room.raise()}>${icon('hand')}${t(room.raised ? 'ui.live.hand.down' : 'ui.live.hand')}</button>` : nothing}
        ${leader && !room.leads ? lead(room, leader) : nothing}
        ${asked && !asked.yours && room.role !== 'viewer' ? html`<a class="asked" href=${href('workshop', 'round')}>${t('ui.live.asked')}</a>` : nothing}
        <a class="quiet" href=${href('workshop')}>${t('ui.step.workshop')}</a>`}
    </aside>`;
}

/** Names a text: what is true of this person’s edits now. A line that was cut is away until it holds again. */
function stateOf(room: Room): string {
  const { phase, waiting, reason } = room.live.status();
  if (phase === 'ended') return `ended.${reason}`;
  if (phase === 'shared') return waiting ? 'saving' : 'shared';
  if (reason === 'restart' && waiting) return 'restart.waiting';
  if (reason === 'restart' || reason === 'crowd') return reason;
  if (phase === 'connecting' && !reason && !waiting && !room.arrived) return 'connecting';
  return waiting ? 'waiting' : 'offline';
}

function farewell(room: Room): TemplateResult {
  const { t } = room.app;
  return html`
    <p class="acts">${room.arrived ? html`<button type="button" class="plain" @click=${() => import('./leaving.ts').then((m) => m.keepCopy(room.app))}>${icon('download')}${t('ui.live.copy')}</button>` : nothing}
    <button type="button" class="plain" @click=${() => room.leave()}>${t('ui.live.leave')}</button></p>`;
}

/** A countdown by everybody’s clock. */
export function clock({ t }: App, ends: number, at = now()): TemplateResult {
  const left = Math.max(0, Math.round((ends - at) / 1000));
  const minutes = Math.floor(left / 60), seconds = left % 60;
  return html`<p class="clock ${left < 60 ? 'last' : ''}" role="timer" aria-label=${t('ui.live.left', { minutes, seconds })}>${left ? `${minutes}:${String(seconds).padStart(2, '0')}` : t('ui.live.over')}</p>`;
}

function lead(room: Room, leader: Presence): TemplateResult {
  const { t } = room.app;
  const { name } = leader.user;
  if (room.following && !room.astray) return html`<button type="button" class="quiet" aria-pressed="true" @click=${() => { room.following = false; room.app.changed(); }}>${t('ui.live.following', { name })}</button>`;
  return html`<button type="button" class="quiet" @click=${() => room.join()}>${t('ui.live.follow', { name })}</button>`;
}

/** Raised hands in their order; whoever facilitates takes one down when its turn has come. */
function hands(room: Room): unknown {
  const { t } = room.app;
  if (!room.hands.length) return nothing;
  return html`<ol class="hands" aria-label=${t('ui.live.hands')}>${room.hands.map((p) => html`
    <li>${icon('hand')}${p.user.name}${room.leads && !p.self ? html`<button type="button" class="tool" aria-label=${t('ui.live.lower', { name: p.user.name })} title=${t('ui.live.lower', { name: p.user.name })} @click=${() => room.lower(p)}>${icon('check')}</button>` : nothing}</li>`)}</ol>`;
}

// ---------- who is there, where, and what they edit ----------

function who(room: Room): TemplateResult {
  const { people, app: { t } } = room;
  return html`
    <details class="who" @keydown=${(e: KeyboardEvent) => { if (e.key === 'Escape') fold(e); }} @focusout=${(e: FocusEvent) => { if (e.relatedTarget && !(e.currentTarget as Node).contains(e.relatedTarget as Node)) (e.currentTarget as HTMLDetailsElement).open = false; }}>
      <summary>
        <span class="unseen">${t('ui.live.people', { n: people.length })}</span>
        ${people.slice(0, facesShown).map((p) => face(p))}${people.length > facesShown ? html`<span class="more" aria-hidden="true">+${t('ui.number', { n: people.length - facesShown })}</span>` : nothing}${icon('down')}
      </summary>
      <ul>${people.map((p) => html`<li>${face(p)}<span>${label(room, p)}</span>${place(room, p)}</li>`)}</ul>
    </details>`;
}

function fold(e: KeyboardEvent): void {
  const who = e.currentTarget as HTMLDetailsElement;
  who.open = false;
  who.querySelector('summary')?.focus();
}

const face = (p: Presence): TemplateResult => html`<span class="face c${p.user.colour}" aria-hidden="true">${[...p.user.name.trim()][0]?.toUpperCase() ?? '?'}</span>`;

const label = ({ app: { t } }: Room, p: Presence): string => p.self ? t('ui.live.you', { name: p.user.name }) : p.user.name;

const screensWithWork = ['identity', 'channels', 'posts', 'report', 'workshop', 'objectives', 'audiences', 'actions', 'decisions', 'settings', 'pictures', 'onepage'];

/** Where somebody is, as a way there; what they write in, where that is a text. */
function place({ app }: Room, p: Presence): unknown {
  if (!p.at || !screensWithWork.includes(p.at.screen)) return nothing;
  const { t } = app;
  const [, entity, field] = (p.at.field ?? '').split('.').map(decodeURIComponent);
  const where = t(`ui.${isPage(p.at.screen) ? 'page' : 'step'}.${p.at.screen}`);
  const said = !entity ? where : t('ui.live.writing', { where, what: entity === 'identity' ? fieldName(app, field) : app.name(entity) });
  return p.self ? html`<small>${said}</small>` : html`<a href=${href(p.at.screen, entity || p.at.id, field)}>${said}</a>`;
}

/** An identity’s field by its label on the page. */
function fieldName({ t }: App, field = ''): string {
  const id = `ui.f.identity.${field}`, said = t(id);
  return said === id ? t('ui.name.identity') : said;
}

// ---------- in the report ----------

/** In place of the report while its findings are kept for later. */
export function curtain(room: Room): TemplateResult {
  const { t } = room.app;
  return html`
    <section class="curtain">
      <h1 tabindex="-1">${t('ui.live.hidden')}</h1>
      <p class="lede">${t(room.leads ? 'ui.live.hidden.lead' : 'ui.live.hidden.wait')}</p>
      ${room.leads ? html`<p class="acts">
        <button type="button" class="main" @click=${() => room.show(true)}>${t('ui.live.show')}</button>
        <button type="button" class="plain" @click=${() => { room.peeking = true; room.app.changed(); }}>${t('ui.live.peek')}</button></p>` : nothing}
    </section>`;
}

/** Under a finding: what matters most to those in the room. */
export function voteOn(room: Room, finding: string): TemplateResult {
  const { t } = room.app;
  const n = room.votes(finding);
  return html`<button type="button" class="quiet vote" aria-pressed=${room.voted(finding)} ?disabled=${!room.writes} @click=${() => room.vote(finding)}>${icon('hand')}${t('ui.live.vote')}${n ? html` <small>${t('ui.live.votes', { n })}</small>` : nothing}</button>`;
}
