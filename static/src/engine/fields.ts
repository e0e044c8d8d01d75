/**
 * How one object of a board (an entity, the identity, the board itself) lies in Yjs so that two people's edits merge.
 *
 * - A text people write at length is a Y.Text, changed by its smallest difference.
 * - A list without ids is a Y.Array of plain values, aligned element by element. Values that mean the same thing (see
 *   Kind) are merged when read, so that the same word added by two people stands once.
 * - Everything else is a plain value. An object inside an object is flattened: voice.address is the key `voice/address`,
 *   escaped as in a JSON pointer, and two people may each set one side of it.
 *
 * Keys that begin with ~ are ours and never leave the document: `~rank` (order in a list), `~said/<path>` (there, though
 * empty). A field's own leading ~ is escaped, so the two cannot meet.
 */
import * as Y from 'yjs';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Plain = Record<string, unknown>;

/**
 * `text`: a Y.Text, absent when empty. `body`: a Y.Text that is always there. `late`: a Y.Text made when there is something
 * to write, for a field so rare that ten thousand empty ones would cost a third of the board; should two people make it
 * at the same moment, one text stays. `set`: plain values, each once.
 * `list`: values as they come. `list:a+b`: objects, those equal in a and b being one.
 */
export type Kind = 'text' | 'body' | 'late' | 'set' | 'list' | `list:${string}`;
export type Shape = Readonly<Record<string, Kind>>;

/** Where an object lives: its plain values, and the shared types of its shape by path. */
export interface Holder {
  values: Y.Map<unknown>;
  /** undefined: an entity from a version that did not know this field. */
  child(path: string, kind: Kind): Y.Text | Y.Array<unknown> | undefined;
  make(path: string, kind: Kind): Y.Text | Y.Array<unknown>;
}

export const isText = (kind: Kind): boolean => kind === 'text' || kind === 'body' || kind === 'late';
const said = (path: string): string => '~said/' + path;
export const isOurs = (key: string): boolean => key[0] === '~' && key[1] !== '0' && key[1] !== '1';
const escape = (key: string): string => (/[~/]/.test(key) ? key.replace(/~/g, '~0').replace(/\//g, '~1') : key);
const unescape = (key: string): string => key.replace(/~1/g, '/').replace(/~0/g, '~');
const isObject = (x: unknown): x is Plain => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Values that JSON knows, strings well formed: Yjs stores UTF-8, where half a surrogate pair has no place. */
export function clean(x: unknown): Json {
  if (typeof x === 'string') return x.toWellFormed();
  if (typeof x === 'number') return Number.isFinite(x) ? x : null;
  if (typeof x === 'boolean' || x === null) return x;
  if (Array.isArray(x)) return x.map(clean);
  if (!isObject(x)) return null;
  const out: { [key: string]: Json } = {};
  for (const [k, v] of Object.entries(x)) if (v !== undefined) put(out, k.toWellFormed(), clean(v));
  return out;
}

/** Sets a member, __proto__ like any other. */
function put(o: Plain, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(o, key, { value, enumerable: true, configurable: true, writable: true });
  else o[key] = value;
}

/** The leaves an object is stored in, by path. A path of the shape is always a leaf. */
export function flatten(fields: Plain, shape: Shape, prefix = '', flat = new Map<string, unknown>()): Map<string, unknown> {
  for (const k of Object.keys(fields)) {
    const value = fields[k];
    if (value === undefined) continue;
    const path = prefix + escape(k);
    if (isObject(value) && !Object.hasOwn(shape, path) && Object.keys(value).length) flatten(value, shape, path + '/', flat);
    else flat.set(path, value);
  }
  return flat;
}

/** Puts a leaf back. Where one person made a value of what another filled with members, the members stay. */
function graft(out: Plain, path: string, value: unknown): void {
  if (!/[~/]/.test(path) && !isObject(value) && !Object.hasOwn(out, path)) return put(out, path, value); // nearly always
  const steps = path.split('/').map(unescape);
  const last = steps.pop()!;
  let at = out;
  for (const step of steps) {
    const next = Object.hasOwn(at, step) ? at[step] : undefined;
    if (!isObject(next)) put(at, step, {});
    at = at[step] as Plain;
  }
  const there = Object.hasOwn(at, last) ? at[last] : undefined;
  if (isObject(there)) return;
  put(at, last, isObject(value) ? { ...value } : value);
}

/** The object as a board knows it, put into `out`. */
export function read(holder: Holder, shape: Shape, out: Plain = {}): Plain {
  holder.values.forEach((value, key) => {
    if (!isOurs(key) && !Object.hasOwn(shape, key)) graft(out, key, value);
  });
  for (const path in shape) {
    const kind = shape[path]!;
    const child = holder.child(path, kind);
    if (child?.length || kind === 'body' || holder.values.has(said(path))) {
      graft(out, path, isText(kind) ? (child?.toString() ?? '') : merged((child as Y.Array<unknown> | undefined)?.toArray() ?? [], kind));
    }
  }
  return out;
}

/** Writes some fields: a field given as undefined goes, with all that lies under it; fields not named stay. */
export function write(holder: Holder, shape: Shape, fields: Plain): void {
  const flat = flatten(fields, shape);
  const named = new Set(Object.keys(fields).map(escape));
  const isNamed = (path: string): boolean => named.has(path.split('/', 1)[0]!);
  for (const key of [...holder.values.keys()]) {
    if (!isOurs(key) && !Object.hasOwn(shape, key) && isNamed(key) && !flat.has(key)) holder.values.delete(key);
  }
  for (const path in shape) if (isNamed(path) && !flat.has(path)) fill(holder, path, shape[path]!, undefined);
  for (const [path, value] of flat) {
    const kind = Object.hasOwn(shape, path) ? shape[path] : undefined;
    if (kind) fill(holder, path, kind, value);
    else {
      const next = clean(value);
      if (!same(holder.values.get(path), next)) holder.values.set(path, next);
    }
  }
}

/** Field names present now: what `write` needs to be told to remove when an object is replaced whole. */
export function fieldNames(holder: Holder, shape: Shape): Set<string> {
  const keys = [...holder.values.keys()].filter(k => !isOurs(k));
  return new Set([...keys, ...Object.keys(shape)].map(path => unescape(path.split('/', 1)[0]!)));
}

/** An entity not yet in a document. All its shared types are made now: made later, two people could make them twice. */
export function create(entity: Plain, shape: Shape, rank: string): Y.Map<unknown> {
  const map = new Y.Map<unknown>([['~rank', rank]]);
  const { id: _, ...fields } = entity; // it is the key of the list
  const flat = flatten(fields, shape);
  for (const [path, value] of flat) if (!Object.hasOwn(shape, path)) map.set(path, clean(value));
  for (const path in shape) {
    const kind = shape[path]!;
    const value = flat.get(path);
    if (isText(kind)) {
      const text = asText(value);
      if (text || kind !== 'late') map.set(path, new Y.Text(text));
    } else map.set(path, Y.Array.from(asList(value) as object[]));
    if (value !== undefined && isSaid(kind, value)) map.set(said(path), true);
  }
  return map;
}

/** A list that is there is marked as such even when it is not empty: two people may each take out its last words. */
const isSaid = (kind: Kind, value: unknown): boolean => !isText(kind) || (kind !== 'body' && value === '');
const asText = (value: unknown): string => (value === undefined ? '' : String(value).toWellFormed());
const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.map(clean) : []);

function fill(holder: Holder, path: string, kind: Kind, value: unknown): void {
  const child = holder.child(path, kind) ?? (value === undefined ? undefined : holder.make(path, kind));
  if (child instanceof Y.Text) setText(child, asText(value));
  else if (child) align(child, asList(value));
  const mark = value !== undefined && isSaid(kind, value);
  if (mark !== holder.values.has(said(path))) mark ? holder.values.set(said(path), true) : holder.values.delete(said(path));
}

/** Changes a text by its smallest difference. Surrogate pairs are never cut: Yjs would replace both halves. */
export function setText(text: Y.Text, next: string): void {
  const was = text.toString();
  if (was === next) return;
  const shorter = Math.min(was.length, next.length);
  let head = 0;
  while (head < shorter && was[head] === next[head]) head++;
  if (head && isHigh(was, head - 1)) head--;
  let tail = 0;
  while (tail < shorter - head && was[was.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
  if (tail && isLow(was, was.length - tail)) tail--;
  if (was.length > head + tail) text.delete(head, was.length - head - tail);
  if (next.length > head + tail) text.insert(head, next.slice(head, next.length - tail));
}

const isHigh = (s: string, i: number): boolean => (s.charCodeAt(i) & 0xfc00) === 0xd800;
const isLow = (s: string, i: number): boolean => (s.charCodeAt(i) & 0xfc00) === 0xdc00;

/** Makes the array hold `next`, touching only the elements that went, came or moved. */
function align(array: Y.Array<unknown>, next: unknown[]): void {
  const now = array.toArray().map(key);
  const wanted = next.map(key);
  const left = new Map<string, number>();
  for (const k of wanted) left.set(k, (left.get(k) ?? 0) + 1);
  for (let i = 0; i < now.length;) {
    const n = left.get(now[i]!) ?? 0;
    if (n) { left.set(now[i++]!, n - 1); continue; }
    array.delete(i, 1);
    now.splice(i, 1);
  }
  for (let i = 0; i < wanted.length; i++) {
    if (now[i] === wanted[i]) continue;
    const moved = now.indexOf(wanted[i]!, i + 1);
    if (moved > 0 && (left.get(wanted[i]!) ?? 0) === 0) {
      array.delete(moved, 1);
      now.splice(moved, 1);
    } else left.set(wanted[i]!, (left.get(wanted[i]!) ?? 0) - 1);
    array.insert(i, [next[i]!]);
    now.splice(i, 0, wanted[i]!);
  }
}

/** Equal values have equal keys, whatever the order of their members. */
function key(x: unknown): string {
  return JSON.stringify(x, (_, v) => (isObject(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v)) ?? '';
}

const same = (a: unknown, b: unknown): boolean => a === b || (typeof a === 'object' && typeof b === 'object' && key(a) === key(b));

/** What means the same is one: the first stays where it is, and lists inside it (synonyms) are joined. */
function merged(items: unknown[], kind: Kind): unknown[] {
  if (kind === 'list') return items;
  const fields = kind === 'set' ? [] : kind.slice('list:'.length).split('+');
  const first = new Map<string, unknown>();
  for (const item of items) {
    const k = kind === 'set' || !isObject(item) ? key(item) : key(fields.map(f => item[f]));
    const there = first.get(k);
    first.set(k, isObject(there) && isObject(item) ? join(there, item) : there ?? item);
  }
  return [...first.values()];
}

function join(a: Plain, b: Plain): Plain {
  const out: Plain = { ...b, ...a };
  for (const k of Object.keys(a)) {
    const [x, y] = [a[k], b[k]];
    if (Array.isArray(x) && Array.isArray(y)) out[k] = [...new Map([...x, ...y].map(v => [key(v), v])).values()];
  }
  return out;
}
