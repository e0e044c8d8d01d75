import { generate } from 'lean-qr';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Person, Role } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import { addressOf, roles } from './api.ts';
import { recovery } from './opening.ts';
import type { Room } from './room.ts';
import type { Workshop } from './workshop.ts';

/** How people come in: a code to read aloud, a QR to point a phone at, a link to send. */
export function doors(page: Workshop, room: Room): TemplateResult {
  const { t, lang } = page.app;
  const { tokens } = room.link;
  const address = tokens && addressOf(lang, room.link.id, tokens.editor);
  return html`
    <section class="doors" aria-labelledby="doors-title">
      <h2 id="doors-title">${t('ui.live.doors')}</h2>
      <div>
        ${page.code ? html`
          <p class="code" aria-label=${t('ui.live.code.is', { code: [...page.code.code].join(' ') })}>${page.code.code.slice(0, 3)} ${page.code.code.slice(3)}</p>
          <p class="aside">${t('ui.live.code.until', { address: location.host, time: new Date(page.code.expires).toLocaleTimeString(lang, { hour: '2-digit', minute: '2-digit' }) })}</p>` : nothing}
        <p><button type="button" class=${page.code ? 'quiet' : 'main'} @click=${() => page.attempt(async () => { page.code = await room.ask<{ code: string; expires: string }>('POST', '/code', { role: 'editor' }); })}>${t(page.code ? 'ui.live.code.new' : 'ui.live.code.make')}</button></p>
        ${address ? html`${copier(page, 'editor', address)}${copier(page, 'viewer', addressOf(lang, room.link.id, tokens.viewer))}` : html`<p class="aside">${t('ui.live.links.elsewhere')}</p>`}
      </div>
      ${address ? html`<figure class="qr">${qr(address)}<figcaption>${t('ui.live.qr')}</figcaption></figure>` : nothing}
    </section>`;
}

function copier(page: Workshop, role: Role, address: string): TemplateResult {
  const { app } = page;
  return html`<p class="way"><button type="button" class="plain" @click=${() => navigator.clipboard.writeText(address).then(() => app.say('ui.live.copied'), () => app.say('ui.live.notCopied'))}>${app.t(`ui.live.copy.${role}`)}</button> <input type="text" readonly aria-label=${app.t(`ui.live.link.${role}`)} .value=${address} @focus=${(e: FocusEvent) => (e.target as HTMLInputElement).select()}></p>`;
}

function qr(text: string): TemplateResult {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  return html`<svg viewBox="-4 -4 ${code.size + 8} ${code.size + 8}" shape-rendering="crispEdges" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;
}

/** What everyone sees: where the facilitator leads, whether findings are out, whether the board can be written to. */
export function stage(page: Workshop, room: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const leading = room.shared.has('spotlight'), shown = !!room.shared.get('shown'), locked = !!room.session?.locked;
  const act = (id: string, on: boolean, run: () => void): TemplateResult => html`<button type="button" class="plain" aria-pressed=${on} @click=${run}>${t(id)}</button>`;
  return html`
    <section aria-labelledby="stage-title">
      <h2 id="stage-title">${t('ui.live.stage')}</h2>
      <p class="acts">
        ${act('ui.live.stage.findings', shown, () => room.show(!shown))}
        ${act('ui.live.stage.lead', leading, () => room.lead(!leading))}
        ${act('ui.live.stage.lock', locked, () => page.attempt(() => room.ask('PUT', '/lock', { locked: !locked })))}
      </p>
      <p class="aside">${t(shown ? 'ui.live.stage.shown' : 'ui.live.stage.hidden')} ${t(locked ? 'ui.live.stage.locked' : 'ui.live.stage.open')}</p>
    </section>`;
}

/** Who has a way in of their own: to be removed, or given the lead. */
export function people(page: Workshop, room: Room): TemplateResult {
  const { t } = page.app;
  const list = room.session?.people ?? [];
  const removal = (p: Person): TemplateResult => html`<button type="button" class="quiet" @click=${() => page.attempt(() => room.ask('DELETE', `/people/${encodeURIComponent(p.id)}`))}>${icon('trash')}${t('ui.live.remove', { name: p.name })}</button>`;
  return html`
    <section aria-labelledby="people-title">
      <h2 id="people-title">${t('ui.live.people.title')}</h2>
      ${list.length ? html`<ul class="people">${list.map((p) => html`<li>${p.name} <small>${t(`ui.live.role.${p.role}`)}</small> ${removal(p)}</li>`)}</ul>` : html`<p class="aside">${t('ui.live.people.none')}</p>`}
      <form class="join" @submit=${(e: SubmitEvent) => {
        e.preventDefault();
        const form = e.target as HTMLFormElement, data = new FormData(form);
        void page.attempt(async () => {
          const { token } = await room.ask<{ token: string }>('POST', '/people', { name: String(data.get('name')).trim(), role: data.get('role') });
          form.reset();
          await navigator.clipboard.writeText(addressOf(page.app.lang, room.link.id, token)).then(() => page.app.say('ui.live.invited'), () => page.app.say('ui.live.notCopied'));
        });
      }}>
        <label for="person-name">${t('ui.live.invite')}</label>
        <input id="person-name" name="name" type="text" required maxlength="40" pattern=".*\\S.*" autocomplete="off">
        <label for="person-role">${t('ui.live.role')}</label>
        <select id="person-role" name="role">${roles.toReversed().map((r) => html`<option value=${r} ?selected=${r === 'editor'}>${t(`ui.live.role.${r}`)}</option>`)}</select>
        <button type="submit" class="plain">${t('ui.live.invite.act')}</button>
      </form>
    </section>`;
}

/** What only a facilitator may do to the board itself. */
export function keys(page: Workshop, room: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const rotate = (role: Role): Promise<void> => page.attempt(async () => {
    const { token } = await room.ask<{ token: string }>('POST', `/tokens/${role}`);
    if (room.link.tokens) room.link.tokens[role] = token;
    app.say('ui.live.rotated');
  });
  return html`
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">${t('ui.live.keys')}</h2>
      <p class="acts">
        <button type="button" class="plain" @click=${() => recovery(room)}>${icon('download')}${t('ui.live.recovery')}</button>
        <button type="button" class="plain" @click=${() => rotate('editor')}>${t('ui.live.rotate.editor')}</button>
        <button type="button" class="plain" @click=${() => rotate('viewer')}>${t('ui.live.rotate.viewer')}</button>
      </p>
      <p class="aside">${t('ui.live.recovery.why')}</p>
      ${room.session?.expires ? html`<p class="aside">${t('ui.live.expires', { date: room.session.expires.slice(0, 10) })}</p>` : nothing}
      <details><summary>${t('ui.live.delete')}</summary>
        <p>${t('ui.live.delete.why')}</p>
        <p><button type="button" class="plain" @click=${() => page.attempt(() => room.ask('DELETE'))}>${icon('trash')}${t('ui.live.delete.act')}</button></p>
      </details>
      <p><button type="button" class="quiet" @click=${() => room.leave()}>${t('ui.live.leave')}</button></p>
    </section>`;
}
