/** What the checker has not heard of yet. Edits pile up here while it works, and leave as one change. */
import type { ChangeMessage } from './protocol.ts';
import { LISTS, type Board, type Entity, type List } from './types.ts';

const SECTIONS = ['id', 'title', 'lang', 'asOf', 'identity', 'settings', 'samples', 'facts', 'dismissals'] as const;
type Section = (typeof SECTIONS)[number];

/** Entities in the first change of many: about what is read within one frame, so that the first findings come early. */
export const CHUNK = 200;

/** Entities in a later one: each crossing to the checker has a price of its own. */
export const BULK = 5 * CHUNK;

/** What messages refer to goes before them: no report on the way speaks of a channel that is still to come. */
const inOrder: List[] = [...LISTS.filter(list => list !== 'messages'), 'messages'];

export class Outbox {
  readonly #today: () => string;
  #reset = true;
  #sections = new Set<Section>();
  #entities = new Map<List, Set<string>>();
  #asked = new Set<List>(); // as the checker knows them
  #day: string | undefined;
  #indexed: Entity[] | undefined;
  #index = new Map<string, Entity>();

  /** today: the day a board without one is judged at, YYYY-MM-DD. */
  constructor(today: () => string) {
    this.#today = today;
  }

  /** The checker starts from nothing: everything has to be said again. */
  restart(board: Board): void {
    this.#reset = true;
    this.#asked.clear();
    this.#sections = new Set(SECTIONS);
    this.#entities = new Map(inOrder.map(list => [list, new Set((board[list] as Entity[] | undefined)?.map(e => e.id))]));
  }

  add(touched: Iterable<string>, board: Board): void {
    for (const what of touched) {
      const cut = what.indexOf('/');
      const head = cut < 0 ? what : what.slice(0, cut);
      if (cut < 0) {
        if ((SECTIONS as readonly string[]).includes(head)) this.#sections.add(head as Section);
      } else if (isList(head)) {
        let ids = this.#entities.get(head);
        if (!ids) this.#entities.set(head, (ids = new Set()));
        ids.add(what.slice(cut + 1));
      }
    }
    // There is no change that says “this was never asked”; only undoing the very question leads there.
    if ([...this.#asked].some(list => board[list] === undefined)) this.restart(board);
  }

  /** Midnight changes the answer of a board without a day of its own. */
  get stale(): boolean {
    return this.#day !== undefined && this.#day !== this.#today();
  }

  /** The next change to send, of so many entities at most, and how many are left for later ones. */
  take(board: Board, most = Infinity): { change: ChangeMessage; entities: number; left: number } {
    const change: ChangeMessage = {};
    if (this.#reset) change.reset = true;
    this.#reset = false;
    if (this.stale) this.#sections.add('asOf');
    if (this.#sections.size) change.set = Object.fromEntries([...this.#sections].map(s => [s, this.#section(board, s)]));
    this.#sections.clear();
    const asked = LISTS.filter(list => board[list] !== undefined && !this.#asked.has(list));
    if (asked.length) change.asked = asked;
    for (const list of asked) this.#asked.add(list);

    let room = most;
    let entities = 0;
    for (const [list, ids] of this.#entities) {
      if (!room) break;
      const taken = [...take(ids, room)];
      room -= taken.length;
      entities += taken.length;
      const find = this.#finder(board[list] as Entity[] | undefined, taken.length);
      const put = taken.flatMap(id => find(id) ?? []);
      const drop = taken.filter(id => !find(id));
      if (put.length) (change.put ??= {})[list] = put;
      if (drop.length) (change.drop ??= {})[list] = drop;
      if (!ids.size) this.#entities.delete(list);
    }
    let left = 0;
    for (const ids of this.#entities.values()) left += ids.size;
    if (!left) this.#indexed = undefined; // what is no longer of use is not held
    return { change, entities, left };
  }

  /** Entities by id. A keystroke asks for one, and an index of ten thousand would cost more than the look; a whole board asks again and again. */
  #finder(entities: Entity[] = [], wanted: number): (id: string) => Entity | undefined {
    if (wanted < 4) return id => entities.find(e => e.id === id);
    if (this.#indexed !== entities) {
      this.#indexed = entities;
      this.#index = new Map(entities.map(e => [e.id, e]));
    }
    return id => this.#index.get(id);
  }

  #section(board: Board, section: Section): unknown {
    if (section !== 'asOf') return board[section] ?? null;
    this.#day = board.asOf === undefined ? this.#today() : undefined;
    return board.asOf ?? this.#day;
  }
}

/** A whole board as one change. */
export function whole(board: Board, today: () => string): ChangeMessage {
  const outbox = new Outbox(today);
  outbox.restart(board);
  return outbox.take(board).change;
}

const isList = (x: string): x is List => (LISTS as readonly string[]).includes(x);

function* take(ids: Set<string>, n: number): Generator<string> {
  for (const id of ids) {
    if (n-- <= 0) return;
    ids.delete(id);
    yield id;
  }
}
