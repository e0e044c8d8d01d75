/** A board as one Y.Doc, alone or shared. See fields.ts for how an object lies in it. */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import { create, fieldNames, isOurs, isText, read, write, type Holder, type Plain } from './fields.ts';
import { boardShape, fieldOrder, identityShape, shapes } from './shape.ts';
import { keep, type Store } from './store.ts';
import { LISTS, type Board, type Change, type Entity, type Identity, type List, type Model } from './types.ts';

export interface ModelOptions {
  /** Typing in one field within this time is one step of undo, ms. */
  typing?: number;
  /** Join this document instead of a new one: the board then lives where the document does, and nothing is stored here. */
  doc?: Y.Doc;
}

/** Opens the board kept under this name on this device, empty the first time. */
export function openModel(name: string, { typing = 500, doc = undefined }: ModelOptions = {}): Model {
  return new DocModel(doc ?? new Y.Doc(), doc ? undefined : name, typing);
}

/** One list: its entities by id, and what board() has made of them so far. */
interface ListView {
  root: Y.Map<Y.Map<unknown>>;
  order: string[] | undefined; // ids by rank; undefined = to be sorted again
  entities: Map<string, Entity>;
  all: Entity[] | undefined;   // undefined = some may stand elsewhere
  stale: Set<string>;          // ids of those in it that are to be read again
}

/** Above so many entities to read again, finding each in its list costs more than making the list anew. */
const FEW = 8;

class DocModel implements Model {
  readonly ready: Promise<void>;
  readOnly = false;
  refused?: () => void;
  readonly #doc: Y.Doc;
  readonly #copies: Store[] = [];
  readonly #store: ReturnType<typeof keep> | undefined;
  readonly #undo: Y.UndoManager;
  readonly #lists = {} as Record<List, ListView>;
  readonly #self: Holder;
  readonly #identity: Holder;
  readonly #listeners = new Set<(c: Change) => void>();
  #touched = new Set<string>();
  #board: Board | undefined;
  #identityView: Identity | undefined;
  #lastStep: string | undefined;
  #depth = 0;

  constructor(doc: Y.Doc, name: string | undefined, typing: number) {
    this.#doc = doc;
    this.#self = roots(doc, 'board', '');
    this.#identity = roots(doc, 'identity', 'identity/');
    for (const list of LISTS) {
      const root = doc.getMap<Y.Map<unknown>>(list);
      this.#lists[list] = { root, order: undefined, entities: new Map(), all: undefined, stale: new Set() };
      root.observeDeep(events => events.forEach(e => this.#sawList(list, e)));
    }
    this.#self.values.observe(e => e.keysChanged.forEach(k => this.#touch(sectionOf(k))));
    this.#identity.values.observe(() => this.#touch('identity'));
    for (const path in boardShape) this.#self.child(path, boardShape[path]!)!.observe(() => this.#touch(sectionOf(path)));
    for (const path in identityShape) this.#identity.child(path, identityShape[path]!)!.observe(() => this.#touch('identity'));
    doc.on('afterTransaction', () => this.#tell());
    this.#undo = new Y.UndoManager(doc, { captureTimeout: typing, trackedOrigins: new Set([this]) });
    this.#store = name === undefined ? undefined : keep(name, doc, () => this.#listeners.forEach(f => f({ touched: new Set() })));
    this.ready = this.#store?.ready ?? Promise.resolve();
  }

  get persistent(): boolean {
    return this.#store?.persistent() ?? true;
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  snapshot(): Uint8Array {
    return Y.encodeSnapshot(Y.snapshot(this.#doc));
  }

  keepAs(name: string): void {
    this.#copies.push(keep(name, this.#doc));
  }

  subscribe(f: (c: Change) => void): () => void {
    this.#listeners.add(f);
    return () => this.#listeners.delete(f);
  }

  // ---------- reading ----------

  board(): Board {
    if (this.#board) return this.#board;
    const own = read(this.#self, boardShape);
    const board: Board = { ...own, format: 'unisson/1' };
    this.#identityView ??= this.#readIdentity();
    if (this.#identityView) board.identity = this.#identityView;
    for (const list of LISTS) {
      const all = this.#all(list);
      if (all.length || this.#self.values.has('~asked/' + list)) (board as Plain)[list] = all;
    }
    return (this.#board = board);
  }

  #readIdentity(): Identity | undefined {
    const identity = read(this.#identity, identityShape);
    return Object.keys(identity).length || this.#identity.values.has('~said') ? (identity as Identity) : undefined;
  }

  #all(list: List): Entity[] {
    const view = this.#lists[list];
    const entityOf = (id: string): Entity => {
      let entity = view.entities.get(id);
      if (!entity) view.entities.set(id, (entity = read(holderOf(view.root.get(id)!), shapes[list], { id }) as Entity));
      return entity;
    };
    if (!view.all || view.stale.size > FEW) view.all = this.#order(list).map(entityOf);
    else if (view.stale.size) {
      view.all = view.all.slice(); // whoever holds the list of before keeps it as it was
      for (const id of view.stale) {
        const at = view.all.findIndex(e => e.id === id);
        if (at >= 0) view.all[at] = entityOf(id); // what no client of ours put in the list is not in it
      }
    }
    view.stale.clear();
    return view.all;
  }

  /** Ids by rank. Equal ranks (two people inserted at one place at once) go by id, the same for everyone. */
  #order(list: List): string[] {
    const view = this.#lists[list];
    if (view.order) return view.order;
    const ranked = [...view.root.entries()].filter(([, e]) => e instanceof Y.Map).map(([id, e]) => ({ id, rank: rankOf(e) }));
    ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1));
    return (view.order = ranked.map(r => r.id));
  }

  export(): string {
    const rank = new Map(fieldOrder.map((k, i) => [k, i]));
    const place = (k: string): number => rank.get(k) ?? rank.size;
    const ordered = (_: string, v: unknown): unknown =>
      typeof v !== 'object' || v === null || Array.isArray(v) ? v : Object.fromEntries(Object.entries(v).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)));
    return JSON.stringify(this.board(), ordered, 1) + '\n';
  }

  // ---------- writing ----------

  set(section: string, value: unknown): void {
    const field = { [section]: value ?? undefined };
    this.#step(typeof value === 'string' ? section : undefined, () => {
      write(this.#self, boardShape, field);
      this.#touch(section);
    });
  }

  setIdentity(fields: Partial<Identity>): void {
    this.#step(typingIn('identity', fields), () => {
      write(this.#identity, identityShape, fields as Plain);
      if (!this.#identity.values.has('~said')) this.#identity.values.set('~said', true);
      this.#touch('identity');
    });
  }

  put(list: List, entity: Entity, before?: string): void {
    this.#step(undefined, () => {
      const { root } = this.#lists[list];
      const map = root.get(entity.id);
      if (!map) root.set(entity.id, create(entity, shapes[list], this.#place(list, entity.id, before)));
      else {
        this.#rewrite(list, map, entity);
        if (before !== undefined && before !== entity.id) map.set('~rank', this.#place(list, entity.id, before));
      }
      mark(this.#self.values, '~asked/' + list, true); // from now on an empty list is an answer
      this.#forget(list, entity.id);
    });
  }

  patch(list: List, id: string, fields: Plain): void {
    const map = this.#lists[list].root.get(id);
    if (!map) return; // another person dropped it while this one was typing
    const { id: _, ...rest } = fields;
    this.#step(typingIn(`${list}/${id}`, rest), () => {
      write(holderOf(map), shapes[list], rest);
      this.#forget(list, id);
    });
  }

  drop(list: List, id: string): void {
    const view = this.#lists[list];
    if (!view.root.has(id)) return;
    this.#step(undefined, () => {
      view.order = this.#order(list).filter(x => x !== id);
      view.all = undefined;
      view.root.delete(id);
      this.#forget(list, id);
    });
  }

  move(list: List, id: string, before?: string): void {
    const map = this.#lists[list].root.get(id);
    if (!map || before === id) return;
    this.#step(undefined, () => {
      const order = this.#order(list);
      order.splice(order.indexOf(id), 1);
      map.set('~rank', this.#place(list, id, before));
    });
  }

  text(list: List | undefined, id: string, field: string, origin: unknown): Y.Text | undefined {
    const map = list && this.#lists[list].root.get(id);
    if (list && !map) return undefined;
    const holder = map ? holderOf(map) : this.#identity;
    const kind = (list ? shapes[list] : identityShape)[field];
    if (!kind || !isText(kind)) return undefined;
    let text = holder.child(field, kind);
    if (!text && !this.readOnly) this.#doc.transact(() => { text = holder.make(field, kind); });
    this.#undo.stopCapturing();
    this.#lastStep = undefined;
    this.#undo.addTrackedOrigin(origin);
    return text instanceof Y.Text ? text : undefined;
  }

  release(origin: unknown): void {
    this.#undo.removeTrackedOrigin(origin);
    this.#undo.stopCapturing();
  }

  ask(list: List): void {
    this.#step(undefined, () => mark(this.#self.values, '~asked/' + list, true));
  }

  batch(f: () => void): void {
    this.#step(undefined, f);
  }

  load(board: Board): void {
    this.#step(undefined, () => {
      const { format: _, identity, ...rest } = board;
      const own = Object.entries(rest).filter(([k]) => !isList(k));
      write(this.#self, boardShape, { ...gone(fieldNames(this.#self, boardShape)), ...Object.fromEntries(own) });
      write(this.#identity, identityShape, { ...gone(fieldNames(this.#identity, identityShape)), ...identity });
      mark(this.#identity.values, '~said', identity !== undefined);
      for (const list of LISTS) this.#replace(list, board[list] as Entity[] | undefined);
      this.#touch('identity');
    });
  }

  clear(): void {
    this.load({ format: 'unisson/1' });
  }

  #replace(list: List, entities: Entity[] | undefined): void {
    const { root } = this.#lists[list];
    const next = distinct(entities ?? []);
    for (const id of [...root.keys()]) if (!next.has(id)) root.delete(id);
    const ranks = generateNKeysBetween(null, null, next.size);
    let i = 0;
    for (const [id, entity] of next) {
      const rank = ranks[i++]!;
      const map = root.get(id);
      if (!map) root.set(id, create(entity, shapes[list], rank));
      else {
        this.#rewrite(list, map, entity);
        if (rankOf(map) !== rank) map.set('~rank', rank);
      }
    }
    mark(this.#self.values, '~asked/' + list, entities !== undefined);
    Object.assign(this.#lists[list], { order: undefined, entities: new Map(), all: undefined });
  }

  #rewrite(list: List, map: Y.Map<unknown>, entity: Entity): void {
    const holder = holderOf(map);
    const { id: _, ...fields } = entity;
    write(holder, shapes[list], { ...gone(fieldNames(holder, shapes[list])), ...fields });
  }

  /** A rank that puts the entity before another one, or last. Keeps the order of ids up to date for the next call. */
  #place(list: List, id: string, before?: string): string {
    const { root } = this.#lists[list];
    const order = this.#order(list);
    this.#lists[list].all = undefined;
    const was = before === undefined ? -1 : order.indexOf(id); // a new entity is in no order yet; looking for it would cost an import its square
    if (was >= 0) order.splice(was, 1);
    const found = before === undefined ? -1 : order.indexOf(before);
    const at = found < 0 ? order.length : found;
    const rank = (i: number): string | null => (order[i] === undefined ? null : rankOf(root.get(order[i]!)));
    let past = at; // first one that can stay where it is: its rank is beyond the one we come after
    while (past < order.length && at > 0 && rank(past)! <= rank(at - 1)!) past++;
    order.splice(at, 0, id);
    try {
      if (past === at) return generateKeyBetween(rank(at - 1), rank(at + 1));
      const fresh = generateNKeysBetween(rank(at - 1), rank(past + 1), past - at + 1);
      for (let i = at + 1; i <= past; i++) root.get(order[i]!)!.set('~rank', fresh[i - at]!);
      return fresh[0]!;
    } catch { // a rank no client of ours wrote: all are given anew
      const fresh = generateNKeysBetween(null, null, order.length);
      order.forEach((other, i) => root.get(other)?.set('~rank', fresh[i]!));
      return fresh[at]!;
    }
  }

  // ---------- steps and undo ----------

  /** One transaction, one step of undo; edits of the same kind in quick succession (typing) join the step before. */
  #step(kind: string | undefined, f: () => void): void {
    if (this.readOnly) return this.refused?.();
    if (this.#depth === 0) {
      if (kind === undefined || kind !== this.#lastStep) this.#undo.stopCapturing();
      this.#lastStep = kind;
    }
    this.#depth++;
    try {
      this.#doc.transact(f, this);
    } finally {
      this.#depth--;
    }
  }

  undo(): void {
    this.#lastStep = undefined;
    if (!this.readOnly) this.#undo.undo();
  }

  redo(): void {
    this.#lastStep = undefined;
    if (!this.readOnly) this.#undo.redo();
  }

  canUndo(): boolean {
    return !this.readOnly && this.#undo.canUndo();
  }

  canRedo(): boolean {
    return !this.readOnly && this.#undo.canRedo();
  }

  close(): void {
    this.#listeners.clear();
    this.#undo.destroy();
    this.#store?.close();
    for (const s of this.#copies) s.close();
    if (this.#store) this.#doc.destroy();
  }

  // ---------- what changed ----------

  #sawList(list: List, event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const view = this.#lists[list];
    const isRoot = event.target === (view.root as unknown);
    const ids = isRoot ? [...(event as unknown as Y.YMapEvent<unknown>).keysChanged] : [String(event.path[0])];
    if (isRoot || (event instanceof Y.YMapEvent && event.keysChanged.has('~rank'))) {
      view.order = view.all = undefined;
      this.#touch(list);
    }
    for (const id of ids) this.#forget(list, id);
  }

  #forget(list: List, id: string): void {
    const view = this.#lists[list];
    view.entities.delete(id);
    view.stale.add(id);
    this.#touch(`${list}/${id}`);
  }

  #touch(what: string): void {
    this.#touched.add(what);
    this.#board = undefined;
    if (what === 'identity') this.#identityView = undefined;
  }

  /** Once a transaction: a listener sees the board as the whole step left it. */
  #tell(): void {
    if (!this.#touched.size) return;
    const change = { touched: this.#touched };
    this.#touched = new Set();
    for (const f of [...this.#listeners]) f(change);
  }
}

// A root type is there for everyone without being made, which is why nothing at the top can be made twice.
function roots(doc: Y.Doc, name: string, prefix: string): Holder {
  const child: Holder['make'] = (path, kind) => (isText(kind) ? doc.getText(prefix + path) : doc.getArray(prefix + path));
  return { values: doc.getMap(name), child, make: child };
}

function holderOf(map: Y.Map<unknown>): Holder {
  return {
    values: map,
    child(path, kind) {
      const there = map.get(path);
      return there instanceof (isText(kind) ? Y.Text : Y.Array) ? there : undefined;
    },
    make(path, kind) {
      const made = isText(kind) ? new Y.Text() : new Y.Array<unknown>();
      map.set(path, made);
      return made;
    },
  };
}

/** Fields to take away, as write() wants them. */
const gone = (names: Set<string>): Plain => Object.fromEntries([...names].map(k => [k, undefined]));
const rankOf = (entity: Y.Map<unknown> | undefined): string => String(entity?.get('~rank') ?? '');
const isList = (key: string): key is List => (LISTS as readonly string[]).includes(key);
const mark = (values: Y.Map<unknown>, key: string, on: boolean): void => {
  if (on !== values.has(key)) on ? values.set(key, true) : values.delete(key);
};

/** Which part of a board a key of its root map belongs to. */
const sectionOf = (key: string): string => key.split('/')[isOurs(key) ? 1 : 0]!;

/** Edits of one text field can be typing; anything else is a step of its own. */
function typingIn(where: string, fields: Plain): string | undefined {
  const names = Object.keys(fields);
  return names.length === 1 && typeof fields[names[0]!] === 'string' ? `${where}/${names[0]}` : undefined;
}

/** Entities by id. A second one with the same id is kept under a free one rather than lost. */
function distinct(entities: Entity[]): Map<string, Entity> {
  const byId = new Map<string, Entity>();
  for (const entity of entities) {
    let id = entity.id;
    for (let n = 2; byId.has(id); n++) id = `${entity.id}~${n}`;
    byId.set(id, id === entity.id ? entity : { ...entity, id });
  }
  return byId;
}
