/** An agency's site for the tests: pages of another origin, with whatever headers an agency's server may send. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Site } from './harness.ts';

export interface Served { html: string; headers?: Record<string, string> }
export interface AgencySite { origin: string; pages: Map<string, Served>; stop(): Promise<void> }

/** name: 127.0.0.1 is the same site as ours on another port; localhost is another site altogether. */
export async function startAgency(name: '127.0.0.1' | 'localhost' = 'localhost'): Promise<AgencySite> {
  const pages = new Map<string, Served>();
  const server = createServer((request, answer) => {
    const page = pages.get(new URL(request.url!, 'http://x').pathname);
    if (page) answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
    else answer.writeHead(204).end(); // a favicon
  });
  await new Promise<void>(done => server.listen(0, name, done));
  return {
    origin: `http://${name}:${(server.address() as AddressInfo).port}`, pages,
    stop: () => new Promise(done => { server.closeAllConnections(); server.close(() => done()); }),
  };
}

/** A page as an agency writes it. Its own script keeps every event, so that a test can read what crossed. */
export const agencyPage = (site: Site, embed: string, { lang = 'fr', head = '', loader = '/embed/v1.js', script = true } = {}): string => `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Agence</title><style nonce="n">body{margin:0 auto;max-width:60rem;padding:0 1rem;font:17px/1.5 Georgia,serif}main{padding:1rem 0}</style>${head}
<script nonce="n">
window.heard = [];
for (const e of ['ready', 'resize', 'progress', 'result', 'share', 'error']) addEventListener('unisson:' + e, x => heard.push({ event: e, id: x.target.id, detail: x.detail }));
</script>
${script ? `<script type="module" src="${site.origin}${loader}"></script>` : ''}</head>
<body><main><h1>Une agence</h1><p><input id="mine" aria-label="Chercher"></p>${embed}<p id="after">Suite de la page.</p></main></body></html>`;

export interface Heard { event: string; id: string; detail: Record<string, unknown> }
export const heard = (page: Page): Promise<Heard[]> => page.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard);

export interface Visit { context: BrowserContext; page: Page; faults(): string[] }

/** Opens an agency's page. A request to any host but the agency's and ours is a fault, and so is anything red in the console. */
export async function visitAgency(browser: Browser, site: Site, agency: AgencySite, served: Served, options: BrowserContextOptions = {}): Promise<Visit> {
  const path = `/p${agency.pages.size}`;
  agency.pages.set(path, served);
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  context.setDefaultTimeout(120_000); // a frame of another site is a process of its own: on a busy machine it comes late, and is right all the same
  const faults: string[] = [];
  context.on('console', m => { if (m.type() === 'error') faults.push(`console: ${m.text()} (${m.location().url})`); });
  context.on('weberror', e => faults.push(`exception: ${e.error().stack || e.error().message}`));
  context.on('request', r => { if (![site.origin, agency.origin].some(o => r.url().startsWith(o + '/')) && !/^(data|blob|about):/.test(r.url())) faults.push(`request to ${r.url()}`); });
  const page = await context.newPage();
  await page.goto(agency.origin + path);
  return { context, page, faults: () => faults };
}
