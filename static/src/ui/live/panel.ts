import { html, nothing, type TemplateResult } from 'lit';
import type { Person, Role } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import { href } from '../route.ts';
import { addressOf, roles } from './api.ts';
import { recovery } from './opening.ts';
import { qr } from './qr.ts';
import type { Room } from './room.ts';
import type { Workshop } from './workshop.ts';

/** How people come in: a code to read aloud, a QR to point a phone at, a link to send. */
export function doors(page: Workshop, room: Room): TemplateResult {
  const { t, lang } = page.app;
  const { tokens, id } = room.link;
  const { code } = room;
  const editor = tokens?.editor && addressOf(lang, id, tokens.editor);
  const viewer = tokens?.viewer && addressOf(lang, id, tokens.viewer);
  return html`
    <section class="doors" aria-labelledby="doors-title">
      <h2 id="doors-title">${t('ui.live.doors')}</h2>
      <div>
        ${code ? html`
          <p class="code" aria-label=${t('ui.live.code.is', { code: [...code.code].join(' ') })}>${code.code.slice(0, 3)} ${code.code.slice(3)}</p>
          <p class="aside">${t('ui.live.code.until', { address: location.host, time: new Date(code.expires).toLocaleTimeString(lang, { hour: '2-digit', minute: '2-digit' }) })}</p>` : nothing}
        <p><button type="button" class=${code ? 'quiet' : 'main'} @click=${() => page.attempt('doors', () => room.ask('POST', '/code', { role: 'editor' }))}>${t(code ? 'ui.live.code.new' : 'ui.live.code.make')}</button></p>
        ${editor ? copier(page, 'editor', editor) : nothing}${viewer ? copier(page, 'viewer', viewer) : nothing}
        ${editor ? nothing : html`<p class="aside">${t('ui.live.links.elsewhere')}</p>`}
        <p><a class="plain button" href=${`/${lang}${href('workshop', 'wall')}`} target="_blank" rel="opener">${t('ui.wall.open')}${icon('right')}</a></p>
        <p class="aside">${t('ui.wall.why')}</p>
        ${page.refusal('doors')}
      </div>
      ${editor ? html`<figure class="qr">${qr(editor)}<figcaption>${t('ui.live.qr')}</figcaption></figure>` : nothing}
    </section>`;
}

function copier(page: Workshop, role: Role | 'own', address: string): TemplateResult {
  const { app } = page;
  return html`<p class="way"><button type="button" class="plain" @click=${() => navigator.clipboard.writeText(address).then(() => app.say('ui.live.copied'), () => app.say('ui.live.notCopied'))}>${app.t(`ui.live.copy.${role}`)}</button> <input type="text" readonly aria-label=${app.t(`ui.live.link.${role}`)} .value=${address} @focus=${(e: FocusEvent) => (e.target as HTMLInputElement).select()}></p>`;
}

/** What everyone sees: where the facilitator leads, whether findings are out, whether the board can be written to, the clock. */
export function stage(page: Workshop, room: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const shown = !!room.shared.get('shown'), locked = !!room.session?.locked;
  const act = (id: string, on: boolean, run: () => void): TemplateResult => html`<button type="button" class="plain" aria-pressed=${on} @click=${run}>${on ? icon('check') : nothing}${t(id)}</button>`;
  return html`
    <section aria-labelledby="stage-title">
      <h2 id="stage-title">${t('ui.live.stage')}</h2>
      <p class="acts">
        ${act('ui.live.stage.findings', shown, () => room.show(!shown))}
        ${act('ui.live.stage.lead', room.leading, () => room.lead(!room.leading))}
        ${act('ui.live.stage.lock', locked, () => page.attempt('stage', () => room.ask('PUT', '/lock', { locked: !locked })))}
      </p>
      <p class="aside">${t(shown ? 'ui.live.stage.shown' : 'ui.live.stage.hidden')} ${t(locked ? 'ui.live.stage.locked' : 'ui.live.stage.open')} ${room.leading ? t('ui.live.stage.leading') : nothing}</p>
      <p class="acts timer"><span id="timer">${t('ui.live.timer')}</span>
        ${[1, 3, 5, 10].map((n) => html`<button type="button" class="quiet" aria-describedby="timer" @click=${() => room.time(n)}>${t('ui.live.minutes', { n })}</button>`)}
        ${room.ends ? html`<button type="button" class="quiet" @click=${() => room.time(undefined)}>${t('ui.agenda.stop')}</button>` : nothing}</p>
      ${page.refusal('stage')}
    </section>`;
}

/** Who has a way in of their own: to be removed, or given the lead. */
export function people(page: Workshop, room: Room): TemplateResult {
  const { t, lang } = page.app;
  const list = room.session?.people ?? [];
  const own = room.session?.you?.id;
  const removal = (p: Person): TemplateResult => html`<button type="button" class="quiet" @click=${() => page.attempt('people', async () => {
    await room.ask('DELETE', `/people/${encodeURIComponent(p.id)}`);
    page.app.say('ui.live.removed', { name: p.name });
  })}>${icon('trash')}${t('ui.live.remove', { name: p.name })}</button>`;
  return html`
    <section aria-labelledby="at.people">
      <h2 id="at.people" tabindex="-1">${t('ui.live.people.title')}</h2>
      ${list.length ? html`<ul class="people">${list.toSorted((a, b) => Number(!!b.here) - Number(!!a.here)).map((p) => html`
        <li class=${p.here ? '' : 'gone'}><span>${p.id === own ? t('ui.live.you', { name: p.name }) : p.name}</span> <small>${t(`ui.live.role.${p.role}`)}${p.here ? nothing : html` · ${t('ui.live.away')}`}</small> ${p.id === own ? nothing : removal(p)}</li>`)}</ul>` : html`<p class="aside">${t('ui.live.people.none')}</p>`}
      <form class="join" @submit=${(e: SubmitEvent) => {
        e.preventDefault();
        const form = e.target as HTMLFormElement, data = new FormData(form);
        void page.attempt('people', async () => {
          const name = String(data.get('name')).trim(), role = String(data.get('role')) as Role;
          const { token } = await room.ask<{ token: string }>('POST', '/people', { name, role });
          form.reset();
          page.invited = { name, role, address: addressOf(lang, room.link.id, token) };
        });
      }}>
        <label for="person-name">${t('ui.live.invite')}</label>
        <input id="person-name" name="name" type="text" required maxlength="40" pattern=".*\\S.*" autocomplete="off">
        <label for="person-role">${t('ui.live.role')}</label>
        <select id="person-role" name="role">${roles.toReversed().map((r) => html`<option value=${r} ?selected=${r === 'editor'}>${t(`ui.live.role.${r}`)}</option>`)}</select>
        <button type="submit" class="plain">${t('ui.live.invite.act')}</button>
      </form>
      ${page.refusal('people')}
      ${page.invited ? html`
        <div class="invited" role="status">
          <p>${t(page.invited.role === 'facilitator' ? 'ui.live.invited.lead' : 'ui.live.invited', { name: page.invited.name })}</p>
          ${copier(page, 'own', page.invited.address)}
          <figure class="qr">${qr(page.invited.address)}</figure>
          <p><button type="button" class="quiet" @click=${() => { page.invited = undefined; }}>${t('ui.live.invited.done')}</button></p>
        </div>` : nothing}
    </section>`;
}

/** What only a facilitator may do to the board itself. */
export function keys(page: Workshop, room: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const rotate = (role: Role): Promise<void> => page.attempt('keys', async () => {
    const { token } = await room.ask<{ token: string }>('POST', `/tokens/${role}`);
    room.keepLink({ tokens: { ...room.link.tokens, [role]: token } });
    recovery(room);
    app.say('ui.live.rotated');
  });
  return html`
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">${t('ui.live.keys')}</h2>
      <p class="acts"><button type="button" class="plain" @click=${() => recovery(room)}>${icon('download')}${t('ui.live.recovery')}</button></p>
      <p class="aside">${t('ui.live.recovery.why')}</p>
      <p class="acts">${roles.toReversed().map((r) => html`<button type="button" class="plain" @click=${() => rotate(r)}>${t(`ui.live.rotate.${r}`)}</button>`)}</p>
      <p class="aside">${t('ui.live.rotate.why')}</p>
      ${page.refusal('keys')}
      ${room.session?.expires ? html`<p class="aside">${t('ui.live.expires', { date: room.session.expires.slice(0, 10) })}</p>` : nothing}
      <details class="more"><summary>${icon('down')}${t('ui.live.delete')}</summary>
        <p>${t('ui.live.delete.why')}</p>
        <p><button type="button" class="plain" @click=${() => page.attempt('keys', () => room.ask('DELETE'))}>${icon('trash')}${t('ui.live.delete.act')}</button></p>
      </details>
    </section>`;
}

/** Everyone may go, with a copy or without. */
export function leaving(page: Workshop, room: Room): TemplateResult {
  const { t } = page.app;
  const { waiting } = room.live.status();
  return html`
    <section aria-labelledby="leave-title">
      <h2 id="leave-title">${t('ui.live.leave')}</h2>
      <p>${t('ui.live.leave.why')}${waiting ? html` <strong>${t('ui.live.leave.waiting', { n: waiting })}</strong>` : nothing}</p>
      <p class="acts"><button type="button" class="plain" @click=${() => import('./leaving.ts').then((m) => m.keepCopy(page.app))}>${icon('download')}${t('ui.live.copy')}</button>
        <button type="button" class="plain" @click=${() => room.leave()}>${t('ui.live.leave')}</button></p>
    </section>`;
}
