/** An empty page of the site, under the site's own policy, that holds the engine and nothing of the interface. */
import { build } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';
import { asset, type Site } from './harness.ts';

declare const PROJECT: string;
declare const GOROOT: string;

let script: Promise<string> | undefined;

async function bundle(): Promise<string> {
  const assets = { checker: asset('checker.wasm'), importer: asset('importer.wasm'), worker: asset('worker.js'), texts: {}, reports: {} };
  const { outputFiles } = await build({
    entryPoints: [`${PROJECT}/static/test/browser/engine.page.ts`], bundle: true, write: false, format: 'iife', target: 'es2022',
    define: { ASSETS: JSON.stringify(assets) }, alias: { wasm_exec: `${GOROOT}/lib/wasm/wasm_exec.js` },
  });
  return outputFiles[0]!.text;
}

/** before: a script that runs first, to take away what a browser may deny. */
export async function enginePage(context: BrowserContext, site: Site, before = ''): Promise<Page> {
  const csp = (await context.request.get(site.origin + '/fr')).headers()['content-security-policy'];
  if (!csp?.includes("require-trusted-types-for 'script'")) throw new Error(`the site's policy is not the one expected: ${csp}`);
  const body = before + (await (script ??= bundle()));
  await context.route('**/engine.html', r => r.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': csp }, body: '<!doctype html><title>engine</title><script src="/engine.js"></script>' }));
  await context.route('**/engine.js', r => r.fulfill({ contentType: 'text/javascript', body }));
  const page = await context.newPage();
  await page.goto(site.origin + '/engine.html');
  return page;
}
