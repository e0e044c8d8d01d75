import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openPage, startBrowser, startSite, type Site } from './harness.ts';
import { openSample, ready, rewrite, settled, visit } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test('after one visit the page opens, checks, imports and exports with the network off', async () => {
  const { context, page } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await context.setOffline(true);
  for (const [address, lang] of [['/fr', 'fr'], ['/en', 'en'], ['/', 'fr']] as const) {
    await page.goto(site.origin + address);
    await ready(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang, address);
  }
  await visit(page, '#/report', '.figures');
  const report = await settled(page);
  await report.locator('.finding').first().waitFor();
  await page.locator('summary.tool').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Markdown' }).first().click()]);
  assert.match(file.suggestedFilename(), /\.md$/);
  await visit(page, '#/posts/add', 'unisson-posts textarea');
  await context.close();
});

test('no text leaves the device: what is asked of the server is what it serves to everyone', async () => {
  const { context, page } = await openPage(browser, site, '/fr');
  const asked: string[] = [];
  context.on('request', r => asked.push(`${r.method()} ${new URL(r.url()).pathname} ${r.postData() ?? ''}`));
  await ready(page);
  await openSample(page, 0);
  await visit(page, '#/identity', '[id="at.identity.sentence"]');
  await rewrite(page, '[id="at.identity.sentence"]', 'Un secret de la maison Zanzibar');
  await visit(page, '#/report', '.figures');
  await settled(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  for (const a of asked) assert.match(a, /^GET \/(assets\/[\w.-]+|fr|en|sw\.js|favicon\.svg|unisson\.webmanifest|licences\.txt)? $/);
  await context.close();
});
