import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Board, CheckerState, Model } from '../../src/engine/types.ts';
import type { engine as Engine } from './engine.page.ts';
import { enginePage } from './enginepage.ts';
import { startBrowser, startSite, watch, type Site } from './harness.ts';

declare const engine: typeof Engine;
type Scope = { model: Model; states: CheckerState[] };

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const board: Board = {
  format: 'unisson/1', id: 'b', asOf: '2026-11-22', identity: { sentence: 'Nous réparons des vélos anciens à Nantes' },
  channels: [{ id: 'a', name: 'A', kind: 'x' }], messages: [{ id: 'm', channel: 'a', text: 'Nous réparons 🎉' }],
};

/** Opens the model and a checker on it, loads the board, waits until all is settled. */
const check = (page: Page, b: Board | undefined): Promise<{ phase: string; error: string | undefined; bytes: string; persistent: boolean }> =>
  page.evaluate(async b => {
    const model = engine.openModel('board');
    const checker = engine.openChecker(model);
    Object.assign(globalThis, { model, checker });
    await model.ready;
    if (b) model.load(b);
    const state = await new Promise<CheckerState>(done => {
      const look = (s: CheckerState): void => { if (s.phase === 'failed' || (s.phase === 'settled' && (!b || s.report?.board === 'b'))) done(s); };
      checker.subscribe(look);
      look(checker.state);
    });
    return { phase: state.phase, error: state.error, bytes: new TextDecoder().decode(state.bytes), persistent: model.persistent };
  }, b);

test('worker, main thread and server answer with the same bytes, under the site’s policy', async () => {
  const context = await browser.newContext();
  const faults = watch(context, site);
  const answer = await (await context.request.post(site.origin + '/api/v1/check', { data: board })).text();
  const page = await enginePage(context, site);
  const worker = await check(page, board);
  assert.deepEqual([worker.phase, worker.bytes], ['settled', answer]);
  assert.equal(page.workers().length, 1);
  assert.deepEqual(faults(), []);
  await context.close();

  const denied = await browser.newContext();
  const alone = await enginePage(denied, site, 'globalThis.Worker = class { constructor() { throw new DOMException("denied", "SecurityError"); } };');
  assert.equal((await check(alone, board)).bytes, answer);
  assert.equal(alone.workers().length, 0);
  await denied.close();

  const mute = await browser.newContext(); // the worker's script never starts: some browsers say a denial that way
  await mute.route('**/worker-*.js', r => r.abort());
  const fallback = await enginePage(mute, site);
  assert.equal((await check(fallback, board)).bytes, answer);
  await mute.close();
});

test('a worker that has failed says so also to whoever asks later', async () => {
  const context = await browser.newContext();
  const page = await enginePage(context, site);
  const answers = await page.evaluate(async () => {
    const host = new engine.WorkerHost('/assets/nothing.js', 'nothing');
    const why = (e: { failure: { why: string } }): string => e.failure.why;
    const first = await host.ask('load', { url: '' }).catch(why);
    const silence = new Promise(done => setTimeout(done, 0, 'silence'));
    return [first, await Promise.race([host.ask('next', null).catch(why), silence])];
  });
  assert.deepEqual(answers, ['load', 'broken']);
  await context.close();
});

test('a board outlives its tab, what was deleted does not, and storage that is denied is said', async () => {
  const context = await browser.newContext();
  let page = await enginePage(context, site);
  assert.equal((await check(page, board)).persistent, true);
  await page.evaluate(() => (globalThis as unknown as Scope).model.patch('messages', 'm', { text: 'Nous réparons toujours' }));
  await page.close();
  page = await enginePage(context, site);
  await check(page, undefined);
  assert.equal(await page.evaluate(() => (globalThis as unknown as Scope).model.board().messages![0]!.text), 'Nous réparons toujours');
  assert.equal(await page.evaluate(() => (globalThis as unknown as Scope).model.canUndo()), false);
  await page.evaluate(() => (globalThis as unknown as Scope).model.clear());
  await page.close();
  page = await enginePage(context, site);
  await check(page, undefined);
  await page.close();
  page = await enginePage(context, site);
  const stored = await page.evaluate(() => new Promise<string>((done, fail) => {
    const open = indexedDB.open('board');
    open.onerror = () => fail(open.error);
    open.onsuccess = () => {
      const all = open.result.transaction('updates').objectStore('updates').getAll();
      all.onsuccess = () => done(all.result.map((u: Uint8Array) => new TextDecoder('latin1').decode(u)).join('\n'));
    };
  }));
  assert.ok(stored.length && !stored.includes('toujours') && !stored.includes('Nantes'), 'deleted words are still on the disk');
  await context.close();

  const denied = await browser.newContext();
  const memory = await enginePage(denied, site, 'Object.defineProperty(globalThis, "indexedDB", { get() { throw new DOMException("denied", "SecurityError"); } });');
  const state = await check(memory, board);
  assert.deepEqual([state.phase, state.persistent], ['settled', false]);
  await denied.close();
});

test('two tabs agree, and neither loses what the other wrote', async () => {
  const context = await browser.newContext();
  const one = await enginePage(context, site);
  await check(one, board);
  const two = await enginePage(context, site);
  await check(two, undefined);
  const read = (page: Page): Promise<string> => page.evaluate(() => (globalThis as unknown as Scope).model.export());
  const until = (page: Page, id: string): Promise<unknown> => page.waitForFunction(id => (globalThis as unknown as Scope).model.board().messages?.some(m => m.id === id), id);
  await Promise.all([[one, 'x'], [two, 'y']].map(([page, id]) => (page as Page).evaluate(id => (globalThis as unknown as Scope).model.put('messages', { id, channel: 'a', text: id }), id as string)));
  await Promise.all([until(one, 'y'), until(two, 'x')]);
  assert.equal(await read(one), await read(two));
  const both = await read(one);
  await one.close();
  await two.close();
  const again = await enginePage(context, site);
  await check(again, undefined);
  assert.equal(await read(again), both);
  await context.close();
});

test('a large board is told to other tabs a moment later, and outlives a tab left at once', async () => {
  const context = await browser.newContext();
  const one = await enginePage(context, site);
  await check(one, board);
  const two = await enginePage(context, site);
  await check(two, undefined);
  const load = (page: Page, id: string): Promise<void> => page.evaluate(([board, id]) => {
    const { model } = globalThis as unknown as Scope;
    model.load({ ...board, id, messages: Array.from({ length: 2_000 }, (_, i) => ({ id: `${id}${i}`, channel: 'a', text: `Un vélo ${id}, le n° ${i}, réparé à la main 🎉` })) });
    model.patch('messages', `${id}0`, { text: 'Réparé.' }); // refers to what was not told yet
  }, [board, id] as const);
  const read = (page: Page): Promise<string> => page.evaluate(() => (globalThis as unknown as Scope).model.export());
  await load(one, 'large');
  await two.waitForFunction(() => (globalThis as unknown as Scope).model.board().id === 'large');
  assert.equal(await read(two), await read(one));
  await load(one, 'larger');
  const left = await read(one);
  await two.close();
  await one.goto('about:blank');
  const again = await enginePage(context, site);
  await check(again, undefined);
  assert.equal(await read(again), left);
  await context.close();
});

test('a hundred thousand lines do not block the page', async () => {
  const context = await browser.newContext();
  const page = await enginePage(context, site);
  const { messages, skipped, error, turns } = await page.evaluate(async () => {
    const csv = 'date,text,channel\n' + Array.from({ length: 100_000 }, (_, i) => `2026-01-0${1 + (i % 9)},"Nous réparons le vélo n° ${i} 🎉",site\n`).join('');
    const importer = engine.openImporter();
    let turns = 0;
    let on = true;
    const turn = (): void => {
      turns++;
      if (on) setTimeout(turn);
    };
    turn();
    const preview = await importer.read(new TextEncoder().encode(csv), { name: 'posts.csv' });
    on = false;
    return { messages: preview.messages.length, skipped: preview.skipped, error: preview.error, turns };
  });
  assert.equal(error, undefined);
  assert.equal(messages, 100_000, JSON.stringify(skipped));
  assert.ok(turns > 10, `the page had ${turns} turns while the file was read`);
  await context.close();
});
