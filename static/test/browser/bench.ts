/**
 * Figures of the engine in Chromium, one JSON line. The board: 10,000 posts of about 200 letters over 50 channels, made
 * of the sentences of our own texts in both languages, seeded. Times in ms, memory in MiB.
 */
import { readFileSync, readdirSync } from 'node:fs';
import type { Board, CheckerState, Model } from '../../src/engine/types.ts';
import { random } from '../random.ts';
import type { engine as Engine } from './engine.page.ts';
import { enginePage } from './enginepage.ts';
import { startBrowser, startSite } from './harness.ts';

declare const PROJECT: string;
declare const engine: typeof Engine;

function board(posts: number, channels: number): Board {
  const r = random(42);
  const core = readdirSync(`${PROJECT}/core/texts`, { recursive: true, encoding: 'utf8' }).filter(f => f.endsWith('.json') && !f.includes('testdata')).map(f => `core/texts/${f}`);
  const files = [...core, ...readdirSync(`${PROJECT}/static/src/texts`).map(f => `static/src/texts/${f}`)];
  const strings = (v: unknown): string[] => (typeof v === 'string' ? [v] : Object.values(v as object).flatMap(strings));
  const sentences = files.flatMap(f => strings(JSON.parse(readFileSync(`${PROJECT}/${f}`, 'utf8')))).map(s => s.replace(/[{}#]/g, '')).filter(s => s.length > 30);
  const text = (): string => {
    let t = '';
    while (t.length < 200) t += r.pick(sentences) + ' ';
    return t + r.int(1e6);
  };
  return {
    format: 'unisson/1', id: 'bench', asOf: '2026-11-22', identity: { sentence: 'Nous aidons les équipes à parler d’une seule voix', terms: [{ term: 'voix' }, { term: 'canal' }] },
    channels: Array.from({ length: channels }, (_, i) => ({ id: 'c' + i, name: 'Canal ' + i, kind: 'blog', bio: text() })),
    messages: Array.from({ length: posts }, (_, i) => ({ id: 'm' + i, channel: 'c' + (i % channels), date: `2026-${String(1 + (i % 10)).padStart(2, '0')}-11`, text: text() })),
  };
}

const [site, browser] = await Promise.all([startSite(), startBrowser()]);
const context = await browser.newContext();
const page = await enginePage(context, site);
const figures = await page.evaluate(async b => {
  const round = (x: number): number => Math.round(x * 10) / 10;
  const model: Model = engine.openModel('bench');
  await model.ready;
  const empty = performance.now();
  const checker = engine.openChecker(model);
  const next = (want: (s: CheckerState) => boolean): Promise<number> => new Promise(done => {
    const leave = checker.subscribe(s => {
      if (s.phase === 'failed') throw new Error(s.error);
      if (want(s)) { leave(); done(performance.now()); }
    });
  });
  const ready = (await next(s => s.phase === 'settled')) - empty;
  const loading = performance.now();
  model.load(b);
  const stored = performance.now() - loading;
  const [first, whole] = await Promise.all([next(s => s.report?.board === 'bench'), next(s => s.phase === 'settled' && s.report?.board === 'bench')]);
  const edits: number[] = [];
  const core: number[] = [];
  let text = '';
  for (let i = 0; i < 300; i++) {
    const id = 'm' + (i % 100) * 97;
    text = model.board().messages!.find(m => m.id === id)!.text;
    const start = performance.now();
    model.patch('messages', id, { text: text.slice(0, 40) + 'e' + text.slice(40) });
    edits.push((await next(s => s.phase === 'settled')) - start);
    core.push(checker.state.ms!);
  }
  const at = (list: number[], q: number): number => round(list.sort((x, y) => x - y)[Math.floor(list.length * q)]!);
  return {
    moduleReady: round(ready), intoDocument: round(stored), firstReport: round(first - loading), wholeReport: round(whole - loading),
    editP50: at(edits, 0.5), editP99: at(edits, 0.99), ofWhichCoreP50: at(core, 0.5), ofWhichCoreP99: at(core, 0.99), reportBytes: checker.state.bytes!.length,
  };
}, board(10_000, 50));
console.log(JSON.stringify(figures));
await browser.close();
await site.stop();
