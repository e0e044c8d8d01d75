import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon, kindIcon } from '../icons.ts';
import type { Channel, Serve } from '../engine/types.ts';
import { about } from './about.ts';
import { adder } from './adder.ts';
import type { App } from './app.ts';
import { apex, hows, kinds, newId, outline } from './board.ts';
import { choose } from './desk/choose.ts';
import { ordering } from './desk/entities.ts';
import { facts } from './desk/facts.ts';
import { entities } from './desk/fields.ts';
import { flags, tally } from './desk/flags.ts';
import { form, ofEntity } from './desk/form.ts';
import { checkedOf, domId, valueOf } from './view.ts';

/** One channel: closed, its answers read as a sentence; open, its questions. */
export function channelCard(app: App, c: Channel, open: boolean, toggle: (on: boolean) => void): TemplateResult {
  const at = (field: string) => domId('at', c.id, field);
  const { t } = app;
  return html`
    <details class="channel" data-about=${about(c.id)} .open=${live(open)} @toggle=${(e: Event) => { if (e.target === e.currentTarget) toggle((e.target as HTMLDetailsElement).open); }}>
      <summary id=${domId('at', c.id)}>
        ${icon(kindIcon(c.kind))}<h3 class="name">${c.name}</h3>
        <span class="says">${says(app, c)}</span>${tally(app, c.id)}${icon('down')}
      </summary>
      ${open ? html`
      <div class="body">
        ${flags(app, c.id)}
        <div class="pair">
          <div class="question"><label for=${at('name')}>${t('ui.channel.name')}</label>
            <input id=${at('name')} type="text" .value=${live(c.name)} @input=${(e: Event) => app.model?.patch('channels', c.id, { name: valueOf(e) })}></div>
          <div class="question"><label for=${at('kind')}>${t('ui.channel.kind')}</label>
            <select id=${at('kind')} @change=${(e: Event) => app.model?.patch('channels', c.id, { kind: valueOf(e), online: undefined })}>
              ${(['online', 'offline'] as const).map((g) => html`<optgroup label=${t(`ui.kinds.${g}`)}>${kinds[g].map((k) => html`<option value=${k} ?selected=${c.kind === k}>${t(`ui.kind.${k}`)}</option>`)}</optgroup>`)}
            </select></div>
        </div>
        ${aims(app, c)}${audience(app, c)}${support(app, c)}
        <div class="question">
          <label for=${at('bio')} @click=${() => document.getElementById(at('bio'))?.focus()}>${t('ui.channel.bio')} <span class="optional">${t('ui.optional')}</span></label>
          <p class="why" id=${at('bio') + '-why'}>${t('ui.channel.bio.why')}</p>
          <unisson-text class="bio" .app=${app} .name=${at('bio')} .label=${t('ui.channel.bio')} .describedBy=${at('bio') + '-why'} .language=${c.lang ?? ''} .of=${{ list: 'channels', id: c.id, field: 'bio' }}></unisson-text>
          ${flags(app, c.id, 'bio')}
        </div>
        <details class="section">
          <summary><h4>${t('ui.channel.more')}</h4><span class="says">${t('ui.channel.more.why')}</span>${icon('down')}</summary>
          <div class="body fields">${form(app, ofEntity(app, 'channels', c), entities.channels.fields)}</div>
        </details>
        ${facts(app, c)}
        <p class="ends">${(app.board.channels?.length ?? 0) > 1 ? html`<button type="button" class="quiet" @click=${() => void move(app, c)}>${icon('grip')}${t('ui.move.title')}</button>` : nothing}
          <button type="button" class="quiet" @click=${() => removeChannel(app, c)}>${icon('trash')}${t('ui.channel.remove')}</button></p>
      </div>` : nothing}
    </details>`;
}

function says(app: App, c: Channel): unknown {
  const { t, board } = app;
  if (!c.objectives) return html`<em>${t('ui.channel.question')}</em>`;
  const names = (ids: string[]) => ids.map((id) => app.name(id));
  const top = apex(board.objectives);
  const apart = c.objectives.filter((id) => id !== top?.id && board.objectives?.some((o) => o.id === id && !o.parent));
  const served = c.objectives.filter((id) => !apart.includes(id));
  const parts = [
    served.length ? t('ui.channel.says.serves', { objectives: names(served) }) : apart.length ? '' : html`<b>${t('ui.channel.says.nothing')}</b>`,
    apart.length ? html`<b>${t('ui.channel.says.apart', { objectives: names(apart) })}</b>` : '',
    c.segments?.length ? t('ui.channel.says.for', { segments: names(c.segments) }) : '',
    c.serves?.length ? t('ui.channel.says.feeds', { channels: names(c.serves.map((s) => s.channel)) }) : '',
  ];
  return parts.filter((p) => p).map((p, i) => html`${i ? ' · ' : ''}${p}`);
}

/** « Quel objectif de l’entreprise ce canal sert-il ? » An empty list is an answer; no list is a question not yet answered. */
function aims(app: App, c: Channel): TemplateResult {
  const { t, board } = app;
  const id = domId('at', c.id, 'objectives');
  const set = (list: string[]) => app.model?.patch('channels', c.id, { objectives: list });
  const chosen = c.objectives ?? [];
  return html`
    <fieldset class="question thesis" id=${id} tabindex="-1">
      <legend>${t('ui.channel.question')}</legend>
      <div class="choices column">
        ${outline(board.objectives).map(({ objective: o }) => html`
          <label class="choice"><input type="checkbox" .checked=${live(chosen.includes(o.id))}
            @change=${(e: Event) => set(checkedOf(e) ? [...chosen, o.id] : chosen.filter((x) => x !== o.id))}><span>${o.title}</span></label>`)}
        <label class="choice"><input type="checkbox" .checked=${live(c.objectives !== undefined && !chosen.length)}
          @change=${(e: Event) => checkedOf(e) ? set([]) : app.model?.patch('channels', c.id, { objectives: undefined })}><span>${t('ui.channel.noAim')}</span></label>
      </div>
      ${adder(app, { id: id + '-own', label: t('ui.channel.ownAim'), hint: t('ui.channel.ownAim.hint'), add: (title) => ownAim(app, c, title) })}
    </fieldset>`;
}

function ownAim(app: App, c: Channel, title: string): void {
  const id = newId('o');
  app.model?.batch(() => {
    app.model!.put('objectives', { id, title });
    app.model!.patch('channels', c.id, { objectives: [...(c.objectives ?? []), id] });
  });
}

function audience(app: App, c: Channel): TemplateResult {
  const { t, board } = app;
  const id = domId('at', c.id, 'segments');
  const chosen = c.segments ?? [];
  const set = (list: string[] | undefined) => app.model?.batch(() => {
    app.model!.ask('segments'); // once the question was put, having no audience is an answer
    app.model!.patch('channels', c.id, { segments: list });
  });
  return html`
    <fieldset class="question" id=${id} tabindex="-1">
      <legend>${t('ui.channel.audience')}</legend>
      <p class="why">${t('ui.channel.audience.why')}</p>
      <div class="choices">
        ${(board.segments ?? []).map((s) => html`
          <label class="choice"><input type="checkbox" .checked=${live(chosen.includes(s.id))}
            @change=${(e: Event) => set(checkedOf(e) ? [...chosen, s.id] : chosen.filter((x) => x !== s.id))}><span>${s.name}</span></label>`)}
        <label class="choice"><input type="checkbox" .checked=${live(c.segments !== undefined && !chosen.length)} @change=${(e: Event) => set(checkedOf(e) ? [] : undefined)}><span>${t('ui.channel.everyone')}</span></label>
      </div>
      ${adder(app, { id: id + '-new', label: t('ui.channel.newAudience'), hint: t('ui.channel.newAudience.hint'), add: (name) => newAudience(app, c, name) })}
      <div class="adding"><label for=${domId('at', c.id, 'reason')}>${t('ui.channel.reason')}</label>
        <input id=${domId('at', c.id, 'reason')} type="text" .value=${live(c.reason ?? '')} @input=${(e: Event) => app.model?.patch('channels', c.id, { reason: valueOf(e) || undefined })}></div>
    </fieldset>`;
}

function newAudience(app: App, c: Channel, name: string): void {
  const same = app.board.segments?.find((s) => s.name.toLowerCase() === name.toLowerCase());
  const id = same?.id ?? newId('s');
  app.model?.batch(() => {
    if (!same) app.model!.put('segments', { id, name });
    app.model!.patch('channels', c.id, { segments: [...new Set([...(c.segments ?? []), id])] });
  });
}

function support(app: App, c: Channel): unknown {
  const { t, board } = app;
  const others = (board.channels ?? []).filter((o) => o.id !== c.id);
  const serves = c.serves ?? [];
  const set = (list: Serve[] | undefined) => app.model?.patch('channels', c.id, { serves: list });
  const id = domId('at', c.id, 'serves');
  return html`
    <fieldset class="question" id=${id} tabindex="-1">
      <legend>${t('ui.channel.support')}</legend>
      <p class="why">${t('ui.channel.support.why')}</p>
      ${others.length ? html`
        <ul class="supports">${others.map((o) => {
          const s = serves.find((x) => x.channel === o.id);
          return html`<li>
            <label class="choice"><input type="checkbox" .checked=${live(!!s)} @change=${(e: Event) => set(checkedOf(e) ? [...serves, { channel: o.id, how: 'traffic' }] : serves.filter((x) => x.channel !== o.id))}><span>${o.name}</span></label>
            ${s ? html`<label class="how"><span class="unseen">${t('ui.channel.how', { channel: o.name })}</span>
              <select @change=${(e: Event) => set(serves.map((x) => (x === s ? { ...x, how: valueOf(e) } : x)))}>
                ${s.how ? nothing : html`<option value="" selected></option>`}
                ${hows.map((h) => html`<option value=${h} ?selected=${s.how === h}>${t(`ui.how.${h}`)}</option>`)}
              </select></label>` : nothing}
            ${s?.how === 'search' ? html`<div class="carried"><label for=${`${id}-${o.id}-terms`}>${t('ui.channel.terms', { channel: o.name })}</label>
              <unisson-tokens .app=${app} .name=${`${id}-${o.id}-terms`} .hint=${t('ui.channel.terms.hint')} .words=${(s.terms ?? []).map((x) => x.term)}
                @words=${(e: CustomEvent<string[]>) => set(serves.map((x) => (x === s ? { ...x, terms: e.detail.map((term) => s.terms?.find((y) => y.term === term) ?? { term }) } : x)))}></unisson-tokens></div>` : nothing}
          </li>`;
        })}
          <li><label class="choice"><input type="checkbox" .checked=${live(c.serves !== undefined && !serves.length)} @change=${(e: Event) => set(checkedOf(e) ? [] : undefined)}><span>${t('ui.channel.supportsNone')}</span></label></li>
        </ul>` : html`<p class="nothing">${t('ui.channel.supportsAlone')}</p>`}
    </fieldset>`;
}

/** A channel goes with its messages and with what the others said of it. */
export function removeChannel(app: App, c: Channel): void {
  const { channels = [], messages = [] } = app.board;
  app.act((m) => {
    for (const o of channels) if (o.serves?.some((s) => s.channel === c.id)) m.patch('channels', o.id, { serves: o.serves.filter((s) => s.channel !== c.id) });
    for (const x of messages) if (x.channel === c.id) m.drop('messages', x.id);
    m.drop('channels', c.id);
  }, 'ui.channel.removed', { what: c.name, n: messages.filter((x) => x.channel === c.id).length });
}

async function move(app: App, c: Channel): Promise<void> {
  const order = ordering(app, 'channels');
  const options = order.options(c);
  const to = await choose(app, { title: app.t('ui.move', { what: c.name }), label: order.label, value: order.value(c), ...(options && { options }) });
  if (to !== undefined) order.move(c, to);
}
