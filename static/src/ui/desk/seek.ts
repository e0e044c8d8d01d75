import type { Board, Entity, List } from '../../engine/types.ts';
import { folded, standsAt } from '../board.ts';
import type { Screen } from '../route.ts';

export interface Hit { list: List | 'identity'; id: string; field?: string | undefined; name: string; text: string; at: [Screen, string?, string?] }

const fieldsOf: Partial<Record<List, string[]>> = {
  channels: ['name', 'bio', 'reason', 'owner', 'url'], objectives: ['title', 'proof'], segments: ['name'], pillars: ['name'], actions: ['title', 'exempt'], kpis: ['name'], decisions: ['text'], messages: ['text', 'landing'],
};
/** Names first, then what is said: one looks for a thing more often than for a word in it. */
const order: List[] = ['channels', 'objectives', 'segments', 'pillars', 'actions', 'kpis', 'decisions', 'messages'];

const foldedOf = new WeakMap<object, Map<string, string>>();

/** Folding ten thousand texts at each letter would be felt: an entity that did not change keeps what was folded of it. */
export function foldedField(e: object, field: string): string {
  let of = foldedOf.get(e);
  if (!of) foldedOf.set(e, (of = new Map()));
  let text = of.get(field);
  if (text === undefined) of.set(field, (text = folded(String((e as Record<string, unknown>)[field] ?? ''))));
  return text;
}

/** What of a board holds all the words sought, in its names and texts; at most so many, and how many there are in all. */
export function seek(board: Board, sought: string, most: number): { hits: Hit[]; total: number } {
  const words = folded(sought).split(/\s+/).filter(Boolean);
  const hits: Hit[] = [];
  let total = 0;
  if (!words.length) return { hits, total };
  const take = (hit: () => Hit): void => { if (total++ < most) hits.push(hit()); };
  const has = (text: string): boolean => words.every((w) => text.includes(w));
  for (const field of ['name', 'sentence', 'promise'] as const) {
    const text = board.identity?.[field];
    if (text && has(folded(text))) take(() => ({ list: 'identity', id: 'identity', field, name: '', text, at: ['identity', 'identity', field] }));
  }
  for (const list of order) for (const e of (board[list] as Entity[] | undefined) ?? []) {
    const field = fieldsOf[list]!.find((f) => has(foldedField(e, f)));
    if (field) take(() => ({ list, id: e.id, field, name: nameIn(board, list, e), text: String(e[field]), at: list === 'messages' ? ['posts', e.id] : standsAt(board, e.id, field === 'name' || field === 'title' ? undefined : field) ?? ['report'] }));
    if (list === 'segments') for (const n of (e.needs as { id: string; text: string }[] | undefined) ?? []) if (has(folded(n.text))) take(() => ({ list, id: n.id, name: String(e.name), text: n.text, at: ['audiences', n.id, 'text'] }));
  }
  return { hits, total };
}

const nameIn = (board: Board, list: List, e: Entity): string =>
  list === 'messages' ? board.channels?.find((c) => c.id === e.channel)?.name ?? String(e.channel) : String(e.name ?? e.title ?? '');

/** Where the words sought stand in a text, in UTF-16 units, for its excerpt; an accent more or less does not move them. */
export function spansIn(text: string, sought: string): [number, number][] {
  const map: number[] = [];
  let plain = '';
  for (let i = 0; i < text.length;) {
    const letter = String.fromCodePoint(text.codePointAt(i)!);
    const bare = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (let k = 0; k < bare.length; k++) map.push(i);
    plain += bare;
    i += letter.length;
  }
  map.push(text.length);
  return folded(sought).split(/\s+/).filter(Boolean).flatMap((w) => {
    const at = plain.indexOf(w);
    return at < 0 ? [] : [[map[at]!, map[at + w.length]!] as [number, number]];
  });
}
