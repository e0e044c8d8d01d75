import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  const { context, page } = await openPage(browser, site, '/fr', { serviceWorkers: 'allow' });
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
  for (const [hash, drawn] of [['#/assess/aim', '.asking.aim'], ['#/onepage', '.a4'], ['#/method', '.about details'], ['#/privacy', '.about h1'], ['#/legal', '.about h1'], ['#/accessibility', '.about h1']] as const) {
    await page.goto(`${site.origin}/fr${hash}`);
    await page.reload(); // opened anew, not left over
    await ready(page);
    await page.locator(drawn).first().waitFor();
  }
  await context.close();
});

test('who only looked at the landing can come back with the network off, and begin', async () => {
  const { context, page } = await openPage(browser, site, '/en', { serviceWorkers: 'allow' });
  await ready(page);
  await page.mouse.move(40, 40);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await context.setOffline(true);
  await page.goto(`${site.origin}/en`);
  await ready(page);
  await openSample(page, 1);
  await page.locator('.finding').first().waitFor();
  await context.close();
});

test('no text leaves the device: what is asked of the server is what it serves to everyone', async () => {
  const { context, page } = await openPage(browser, site, '/fr', { serviceWorkers: 'allow' });
  const asked: string[] = [];
  context.on('request', r => asked.push(`${r.method()} ${new URL(r.url()).pathname}${new URL(r.url()).search} ${r.postData() ?? ''}`));
  page.on('websocket', w => asked.push(`websocket ${w.url()}`));
  await ready(page);
  await openSample(page, 0);
  await visit(page, '#/identity', '[id="at.identity.sentence"]');
  await rewrite(page, '[id="at.identity.sentence"]', 'Un secret de la maison Zanzibar');
  await visit(page, '#/assess/sentence', '.asking.sentence');
  await page.locator('.asking textarea').fill('Un secret de la maison Zanzibar, redit');
  await visit(page, '#/assess/posts/insta', '.asking.posts textarea');
  await page.locator('.asking textarea').fill('Un message de Zanzibar\nUn autre de Zanzibar');
  await page.locator('.confirm .main:not(:disabled)').click();
  await visit(page, '#/assess/estimate', '.asking.estimate');
  await page.locator('.asking input[type="range"]').press('ArrowLeft');
  await visit(page, '#/onepage', '.a4 .identity');
  await visit(page, '#/report', '.figures');
  await settled(page);
  assert.match((await page.locator('.privacy').textContent())!, /Aucun de vos textes n’a quitté cet appareil/);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  for (const a of asked) assert.match(a, /^GET \/(assets\/[\w.-]+|fr|en|sw\.js|favicon\.svg|icon-\w+\.png|robots\.txt|unisson\.webmanifest|licences\.txt)? $/);
  await context.close();
});

test('a new version waits, is offered, and comes when it is taken; the board does not move', async () => {
  let version = ''; // what the service worker says it is, once it is another
  const front = createServer((req, res) => {
    fetch(site.origin + req.url, { headers: { 'accept-language': req.headers['accept-language'] ?? '' } }).then(async answer => {
      const body = Buffer.from(await answer.arrayBuffer());
      const headers = Object.fromEntries([...answer.headers].filter(([k]) => !['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'].includes(k)));
      const bytes = req.url === '/sw.js' && version ? Buffer.from(body.toString().replace(/(["`'])[0-9a-f]{12}\1/, `"${version}"`).replace(/unisson-[0-9a-f]{12}/, `unisson-${version}`)) : body;
      res.writeHead(answer.status, headers).end(bytes);
    }, () => res.writeHead(502).end());
  });
  await new Promise<void>(done => front.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  try {
    await page.goto(origin + '/fr');
    await ready(page);
    await openSample(page, 0);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    const before = await page.evaluate(() => caches.keys());
    version = 'feedfacecafe';
    await page.reload();
    await settled(page);
    await page.locator('.said', { hasText: 'Une nouvelle version est prête' }).waitFor();
    assert.deepEqual((await page.evaluate(() => caches.keys())).sort(), [...before, `unisson-${version}`].sort(), 'kept beside the old one, and not in use');
    await Promise.all([page.waitForEvent('load'), page.locator('.said .link').click()]);
    await settled(page);
    assert.deepEqual(await page.evaluate(() => caches.keys()), [`unisson-${version}`]);
    assert.deepEqual(await page.locator('.head h1').allTextContents(), ['Menuiserie Varenne']);
  } finally {
    await context.close();
    front.closeAllConnections();
    await new Promise(done => front.close(done));
  }
});
