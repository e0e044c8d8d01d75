import { html, nothing, type TemplateResult } from 'lit';
import type { Presence } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import { href, type Screen } from '../route.ts';
import type { Room } from './room.ts';

const facesShown = 6;

/** What stands under the masthead of a shared board: whether edits are safe, who is there, the clock, the hand. */
export function bar(room: Room): TemplateResult {
  const { app, live } = room;
  const { t } = app;
  const { phase, waiting, reason } = live.status();
  const people = room.people;
  const hands = people.filter((p) => p.hand).sort((a, b) => a.hand! - b.hand!);
  const state = phase === 'ended' ? `ended.${reason}` : phase === 'shared' ? (waiting ? 'saving' : 'shared') : phase === 'offline' && waiting ? 'waiting' : phase;
  const spotlight = room.shared.get('spotlight') as string | undefined;
  return html`
    <aside class="livebar ${phase}" aria-label=${t('ui.live.bar')}>
      <p class="state" role="status">${icon(phase === 'shared' && !waiting ? 'check' : phase === 'ended' ? 'close' : 'restart')}${t(`ui.live.state.${state}`, { n: waiting })}</p>
      ${room.session?.locked ? html`<p class="state">${t(room.leads ? 'ui.live.locked.lead' : 'ui.live.locked')}</p>` : room.role === 'viewer' ? html`<p class="state">${t('ui.live.viewing')}</p>` : nothing}
      ${clock(room)}
      <ul class="faces" aria-label=${t('ui.live.people', { n: people.length })}>
        ${people.slice(0, facesShown).map((p) => html`<li>${face(room, p)}</li>`)}
        ${people.length > facesShown ? html`<li class="more">+${t('ui.number', { n: people.length - facesShown })}</li>` : nothing}
      </ul>
      ${hands.length ? html`<p class="hands" role="status">${icon('hand')}${hands.map((p) => p.user.name).join(', ')}</p>` : nothing}
      ${phase === 'ended' ? html`<button type="button" class="plain" @click=${() => room.leave()}>${t('ui.live.leave')}</button>` : html`
        <button type="button" class="quiet" aria-pressed=${room.raised} ?disabled=${!room.name} @click=${() => room.raise()}>${icon('hand')}${t('ui.live.hand')}</button>
        ${spotlight && !room.leads ? html`<button type="button" class="quiet" aria-pressed=${room.following} @click=${() => { room.following = !room.following; app.changed(); }}>${t('ui.live.follow')}</button>` : nothing}
        <a class="quiet" href=${href('workshop')}>${t('ui.step.workshop')}</a>`}
    </aside>`;
}

export function clock(room: Room): unknown {
  if (!room.ends) return nothing;
  const left = Math.max(0, Math.round((room.ends - Date.now()) / 1000));
  const said = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return html`<p class="clock ${left < 60 ? 'last' : ''}" role="timer" aria-label=${room.app.t('ui.live.left', { minutes: Math.floor(left / 60), seconds: left % 60 })}>${said}</p>`;
}

const screensWithWork = ['identity', 'channels', 'posts', 'report', 'workshop'];

function face(room: Room, p: Presence): TemplateResult {
  const { t } = room.app;
  const where = p.at && screensWithWork.includes(p.at.screen) ? p.at.screen as Screen : undefined;
  const label = p.self ? t('ui.live.you', { name: p.user.name }) : where ? t('ui.live.at', { name: p.user.name, where: t(`ui.step.${where}`) }) : p.user.name;
  const initials = [...p.user.name.trim()][0]?.toUpperCase() ?? '?';
  return p.self || !where
    ? html`<span class="face c${p.user.colour}" role="img" aria-label=${label} title=${label}>${initials}</span>`
    : html`<a class="face c${p.user.colour}" href=${href(where, p.at?.id)} aria-label=${label} title=${label}>${initials}</a>`;
}

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
