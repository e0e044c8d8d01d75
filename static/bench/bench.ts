/** Sizes and speeds beside the figures to reach. Ratios count more than milliseconds: machines differ. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { asset, executable, startBrowser, startSite, type Site } from '../test/browser/harness.ts';
import { moduleBuild } from '../build/module.mjs';
import { bigBoard } from './board.ts';
import type { bench as Bench } from './engine.page.ts';
import { startVisitor, type Visitor } from './visitor.ts';

declare const PROJECT: string;
declare const GOROOT: string;
declare const bench: typeof Bench;

interface Row { what: string; is: number; unit: string; commit: number; stretch: number; more?: boolean } // more: larger is better

const rows: Row[] = [];
const row = (what: string, is: number, unit: string, commit: number, stretch: number, more = false): void => {
  rows.push({ what, is, unit, commit, stretch, more });
  console.error(`  ${what}: ${shown(is)} ${unit}`);
};

const posts = 10_000;
const channels = 50;
const big = bigBoard(posts, channels);
const bigJSON = JSON.stringify(big);

async function main(): Promise<void> {
  console.error(`\nMeasuring (${posts} posts, ${channels} channels, ${(bigJSON.length / 1e6).toFixed(1)} MB; ${availableParallelism()} cores)`);
  sizes();
  native();
  await ratio();
  const [site, browser] = await Promise.all([startSite(), startBrowser()]);
  try {
    await inBrowser(site, browser);
    await landing(site);
  } finally {
    await browser.close();
    await site.stop();
  }
  console.log(table());
}

// ---------- over the wire ----------

function sizes(): void {
  const { files } = JSON.parse(readFileSync(`${PROJECT}/static/dist/assets.json`, 'utf8')) as { files: Record<string, { br?: number; size: number }> };
  const wire = (name: string): number => { const f = files[asset(name).slice(1)]!; return f.br ?? f.size; };
  row('checker wasm, brotli', wire('checker.wasm') / 1024, 'KiB', 800, 600);
  row('importers’ wasm, brotli', wire('importer.wasm') / 1000, 'KB', 900, 700);
}

// ---------- the program ----------

function native(): void {
  const boards = Array.from({ length: 100 }, (_, i) => JSON.stringify(bigBoard(200, 4, `b${i}`))).join('\n') + '\n';
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    const run = spawnSync(`${PROJECT}/unisson`, ['check', '--jsonl'], { input: boards, maxBuffer: 1 << 30, env: { ...process.env, GOMAXPROCS: '1' } });
    if (run.status !== 0) throw new Error(`unisson check: ${run.status} ${String(run.stderr)}`);
    return performance.now() - start;
  });
  row('check --jsonl, native, one core', (100 * 200) / (median(times) / 1000), 'posts/s', 20_000, 50_000, true);
}

/** The same Go benchmark, native and compiled to wasm as the page's checker is, under Node's V8, which is Chromium's. */
async function ratio(): Promise<void> {
  const go = (args: string[]): string => execFileSync('go', args, { cwd: PROJECT, encoding: 'utf8' });
  const { flags, env } = await moduleBuild(PROJECT, `${PROJECT}/static/.build`, go, m => { throw new Error(m); });
  const goBench = (env: Record<string, string>, exec: string[]): number => {
    const out = execFileSync('go', ['test', '-run', '^$', '-bench', '^BenchmarkCheck$/^10000$', '-count=5', '-cpu=1', '-vet=off', ...exec, './core'],
      { cwd: PROJECT, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 24 });
    const times = [...out.matchAll(/^BenchmarkCheck\S*\s+\d+\s+([\d.]+) ns\/op/gm)].map(m => Number(m[1]));
    if (!times.length) throw new Error(`no benchmark ran:\n${out}`);
    return median(times);
  };
  const here = goBench({}, []);
  const wasm = goBench(env, [...flags, '-exec', `env -i PATH=${process.env.PATH} HOME=${process.env.HOME} ${GOROOT}/lib/wasm/go_js_wasm_exec`]);
  row('whole check, wasm ÷ native, warm', wasm / here, '×', 2.5, 2);
}

// ---------- the browser ----------

async function inBrowser(site: Site, browser: Browser): Promise<void> {
  const assets = { checker: asset('checker.wasm'), importer: asset('importer.wasm'), worker: asset('worker.js'), texts: {}, reports: {} };
  const { outputFiles } = await build({
    entryPoints: [`${PROJECT}/static/bench/engine.page.ts`], bundle: true, write: false, format: 'iife', target: 'es2022', minify: true,
    define: { ASSETS: JSON.stringify(assets) }, alias: { wasm_exec: `${GOROOT}/lib/wasm/wasm_exec.js` },
  });
  const script = outputFiles[0]!.text;

  /** The smallest page of the site with the engine on it, nothing cached, nothing stored. A page served by interception would be measured with it. */
  const withEngine = async <T>(use: (page: Page) => Promise<T>, { before = '' } = {}): Promise<T> => {
    const context = await browser.newContext();
    await context.addInitScript(before + script);
    const page = await context.newPage();
    await page.goto(`${site.origin}/robots.txt`);
    try {
      return await use(page);
    } finally {
      await context.close();
    }
  };

  const visitor = await startVisitor();
  const visits = async (path: string, first: string, expression: string): Promise<number> => median(await times(11, () => visitor.visit<number>(site.origin + path, first, expression)));
  try {
    const floor = await emptyProgram(visitor, script);
    row(`navigation → checker ready (an empty Go program: ${shown(floor)} ms)`, await visits('/robots.txt', script, 'bench.ready()'), 'ms', 150, 90);
    row('navigation → report on a sample', await visits('/en', '', `(${sampleReport})(0)`), 'ms', 400, 200);
    row('a sample chosen after 6 s on the landing → report', await visits('/en', '', `(${sampleReport})(6000)`), 'ms', 400, 200);
  } finally {
    await visitor.close();
  }

  const loads = await times(3, () => withEngine(page => page.evaluate(b => bench.load(b), big)));
  row('that board, cold, first findings', median(loads.map(l => l.first)), 'ms', 300, 300);
  row('that board, cold, whole report', median(loads.map(l => l.whole)), 'ms', 1500, 700);
  const asFile = execFileSync(`${PROJECT}/unisson`, ['check', '--format', 'json', '-'], { input: bigJSON, encoding: 'utf8', maxBuffer: 1 << 28 });
  const asAPI = await (await fetch(`${site.origin}/api/v1/check`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: bigJSON })).text();
  row('same bytes: program, API, worker', loads.every(l => l.json === asFile) && asAPI === asFile ? 1 : 0, '(1 = yes)', 1, 1, true);

  const edits = await withEngine(async page => {
    await page.evaluate(b => bench.load(b), big);
    await page.evaluate(() => bench.edits(10)); // the engine's compilers have settled
    return page.evaluate(() => bench.edits(60));
  });
  row('edit → report (draft), p50', quantile(edits.times, 0.5), 'ms', 8, 2);
  row('edit → report (draft), p99', quantile(edits.times, 0.99), 'ms', 20, 5);
  row('last edit → settled report', edits.settled, 'ms', 300, 300);

  const { inp, keys } = await interaction(site, browser);
  row(`writing, choosing, searching: INP of ${keys}`, inp, 'ms', 200, 100);

  // Without workers the module runs on the page, where its memory can be seen.
  const watched = `globalThis.Worker = undefined;
    const start = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...a) => { const r = await start.apply(WebAssembly, a); globalThis.wasm = r.instance.exports.mem ?? r.instance.exports.memory; return r; };`;
  const memory = await withEngine(async page => {
    await page.evaluate(b => bench.load(b), big);
    return page.evaluate(() => (globalThis as unknown as { wasm: WebAssembly.Memory }).wasm.buffer.byteLength);
  }, { before: watched });
  row('wasm memory after loading it', memory / (1 << 20), 'MiB', 96, 48);
}

/** Milliseconds to a Go program that does nothing, in the checker's place: what the browser and Go's runtime take on this machine before any of ours. */
async function emptyProgram(visitor: Visitor, script: string): Promise<number> {
  const dir = mkdtempSync(`${tmpdir()}/unisson-empty-`);
  writeFileSync(`${dir}/main.go`, 'package main\n\nimport "syscall/js"\n\nfunc main() {\n\tjs.Global()\n\tselect {}\n}\n');
  execFileSync('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', `${dir}/empty.wasm`, `${dir}/main.go`], { cwd: PROJECT, env: { ...process.env, GOOS: 'js', GOARCH: 'wasm' } });
  const packed: Record<string, Buffer> = {
    '/robots.txt': brotliCompressSync(''), [asset('worker.js')]: readFileSync(`${PROJECT}/static/dist${asset('worker.js')}.br`), [asset('checker.wasm')]: brotliCompressSync(readFileSync(`${dir}/empty.wasm`)),
  };
  rmSync(dir, { recursive: true });
  const types: Record<string, string> = { txt: 'text/plain', js: 'text/javascript', wasm: 'application/wasm' };
  const server = createServer((req, res) => {
    const body = packed[req.url!];
    if (!body) res.writeHead(404).end();
    else res.writeHead(200, { 'content-type': types[req.url!.split('.').pop()!], 'content-encoding': 'br', 'content-length': body.length }).end(body);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    return median(await times(11, () => visitor.visit<number>(`http://127.0.0.1:${port}/robots.txt`, script, 'bench.ready()')));
  } finally {
    server.close();
  }
}

/**
 * How long a person waits for the page to answer, at worst but for one time in fifty: the board of ten thousand posts opened,
 * a post written in, the list gone through, chosen from and searched. As the browser counts it, from the key to the next picture.
 */
async function interaction(site: Site, browser: Browser): Promise<{ inp: number; keys: number }> {
  const context = await browser.newContext({ locale: 'fr-FR' });
  await context.addInitScript(() => {
    const worst = new Map<number, number>();
    new PerformanceObserver(list => {
      for (const e of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) if (e.interactionId) worst.set(e.interactionId, Math.max(worst.get(e.interactionId) ?? 0, e.duration));
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    Object.assign(globalThis, { worst, interactions: () => (performance as unknown as { interactionCount: number }).interactionCount });
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(`${site.origin}/fr#/posts`);
  await page.waitForSelector('html[data-ready="1"]');
  await page.setInputFiles('#open-file', { name: 'big.json', mimeType: 'application/json', buffer: Buffer.from(bigJSON) });
  await page.locator('unisson-report .sheet[aria-busy="false"] .figures').waitFor();
  await page.evaluate(() => { location.hash = '#/posts'; });
  await page.locator(`.message[aria-setsize="${posts}"]`).first().waitFor();
  const before = await page.evaluate(() => { (globalThis as unknown as { worst: Map<number, number> }).worst.clear(); return (globalThis as unknown as { interactions(): number }).interactions(); });
  await page.locator('.message').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.message .rich').waitFor();
  await page.keyboard.type(' Nous restaurons vos fenêtres depuis mille neuf cent cinquante'); // a letter no key has is put in without one
  await page.keyboard.press('Escape');
  for (let i = 0; i < 40; i++) await page.keyboard.press(i % 4 ? 'ArrowDown' : 'PageDown');
  for (let i = 0; i < 20; i++) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.locator('.search input').focus();
  for (const letter of 'fenetre') await page.keyboard.press(letter);
  const { slow, n } = await page.evaluate(from => {
    const { worst, interactions } = globalThis as unknown as { worst: Map<number, number>; interactions(): number };
    return { slow: [...worst.values()], n: interactions() - from };
  }, before);
  await context.close();
  slow.sort((a, b) => b - a); // those the browser did not report were faster than it reports
  return { inp: slow[Math.floor(n / 50)] ?? 16, keys: n };
}

/**
 * Runs in the page. Milliseconds until the figures of a sample's report are on screen: from the navigation, the sample chosen the moment its
 * button is there; or after so long a look at the landing, from the choice.
 */
function sampleReport(look: number): Promise<number> {
  return new Promise((done) => {
    let from: number | undefined;
    const choose = (): void => {
      from = look ? performance.now() : 0;
      document.querySelector<HTMLButtonElement>('button.sample')!.click();
    };
    const watcher = new MutationObserver(() => {
      if (from === undefined && document.querySelector('button.sample')) {
        from = 0;
        if (look) setTimeout(choose, look);
        else choose();
      }
      if (!document.querySelector('.figures')) return;
      watcher.disconnect();
      requestAnimationFrame(() => done(performance.now() - from!));
    });
    watcher.observe(document, { childList: true, subtree: true });
  });
}

// ---------- the landing, as others judge it ----------

/** Waited for without holding this program up: the server says what it does through pipes that this program reads. */
async function landing(site: Site): Promise<void> {
  const { stdout: said } = await promisify(execFile)(process.execPath, [`${PROJECT}/static/bench/lighthouse.mjs`, site.origin, executable()], { encoding: 'utf8', maxBuffer: 1 << 24 });
  for (const { lang, scores, lcp, tbt, cls, faults } of JSON.parse(said) as { lang: string; scores: Record<string, number>; lcp: number; tbt: number; cls: number; faults: string[] }[]) {
    const of = (what: string): string => `Lighthouse, landing ${lang}: ${what}`;
    for (const [category, bar] of [['performance', 95], ['accessibility', 100], ['best-practices', 100], ['seo', 95]] as const) row(of(category), scores[category]!, 'of 100', bar, 100, true);
    row(of('largest paint'), lcp, 'ms', 2000, 1000);
    row(of('blocked'), tbt, 'ms', 150, 50);
    row(of('layout shift × 100'), 100 * cls, '', 5, 0);
    for (const fault of faults) console.error(`    ${fault}`);
  }
}

// ---------- figures ----------

async function times<T>(n: number, f: () => Promise<T>): Promise<T[]> {
  const out: T[] = [];
  for (let i = 0; i < n; i++) out.push(await f());
  return out;
}

function quantile(list: number[], q: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}

const median = (list: number[]): number => quantile(list, 0.5);
const shown = (n: number): string => n >= 1000 ? Math.round(n).toLocaleString('en') : n >= 100 ? n.toFixed(0) : n.toFixed(1);

function table(): string {
  const verdict = ({ is, commit, stretch, more }: Row): string => {
    const within = (bar: number): boolean => more ? is >= bar : is <= bar;
    return within(stretch) ? 'stretch' : within(commit) ? 'commit' : 'MISSED';
  };
  const cells = [['', 'now', '', 'commit', 'stretch', 'reached'], ...rows.map(r => [r.what, shown(r.is), r.unit, shown(r.commit), shown(r.stretch), verdict(r)])];
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map(c => c[i]!.length)));
  const right = new Set([1, 3, 4]);
  return '\n' + cells.map(c => c.map((text, i) => right.has(i) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)).join('  ').trimEnd()).join('\n');
}

await main();
