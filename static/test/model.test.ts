import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import * as Y from 'yjs';
import { openModel } from '../src/engine/model.ts';
import { LISTS, type Board, type Entity, type List, type Model } from '../src/engine/types.ts';
import { random, type Random } from './random.ts';

const typing = 1e9; // time plays no part in a test

function open(doc = new Y.Doc()): Model {
  return openModel('test', { doc, typing });
}

/** Edits on one side reach the other at once. */
function linked(): [Model, Model, { cut(): void; mend(): void }] {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  let together = true;
  docs.forEach((doc, i) => doc.on('update', (u: Uint8Array, origin: unknown) => { if (together && origin !== 'wire') Y.applyUpdate(docs[1 - i]!, u, 'wire'); }));
  return [open(docs[0]), open(docs[1]), {
    cut() { together = false; },
    mend() {
      together = true;
      for (const [to, from] of [[0, 1], [1, 0]] as const) Y.applyUpdate(docs[to], Y.encodeStateAsUpdate(docs[from], Y.encodeStateVector(docs[to])), 'wire');
    },
  }];
}

const boards = `${PROJECT}/../shared/boards`;
declare const PROJECT: string;

test('the shared boards come back as they were', { skip: existsSync(boards) ? false : `${boards} is not there` }, () => {
  const files = readdirSync(boards).filter(f => f.endsWith('.json') && !f.endsWith('.expect.json'));
  assert.ok(files.length);
  for (const file of files) {
    const board = JSON.parse(readFileSync(`${boards}/${file}`, 'utf8')) as Board;
    const m = open();
    m.load(board);
    assert.deepEqual(m.board(), board, file);
    const copy = open();
    copy.load(JSON.parse(m.export()) as Board);
    assert.equal(copy.export(), m.export(), file);
  }
});

test('unknown fields, odd keys and empty things come back', () => {
  const board = JSON.parse(`{
    "format": "unisson/1", "x-tool": {"a": {"b": [1, {"c": null}]}, "empty": {}}, "~rank": "mine", "a/b": 1, "__proto__": {"polluted": true}, "constructor": {"toString": 1}, "null": null,
    "identity": {"sentence": "", "voice": {}, "facets": {"physique": "bois", "extra": {"deep": true}}, "values": []},
    "channels": [{"id": "a/b~", "name": "A", "kind": "x", "serves": [], "segments": [], "bio": "", "~said/bio": 1, "strategy": {"title": "t", "more": {"~": 0}}}],
    "messages": [], "settings": {"rules": {}, "weights": {"time": 0}}, "samples": []
  }`) as Board;
  const m = open();
  m.load(board);
  assert.deepEqual(JSON.parse(JSON.stringify(m.board())), JSON.parse(JSON.stringify(board)));
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

test('a list asked about stays, and one never asked about is absent', () => {
  const m = open();
  assert.equal('channels' in m.board(), false);
  m.ask('channels');
  assert.deepEqual(m.board().channels, []);
  m.undo();
  assert.equal('channels' in m.board(), false);
  m.put('channels', { id: 'a', name: 'A', kind: 'x' });
  m.drop('channels', 'a');
  assert.deepEqual(m.board().channels, []);
});

test('the same id twice in a file: both are kept', () => {
  const m = open();
  m.load({ format: 'unisson/1', messages: [{ id: 'm', channel: 'c', text: 'un' }, { id: 'm', channel: 'c', text: 'deux' }] });
  assert.deepEqual(m.board().messages?.map(x => [x.id, x.text]), [['m', 'un'], ['m~2', 'deux']]);
});

test('typing is one step of undo, everything else its own', () => {
  const m = open();
  m.put('channels', { id: 'a', name: 'A', kind: 'x' });
  for (const bio of ['N', 'No', 'Nou', 'Nous']) m.patch('channels', 'a', { bio });
  m.setIdentity({ sentence: 'Une' });
  m.setIdentity({ sentence: 'Une phrase' });
  m.set('title', 'T');
  m.undo();
  assert.equal(m.board().title, undefined);
  m.undo();
  assert.equal(m.board().identity?.sentence, undefined);
  m.undo();
  assert.equal(m.board().channels?.[0]?.bio, undefined);
  assert.equal(m.board().channels?.length, 1);
  m.redo();
  assert.equal(m.board().channels?.[0]?.bio, 'Nous');
});

test('a batch is one step; load and clear can be undone', () => {
  const m = open();
  m.batch(() => {
    for (let i = 0; i < 5; i++) m.put('messages', { id: 'm' + i, channel: 'c', text: 'n° ' + i });
    m.set('dismissals', [{ finding: 'f', reason: 'r' }]);
  });
  const before = m.export();
  m.load({ format: 'unisson/1', title: 'Autre', messages: [{ id: 'm1', channel: 'd', text: 'autre' }, { id: 'z', channel: 'd', text: 'z' }] });
  const other = m.export();
  m.clear();
  assert.equal(m.export(), '{\n "format": "unisson/1"\n}\n');
  m.undo();
  assert.equal(m.export(), other);
  m.undo();
  assert.equal(m.export(), before);
  m.undo();
  assert.equal(m.board().messages, undefined);
  assert.equal(m.canUndo(), false);
});

test('undo takes back my edits and leaves the other person’s', () => {
  const [a, b] = linked();
  a.put('channels', { id: 'x', name: 'X', kind: 'x', bio: 'Bonjour' });
  b.patch('channels', 'x', { bio: 'Bonjour à tous' });
  a.patch('channels', 'x', { owner: 'Ana' });
  b.patch('channels', 'x', { effort: 3 });
  a.undo();
  assert.deepEqual(a.board(), b.board());
  assert.deepEqual(a.board().channels, [{ id: 'x', name: 'X', kind: 'x', bio: 'Bonjour à tous', effort: 3 }]);
});

test('what two people do apart is all there when they meet', () => {
  const [a, b, wire] = linked();
  a.load({
    format: 'unisson/1', identity: { sentence: 'Nous réparons des vélos', values: ['soin'], terms: [{ term: 'vélo', synonyms: ['bicyclette'] }], voice: { address: 'vous', wanted: ['nous'] } },
    channels: [{ id: 'x', name: 'X', kind: 'x', segments: ['s1', 's2'], serves: [] }], messages: ['a', 'b', 'c'].map(id => ({ id, channel: 'x', text: id })),
  });
  wire.cut();
  a.setIdentity({ sentence: 'Nous réparons des vélos anciens', values: ['soin', 'temps'], terms: [{ term: 'vélo', synonyms: ['bicyclette', 'biclou'] }] });
  b.setIdentity({ sentence: 'Ici, nous réparons des vélos', values: ['lenteur', 'soin'], terms: [{ term: 'vélo', synonyms: ['bicyclette', 'bécane'] }, { term: 'atelier' }] });
  a.setIdentity({ voice: { address: 'tu', wanted: ['nous'] } });
  b.setIdentity({ voice: { address: 'vous', person: 'nous', wanted: ['nous'] } });
  a.patch('channels', 'x', { segments: ['s2'], serves: [{ channel: 'y', how: 'search' }] });
  b.patch('channels', 'x', { segments: ['s1', 's2', 's3'], name: 'Ex-Twitter', serves: [{ channel: 'z', how: 'event' }] });
  a.put('messages', { id: 'd', channel: 'x', text: 'd' }, 'b');
  b.put('messages', { id: 'e', channel: 'x', text: 'e' }, 'b');
  b.put('messages', { id: 'c', channel: 'x', text: 'c' }, 'a');
  wire.mend();
  assert.equal(a.export(), b.export());
  const { identity, channels, messages } = a.board();
  assert.equal(identity?.sentence, 'Ici, nous réparons des vélos anciens');
  assert.deepEqual(new Set(identity?.values), new Set(['soin', 'temps', 'lenteur']));
  assert.deepEqual(identity?.voice, { address: 'tu', person: 'nous', wanted: ['nous'] });
  assert.deepEqual(new Set(identity?.terms?.map(t => t.term)), new Set(['vélo', 'atelier']));
  assert.deepEqual(new Set(identity?.terms?.find(t => t.term === 'vélo')?.synonyms), new Set(['bicyclette', 'biclou', 'bécane']));
  assert.deepEqual(channels?.[0]?.segments, ['s2', 's3']);
  assert.deepEqual(new Set(channels?.[0]?.serves?.map(s => s.channel)), new Set(['y', 'z']));
  assert.equal(channels?.[0]?.name, 'Ex-Twitter');
  assert.deepEqual(messages?.map(m => m.id).filter(id => id !== 'd' && id !== 'e'), ['c', 'a', 'b']);
  const at = messages!.findIndex(m => m.id === 'b');
  assert.deepEqual(new Set(messages?.slice(at - 2, at).map(m => m.id)), new Set(['d', 'e']));
  const moved: string[] = [];
  b.subscribe(c => moved.push(...c.touched));
  a.put('messages', { id: 'between', channel: 'x', text: '' }, messages![at - 1]!.id); // d and e came to the same rank
  assert.deepEqual(moved.sort(), ['messages', 'messages/between', `messages/${messages![at - 1]!.id}`].sort(), 'only what stood at that rank is moved');
  assert.equal(b.board().messages![at - 1]!.id, 'between');
});

test('words two people add to the lexicon are all there, and touch the settings', () => {
  const [a, b, wire] = linked();
  a.load({ format: 'unisson/1', settings: { newsroom: true, lexicon: { add: { slang: ['wesh'] }, silence: [] } } });
  wire.cut();
  a.set('settings', { newsroom: true, lexicon: { add: { slang: ['wesh', 'tchô'] }, silence: [] } });
  b.set('settings', { newsroom: true, lexicon: { add: { slang: [], bait: ['trop mimi'] }, silence: ['bébé'] } });
  const seen = new Set<string>();
  b.subscribe(c => c.touched.forEach(t => seen.add(t)));
  wire.mend();
  assert.equal(a.export(), b.export());
  assert.deepEqual(a.board().settings, { newsroom: true, lexicon: { add: { slang: ['tchô'], bait: ['trop mimi'] }, silence: ['bébé'] } });
  assert.deepEqual(seen, new Set(['settings']));
});

test('a text is changed by its smallest difference, and no pair is cut', () => {
  const [a, b, wire] = linked();
  const r = random(11);
  a.put('messages', { id: 'm', channel: 'c', text: '' });
  let text = '';
  for (let i = 0; i < 400; i++) {
    const points = [...text];
    points.splice(r.int(points.length + 1), r.int(3), ...Array.from({ length: r.int(4) }, () => r.pick(['a', 'é', '🎉', '🎊', '👩🏽‍🚀', '\ud83c', '\udf89', ' '])));
    text = points.join('');
    a.patch('messages', 'm', { text });
    text = a.board().messages![0]!.text;
    assert.ok(text.isWellFormed());
    assert.equal(b.board().messages![0]!.text, text);
  }
  a.patch('messages', 'm', { text: 'a 🎉 b' });
  wire.cut();
  a.patch('messages', 'm', { text: 'a 🎊 b' }); // same first half of the pair
  b.patch('messages', 'm', { text: 'a 🎉 b, et voilà' });
  wire.mend();
  assert.equal(a.board().messages![0]!.text, 'a 🎊 b, et voilà');
});

test('a snapshot shares what an edit left alone', () => {
  const m = open();
  m.load({ format: 'unisson/1', identity: { name: 'N' }, channels: [{ id: 'a', name: 'A', kind: 'x' }], messages: Array.from({ length: 50 }, (_, i) => ({ id: 'm' + i, channel: 'a', text: 't' + i })) });
  const before = m.board();
  assert.equal(m.board(), before);
  const seen: string[][] = [];
  m.subscribe(c => seen.push([...c.touched].sort()));
  m.patch('messages', 'm7', { text: 'autre' });
  const after = m.board();
  assert.notEqual(after, before);
  assert.equal(after.channels, before.channels);
  assert.equal(after.identity, before.identity);
  after.messages!.forEach((x, i) => assert.equal(x === before.messages![i], i !== 7));
  m.drop('messages', 'm7');
  m.setIdentity({ name: 'M' });
  m.set('settings', { rules: { ID1: 'off' } });
  m.batch(() => { m.ask('kpis'); m.patch('channels', 'a', { bio: 'b' }); });
  assert.deepEqual(seen, [['messages/m7'], ['messages', 'messages/m7'], ['identity'], ['settings'], ['channels/a', 'kpis']]);
});

// ---------- random edits against a plain model ----------

const words = ['vélo', 'atelier', 'soin', 'l’été', '🎉', 'Paris'];
const text = (r: Random): string => Array.from({ length: 1 + r.int(5) }, () => r.pick(words)).join(' ');
const some = (r: Random, of: string[]): string[] => r.shuffle([...of]).slice(0, r.int(of.length + 1));

function entity(r: Random, list: List, id: string): Entity {
  const e: Entity = { id };
  const maybe = (field: string, value: unknown): void => { if (r.int(2)) e[field] = value; };
  if (list === 'channels') {
    Object.assign(e, { name: text(r), kind: r.pick(['x', 'site']) });
    maybe('bio', text(r));
    maybe('segments', some(r, ['s1', 's2', 's3']));
    maybe('serves', some(r, ['a', 'b']).map(channel => ({ channel, how: r.pick(['search', 'event']) })));
    maybe('effort', r.int(9));
    maybe('strategy', { title: text(r), citesCommon: true });
  } else {
    Object.assign(e, { channel: 'a', text: text(r) });
    maybe('date', '2026-01-0' + (1 + r.int(9)));
    maybe('links', ['https://example.org/' + r.int(9)]);
    maybe('landing', text(r));
    maybe('x-own', { deep: [r.int(5)] });
  }
  return e;
}

/** One random step on a model, and what it should do to a plain board. */
function edit(r: Random, m: Model, plain: Board): void {
  const list = r.pick(['channels', 'messages'] as const);
  const all = (plain[list] ?? []) as Entity[];
  const id = r.pick(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  const at = all.findIndex(e => e.id === id);
  switch (r.int(8)) {
    case 0: case 1: {
      const e = entity(r, list, id);
      const before = r.int(2) && all.length ? r.pick(all).id : undefined;
      m.put(list, e, before);
      const next = [...all];
      if (at >= 0 && (before === undefined || before === id)) next[at] = e;
      else {
        if (at >= 0) next.splice(at, 1);
        const to = before === undefined ? -1 : next.findIndex(x => x.id === before);
        next.splice(to < 0 ? next.length : to, 0, e);
      }
      (plain as Record<string, unknown>)[list] = next;
      break;
    }
    case 2: case 3: {
      const { id: _, ...fields } = entity(r, list, id) as Record<string, unknown>;
      const patch = Object.fromEntries(Object.entries(fields).filter(() => r.int(2)));
      if (r.int(3) === 0) patch[r.pick(['bio', 'segments', 'landing', 'links', 'strategy'])] = undefined;
      m.patch(list, id, patch);
      if (at >= 0) {
        const next = { ...all[at]!, ...patch };
        for (const k of Object.keys(next)) if (next[k] === undefined) delete next[k];
        (plain as Record<string, unknown>)[list] = all.with(at, next as Entity);
      }
      break;
    }
    case 4:
      m.drop(list, id);
      if (at >= 0) (plain as Record<string, unknown>)[list] = all.toSpliced(at, 1);
      break;
    case 5: {
      const identity = { sentence: text(r), values: some(r, words), voice: { wanted: some(r, words) } };
      m.setIdentity(identity);
      plain.identity = { ...plain.identity, ...identity };
      break;
    }
    case 6: {
      const settings = { newsroom: r.int(2) === 1, ...(r.int(2) ? { lexicon: { add: { slang: some(r, words) }, silence: some(r, words) } } : {}) };
      m.set('settings', settings);
      plain.settings = settings;
      break;
    }
    default: {
      const dismissals = some(r, ['f1', 'f2', 'f3']).map(finding => ({ finding, reason: 'r' }));
      m.set('dismissals', dismissals);
      plain.dismissals = dismissals;
    }
  }
}

test('random edits do what they say; undo and redo walk through every state', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const r = random(seed);
    const m = open();
    const plain: Board = { format: 'unisson/1' };
    const states = [m.export()];
    for (let i = 0; i < 60; i++) {
      edit(r, m, plain);
      assert.deepEqual(m.board(), plain, `seed ${seed}, step ${i}`);
      if (m.export() !== states.at(-1)) states.push(m.export());
    }
    const walk = (go: () => void, can: () => boolean): string[] => {
      const seen = [m.export()];
      while (can()) {
        go();
        if (m.export() !== seen.at(-1)) seen.push(m.export());
      }
      return seen;
    };
    assert.deepEqual(walk(() => m.undo(), () => m.canUndo()).at(-1), states[0], `seed ${seed}: undo`);
    assert.deepEqual(walk(() => m.redo(), () => m.canRedo()).at(-1), states.at(-1), `seed ${seed}: redo`);
  }
});

test('two people apart, at random, always meet in the same board', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const r = random(1000 + seed);
    const [a, b, wire] = linked();
    for (let round = 0; round < 6; round++) {
      if (r.int(3)) wire.cut();
      for (let i = 0; i < 12; i++) {
        const m = r.pick([a, b]);
        if (r.int(8) === 0) r.int(2) ? m.undo() : m.redo();
        else if (r.int(40) === 0) m.clear();
        else edit(r, m, structuredClone(m.board()));
      }
      wire.mend();
      assert.equal(a.export(), b.export(), `seed ${seed}, round ${round}`);
      for (const list of LISTS) {
        const ids = ((a.board()[list] ?? []) as Entity[]).map(e => e.id);
        assert.equal(new Set(ids).size, ids.length);
      }
    }
  }
});

test('what is read back from the document is what was shown', () => {
  const doc = new Y.Doc();
  const m = open(doc);
  const r = random(5);
  for (let i = 0; i < 200; i++) edit(r, m, structuredClone(m.board()));
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  assert.equal(open(copy).export(), m.export());
});

test('10,000 posts: an edit rebuilds one of them', () => {
  const m = open();
  m.load({ format: 'unisson/1', messages: Array.from({ length: 10_000 }, (_, i) => ({ id: 'm' + i, channel: 'c' + (i % 50), text: `Le message ${i} de ce canal` })) });
  const before = m.board().messages!;
  m.put('messages', { id: 'new', channel: 'c1', text: 'x' }, 'm5000');
  const after = m.board().messages!;
  assert.equal(after.length, 10_001);
  assert.equal(after[5000]!.id, 'new');
  assert.equal(after.filter(x => !before.includes(x) && x.id !== 'new' ? true : false).length, 0);
  m.undo();
  assert.deepEqual(m.board().messages!.map(x => x.id), before.map(x => x.id));
});

test('what no client of ours would put in a list is not in it, nor in the way of what is', () => {
  const doc = new Y.Doc();
  const m = open(doc);
  m.load({ format: 'unisson/1', messages: ['a', 'b'].map(id => ({ id, channel: 'c', text: id })) });
  const list = doc.getMap<unknown>('messages');
  const stray = new Y.Text('stray');
  list.set('stray', stray);
  const texts = (): string[] => m.board().messages!.map(x => x.text!);
  assert.deepEqual(texts(), ['a', 'b']);
  doc.transact(() => {
    stray.insert(0, 'more ');
    m.patch('messages', 'b', { text: 'bb' });
  });
  assert.deepEqual(texts(), ['a', 'bb']);
  assert.deepEqual(Object.keys(m.board().messages!), ['0', '1']);
});

test('an entity moves before another or to the end, and two people moving at once agree', () => {
  const [a, b, wire] = linked();
  for (const id of ['1', '2', '3', '4']) a.put('segments', { id, name: id });
  const order = (m: Model): string => m.board().segments!.map(s => s.id).join('');
  a.move('segments', '4', '2');
  assert.equal(order(a), '1423');
  a.move('segments', '1');
  assert.equal(order(a), '4231');
  a.move('segments', '2', '2'); // before itself: nowhere
  a.move('segments', 'gone', '2');
  assert.equal(order(b), '4231');
  wire.cut();
  a.move('segments', '1', '4');
  b.move('segments', '3', '4');
  wire.mend();
  assert.equal(order(a), order(b));
  assert.equal(order(a).length, 4);
  a.undo();
  assert.ok(order(a).indexOf('1') > order(a).indexOf('4'));
});

test('an editor writes in a shared text itself: its edits are this person’s to undo, until it lets go', () => {
  const [a, b] = linked();
  a.put('messages', { id: 'm', channel: 'c', text: 'Bonjour' });
  a.put('channels', { id: 'c', name: 'C', kind: 'site' });
  const mine = {};
  const text = a.text('messages', 'm', 'text', mine)!;
  text.doc!.transact(() => text.insert(7, ' à tous'), mine);
  b.patch('messages', 'm', { text: 'Bonjour à tous, bonsoir' });
  assert.equal(a.board().messages![0]!.text, 'Bonjour à tous, bonsoir');
  a.undo();
  assert.equal(a.board().messages![0]!.text, 'Bonjour, bonsoir', 'what the other wrote stays');
  a.redo();
  a.release(mine);
  assert.ok(a.canUndo(), 'what was written can still be undone');
  const bio = a.text('channels', 'c', 'bio', mine)!;
  bio.doc!.transact(() => bio.insert(0, 'À propos'), mine);
  assert.equal(b.board().channels![0]!.bio, 'À propos');
  const sentence = b.text(undefined, 'identity', 'sentence', mine)!;
  sentence.doc!.transact(() => sentence.insert(0, 'Nous'), mine);
  assert.equal(a.board().identity!.sentence, 'Nous');
  assert.equal(a.text('messages', 'gone', 'text', mine), undefined);
  assert.equal(a.text('channels', 'c', 'name', mine), undefined, 'a plain value is no shared text');
});
