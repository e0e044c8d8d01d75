import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Board, Known } from '../../src/engine/types.ts';
import type { App } from '../../src/ui/app.ts';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { focusOn, openSample, press, ready, rewrite, settled, tabTo, visit, words } from './walk.ts';

declare const PROJECT: string;
let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** Every view a person meets on a board, each with what tells that it is drawn. */
const views: [name: string, hash: string, drawn: string][] = [
  ['identity', '#/identity', 'unisson-identity h1'], ['channels', '#/channels', 'unisson-channels h1'], ['posts', '#/posts', 'unisson-posts h1'], ['report', '#/report', 'unisson-report h1'],
];
const csv = 'Date;Canal;Texte\n01/02/2026;Instagram;Bonjour\n03/04/2026;Site;Bonsoir\n';

for (const lang of ['fr', 'en'] as const) for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, empty or full, dialogs and menus open (${lang}, ${colorScheme})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { colorScheme, bypassCSP: true });
    await ready(page);
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      found.push(...(await accessibility(page)).map(v => `${name}: ${v}`));
    };
    await look('landing');
    for (const [name, hash, drawn] of views) {
      await visit(page, hash, drawn);
      await look(`${name}, empty`);
    }
    await visit(page, '#/', '.sample');
    const report = await openSample(page, lang === 'fr' ? 0 : 1);
    await report.evaluate(e => e.querySelectorAll('details').forEach(d => { d.open = true; }));
    await report.locator('.dismiss').first().click();
    await look('report');
    for (const [name, hash, drawn] of [...views.slice(0, 3), ['channel open', '#/channels/insta', '.channel[open] .thesis'], ['message', '#/posts/' + (lang === 'fr' ? 'insta1' : 'i1') + '/0-4', '.message.here mark']] as typeof views) {
      await visit(page, hash, drawn);
      await look(name);
      await shot(page, `${name.replace(' ', '-')}-${lang}-${colorScheme}`);
    }
    await visit(page, '#/posts/add', '#pick-file');
    await page.setInputFiles('#pick-file', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.locator('table.sample').waitFor();
    await look('import');
    await page.locator('.menu summary').click();
    await look('menu');
    await page.locator('.menu li button').last().click();
    await page.locator('#dialog-over[open]').waitFor();
    await look('start over');
    await page.keyboard.press('Escape');
    await page.locator('#dialog-over:not([open])').waitFor({ state: 'attached' });
    await page.locator('.colophon button').click();
    await page.locator('#dialog-help[open]').waitFor();
    await look('help');
    assert.deepEqual(found, []);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test('at 320 px nothing scrolls sideways, and what one presses is at least 24 px', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr', { viewport: { width: 320, height: 640 } });
  await ready(page);
  const look = async (name: string): Promise<void> => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than the window`);
    const small = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, summary, select, input:not([hidden]), a')]
      .filter(e => e.checkVisibility() && !e.closest('.unseen, .skip, label') && !e.matches('.unseen, .skip'))
      .filter(e => { const r = e.getBoundingClientRect(); return r.height < 23.5 || r.width < 23.5; }).map(e => `${e.tagName}.${e.className} ${e.textContent?.trim().slice(0, 30)}`));
    assert.deepEqual(small, [], name);
  };
  await look('landing');
  await shot(page, 'landing-320');
  for (const [width, height] of [[1280, 720], [390, 844]] as const) {
    await page.setViewportSize({ width, height });
    assert.ok(await page.locator('.specimen .remedy').evaluate(e => e.getBoundingClientRect().bottom <= innerHeight), `the finding, its quotes and its repair above the fold at ${width} × ${height}`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  assert.ok(await page.locator('#specimen-title').evaluate(e => e.getBoundingClientRect().top < innerHeight), 'a finding above the fold');
  const report = await openSample(page, 0);
  await report.evaluate(e => e.querySelectorAll('details').forEach(d => { d.open = true; }));
  await look('report');
  await shot(page, 'report-320');
  for (const [name, hash, drawn] of [...views.slice(0, 3), ['channel open', '#/channels/insta', '.channel[open] .thesis'] as const]) {
    await visit(page, hash, drawn);
    await look(name);
    await shot(page, `${name.replace(' ', '-')}-320`);
  }
  await visit(page, '#/posts/add', '#pick-file');
  await page.setInputFiles('#pick-file', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.locator('table.sample').waitFor();
  await look('import');
  assert.deepEqual(faults(), []);
  await context.close();
});

test('start over asks first, and can be undone', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  const over = async (button: string): Promise<void> => {
    await press(page, '.menu summary');
    await press(page, '.menu li:last-child button');
    await page.locator('#dialog-over[open]').waitFor();
    await tabTo(page, `#dialog-over ${button}`);
    await page.keyboard.press('Enter');
  };
  await over('.plain');
  assert.deepEqual(await words(page.locator('unisson-report h1')), ['Menuiserie Varenne']);
  await over('.main');
  await page.locator('.pitch').waitFor();
  assert.equal(await page.locator('.start a').count(), 1, 'nothing to come back to');
  await press(page, '.said .link');
  await page.locator('.start a', { hasText: 'Revenir' }).click();
  await settled(page);
  assert.deepEqual(await words(page.locator('unisson-report h1')), ['Menuiserie Varenne']);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('undo and redo by keys, outside text fields; ? opens help, and can be switched off', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  await visit(page, '#/posts', '.message');
  const counted = (k: number): Promise<unknown> => page.waitForFunction(x => document.querySelector('.message')?.getAttribute('aria-setsize') === String(x), k);
  const n = Number(await page.locator('.message').first().getAttribute('aria-setsize'));
  await page.locator('.message .quiet').nth(1).click();
  await counted(n - 1);
  await focusOn(page, '.message');
  await page.keyboard.press('Control+z');
  await counted(n);
  await page.keyboard.press('Control+Shift+z');
  await counted(n - 1);
  await page.keyboard.press('?');
  await page.locator('#dialog-help[open]').waitFor();
  await tabTo(page, '#dialog-help input');
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  assert.equal(await page.locator('#dialog-help[open]').count(), 0);
  await page.locator('.search input').pressSequentially('?');
  assert.equal(await page.locator('.search input').inputValue(), '?');
  assert.deepEqual(faults(), []);
  await context.close();
});

test('the language changes without losing the board, and is remembered; so is the theme', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  const findings = await page.locator('.finding').count();
  await page.locator('.lang').click();
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  assert.match(page.url(), /\/en#\/report$/);
  assert.deepEqual(await words(page.locator('.steps [aria-current]')), ['4 Report']);
  assert.equal(await page.locator('.finding').count(), findings);
  assert.deepEqual(await page.locator('.quote blockquote').evaluateAll(list => [...new Set(list.map(e => e.getAttribute('lang')))]), ['fr'], 'quotes keep their own language');
  await page.locator('.theme').click(); // light
  await page.locator('.theme').click(); // dark
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await page.goto(site.origin + '/'); // the browser asks for French, the visitor chose English
  await ready(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  await page.goto(site.origin + '/fr'); // an address that names its language is obeyed
  await ready(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
  await page.locator('.start a').first().waitFor();
  assert.equal(await page.locator('.start a').count(), 2, 'the board is still there');
  assert.deepEqual(faults(), []);
  await context.close();
});

test('the page can be installed: its manifest and every icon it names are there, in the sizes it says', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  const manifest = await (await page.request.get(site.origin + '/unisson.webmanifest')).json() as { icons: { src: string; sizes: string; purpose: string }[]; start_url: string; display: string };
  assert.deepEqual([manifest.display, manifest.start_url], ['standalone', '/']);
  for (const want of ['192x192 any', '512x512 any', '512x512 maskable']) assert.ok(manifest.icons.some(i => `${i.sizes} ${i.purpose}` === want), want);
  for (const { src, sizes } of manifest.icons.filter(i => i.src.endsWith('.png'))) {
    const png = await (await page.request.get(site.origin + src)).body();
    assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes, src);
  }
  const head = await page.request.get(site.origin + '/en');
  assert.match(head.headers()['link']!, new RegExp(`<${site.origin}/en>; rel="canonical"`));
  assert.match(await (await page.request.get(site.origin + '/robots.txt')).text(), /Disallow: \/api\//);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('the board leaves as a file and comes back the same', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  await page.locator('.menu summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.menu li button').first().click()]);
  assert.equal(download.suggestedFilename(), 'menuiserie-varenne.json');
  const sample = JSON.parse(readFileSync(`${PROJECT}/static/samples/menuiserie-varenne.json`, 'utf8')) as Board;
  assert.deepEqual(JSON.parse(readFileSync(await download.path(), 'utf8')), sample);
  assert.deepEqual(faults(), []);
  await context.close();
});

/** Runs before the page's own script. */
const withInit = async (script: string, path: string): Promise<{ page: Page; close: () => Promise<void> }> => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  await context.addInitScript(script);
  const page = await context.newPage();
  await page.goto(site.origin + path);
  await ready(page);
  return { page, close: () => context.close() };
};

test('where storage is denied the page says so, and still reads', async () => {
  const { page, close } = await withInit('for (const s of ["indexedDB", "localStorage"]) Object.defineProperty(globalThis, s, { get() { throw new DOMException("denied", "SecurityError"); } });', '/fr');
  await openSample(page, 0);
  await page.locator('.standing').waitFor();
  await page.locator('.lang').click();
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  await close();
});

test('a disk that fills up while one writes is said, and what was refused is kept once there is room', async () => {
  const { page, close } = await withInit(`
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...x) {
      const request = add.apply(this, x);
      if (globalThis.full) this.transaction.abort(); // as a browser does where the quota is reached
      return request;
    };`, '/fr');
  await openSample(page, 0);
  await visit(page, '#/identity', '[id="at.identity.name"]');
  assert.equal(await page.locator('.standing').count(), 0);
  await page.evaluate(() => { (globalThis as { full?: boolean }).full = true; });
  await page.locator('[id="at.identity.name"]').fill('Refusé d’abord');
  await page.locator('.standing', { hasText: 'n’enregistre rien pour l’instant' }).waitFor();
  await page.evaluate(() => { (globalThis as { full?: boolean }).full = false; });
  await page.locator('.standing').waitFor({ state: 'detached', timeout: 30_000 });
  await page.reload();
  await ready(page);
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[id="at.identity.name"]')?.value === 'Refusé d’abord');
  await close();
});

test('a sample’s report is there while the checker still comes, and is what the checker then says', async () => {
  const { context, page, faults } = await openPage(browser, site, '/en');
  const known = page.waitForResponse(/report-varenne-\w+\.json$/).then(r => r.json() as Promise<Known>);
  let send = (): void => {};
  const held = new Promise<void>(come => { send = come; });
  await context.route('**/checker-*.wasm', async r => { await held; await r.continue(); });
  await page.goto(site.origin + '/fr');
  await page.locator('.sample').first().click();
  await page.locator('unisson-report .sheet[aria-busy="true"] .figures').waitFor();
  await page.locator('.next-steps li a').first().focus();
  await page.locator('.next-steps li.tried').waitFor();
  const parts = page.locator('unisson-report section:not(.pictured)');
  const early = await words(parts);
  assert.ok(early.length > 5, 'the whole report is told');
  assert.ok((await known).next.length > 2);
  assert.equal(await page.locator('.next-steps li').count(), (await known).next.length);
  send();
  await settled(page);
  await page.locator('.next-steps[aria-busy="false"]').waitFor();
  assert.equal(await page.locator('.next-steps li.tried').count(), 1, 'a step that is being tried stays so');
  assert.deepEqual(await words(parts), early);
  await page.locator('details.menu > summary').first().click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /JSON/ }).first().click()]);
  assert.deepEqual(JSON.parse(readFileSync(await file.path(), 'utf8')), (await known).report);
  const stands = await page.evaluate(async () => {
    const { app } = document.querySelector('unisson-app') as unknown as { app: App };
    const seen: (string | undefined)[] = [];
    app.subscribe(() => seen.push(app.report?.board));
    await app.load({ format: 'unisson/1', id: 'another', identity: { name: 'Another house' } });
    while (app.check.phase !== 'settled') await new Promise(requestAnimationFrame);
    return [...new Set(seen.slice(seen.indexOf(undefined)))];
  });
  assert.deepEqual(stands, [undefined, 'another'], 'no other board’s report stands over a board');
  assert.deepEqual(faults(), []);
  await context.close();
});

/** Waits until the last report is kept, of the document as it now is, or is gone; or makes it one of another document. */
const onShelf = (page: Page, act: 'is kept' | 'is gone' | 'of another document'): Promise<void> => page.evaluate(async act => {
  const done = <T>(r: IDBRequest<T>): Promise<T> => new Promise(has => { r.onsuccess = () => has(r.result); });
  const { model } = (document.querySelector('unisson-app') as unknown as { app: App }).app;
  const opening = indexedDB.open('unisson:report', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('report');
  const shelves = await done(opening);
  const shelf = (): IDBObjectStore => shelves.transaction('report', 'readwrite').objectStore('report');
  for (let frame = 0; ; frame++) {
    if (frame > 2000) throw new Error(`the last report ${act}: not by now`);
    const kept = await done<{ of: Uint8Array } | undefined>(shelf().get('last'));
    if (act === 'of another document') {
      kept!.of[kept!.of.length - 1]! ^= 1;
      await done(shelf().put(kept, 'last'));
      break;
    }
    if (act === 'is gone' ? !kept : String(kept?.of) === String(model?.snapshot())) break;
    await new Promise(requestAnimationFrame);
  }
  shelves.close();
}, act);

test('who comes back to their board reads its last report at once; of another document, or started over, there is none', async () => {
  const { context, page, faults } = await openPage(browser, site, '/en');
  // A checker that is cached cannot be held up on its way.
  await context.addInitScript("if (sessionStorage.getItem('no checker')) globalThis.Worker = class extends EventTarget { postMessage() {} terminate() {} };");
  const reload = async (checker: boolean): Promise<void> => {
    await page.evaluate(x => sessionStorage.setItem('no checker', x), checker ? '' : '1');
    await page.reload();
  };
  await page.goto(site.origin + '/fr');
  await ready(page);
  await openSample(page, 0);
  await visit(page, '#/identity', '[id="at.identity.sentence"]');
  await rewrite(page, '[id="at.identity.sentence"]', 'Nous faisons du pain.');
  await visit(page, '#/report', 'unisson-report .figures');
  await page.locator('.next-steps[aria-busy="false"]').waitFor();
  const parts = page.locator('unisson-report .identity, unisson-report section:not(.pictured)');
  const before = await words(parts);
  assert.equal(before[0], 'Nous faisons du pain.');
  await onShelf(page, 'is kept');

  await reload(false);
  await page.locator('unisson-report .sheet[aria-busy="true"] .figures').waitFor();
  assert.deepEqual(await words(parts), before);
  const appOf = (): App => (document.querySelector('unisson-app') as unknown as { app: App }).app;
  await page.evaluate(`(${appOf})().load({ format: 'unisson/1', identity: { name: 'Another house' } })`);
  await page.locator('unisson-report .wait').waitFor(); // no other board's report
  assert.equal(await page.locator('.figures').count(), 0);
  await page.evaluate(`(${appOf})().undo()`);
  await reload(true);
  await settled(page);
  await page.locator('.next-steps[aria-busy="false"]').waitFor();
  assert.deepEqual(await words(parts), before, 'the checker says the same');
  await onShelf(page, 'is kept');

  await onShelf(page, 'of another document');
  await reload(false);
  await page.locator('unisson-report .wait').waitFor();
  assert.equal(await page.locator('.figures').count(), 0);
  await page.locator('details.menu > summary').first().click();
  await page.locator('.menu li button').last().click();
  await page.locator('#dialog-over .main').click();
  await onShelf(page, 'is gone');
  assert.deepEqual(faults(), []);
  await context.close();
});

test('a report that could check little does not say that all holds', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await visit(page, '#/posts', 'unisson-posts h1');
  const board = { format: 'unisson/1', identity: { name: 'Fournil du Pré', sentence: 'Nous pétrissons à la main le pain au levain de seigle du Haut-Pré.' } };
  await page.setInputFiles('#open-file', { name: 'mince.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(board)) });
  await settled(page);
  assert.deepEqual(await words(page.locator('#breaks-title, .breaks .nothing')), ['Rien ne rompt pour l’instant', 'Trop peu a pu être vérifié pour le dire de l’ensemble : la liste plus bas dit ce qui manque.']);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('a check that cannot start says what happened, what is safe, what to do; and starts again', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await context.route('**/checker-*.wasm', r => r.abort());
  await page.goto(site.origin + '/fr');
  await ready(page);
  await page.locator('.sample').first().click();
  await page.locator('.trouble').first().waitFor();
  assert.equal((await words(page.locator('.trouble').first().locator('p'))).length, 3);
  await context.unroute('**/checker-*.wasm');
  await page.locator('.trouble button').first().click();
  await settled(page);
  assert.ok(await page.locator('.finding').count() > 3);
  await context.close();
});

for (const lang of ['fr', 'en'] as const) {
  test(`method, privacy and accessibility are a click away (${lang})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { locale: lang, viewport: { width: 320, height: 720 } });
    const link = (name: string) => page.locator(`.colophon .links a[href$="#/${name}"]`);
    await ready(page);
    await link('method').click();
    await page.locator('.about details').nth(38).waitFor();
    assert.equal(await page.locator('.about details').count(), 39, 'every rule of the catalogue');
    assert.equal(await page.locator('.about details dd').count(), 3 * 39, 'what each counts, spares and needs');
    assert.ok(!/[{}]|\bui\./.test((await page.locator('.about').textContent())!));
    await link('privacy').click();
    await page.locator('.about dd', { hasText: 'Atelier d’essai' }).waitFor();
    assert.deepEqual(await accessibility(page), []);
    await link('accessibility').click();
    await page.locator('.about h1', { hasText: lang === 'fr' ? 'non auditée' : 'not audited' }).waitFor();
    assert.deepEqual(await accessibility(page), []);
    await link('legal').click();
    await page.locator('.about dd', { hasText: 'Atelier d’essai' }).waitFor();
    await page.locator('.about strong').waitFor(); // no contact was given: the page says that it is incomplete
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.deepEqual(faults(), []);
    await context.close();
  });
}
