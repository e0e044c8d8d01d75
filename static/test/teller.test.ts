import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as Y from 'yjs';
import { openChecker } from '../src/engine/checker.ts';
import { LocalHost } from '../src/engine/local.ts';
import { openModel } from '../src/engine/model.ts';
import { HostError } from '../src/engine/protocol.ts';
import { openTeller } from '../src/engine/teller.ts';
import type { Board, CheckerState, Diff } from '../src/engine/types.ts';
import { nativeProgram, serveModule } from './module.ts';

declare const PROJECT: string;
const today = (): string => '2026-11-22';

let teller: Awaited<ReturnType<typeof serveModule>>, checker: Awaited<ReturnType<typeof serveModule>>, program: string, dir: string;
before(async () => {
  [teller, checker] = [await serveModule('teller'), await serveModule('checker')];
  program = nativeProgram();
  dir = mkdtempSync(join(tmpdir(), 'unisson-teller-'));
});
after(() => {
  teller.close();
  checker.close();
  rmSync(dir, { recursive: true });
});

const startOf = (url: string) => async () => {
  const host = new LocalHost();
  await host.ask('load', { url });
  return host;
};
const sample = (name: string): Board => ({ asOf: today(), ...(JSON.parse(readFileSync(`${PROJECT}/static/samples/${name}.json`, 'utf8')) as Board) });
const file = (name: string, board: Board): string => {
  const path = join(dir, name);
  writeFileSync(path, JSON.stringify(board));
  return path;
};
const native = (...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' });

test('what is taken away from the page is what the command line writes', async () => {
  const tells = openTeller(startOf(teller.url), today);
  for (const [lang, name] of [['fr', 'menuiserie-varenne'], ['en', 'wrenfield-orchard']] as const) {
    const board = sample(name);
    const later: Board = { ...board, channels: board.channels!.slice(1), identity: { ...board.identity, sentence: 'Des solutions innovantes pour tous' } };
    const [a, b] = [file('a.json', board), file('b.json', later)];
    assert.equal(await tells.markdown(board, lang), native('check', '--format', 'md', '--lang', lang, a));
    assert.equal(await tells.changes(board, later, lang), native('diff', '--format', 'md', '--lang', lang, a, b));
    const diff = await tells.compare(board, later);
    assert.deepEqual(diff, JSON.parse(native('diff', '--format', 'json', a, b)) as Diff);
    assert.ok(diff.new.length && diff.gone.length);
    assert.deepEqual((await tells.compare(board, board)).new, [], 'and again, of other boards');
  }
});

test('a module that does not load says so, and is tried again', async () => {
  let refuse = true;
  const start = startOf(teller.url);
  const tells = openTeller(() => (refuse ? Promise.reject(new HostError({ why: 'load', message: 'offline' })) : start()), today);
  await assert.rejects(tells.markdown(sample('wrenfield-orchard'), 'en'), { message: 'teller.error.load' });
  refuse = false;
  assert.match(await tells.markdown(sample('wrenfield-orchard'), 'en'), /^# /);
});

test('a moment after the report comes what to do next, as the command line says it', async () => {
  const board = sample('menuiserie-varenne');
  const model = openModel('next', { doc: new Y.Doc(), typing: 1e9 });
  model.load(board);
  const c = openChecker(model, { today, start: startOf(checker.url) });
  const state = await new Promise<CheckerState>(done => c.subscribe(s => { if (s.next) done(s); }));
  const { next } = JSON.parse(native('check', '--format', 'json', '--next', file('n.json', board))) as { next: unknown[] };
  assert.equal(next.length, 5);
  assert.deepEqual(state.next, next);
  assert.equal(state.phase, 'settled');
  c.close();
});
