import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon, kindIcon } from '../icons.ts';
import type { Channel, Objective, Term } from '../engine/types.ts';
import { apex, kinds, newId, outline } from '../ui/board.ts';
import { checkedOf, domId, valueOf } from '../ui/view.ts';
import { steps, type FrameApp } from './app.ts';
import { postsOf } from './board.ts';

/**
 * The short diagnosis, one question at a time: who you are, which channels serve what, what they really say. Each can be skipped.
 * What is written down on leaving a field is bound without `live`: a report that comes meanwhile must not take away what is being typed.
 */
export function questions(app: FrameApp): TemplateResult {
  const { t, step } = app;
  const last = step === steps - 1;
  return html`
    <div class="step">
      <p class="kicker">${t('ui.embed.step', { n: step + 1, of: steps })}
        <span class="track" aria-hidden="true">${Array.from({ length: steps }, (_, i) => html`<i class=${i <= step ? 'past' : ''}></i>`)}</span></p>
      <fieldset class="all" ?disabled=${!app.model}>${[identity, channels, posts][step]!(app)}</fieldset>
      <p class="acts">
        <button type="button" id="step-next" class="main" @click=${() => app.turn(step + 1)}>${t(last ? 'ui.embed.see' : 'ui.embed.next')}${icon('right')}</button>
        ${step ? html`<button type="button" class="quiet" @click=${() => app.turn(step - 1)}>${icon('left')}${t('ui.embed.back')}</button>` : nothing}
      </p>
    </div>`;
}

function identity(app: FrameApp): TemplateResult {
  const { t } = app;
  const who = app.board.identity ?? {};
  const set = (field: 'name' | 'sentence') => (e: Event): void => app.write((m) => m.setIdentity({ [field]: valueOf(e) || undefined } as object));
  return html`
    <h1 tabindex="-1">${t('ui.identity.title')}</h1>
    <p class="lede">${t('ui.identity.lede')}</p>
    <div class="question"><label for="who-sentence">${t('ui.f.identity.sentence')}</label>
      <p class="why" id="why-sentence">${t('ui.f.identity.sentence.why')}</p>
      <textarea id="who-sentence" class="sentence" rows="2" aria-describedby="why-sentence" placeholder=${t('ui.f.identity.sentence.hint')} .value=${live(who.sentence ?? '')} @input=${set('sentence')}></textarea></div>
    <div class="pair">
      <div class="question"><label for="who-name">${t('ui.f.identity.name')} <span class="optional">${t('ui.optional')}</span></label>
        <input id="who-name" type="text" autocomplete="organization" .value=${live(who.name ?? '')} @input=${set('name')}></div>
      <div class="question"><label for="who-terms">${t('ui.f.identity.terms')} <span class="optional">${t('ui.optional')}</span></label>
        <input id="who-terms" type="text" autocomplete="off" aria-describedby="why-terms" placeholder=${t('ui.f.identity.terms.hint')} .value=${(who.terms ?? []).map((x) => x.term).join(', ')} @change=${(e: Event) => setTerms(app, valueOf(e))}>
        <p class="why" id="why-terms">${t('ui.embed.terms.why')}</p></div>
    </div>`;
}

function setTerms(app: FrameApp, typed: string): void {
  const words = [...new Set(typed.split(/[,;]/).map((w) => w.trim()).filter((w) => w))];
  const known = new Map((app.board.identity?.terms ?? []).map((x): [string, Term] => [x.term, x]));
  app.write((m) => m.setIdentity({ terms: words.length ? words.map((term) => known.get(term) ?? { term }) : undefined } as object));
}

function channels(app: FrameApp): TemplateResult {
  const { t, board } = app;
  const chosen = board.channels ?? [];
  const objectives = board.objectives ?? [];
  const top = apex(objectives);
  const parts = objectives.filter((o) => o.parent);
  const rest = [...kinds.online, ...kinds.offline].filter((k) => !app.offered.includes(k));
  const choice = (kind: string): TemplateResult => html`
    <li><label class="choice"><input type="checkbox" .checked=${live(chosen.some((c) => c.kind === kind))} @change=${(e: Event) => checkedOf(e) ? add(app, kind) : remove(app, kind)}>${icon(kindIcon(kind))}<span>${t(`ui.kind.${kind}`)}</span></label></li>`;
  return html`
    <h1 tabindex="-1">${t('ui.channels.title')}</h1>
    <p class="lede">${t('ui.channels.lede')}</p>
    <div class="question"><label for="apex">${t('ui.objectives.apex')}</label>
      <input id="apex" type="text" autocomplete="off" placeholder=${t('ui.objectives.apex.hint')} .value=${top?.title ?? ''} @change=${(e: Event) => setApex(app, valueOf(e).trim())}></div>
    ${top ? html`
      <div class="question"><h2 id="parts">${t('ui.objectives.parts')}</h2>
        ${parts.length ? html`<ul class="parts" aria-labelledby="parts">${parts.map((o) => html`<li><span>${o.title}</span>
          <button type="button" class="tool" aria-label=${t('ui.remove', { what: o.title })} @click=${() => app.write((m) => m.batch(() => dropObjective(app, o.id)))}>${icon('close')}</button></li>`)}</ul>` : nothing}
        <div class="adding"><label class="unseen" for="new-part">${t('ui.objectives.new')}</label>
          <input id="new-part" type="text" autocomplete="off" placeholder=${t('ui.objectives.new')} @keydown=${(e: KeyboardEvent) => { if (e.key === 'Enter' && !e.isComposing) addPart(app, top, e); }} @change=${(e: Event) => addPart(app, top, e)}>
          <button type="button" class="plain" aria-label=${`${t('ui.add')} : ${t('ui.objectives.new')}`}>${icon('plus')}${t('ui.add')}</button></div></div>` : nothing}
    <fieldset class="question"><legend>${t('ui.embed.channels')}</legend>
      <ul class="kinds">${app.offered.map(choice)}</ul>
      <details class="more" ?open=${chosen.some((c) => rest.includes(c.kind as never))}><summary>${icon('down')}${t('ui.embed.channels.more')}</summary><ul class="kinds">${rest.map(choice)}</ul></details>
    </fieldset>
    ${chosen.length ? html`
      <div class="question"><h2 class="thesis">${t('ui.channel.question')}</h2>
        <ul class="aims">${chosen.map((c) => aim(app, c))}</ul></div>` : nothing}`;
}

/** One channel and what it is for: one of the organisation's objectives, one of its own, or none. No answer is not a no. */
function aim(app: FrameApp, c: Channel): TemplateResult {
  const { t, board } = app;
  const id = domId('aim', c.id);
  const all = outline(board.objectives).map((x) => x.objective);
  const top = apex(board.objectives);
  const shared = all.filter((o) => o.parent || o.id === top?.id);
  const own = all.find((o) => !shared.includes(o) && c.objectives?.includes(o.id)) ?? all.find((o) => o.id === ownId(c));
  const value = !c.objectives ? '' : own && c.objectives.includes(own.id) ? 'own' : c.objectives[0] ?? 'none';
  return html`
    <li><label for=${id}>${icon(kindIcon(c.kind))}<span>${c.name}</span></label>
      <select id=${id} @change=${(e: Event) => setAim(app, c, valueOf(e))}>
        <option value="" ?selected=${value === ''}>${t('ui.choose')}</option>
        ${shared.map((o) => html`<option value=${o.id} ?selected=${value === o.id}>${o.title}</option>`)}
        <option value="own" ?selected=${value === 'own'}>${t('ui.channel.ownAim')}</option>
        <option value="none" ?selected=${value === 'none'}>${t('ui.channel.noAim')}</option>
      </select>
      ${value === 'own' ? html`
        <input type="text" id=${id + '-own'} aria-label=${`${c.name}, ${t('ui.channel.ownAim')}`} placeholder=${t('ui.channel.ownAim.hint')} .value=${live(own!.title)} @input=${(e: Event) => app.write((m) => m.patch('objectives', own!.id, { title: valueOf(e) }))}>` : nothing}
    </li>`;
}

/** By Enter, or by leaving the field, as its button makes one do. No form: a sandbox may forbid them. */
function addPart(app: FrameApp, top: Objective, e: Event): void {
  const input = e.target as HTMLInputElement;
  const title = input.value.trim();
  input.value = '';
  if (title) app.write((m) => m.put('objectives', { id: newId('o'), title, parent: top.id }));
}

const ownId = (c: Channel): string => `own-${c.id}`;

function setApex(app: FrameApp, title: string): void {
  const top = apex(app.board.objectives);
  if (top) app.write((m) => m.patch('objectives', top.id, { title }));
  else if (title) app.write((m) => m.put('objectives', { id: newId('o'), title }));
}

function setAim(app: FrameApp, c: Channel, to: string): void {
  app.write((m) => m.batch(() => {
    const own = ownId(c);
    if (to === 'own') m.put('objectives', { id: own, title: app.t('ui.channel.ownAim.hint') });
    else if (app.board.objectives?.some((o) => o.id === own)) m.drop('objectives', own);
    m.patch('channels', c.id, { objectives: to === '' ? undefined : to === 'none' ? [] : [to === 'own' ? own : to] });
  }));
}

function add(app: FrameApp, kind: string): void {
  app.write((m) => m.put('channels', { id: newId(kind), name: app.t(`ui.kind.${kind}`), kind }));
}

/** A channel goes with its posts and the aim that was its own. */
function remove(app: FrameApp, kind: string): void {
  const { channels = [], messages = [], objectives = [] } = app.board;
  app.write((m) => m.batch(() => {
    for (const c of channels.filter((x) => x.kind === kind)) {
      for (const x of messages) if (x.channel === c.id) m.drop('messages', x.id);
      if (objectives.some((o) => o.id === ownId(c))) m.drop('objectives', ownId(c));
      m.drop('channels', c.id);
    }
  }));
}

function dropObjective(app: FrameApp, id: string): void {
  for (const c of app.board.channels ?? []) if (c.objectives?.includes(id)) app.model!.patch('channels', c.id, { objectives: c.objectives.filter((o) => o !== id) });
  app.model!.drop('objectives', id);
}

function posts(app: FrameApp): TemplateResult {
  const { t, board } = app;
  const list = board.channels ?? [];
  return html`
    <h1 tabindex="-1">${t('ui.embed.posts')}</h1>
    <p class="lede">${t('ui.embed.posts.lede')}</p>
    ${list.length ? nothing : html`<p class="nothing">${t('ui.embed.posts.none')}</p>`}
    ${list.map((c) => {
      const own = (board.messages ?? []).filter((m) => m.channel === c.id).map((m) => m.text);
      const id = domId('posts', c.id);
      return html`<div class="question"><label for=${id}>${icon(kindIcon(c.kind))} ${c.name}${own.length ? html` <small>${t('ui.embed.posts.n', { n: own.length })}</small>` : nothing}</label>
        <textarea id=${id} class="words" rows="3" aria-describedby="posts-how" .value=${own.join(own.some((x) => x.includes('\n')) ? '\n\n' : '\n')} @change=${(e: Event) => setPosts(app, c, valueOf(e))}></textarea></div>`;
    })}
    <p class="why" id="posts-how">${t('ui.embed.posts.how')}</p>`;
}

/** What is still there keeps its id, so that a finding about it stays the same finding. */
function setPosts(app: FrameApp, c: Channel, pasted: string): void {
  const before = (app.board.messages ?? []).filter((m) => m.channel === c.id);
  const texts = postsOf(pasted);
  app.write((m) => m.batch(() => {
    for (const x of before) if (!texts.includes(x.text)) m.drop('messages', x.id);
    for (const text of texts) if (!before.some((x) => x.text === text)) m.put('messages', { id: newId('m'), channel: c.id, text });
  }));
}
