import type { Message } from '../../engine/types.ts';
import { folded } from '../board.ts';
import { isDay } from './months.ts';
import { foldedField } from './seek.ts';

export type Only = '' | 'found' | 'undated' | 'loose'; // loose: on no pillar
export type By = 'board' | 'newest' | 'oldest';
export interface Filter { channel: string; sought: string; only: Only; by: By }
export const everything: Filter = { channel: '', sought: '', only: '', by: 'board' };

/** Messages that pass a filter, in its order. Without a date, one comes last either way. */
export function listing(messages: readonly Message[], f: Filter, found: (id: string) => boolean): Message[] {
  const words = folded(f.sought).split(/\s+/).filter(Boolean);
  const list = messages.filter((m) =>
    (!f.channel || m.channel === f.channel) && words.every((w) => foldedField(m, 'text').includes(w)) &&
    (f.only === '' || (f.only === 'found' ? found(m.id) : f.only === 'undated' ? !isDay(m.date) : !m.pillar)));
  if (f.by === 'board') return list;
  const sign = f.by === 'newest' ? -1 : 1;
  return list.sort((a, b) => {
    const [x, y] = [isDay(a.date), isDay(b.date)];
    if (!x || !y) return Number(y) - Number(x) || (a.id < b.id ? -1 : 1);
    return a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date! < b.date! ? -sign : sign;
  });
}

/**
 * The same listing after an edit of a few messages that changes neither what passes nor the order: what each letter typed would
 * otherwise cost anew for ten thousand. Undefined where it must be made again.
 */
export function retouched(was: readonly Message[], now: readonly Message[], list: readonly Message[], f: Filter): Message[] | undefined {
  if (was.length !== now.length || f.only === 'found') return undefined;
  const changed = new Map<string, Message>();
  for (let i = 0; i < now.length; i++) {
    const [a, b] = [was[i]!, now[i]!];
    if (a === b) continue;
    if (a.id !== b.id || a.channel !== b.channel || a.date !== b.date || a.pillar !== b.pillar || changed.size > 8 || f.sought) return undefined;
    changed.set(b.id, b);
  }
  return list.map((m) => changed.get(m.id) ?? m);
}

/** What is chosen of a list, one by one, as a range from the last one chosen, or all of it. */
export class Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | undefined;

  constructor(ids: Iterable<string> = [], anchor?: string) {
    this.ids = new Set(ids);
    this.anchor = anchor;
  }

  toggle(id: string): Selection {
    const next = new Set(this.ids);
    if (!next.delete(id)) next.add(id);
    return new Selection(next, id);
  }

  /** From the anchor to this one, added to what is chosen. Without an anchor in the list, this one alone. */
  extend(list: readonly { id: string }[], id: string): Selection {
    const from = list.findIndex((m) => m.id === this.anchor);
    const to = list.findIndex((m) => m.id === id);
    if (from < 0 || to < 0) return new Selection([...this.ids, id], id);
    const range = list.slice(Math.min(from, to), Math.max(from, to) + 1).map((m) => m.id);
    return new Selection([...this.ids, ...range], this.anchor);
  }

  /** All of a list, beside what is chosen outside it. */
  all(list: readonly { id: string }[]): Selection {
    return new Selection([...this.ids, ...list.map((m) => m.id)], this.anchor);
  }

  /** Without what the board no longer holds. */
  within(messages: readonly { id: string }[]): Selection {
    if (!this.ids.size) return this;
    const there = new Set(messages.map((m) => m.id));
    const kept = [...this.ids].filter((id) => there.has(id));
    return kept.length === this.ids.size ? this : new Selection(kept, this.anchor && there.has(this.anchor) ? this.anchor : undefined);
  }
}
