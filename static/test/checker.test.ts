import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import * as Y from 'yjs';
import { openChecker } from '../src/engine/checker.ts';
import { localDay } from '../src/engine/day.ts';
import { LocalHost } from '../src/engine/local.ts';
import { openModel } from '../src/engine/model.ts';
import { BULK, CHUNK, whole as change } from '../src/engine/outbox.ts';
import { HostError, type Host, type Replies, type Requests } from '../src/engine/protocol.ts';
import type { Board, Checker, CheckerState, Entity, List, Model } from '../src/engine/types.ts';
import { Module, NotLoaded, Refused } from '../src/engine/wasm.ts';
import { nativeProgram, serveModule } from './module.ts';
import { random } from './random.ts';

declare const PROJECT: string;
const boards = `${PROJECT}/../shared/boards`;
const today = (): string => '2026-11-22';

let module: Awaited<ReturnType<typeof serveModule>>;
before(async () => { module = await serveModule('checker'); });
after(() => module.close());

const open = (board?: Board): Model => {
  const m = openModel('test', { doc: new Y.Doc(), typing: 1e9 });
  if (board) m.load(board);
  return m;
};

/** A host that runs the real module here, and lets a test see and hold back what goes through. */
class Watched implements Host {
  readonly inner = new LocalHost();
  readonly asked: Requests['check'][] = [];
  gate: Promise<void> = Promise.resolve();
  crash = 0; // so many checks fail as a trap would
  async ask<K extends keyof Requests>(kind: K, body: Requests[K]): Promise<Replies[K]> {
    if (kind === 'check') {
      this.asked.push(structuredClone(body) as Requests['check']); // as a worker would get it
      await this.gate;
      if (this.crash-- > 0) throw new HostError({ why: 'broken', message: 'unreachable' });
    }
    return this.inner.ask(kind, body);
  }
  close(): void { this.inner.close(); }
}

function start(model: Model, { day = today, crash = 0, gate = Promise.resolve() }: { day?: () => string; crash?: number; gate?: Promise<void> } = {}) {
  const hosts: Watched[] = [];
  const checker = openChecker(model, {
    today: day,
    slow: Infinity, // no draft because the machine is busy
    async start() {
      const host = new Watched();
      host.crash = hosts.length ? Math.max(0, crash - hosts.length) && 1 : crash && 1;
      host.gate = gate;
      hosts.push(host);
      await host.ask('load', { url: module.url });
      return host;
    },
  });
  return { checker, hosts, asked: () => hosts.flatMap(h => h.asked) };
}

/** The next state in which nothing is under way. */
function rest(checker: Checker): Promise<CheckerState> {
  return new Promise(resolve => {
    const look = (s: CheckerState): void => {
      if (s.phase !== 'settled' && s.phase !== 'failed') return;
      leave();
      setImmediate(resolve, s); // the checker has put its work down by then
    };
    const leave = checker.subscribe(look);
    if (checker.state.phase === 'settled' || checker.state.phase === 'failed') queueMicrotask(() => look(checker.state));
  });
}

/** The next rest after an edit. */
async function edited(checker: Checker, edit: () => void): Promise<CheckerState> {
  await rest(checker);
  return new Promise(resolve => {
    const leave = checker.subscribe(s => {
      if (s.phase === 'settled' || s.phase === 'failed') {
        leave();
        resolve(s);
      }
    });
    edit();
  });
}

async function fresh(board: Board): Promise<Uint8Array> {
  const { checker } = start(open(board));
  const { bytes, error } = await rest(checker);
  assert.equal(error, undefined);
  checker.close();
  return bytes!;
}
const text = (b: Uint8Array | undefined): string => new TextDecoder().decode(b);
const posts = (n: number): Entity[] => Array.from({ length: n }, (_, i) => ({ id: 'm' + i, channel: 'c' + (i % 3), text: `Nous réparons vos vélos, n° ${i} 🎉`, date: '2026-10-01' }));
const channels = ['c0', 'c1', 'c2'].map(id => ({ id, name: id, kind: 'x' }));
const whole = (n: number): Board => ({ format: 'unisson/1', id: 'b', identity: { sentence: 'Nous réparons des vélos anciens à Nantes' }, channels, messages: posts(n) as never });

test('the page says, byte for byte, what the command line says', { skip: existsSync(boards) ? false : `${boards} is not there` }, async () => {
  const program = nativeProgram();
  const files = readdirSync(boards).filter(f => f.endsWith('.json') && !f.endsWith('.expect.json'));
  assert.ok(files.length);
  for (const file of files) {
    const path = `${boards}/${file}`;
    const board = JSON.parse(readFileSync(path, 'utf8')) as Board;
    const native = execFileSync(program, ['check', '--format', 'json', path]);
    const { checker } = start(open(board), { day: () => assert.fail(`${file} has no day of its own`) });
    assert.equal(text((await rest(checker)).bytes), native.toString('utf8'), file);
    checker.close();
  }
});

test('after any edits the report is that of the board they lead to', async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const r = random(seed);
    const m = open(whole(20));
    const { checker } = start(m);
    for (let i = 0; i < 25; i++) {
      const n = 1 + r.int(4);
      const before = m.export();
      const act = (): void => {
        for (let k = 0; k < n; k++) {
          const id = 'm' + r.int(24);
          switch (r.int(8)) {
            case 0: m.drop('messages', id); break;
            case 1: m.put('messages', { id, channel: r.pick(['c0', 'c1', 'cx']), text: r.pick(['Tu viens ?', 'Vous venez ?', 'Des solutions innovantes 🎉']) }); break;
            case 2: m.patch('messages', id, { text: 'Découvrez https://example.org ' + r.int(9), date: r.int(2) ? '2025-01-01' : undefined }); break;
            case 3: m.setIdentity({ sentence: r.pick(['', 'Nous réparons des vélos', 'Leader innovant']), values: r.pick([undefined, [], ['soin']]) }); break;
            case 4: m.patch('channels', r.pick(['c0', 'c1']), { bio: r.pick(['', 'Vélos']), objectives: r.pick([undefined, [], ['o1']]), serves: r.pick([undefined, [{ channel: 'c2' }]]) }); break;
            case 5:
              if (r.int(2)) m.set(r.pick(['dismissals', 'samples', 'settings', 'asOf']), undefined);
              else m.set('settings', { lexicon: { add: { slang: r.pick([[], ['solution']]), cliche: ['vélo'] }, silence: r.pick([[], ['tu', 'innovant']]) } });
              break;
            case 6: r.int(2) ? m.undo() : m.redo(); break;
            default: r.int(3) ? m.ask(r.pick<List>(['objectives', 'segments'])) : m.drop('channels', 'c' + r.int(3));
          }
        }
      };
      await rest(checker);
      act();
      if (m.export() === before) continue;
      const state = await rest(checker);
      assert.equal(state.error, undefined);
      assert.equal(text(state.bytes), text(await fresh(JSON.parse(m.export()) as Board)), `seed ${seed}, step ${i}`);
    }
    checker.close();
  }
});

test('a large board goes over in chunks and is reported early', async () => {
  const { checker, asked } = start(open(whole(3000)));
  const left: (number | undefined)[] = [];
  checker.subscribe(s => { if (s.phase === 'checking' && s.left !== left.at(-1)) left.push(s.left); });
  await rest(checker);
  const sizes = asked().map(a => Object.values(a.change.put ?? {}).flat().length);
  assert.deepEqual(sizes, [CHUNK, BULK, BULK, 3003 - CHUNK - 2 * BULK, 0]);
  assert.deepEqual(asked().map(a => a.report), [true, false, false, true, true]);
  assert.deepEqual(asked().map(a => a.draft ?? false), [true, true, true, true, false]);
  assert.equal(asked().filter(a => a.change.reset).length, 1);
  assert.deepEqual(left, [2803, 1803, 803, 0], 'what is left to read is said with every part');
  assert.equal(checker.state.left, 0);
  checker.close();
});

test('a question that is undone is unasked in the core too', async () => {
  const m = open(whole(2));
  const { checker, asked } = start(m);
  await edited(checker, () => m.ask('objectives'));
  assert.deepEqual(asked().at(-1), { change: { asked: ['objectives'] }, report: true });
  const state = await edited(checker, () => m.undo());
  assert.equal(asked().at(-1)!.change.reset, true);
  assert.equal(text(state.bytes), text(await fresh(m.board())));
  checker.close();
});

test('edits made during a check leave together, once', async () => {
  let open_ = (): void => {};
  const m = open(whole(3));
  const { checker, hosts, asked } = start(m);
  await rest(checker);
  hosts[0]!.gate = new Promise(resolve => { open_ = resolve; });
  m.patch('messages', 'm0', { text: 'a' });
  for (let i = 0; i < 50; i++) m.patch('messages', 'm' + (i % 2), { text: 'version ' + i });
  m.drop('messages', 'm2');
  open_();
  const state = await rest(checker);
  assert.equal(asked().length, 3);
  assert.deepEqual(asked()[2]!.change, { put: { messages: [{ id: 'm0', channel: 'c0', text: 'version 48', date: '2026-10-01' }, { id: 'm1', channel: 'c1', text: 'version 49', date: '2026-10-01' }] }, drop: { messages: ['m2'] } });
  assert.equal(text(state.bytes), text(await fresh(m.board())));
  checker.close();
});

test('a crash is made up for once; a second one is said; an edit tries again', async t => {
  t.mock.method(console, 'error', () => {});
  const m = open(whole(3));
  const one = start(m, { crash: 1 });
  assert.equal((await rest(one.checker)).phase, 'settled');
  assert.equal(one.hosts.length, 2);
  one.checker.close();

  const two = start(m, { crash: 2 });
  const failed = await rest(two.checker);
  assert.deepEqual([failed.phase, failed.error, two.hosts.length], ['failed', 'checker.error.broken', 2]);
  const again = await edited(two.checker, () => m.set('title', 'T'));
  assert.deepEqual([again.phase, again.error], ['settled', undefined]);
  assert.equal(text(again.bytes), text(await fresh(m.board())));
  two.checker.close();
});

test('a change the core refuses is said, and mending it is enough', async t => {
  t.mock.method(console, 'error', () => {});
  const m = open(whole(2));
  const { checker } = start(m);
  const bad = await edited(checker, () => m.put('channels', { id: 'z' }));
  assert.deepEqual([bad.phase, bad.error], ['failed', 'checker.error.refused']);
  assert.ok(bad.report, 'the last report stays');
  const good = await edited(checker, () => m.patch('channels', 'z', { name: 'Z', kind: 'x' }));
  assert.equal(good.phase, 'settled');
  assert.equal(text(good.bytes), text(await fresh(m.board())));
  checker.close();
});

test('a module that cannot be had is said, and tried again at the next edit', async t => {
  t.mock.method(console, 'error', () => {});
  const m = open(whole(1));
  let url = module.url.replace(/:\d+/, ':1');
  const checker = openChecker(m, {
    today,
    async start() {
      const host = new LocalHost();
      await host.ask('load', { url });
      return host;
    },
  });
  const state = await rest(checker);
  assert.deepEqual([state.phase, state.error], ['failed', 'checker.error.load']);
  url = module.url;
  assert.equal((await edited(checker, () => m.set('title', 'T'))).phase, 'settled');
  checker.close();
});

test('a module that has practised answers as any other', async () => {
  const host = new LocalHost();
  await host.ask('load', { url: module.url });
  const before = whole(3);
  const { bytes } = (await host.ask('check', { change: change(before, today), report: true }))!;
  await host.ask('warm', { board: change(whole(5), today) });
  const again = (await host.ask('check', { change: {}, report: true }))!;
  assert.equal(text(again.bytes), text(bytes));
  assert.equal(text(bytes), text(await fresh(before)));
  await assert.rejects(host.ask('warm', { board: { set: { nothing: 1 } } }), (e: unknown) => e instanceof HostError && e.failure.why === 'refused');
  host.close();
});

test('a board without a day is judged today, and anew after midnight', async () => {
  let day = '2026-11-22';
  const m = open(whole(1));
  const { checker, asked } = start(m, { day: () => day });
  await rest(checker);
  assert.equal(asked()[0]!.change.set?.asOf, '2026-11-22');
  day = '2026-11-23';
  await edited(checker, () => m.patch('messages', 'm0', { text: 'x' }));
  assert.equal(asked().at(-1)!.change.set?.asOf, '2026-11-23');
  await edited(checker, () => m.set('asOf', '2020-01-01'));
  await edited(checker, () => m.patch('messages', 'm0', { text: 'y' }));
  assert.equal(asked().at(-1)!.change.set, undefined);
  checker.close();
  assert.equal(localDay(new Date(2026, 0, 5, 23, 59)), '2026-01-05');
});

test('a module refuses what it cannot read and goes on', async () => {
  const wrongType = await serveModule('checker', 'text/plain');
  const core = await Module.load(wrongType.url); // without streaming
  wrongType.close();
  assert.throws(() => core.callBytes('apply', [new Uint8Array([0xbf, 0xff])]), Refused);
  assert.throws(() => core.callBytes('apply', [new Uint8Array([0x9b, 255, 255, 255, 255, 255, 255, 255, 255])]), Refused);
  assert.throws(() => core.callValue('apply', { put: { channels: [{ id: 1 }] } }), Refused);
  assert.throws(() => core.callValue('apply', { set: { nothing: 1 } }), Refused);
  core.callValue('apply', { put: { channels } });
  assert.match(text(core.ask('report', 0)), /^\{"board":.*\}\n$/);
  await assert.rejects(Module.load(module.url.replace(/:\d+/, ':1')), NotLoaded);
});
