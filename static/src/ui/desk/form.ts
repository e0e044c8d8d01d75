import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Board, Entity, Identity, List, Term } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import { about } from '../about.ts';
import { adder } from '../adder.ts';
import type { App } from '../app.ts';
import { nameOf, newId } from '../board.ts';
import '../editor/text.ts';
import '../tokens.ts';
import { checkedOf, domId, valueOf } from '../view.ts';
import type { Choice } from './choose.ts';
import { isRequired, kindOf, type Field } from './fields.ts';
import { flags } from './flags.ts';

/** What a form writes to: the identity, or one entity of a list. */
export interface Subject { id: string; kind: string; list?: List; fields: Record<string, unknown>; write(fields: Record<string, unknown>): void }

export const ofIdentity = (app: App): Subject => ({
  id: 'identity', kind: 'identity', fields: (app.board.identity ?? {}) as Record<string, unknown>, write: (fields) => app.write((m) => m.setIdentity(fields as Partial<Identity>)),
});
export const ofEntity = (app: App, list: List, e: Entity): Subject => ({ id: e.id, kind: list, list, fields: e, write: (fields) => app.write((m) => m.patch(list, e.id, fields)) });

/** The fields of a form; those inside one object of the entity stand together, under its name. */
export function form(app: App, s: Subject, fields: readonly Field[]): TemplateResult[] {
  const out: TemplateResult[] = [];
  for (let i = 0; i < fields.length;) {
    const group = groupOf(fields[i]!);
    if (!group) { out.push(field(app, s, fields[i++]!)); continue; }
    const inside: Field[] = [];
    while (i < fields.length && groupOf(fields[i]!) === group) inside.push(fields[i++]!);
    out.push(html`
      <fieldset class="group" id=${domId('at', s.id, group)} tabindex="-1">
        <legend>${app.t(`ui.f.${s.kind}.${group}`)}</legend>
        ${help(app, `ui.f.${s.kind}.${group}`)}${flags(app, s.id, group)}
        ${inside.map((f) => field(app, s, f))}
      </fieldset>`);
  }
  return out;
}

const groupOf = (f: Field): string | undefined => (f.path.includes('/') ? f.path.split('/')[0] : undefined);

/** One question: its label, its reason where there is one, its control, and what the report says of it. */
export function field(app: App, s: Subject, f: Field): TemplateResult {
  const id = domId('at', s.id, f.path);
  const name = `ui.f.${s.kind}.${f.path.replace('/', '.')}`;
  const why = has(app, `${name}.why`) ? id + '-why' : undefined;
  const group = isGroup(f);
  const label = app.t(name);
  const body = html`${why ? html`<p class="why" id=${why}>${app.t(`${name}.why`)}</p>` : nothing}${control(app, s, f, { id, label, why, name })}${flags(app, s.id, f.path)}`;
  return group
    ? html`<fieldset class="question" id=${id} tabindex="-1"><legend>${label}</legend>${body}</fieldset>`
    : html`<div class="question ${short(f) ? 'short' : ''}"><label id=${id + '-label'} for=${id} @click=${f.as === 'prose' ? () => document.getElementById(id)?.focus() : nothing}>${label}</label>${body}</div>`;
}

const isGroup = (f: Field): boolean => f.as === 'poles' || f.as === 'needs' || (typeof f.as === 'object' && 'many' in f.as);
const short = (f: Field): boolean => f.as === 'day' || f.as === 'number' || f.as === 'yesno' || (typeof f.as === 'object' && !('many' in f.as));
const has = (app: App, id: string): boolean => app.t(id) !== id;
const help = (app: App, name: string): unknown => (has(app, `${name}.why`) ? html`<p class="why">${app.t(`${name}.why`)}</p>` : nothing);

interface Drawn { id: string; label: string; why: string | undefined; name: string }

function control(app: App, s: Subject, f: Field, d: Drawn): unknown {
  const { t } = app;
  const value = valueAt(s.fields, f.path);
  const set = (x: unknown): void => s.write(fieldsWith(s.fields, f.path, x));
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const described = d.why ?? nothing;
  const hint = has(app, `${d.name}.hint`) ? t(`${d.name}.hint`) : '';
  if (typeof f.as === 'object') return 'many' in f.as ? many(app, s, f, f.as.many, value, set) : pick(app, s, f, d, text, set);
  switch (f.as) {
    case 'prose':
      return html`<unisson-text .app=${app} .name=${d.id} .label=${d.label} .describedBy=${d.why ?? ''} .hint=${hint} .of=${{ list: s.list, id: s.id, field: f.path }} class=${f.path}></unisson-text>`;
    case 'day': return day(d.id, text, set, isRequired(s.kind, f.path));
    case 'number':
      return html`<input id=${d.id} type="number" min="0" step="any" inputmode="decimal" aria-describedby=${described} .value=${live(text)}
        @change=${(e: Event) => { const n = (e.target as HTMLInputElement).valueAsNumber; if (valueOf(e) === '' || n >= 0) set(valueOf(e) === '' ? undefined : n); }}>`;
    case 'yesno':
      return html`<select id=${d.id} aria-describedby=${described} @change=${(e: Event) => set(valueOf(e) === '' ? undefined : valueOf(e) === 'yes')}>
        <option value="" ?selected=${typeof value !== 'boolean'}>${t('ui.unsaid')}</option>
        <option value="yes" ?selected=${value === true}>${t('ui.yes')}</option><option value="no" ?selected=${value === false}>${t('ui.no')}</option></select>`;
    case 'words':
      return html`<unisson-tokens .app=${app} .name=${d.id} .describedBy=${d.why ?? ''} .hint=${hint} .words=${strings(value)} @words=${(e: CustomEvent<string[]>) => set(some(e.detail))}></unisson-tokens>`;
    case 'synonyms': case 'variants': return terms(app, d, f.as, value as Termed[] | undefined ?? [], hint, set);
    case 'poles': return poles(app, s, d, value, set);
    case 'needs': return needs(app, s, d, value, set);
    default: { // a line: as it is typed, except inside an object, where each letter would be a step of undo
      const put = (e: Event): void => set(valueOf(e) || (isTitle(s, f) ? '' : undefined));
      const nested = f.path.includes('/');
      return html`<input id=${d.id} type="text" autocomplete=${d.id === 'at.identity.name' ? 'organization' : 'off'} aria-describedby=${described} placeholder=${hint} .value=${live(text)} @input=${nested ? nothing : put} @change=${nested ? put : nothing}>`;
    }
  }
}

const isTitle = (s: Subject, f: Field): boolean => kindOf(s.kind)?.title === f.path;

/** A day, kept with the hour that may stand beside it; what is no date stays as it was written. */
export function day(id: string, text: string, set: (x: string | undefined) => void, required = false): TemplateResult {
  if (text && !/^\d{4}-\d\d-\d\d/.test(text)) return html`<input id=${id} type="text" .value=${live(text)} @change=${(e: Event) => set(valueOf(e) || undefined)}>`;
  return html`<input id=${id} type="date" ?required=${required} .value=${live(text.slice(0, 10))}
    @change=${(e: Event) => { const next = valueOf(e); if (next || !required) set(next ? next + text.slice(10) : undefined); }}>`;
}

// ---------- one of some, some of many ----------

function pick(app: App, s: Subject, f: Field, d: Drawn, value: string, set: (x: unknown) => void): TemplateResult {
  const as = f.as as { of: readonly string[] } | { one: List };
  const options = 'of' in as ? as.of.map((o) => ({ value: o, label: app.t(`ui.o.${f.path.split('/').at(-1)}.${o}`) })) : references(app, as.one).filter((o) => o.value !== s.id);
  const known = !value || options.some((o) => o.value === value);
  return html`<select id=${d.id} aria-describedby=${d.why ?? nothing} @change=${(e: Event) => set(valueOf(e) || undefined)}>
    ${isRequired(s.kind, f.path) ? nothing : html`<option value="" ?selected=${!value}>${app.t('of' in as ? 'ui.unsaid' : 'ui.noneOf')}</option>`}
    ${known ? nothing : html`<option value=${value} selected>${value}</option>`}
    ${options.map((o) => html`<option value=${o.value} ?selected=${o.value === value}>${o.label}</option>`)}</select>`;
}

/** What a reference may point to, as people call it. */
export function references(app: App, list: List | 'needs'): Choice[] {
  const { board } = app;
  if (list === 'needs') return (board.segments ?? []).flatMap((x) => (x.needs ?? []).map((n) => ({ value: n.id, label: n.text, group: x.name })));
  return ((board[list as keyof Board] as Entity[] | undefined) ?? []).map((e) => ({ value: e.id, label: nameOf(board, e.id) ?? String(e.text ?? e.id) }));
}

function many(app: App, s: Subject, f: Field, list: List | 'needs', value: unknown, set: (x: unknown) => void): TemplateResult {
  const chosen = strings(value);
  const options = references(app, list);
  if (!options.length) return html`<p class="nothing">${app.t(`ui.f.${s.kind}.${f.path}.none`)}</p>`;
  const toggle = (o: string, on: boolean): void => set(on ? [...chosen, o] : chosen.filter((x) => x !== o));
  return html`<div class="choices">${options.map((o) => html`
    <label class="choice"><input type="checkbox" .checked=${live(chosen.includes(o.value))} @change=${(e: Event) => toggle(o.value, checkedOf(e))}><span>${o.label}${o.group ? html` <small>${o.group}</small>` : nothing}</span></label>`)}</div>`;
}

// ---------- words with words beside them ----------

type Termed = Term & { variants?: string[] };

/** Terms, each with its synonyms, or a right form with its wrong ones; the words beside a term are asked for once it stands. */
function terms(app: App, d: Drawn, beside: 'synonyms' | 'variants', list: Termed[], hint: string, set: (x: unknown) => void): TemplateResult {
  const known = new Map(list.map((x) => [x.term, x]));
  const inputs = html`<dl class="synonyms">${list.map((term, i) => html`
    <div><dt><label for=${`${d.id}-${i}`}>${term.term}</label></dt>
    <dd><input id=${`${d.id}-${i}`} type="text" .value=${live((term[beside] ?? []).join(', '))}
      @change=${(e: Event) => set(list.map((x, j) => (i === j ? withBeside(x, beside, split(valueOf(e))) : x)))}></dd></div>`)}</dl>`;
  return html`
    <unisson-tokens .app=${app} .name=${d.id} .describedBy=${d.why ?? ''} .hint=${hint} .words=${list.map((x) => x.term)}
      @words=${(e: CustomEvent<string[]>) => set(some(e.detail.map((term) => known.get(term) ?? { term })))}></unisson-tokens>
    ${!list.length ? nothing : beside === 'variants' ? html`<p class="why">${app.t('ui.beside.variants')}</p>${inputs}`
      : html`<details class="more"><summary>${icon('down')}${app.t('ui.identity.synonyms')}</summary><p class="why">${app.t('ui.identity.synonyms.why')}</p>${inputs}</details>`}`;
}

function withBeside(t: Termed, beside: 'synonyms' | 'variants', words: string[]): Termed {
  const { [beside]: _, ...rest } = t;
  return words.length ? { ...rest, [beside]: words } : rest;
}

// ---------- small lists of an entity's own ----------

/** Declared axis → pole: « prix » → « haut de gamme ». */
function poles(app: App, s: Subject, d: Drawn, value: unknown, set: (x: unknown) => void): TemplateResult {
  const pairs = Object.entries((value ?? {}) as Record<string, string>);
  const put = (list: [string, string][]): void => set(list.length ? Object.fromEntries(list) : undefined);
  return html`
    <ul class="pairs">${pairs.map(([axis, pole], i) => html`
      <li><label for=${`${d.id}-${i}`}>${axis}</label>
        <input id=${`${d.id}-${i}`} type="text" .value=${live(pole)} @change=${(e: Event) => put(pairs.map((p, j) => (i === j ? [p[0], valueOf(e).trim()] : p)))}>
        <button type="button" class="tool" aria-label=${app.t('ui.remove', { what: axis })} @click=${() => put(pairs.filter((_, j) => j !== i))}>${icon('trash')}</button></li>`)}
    </ul>
    ${adder(app, { id: d.id + '-new', label: app.t('ui.f.objectives.poles.new'), hint: app.t('ui.f.objectives.poles.hint'), add: (axis) => { if (!pairs.some(([a]) => a === axis)) s.write({ poles: Object.fromEntries([...pairs, [axis, '']]) }); } })}`;
}

interface Need { id: string; text: string; outOfScope?: string }

function needs(app: App, s: Subject, d: Drawn, value: unknown, set: (x: unknown) => void): TemplateResult {
  const list = (value ?? []) as Need[];
  const change = (i: number, fields: Partial<Need>): void => set(list.map((n, j) => (i === j ? tidy({ ...n, ...fields }) : n)));
  return html`
    <ul class="pairs needs">${list.map((n, i) => html`
      <li id=${domId('at', n.id)} tabindex="-1" data-about=${about(n.id)}><label class="unseen" for=${domId('at', n.id, 'text')}>${app.t('ui.f.segments.need')}</label>
        <input id=${domId('at', n.id, 'text')} type="text" .value=${live(n.text)} @change=${(e: Event) => change(i, { text: valueOf(e).trim() })}>
        <button type="button" class="tool" aria-label=${app.t('ui.remove', { what: n.text })} @click=${() => app.act((m) => dropNeed(app, m, s, list, n), 'ui.removed', { what: n.text })}>${icon('trash')}</button>
        <label class="declined" for=${domId('at', n.id, 'outOfScope')}>${app.t('ui.f.segments.outOfScope')}</label>
        <input id=${domId('at', n.id, 'outOfScope')} class="declined" type="text" .value=${live(n.outOfScope ?? '')} @change=${(e: Event) => change(i, { outOfScope: valueOf(e).trim() || undefined } as Partial<Need>)}>
        ${flags(app, n.id)}</li>`)}
    </ul>
    ${adder(app, { id: d.id + '-new', label: app.t('ui.f.segments.needs.new'), hint: app.t('ui.f.segments.needs.hint'), add: (text) => set([...list, { id: newId('n'), text }]) })}`;
}

/** A need goes with the answers channels gave to it. */
function dropNeed(app: App, m: import('../../engine/types.ts').Model, s: Subject, list: Need[], n: Need): void {
  m.patch('segments', s.id, { needs: list.filter((x) => x !== n) });
  for (const c of app.board.channels ?? []) if (c.answers?.includes(n.id)) m.patch('channels', c.id, { answers: c.answers.filter((x) => x !== n.id) });
}

// ---------- values by path ----------

export const valueAt = (o: Record<string, unknown>, path: string): unknown => path.split('/').reduce<unknown>((at, k) => (at as Record<string, unknown> | undefined)?.[k], o);

/** What to write so that a path holds a value: the whole of the object it lies in, which goes once it is empty. */
export function fieldsWith(o: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const [head, inner] = path.split('/') as [string, string?];
  if (!inner) return { [head]: value };
  const object = tidy({ ...(o[head] as object | undefined), [inner]: value });
  return { [head]: Object.keys(object).length ? object : undefined };
}

const tidy = <T extends object>(o: T): T => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as T;
const some = <T>(list: T[]): T[] | undefined => (list.length ? list : undefined);
const strings = (x: unknown): string[] => (Array.isArray(x) ? x.filter((v): v is string => typeof v === 'string') : []);
const split = (s: string): string[] => s.split(/[,;]/).map((w) => w.trim()).filter((w) => w);
