/** Each question's answer as the board holds it: an edit like any other, undone like any other. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon, kindIcon } from '../../icons.ts';
import type { Board, Channel, Entity, List, Objective, Pillar, Segment } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { kinds, newId, outline, hows } from '../board.ts';
import { removeChannel } from '../channel.ts';
import '../import.ts';
import '../tokens.ts';
import { wordsOf } from '../declared.ts';
import { valueOf } from '../view.ts';
import { at, choice, examples, line, listing, picker, rows, several, TITLE, WHY, type Option } from './fields.ts';
import { particulars, presets, suggestions, type Particular } from './presets.ts';
import { pillarOf, speakers, summit, type Kind, type Memory, type Step } from './steps.ts';

export interface Asking {
  app: App; board: Board; memory: Memory;
  channel: Channel | undefined;           // the one the question is about
  remember(fields: Partial<Memory>): void;
  next(): void;
}

const some = <T>(list: T[]): T[] | undefined => (list.length ? list : undefined);
const suggested = ({ app, memory }: Asking) => suggestions(presets.find((p) => p.id === memory.preset), app.lang);

export function answer(a: Asking, { kind }: Step): unknown {
  return answers[kind](a);
}

const answers: Record<Kind, (a: Asking) => unknown> = {
  // ---------- who ----------
  sentence: (a) => html`<textarea id=${at('line')} class="sentence" rows="3" aria-labelledby=${TITLE} aria-describedby=${WHY} placeholder=${a.app.t('ui.assess.q.sentence.hint')}
    .value=${live(a.board.identity?.sentence ?? '')} @input=${(e: Event) => identity(a, { sentence: valueOf(e).replaceAll('\n', ' ') || undefined })}></textarea>`,
  name: (a) => line(a.board.identity?.name, (name) => identity(a, { name: name || undefined }), '', { autocomplete: 'organization' }),
  promise: (a) => line(a.board.identity?.promise, (promise) => identity(a, { promise: promise || undefined }), a.app.t('ui.assess.q.promise.hint')),
  values: (a) => tokens(a, 'values', a.board.identity?.values ?? [], (list) => identity(a, { values: some(list) })),
  terms: (a) => {
    const known = new Map((a.board.identity?.terms ?? []).map((x) => [x.term, x]));
    return tokens(a, 'terms', [...known.keys()], (list) => identity(a, { terms: some(list.map((term) => known.get(term) ?? { term })) }));
  },
  address: (a) => html`<div class="choices column" role="radiogroup" aria-labelledby=${TITLE}>${(['vous', 'tu', 'none'] as const).map((x) =>
    choice('radio', { id: x, label: a.app.t(`ui.address.${x}`) }, a.board.identity?.voice?.address === x, () => identity(a, { voice: { ...a.board.identity?.voice, address: x } })))}</div>`,
  preset: (a) => html`<div class="choices column kinds-of" role="radiogroup" aria-labelledby=${TITLE}>${presets.map((p) =>
    choice('radio', { id: p.id, label: p[a.app.lang].name, what: p[a.app.lang].what }, a.memory.preset === p.id, () => a.remember({ preset: p.id })))}</div>`,
  particulars: (a) => {
    const often = suggested(a).settings;
    const { t } = a.app;
    return html`<div class="choices column">${[...particulars].sort((x, y) => +often.includes(y) - +often.includes(x)).map((p) =>
      choice('checkbox', { id: p, label: html`${t(`ui.assess.particular.${p}`)}${often.includes(p) ? html` <em>${t('ui.assess.particular.often')}</em>` : nothing}`, what: t(`ui.assess.particular.${p}.what`) }, isTrue(a.board, p), (on) => declare(a, p, on)))}</div>`;
  },

  // ---------- what for ----------
  goal: (a) => {
    const top = summit(a.board);
    const write = (title: string): void => top ? a.app.write((m) => m.patch('objectives', top.id, { title })) : title ? a.app.write((m) => m.put('objectives', { id: newId('o'), title })) : undefined;
    return html`${line(top?.title, write, a.app.t('ui.assess.q.goal.hint'))}${top?.title ? nothing : examples(a.app, suggested(a).goals, (s) => taken(write, s))}`;
  },
  parts: (a) => {
    const top = summit(a.board);
    const parts = (a.board.objectives ?? []).filter((o) => o.parent);
    const add = (title: string): void => a.app.write((m) => m.put('objectives', { id: newId('o'), title, ...(top && { parent: top.id }) }));
    return html`<p class="over">${top?.title}</p>${listing(a.app, {
      items: parts.map((o) => ({ id: o.id, text: o.title })), label: a.app.t('ui.assess.q.parts.add'), add,
      rename: (id, title) => a.app.write((m) => m.patch('objectives', id, { title })), drop: (id) => dropObjective(a, id),
    })}${examples(a.app, suggested(a).parts.filter((s) => !parts.some((o) => o.title === s)), add)}`;
  },
  proof: (a) => rows(outline(a.board.objectives).map((x) => x.objective), (o) => o.title, (o) => html`<div class="pair">
    <div>${line(o.proof, (proof) => patch(a, 'objectives', o.id, { proof: proof || undefined }), a.app.t('ui.assess.q.proof.hint'), { id: at('proof', o.id), label: a.app.t('ui.assess.q.proof.row', { what: o.title }) })}</div>
    <div><input type="date" aria-label=${a.app.t('ui.assess.q.proof.date', { what: o.title })} .value=${live(o.horizon?.slice(0, 10) ?? '')} @change=${(e: Event) => patch(a, 'objectives', o.id, { horizon: valueOf(e) || undefined })}></div></div>`),
  kpis: (a) => entries(a, 'kpis', 'name', (k) => html`
    ${picker(a.app.t('ui.assess.q.kpis.class'), String(k.name), (k.class as string) ?? '', [unsaid(a), ...(['vanity', 'behaviour', 'outcome', 'technical'] as const).map((id) => ({ id, label: a.app.t(`ui.assess.kpi.${id}`) }))], (x) => patch(a, 'kpis', k.id, { class: x || undefined }))}
    ${picker(a.app.t('ui.assess.q.kpis.objective'), String(k.name), (k.objective as string) ?? '', [none(a), ...objectives(a)], (x) => patch(a, 'kpis', k.id, { objective: x || undefined }))}`),

  // ---------- where ----------
  channels: (a) => {
    const often = suggested(a).channels;
    const group = (title: string, list: readonly string[]): unknown => list.length ? html`
      <fieldset><legend>${a.app.t(title)}</legend><div class="choices many">${list.map((kind) => {
        const here = (a.board.channels ?? []).filter((c) => c.kind === kind);
        return choice('checkbox', { id: kind, label: html`${icon(kindIcon(kind))} ${a.app.t(`ui.kind.${kind}`)}` }, here.length > 0, (on) => {
          if (on) a.app.write((m) => m.put('channels', { id: newId(kind), name: a.app.t(`ui.kind.${kind}`), kind }));
          else for (const c of here) removeChannel(a.app, c);
        });
      })}</div></fieldset>` : nothing;
    const rest = (list: readonly string[]): string[] => list.filter((k) => !often.includes(k));
    return html`${group('ui.assess.q.channels.often', often)}${group('ui.assess.q.channels.online', rest(kinds.online))}${group('ui.assess.q.channels.offline', rest(kinds.offline))}`;
  },
  aim: (a) => {
    const c = a.channel;
    if (!c) return nothing;
    const chosen = c.objectives;
    const set = (list: string[] | undefined): void => patch(a, 'channels', c.id, { objectives: list });
    return html`<div class="choices column">
      ${outline(a.board.objectives).map(({ objective: o, depth }) => html`<div class="depth" data-depth=${Math.min(depth, 3)}>${choice('checkbox', { id: o.id, label: o.title }, !!chosen?.includes(o.id), (on) => set(on ? [...(chosen ?? []), o.id] : chosen!.filter((x) => x !== o.id)))}</div>`)}
      ${choice('checkbox', { id: '', label: a.app.t('ui.assess.q.aim.none') }, !!chosen && !chosen.length, (on) => set(on ? [] : undefined))}
    </div>
    ${listing(a.app, { items: [], label: a.app.t('ui.assess.q.aim.own'), hint: a.app.t('ui.assess.q.aim.own.hint'), rename: () => {}, drop: () => {}, add: (title) => {
      const id = newId('o');
      a.app.model?.batch(() => {
        a.app.write((m) => m.put('objectives', { id, title }));
        set([...(chosen ?? []), id]);
      });
    } })}`;
  },
  brief: (a) => rows(a.board.channels ?? [], (c) => channelName(c), (c) => html`<div class="choices column">${(['no', 'common', 'own'] as const).map((x) =>
    choice('radio', { id: x, label: a.app.t(`ui.assess.q.brief.${x}`) }, briefOf(c) === x, () => patch(a, 'channels', c.id, { strategy: { ...c.strategy, citesCommon: x === 'common', setsObjectives: x === 'own' } }), at('brief', c.id)))}</div>`),
  owners: (a) => rows(a.board.channels ?? [], (c) => channelName(c), (c) => line(c.owner, (owner) => patch(a, 'channels', c.id, { owner: owner || undefined }), a.app.t('ui.assess.q.owners.hint'), { id: at('owner', c.id), label: c.name })),

  // ---------- for whom ----------
  segments: (a) => entries(a, 'segments', 'name', undefined, suggested(a).audiences),
  needs: (a) => rows(a.board.segments ?? [], (s) => s.name, (s) => html`<input type="text" id=${at('needs', s.id)} aria-label=${s.name} aria-describedby=${WHY} placeholder=${a.app.t('ui.assess.q.needs.hint')}
    .value=${live((s.needs ?? []).map((n) => n.text).join(' ; '))} @change=${(e: Event) => patch(a, 'segments', s.id, { needs: needsOf(s, valueOf(e)) })}>`),
  audiences: (a) => rows(a.board.channels ?? [], (c) => channelName(c), (c) =>
    several((a.board.segments ?? []).map((s) => ({ id: s.id, label: s.name })), c.segments, (list) => patch(a, 'channels', c.id, { segments: list }), a.app.t('ui.assess.nobody'))),
  answers: (a) => rows(a.board.channels ?? [], (c) => channelName(c), (c) =>
    several((a.board.segments ?? []).flatMap((s) => (s.needs ?? []).map((n) => ({ id: n.id, label: n.text, what: s.name }))), c.answers, (list) => patch(a, 'channels', c.id, { answers: list }), a.app.t('ui.assess.noAnswer'))),
  serves: (a) => rows(a.board.channels ?? [], (c) => a.app.t('ui.assess.q.serves.to', { what: c.name }), (c) => html`
    ${several((a.board.channels ?? []).filter((o) => o.id !== c.id).map((o) => ({ id: o.id, label: o.name })), c.serves?.map((s) => s.channel),
      (list) => patch(a, 'channels', c.id, { serves: list?.map((channel) => c.serves?.find((s) => s.channel === channel) ?? { channel, how: 'traffic' }) }), a.app.t('ui.assess.q.serves.none'))}
    ${(c.serves ?? []).map((s) => picker(a.app.t('ui.assess.q.serves.how', { what: a.app.name(s.channel) }), c.name, s.how ?? '', hows.map((id) => ({ id, label: a.app.t(`ui.how.${id}`) })),
      (how) => patch(a, 'channels', c.id, { serves: c.serves!.map((x) => (x === s ? { ...x, how } : x)) })))}`),

  // ---------- what is said and done ----------
  bios: (a) => rows(speakers(a.board), (c) => channelName(c), (c) => html`<textarea id=${at('bio', c.id)} class="words" rows="2" aria-label=${c.name} aria-describedby=${WHY}
    .value=${live(c.bio ?? '')} @input=${(e: Event) => patch(a, 'channels', c.id, { bio: valueOf(e) || undefined })}></textarea>`),
  pillars: (a) => html`${listing(a.app, {
    items: (a.board.pillars ?? []).map((p) => ({ id: p.id, text: written(p) })), label: a.app.t('ui.assess.q.pillars.add'), hint: a.app.t('ui.assess.q.pillars.hint'),
    add: (text) => a.app.write((m) => m.put('pillars', { id: newId('p'), ...pillarOf(text) })),
    rename: (id, text) => patch(a, 'pillars', id, { terms: undefined, ...pillarOf(text) }), drop: (id) => a.app.write((m) => m.drop('pillars', id)),
  })}${noneOf(a, 'pillars')}${examples(a.app, suggested(a).pillars.filter((s) => !a.board.pillars?.some((p) => p.name === pillarOf(s).name)), (s) => a.app.write((m) => m.put('pillars', { id: newId('p'), ...pillarOf(s) })))}`,
  actions: (a) => entries(a, 'actions', 'title', (x) => html`
    <label class="pick"><span>${a.app.t('ui.assess.q.date')}</span><input type="date" aria-label=${`${a.app.t('ui.assess.q.date')} : ${String(x.title)}`} .value=${live(String(x.date ?? '').slice(0, 10))} @change=${(e: Event) => patch(a, 'actions', x.id, { date: valueOf(e) || undefined })}></label>
    ${picker(a.app.t('ui.assess.q.actions.objective'), String(x.title), (x.objective as string) ?? '', [none(a), ...objectives(a)], (id) => patch(a, 'actions', x.id, { objective: id || undefined }))}
    ${picker(a.app.t('ui.assess.q.actions.channel'), String(x.title), (x.channels as string[] | undefined)?.[0] ?? '', [unsaid(a), ...(a.board.channels ?? []).map((c) => ({ id: c.id, label: c.name }))], (id) => patch(a, 'actions', x.id, { channels: id ? [id] : undefined }))}
    ${picker(a.app.t('ui.assess.q.actions.trigger'), String(x.title), (x.trigger as string) ?? '', [unsaid(a), ...(['planned', 'reactive', 'trend', 'crisis', 'service', 'legal', 'recruitment'] as const).map((id) => ({ id, label: a.app.t(`ui.assess.trigger.${id}`) }))], (trigger) => patch(a, 'actions', x.id, { trigger: trigger || undefined }))}`),
  decisions: (a) => {
    const day = (): HTMLInputElement => document.getElementById(at('decided')) as HTMLInputElement;
    return html`${listing(a.app, {
      items: (a.board.decisions ?? []).map((d) => ({ id: d.id, text: String(d.text), more: html`<label class="pick"><span>${a.app.t('ui.assess.q.date')}</span>
        <input type="date" required aria-label=${`${a.app.t('ui.assess.q.date')} : ${String(d.text)}`} .value=${live(String(d.date).slice(0, 10))} @change=${(e: Event) => valueOf(e) && patch(a, 'decisions', d.id, { date: valueOf(e) })}></label>` })),
      label: a.app.t('ui.assess.q.decisions.add'), hint: a.app.t('ui.assess.q.decisions.hint'),
      extra: html`<label class="pick"><span>${a.app.t('ui.assess.q.decisions.date')}</span><input id=${at('decided')} type="date"></label>`,
      add: (text) => {
        if (day().value) return a.app.write((m) => m.put('decisions', { id: newId('d'), date: day().value, text }));
        (document.getElementById(at('add')) as HTMLInputElement).value = text; // nothing is lost for want of a date
        a.app.say('ui.assess.q.decisions.undated');
        day().focus();
      },
      rename: (id, text) => patch(a, 'decisions', id, { text }), drop: (id) => a.app.write((m) => m.drop('decisions', id)),
    })}${noneOf(a, 'decisions')}`;
  },
  posts: (a) => {
    const have = (a.board.messages ?? []).filter((m) => m.channel === a.channel?.id).length;
    return html`${have ? html`<p class="aside have">${icon('check')}${a.app.t('ui.assess.q.posts.have', { n: have })}</p>` : nothing}
      <unisson-import .app=${a.app} .channel=${a.channel?.id ?? ''} @done=${() => a.next()}></unisson-import>`;
  },
  estimate: (a) => {
    const { declared } = a.board;
    const { t } = a.app;
    return html`<div class="estimate">
      <input id=${at('line')} type="range" min="0" max="100" step="5" aria-labelledby=${TITLE} aria-describedby=${WHY} aria-valuetext=${declared === undefined ? t('ui.assess.estimate.unsaid') : said(t, declared)} class=${declared === undefined ? 'unsaid' : ''}
        .value=${live(String(declared ?? 50))} @input=${(e: Event) => a.app.write((m) => m.set('declared', Number(valueOf(e))))}>
      <p class="ends-of" aria-hidden="true"><span>0 · ${t('ui.assess.estimate.low')}</span><span>100 · ${t('ui.assess.estimate.high')}</span></p>
      <output for=${at('line')}>${declared === undefined ? t('ui.assess.estimate.unsaid') : said(t, declared)}</output>
      ${declared === undefined ? nothing : html`<p><button type="button" class="quiet" @click=${() => a.app.write((m) => m.set('declared', undefined))}>${icon('undo')}${t('ui.assess.estimate.take')}</button></p>`}
    </div>`;
  },
};

const said = (t: App['t'], n: number): string => t('ui.assess.estimate.said', { n, words: wordsOf(t, n) });

const identity = ({ app }: Asking, fields: object): void => app.write((m) => m.setIdentity(fields));
const patch = ({ app }: Asking, list: List, id: string, fields: Record<string, unknown>): void => app.write((m) => m.patch(list, id, fields));
const channelName = (c: Channel): TemplateResult => html`${icon(kindIcon(c.kind))} ${c.name}`;
const objectives = (a: Asking): Option[] => outline(a.board.objectives).map(({ objective: o }) => ({ id: o.id, label: o.title }));
const none = (a: Asking): Option => ({ id: '', label: a.app.t('ui.assess.noAnswer') });
const unsaid = (a: Asking): Option => ({ id: '', label: a.app.t('ui.assess.choose') });

/** An example goes into the field, where it can be changed; focus follows it. */
function taken(write: (s: string) => void, s: string): void {
  write(s);
  document.getElementById(at('line'))?.focus();
}

function tokens(a: Asking, kind: 'values' | 'terms', words: string[], set: (list: string[]) => void): TemplateResult {
  return html`<label class="unseen" for=${at('line')}>${a.app.t(`ui.assess.q.${kind}`)}</label>
    <unisson-tokens .app=${a.app} .name=${at('line')} .describedBy=${WHY} .hint=${a.app.t(`ui.assess.q.${kind}.hint`)} .words=${words} @words=${(e: CustomEvent<string[]>) => set(e.detail)}></unisson-tokens>`;
}

/** A list of the board whose entities have a name, each with questions of its own; « none » is an answer too. */
function entries(a: Asking, list: 'segments' | 'kpis' | 'actions', field: 'name' | 'title', more?: (x: Entity) => unknown, offered: string[] = []): TemplateResult {
  const all = (a.board[list] as Entity[] | undefined) ?? [];
  const add = (text: string): void => a.app.write((m) => m.put(list, { id: newId(list[0]!), [field]: text }));
  const hint = list === 'segments' ? '' : a.app.t(`ui.assess.q.${list}.hint`);
  return html`${listing(a.app, {
    items: all.map((x) => ({ id: x.id, text: String(x[field] ?? ''), more: more?.(x) })), label: a.app.t(`ui.assess.q.${list}.add`), hint, add,
    rename: (id, text) => patch(a, list, id, { [field]: text }), drop: (id) => a.app.write((m) => m.drop(list, id)),
  })}${noneOf(a, list)}${examples(a.app, offered.filter((s) => !all.some((x) => x[field] === s)), add)}`;
}

function noneOf(a: Asking, list: 'segments' | 'pillars' | 'kpis' | 'actions' | 'decisions'): unknown {
  const all = a.board[list];
  if (all?.length) return nothing;
  return all ? html`<p class="aside">${a.app.t('ui.assess.none.said')}</p>` : html`
    <p><button type="button" class="plain" @click=${() => { a.app.write((m) => m.ask(list)); a.next(); }}>${a.app.t('ui.assess.none')}</button></p>`;
}

function isTrue(b: Board, p: Particular): boolean {
  return p === 'newsroom' ? !!b.settings?.newsroom : !!b.identity?.[p];
}

function declare(a: Asking, p: Particular, on: boolean): void {
  if (p === 'newsroom') a.app.write((m) => m.set('settings', { ...a.board.settings, newsroom: on || undefined }));
  else identity(a, { [p]: on ? (p === 'purePlayer' ? a.app.t('ui.assess.particular.purePlayer.said') : true) : undefined });
}

function briefOf({ strategy: s }: Channel): 'no' | 'common' | 'own' | undefined {
  return !s ? undefined : s.citesCommon ? 'common' : s.setsObjectives ? 'own' : s.setsObjectives === false ? 'no' : undefined;
}

/** Needs keep their ids where their words stay, so that what answers them still does. */
function needsOf(s: Segment, text: string): Segment['needs'] {
  const said = [...new Set(text.split(/[;\n]/).map((w) => w.trim()).filter((w) => w))];
  return said.map((w, i) => s.needs?.find((n) => n.text === w) ?? (said.length === s.needs?.length ? { ...s.needs[i]!, text: w } : { id: newId('n'), text: w }));
}

const written = (p: Pillar): string => [p.name, p.terms?.map((x) => x.term).join(', ')].filter((x) => x).join(' : ');

/** Whoever pointed to it lets go; its parts move up. */
function dropObjective(a: Asking, id: string): void {
  const all: Objective[] = a.board.objectives ?? [];
  const gone = all.find((o) => o.id === id);
  a.app.act((m) => {
    for (const o of all) if (o.parent === id) m.patch('objectives', o.id, { parent: gone?.parent });
    for (const c of a.board.channels ?? []) if (c.objectives?.includes(id)) m.patch('channels', c.id, { objectives: c.objectives.filter((x) => x !== id) });
    m.drop('objectives', id);
  }, 'ui.removed', { what: gone?.title ?? '' });
}
