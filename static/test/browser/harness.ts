/**
 * The built page in a real browser, served by the real server. What a spec needs:
 *
 *   const site = await startSite();        // compiles ./server with static/dist inside and serves it
 *   const browser = await startBrowser();
 *   const { page, faults } = await openPage(browser, site);
 *   …
 *   assert.deepEqual(faults(), []);        // console errors, exceptions, CSP violations, requests to other hosts
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

declare const PROJECT: string;
const scratch = `${PROJECT}/static/.build`;
const shots = `${scratch}/shots`;

export interface Site {
  origin: string;
  stop(): Promise<void>;
  /** As an operator restarts it: SIGTERM, after which it ends by itself with status 0; then, at the same address, with what it had kept. */
  down(): Promise<void>;
  up(): Promise<void>;
}

/** Compiles the server with the page as last built, starts it on a free port and reads the address it logs. */
export async function startSite(): Promise<Site> {
  if (!existsSync(`${PROJECT}/static/dist/assets.json`)) throw new Error('The page is not built: run node build.mjs in static/ first.');
  const program = `${scratch}/unisson-browser-test`;
  execFileSync('go', ['build', '-o', program, './server'], { cwd: PROJECT, stdio: 'inherit' });
  const data = mkdtempSync(`${scratch}/data-`); // of boards that are shared
  let running = await serve(program, data, '127.0.0.1:0');
  const { address } = running;
  return {
    origin: `http://${address}`,
    async stop() {
      await running.stop();
      rmSync(data, { recursive: true });
    },
    async down() {
      const code = await running.stop();
      if (code !== 0) throw new Error(`the server ended with ${code}`);
    },
    async up() { running = await serve(program, data, address); },
  };
}

interface Running { address: string; stop(): Promise<number | null> }

async function serve(program: string, data: string, at: string): Promise<Running> {
  const server = spawn(program, ['serve', '--addr', at, '--data', data, '--operator', 'Atelier d’essai', '--country', 'France'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const gone = new Promise<number | null>(done => server.once('exit', done));
  const listening = new Promise<string>(found => {
    for (const stream of [server.stdout, server.stderr]) {
      createInterface(stream).on('line', line => {
        said.push(line);
        const addr = /"msg":"listening".*?"addr":"([^"]+)"/.exec(line)?.[1];
        if (addr) found(addr);
      });
    }
  });
  const ended = gone.then(code => { throw new Error(`the server ended with ${code}: ${said.slice(-5).join('\n')}`); });
  return {
    address: await Promise.race([listening, ended]),
    stop() {
      ended.catch(() => {});
      server.kill('SIGTERM');
      return gone;
    },
  };
}

/** Debian's Chromium, or the one CHROMIUM names. */
export function executable(): string {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(path)) throw new Error(`Chromium is missing at ${path}: apt-get install chromium, or set CHROMIUM.`);
  return path;
}

/** With nothing of its own on the network. */
export const browserArgs = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

export const startBrowser = (): Promise<Browser> => chromium.launch({ executablePath: executable(), args: browserArgs });

export interface Opened { context: BrowserContext; page: Page; faults(): string[] }

/**
 * A page in a context of its own (nothing stored yet), in French unless the options say otherwise. Without a service worker, which would fetch
 * all there is behind each page: offline.test.ts is about it.
 */
export async function openPage(browser: Browser, site: Site, path = '/', options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ locale: 'fr-FR', serviceWorkers: 'block', ...options });
  const faults = watch(context, site);
  const page = await context.newPage();
  await page.goto(site.origin + path);
  return { context, page, faults };
}

/** Everything a visitor's console would show in red, and every request that would leave our host. */
export function watch(context: BrowserContext, site: Site): () => string[] {
  const faults: string[] = [];
  context.on('console', m => { if (m.type() === 'error') faults.push(`console: ${m.text()} (${m.location().url})`); });
  context.on('weberror', e => faults.push(`exception: ${e.error().stack || e.error().message || String(e.error())}`));
  context.on('request', r => { if (!r.url().startsWith(site.origin + '/') && !/^(data|blob):/.test(r.url())) faults.push(`request to ${r.url()}`); });
  return () => faults;
}

/** axe-core's violations, each as one readable line: rule, what it says, where. */
export async function accessibility(page: Page): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe.source); // it takes longer to read than many a state to look at
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, resultTypes: ['violations'],
  }));
  return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help} at ${n.target.join(' ')}: ${n.failureSummary?.split('\n').slice(1).join(' ').trim()}`));
}

/** With UNISSON_SHOTS=1, keeps a picture for a person to look at, in static/.build/shots: a test has no use for it. */
export async function shot(page: Page, name: string, fullPage = true): Promise<void> {
  if (!process.env.UNISSON_SHOTS) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage });
}

/** Address of a built asset by the name it had before its hash. */
export function asset(name: string): string {
  const { files } = JSON.parse(readFileSync(`${PROJECT}/static/dist/assets.json`, 'utf8')) as { files: Record<string, unknown> };
  const [stem, ext] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.'))];
  const found = Object.keys(files).find(f => f.startsWith(`assets/${stem}-`) && f.endsWith(ext));
  if (!found) throw new Error(`no ${name} in static/dist`);
  return '/' + found;
}
