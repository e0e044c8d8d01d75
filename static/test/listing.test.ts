import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Board, Finding, Message } from '../src/engine/types.ts';
import { removeFrom } from '../src/ui/desk/removing.ts';
import { everything, listing, retouched, Selection } from '../src/ui/desk/listing.ts';
import { shifted, weeks } from '../src/ui/desk/months.ts';
import { seek, spansIn } from '../src/ui/desk/seek.ts';
import { fixesFor, marksIn } from '../src/ui/editor/places.ts';
import { random } from './random.ts';

const messages: Message[] = [
  { id: 'a', channel: 'x', text: 'La fenêtre', date: '2026-03-02' }, { id: 'b', channel: 'y', text: 'Une FENETRE de chêne', date: '2026-03-01T09:00:00Z', pillar: 'p' },
  { id: 'c', channel: 'x', text: 'Escalier' }, { id: 'd', channel: 'y', text: 'Fenêtres', date: 'printemps' },
];
const ids = (list: { id: string }[]): string => list.map(m => m.id).join('');
const no = (): boolean => false;

test('messages are filtered by channel, words, findings and what they lack, and sorted by date', () => {
  assert.equal(ids(listing(messages, everything, no)), 'abcd');
  assert.equal(ids(listing(messages, { ...everything, channel: 'x' }, no)), 'ac');
  assert.equal(ids(listing(messages, { ...everything, sought: ' fenêtre ' }, no)), 'abd');
  assert.equal(ids(listing(messages, { ...everything, sought: 'chene une' }, no)), 'b');
  assert.equal(ids(listing(messages, { ...everything, only: 'undated' }, no)), 'cd');
  assert.equal(ids(listing(messages, { ...everything, only: 'loose' }, no)), 'acd');
  assert.equal(ids(listing(messages, { ...everything, only: 'found' }, id => id === 'c')), 'c');
  assert.equal(ids(listing(messages, { ...everything, by: 'oldest' }, no)), 'bacd');
  assert.equal(ids(listing(messages, { ...everything, by: 'newest' }, no)), 'abcd');
});

test('after an edit the listing kept is the listing made anew', () => {
  const next = random(11);
  for (let round = 0; round < 200; round++) {
    const was: Message[] = Array.from({ length: 40 }, (_, i) => ({ id: `m${i}`, channel: next.pick(['x', 'y']), text: `t${i}`, ...(next.int(3) && { date: `2026-0${1 + next.int(9)}-11` }) }));
    const f = { ...everything, channel: next.pick(['', 'x']), by: next.pick(['board', 'newest', 'oldest'] as const), only: next.pick(['', 'undated'] as const) };
    const now = was.map(m => (next.int(20) ? m : { ...m, ...next.pick([{ text: 'autre' }, { channel: 'y' }, { date: '2026-12-01' }]) }));
    const kept = retouched(was, now, listing(was, f, no), f);
    if (kept) assert.deepEqual(kept, listing(now, f, no));
    else assert.ok(now.some((m, i) => m.channel !== was[i]!.channel || m.date !== was[i]!.date) || now.filter((m, i) => m !== was[i]).length > 8);
  }
});

test('a choice grows by one, by a range from where it began, by all of a filter, and loses what is gone', () => {
  const list = Array.from({ length: 9 }, (_, i) => ({ id: String(i) }));
  let s = new Selection().toggle('2');
  s = s.extend(list, '5');
  assert.equal([...s.ids].sort().join(''), '2345');
  s = s.extend(list, '1'); // from the same anchor, the other way
  assert.equal([...s.ids].sort().join(''), '12345');
  s = s.toggle('3');
  assert.equal([...s.ids].sort().join(''), '1245');
  assert.equal([...s.all(list.slice(7)).ids].sort().join(''), '124578');
  assert.equal([...s.within(list.slice(0, 3)).ids].sort().join(''), '12');
  assert.equal([...new Selection(['1'], 'gone').extend(list, '4').ids].sort().join(''), '14', 'an anchor that is filtered out starts no range');
});

test('a month is shown in whole weeks from Monday', () => {
  const feb = weeks('2026-02');
  assert.deepEqual([feb.length, feb[0]![0], feb.at(-1)![6]], [5, { date: '2026-01-26', inside: false }, { date: '2026-03-01', inside: false }]);
  assert.equal(weeks('2027-02').length, 4, 'a February that begins on a Monday');
  for (const m of ['2024-02', '2025-12', '2026-10']) for (const w of weeks(m)) assert.equal(w.length, 7);
  assert.deepEqual([shifted('2026-01', -1), shifted('2026-12', 1), shifted('2026-05', 20)], ['2025-12', '2027-01', '2028-01']);
});

test('search finds names before texts, folds accents, and marks what was sought', () => {
  const board: Board = { format: 'unisson/1', identity: { sentence: 'Nous restaurons des fenêtres' }, channels: [{ id: 'c', name: 'Fenêtres et cie', kind: 'site' }], segments: [{ id: 's', name: 'Voisins', needs: [{ id: 'n', text: 'Une fenêtre qui ferme' }] }], messages };
  const { hits, total } = seek(board, 'FENETRE', 3);
  assert.equal(total, 6);
  assert.deepEqual(hits.map(h => h.id), ['identity', 'c', 'n']);
  assert.deepEqual(hits[2]!.at, ['audiences', 'n', 'text']);
  assert.deepEqual(seek(board, '  ', 3), { hits: [], total: 0 });
  for (const [text, sought, marked] of [['L’été à Nîmes 🎉', 'nimes', 'Nîmes'], ['🎉🎉 déjà', 'deja', 'déjà'], ['ŒUVRE', 'absent', undefined]] as const) {
    const [span] = spansIn(text, sought);
    assert.equal(span && text.slice(...span), marked);
  }
});

const vo5 = (places: Finding['places']): Finding => ({ key: 'VO5:c', rule: 'VO5', severity: 'minor', places, args: {} });

test('marks count in code points, belong to one field, and have a fix only where the board says what is right', () => {
  const text = '🪟 Menuiserie Varène, client';
  const f = vo5([{ entity: 'c' }, { message: 'm', start: 2, end: 19 }, { message: 'm', field: 'landing', start: 0, end: 3 }, { message: 'other', start: 0, end: 4 }, { message: 'm' }]);
  const marks = marksIn(text, { list: 'messages', id: 'm', field: 'text' }, [f]);
  assert.deepEqual(marks.map(m => text.slice(m.from, m.to)), ['Menuiserie Varène']);
  const identity = { protected: [{ term: 'Menuiserie Varenne', variants: ['menuiserie  varène'] }], voice: { wanted: ['habitant'] } };
  assert.deepEqual(fixesFor('Menuiserie Varène', f, identity), ['Menuiserie Varenne']);
  assert.deepEqual(fixesFor('client', f, identity), ['habitant']);
  assert.deepEqual(fixesFor('client', { ...f, rule: 'VO1' }, identity), []);
  assert.deepEqual(fixesFor('client', f, undefined), []);
});

test('what goes leaves nothing that points to it', () => {
  const board: Board = {
    format: 'unisson/1', objectives: [{ id: 'o', title: 'O' }, { id: 'p', title: 'P', parent: 'o' }, { id: 'q', title: 'Q', parent: 'p' }], kpis: [{ id: 'k', name: 'K', objective: 'p' }],
    segments: [{ id: 's', name: 'S', needs: [{ id: 'n', text: 'N' }] }], channels: [{ id: 'c', name: 'C', kind: 'x', objectives: ['o', 'p'], segments: ['s'], answers: ['n', 'z'] }], actions: [{ id: 'a', title: 'A', objective: 'p' }],
  };
  const said: string[] = [];
  const m = { patch: (list: string, id: string, x: object) => said.push(`${list}/${id} ${JSON.stringify(x)}`), drop: (list: string, id: string) => said.push(`drop ${list}/${id}`) };
  removeFrom(m, board, 'objectives', board.objectives![1]!);
  assert.deepEqual(said.splice(0), ['objectives/q {"parent":"o"}', 'channels/c {"objectives":["o"]}', 'kpis/k {}', 'actions/a {}', 'drop objectives/p']);
  removeFrom(m, board, 'segments', board.segments![0]!);
  assert.deepEqual(said, ['channels/c {"segments":[]}', 'channels/c {"answers":["z"]}', 'drop segments/s']);
});
