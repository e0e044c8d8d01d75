/** The landing as it stands in the page: before any script has come, and the moment one does. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser, startSite, watch, type Site } from './harness.ts';
import { focused, ready, tabTo } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

interface Held { page: Page; release(): void; end(): Promise<void> }

/** A page whose scripts are on their way until `release`. kept: what an earlier visit left in local storage. */
async function held(path: string, kept: Record<string, string> = {}, options: BrowserContextOptions = {}): Promise<Held> {
  const context = await browser.newContext({ locale: 'fr-FR', serviceWorkers: 'block', ...options });
  const faults = watch(context, site);
  await context.addInitScript(kept => { if (location.protocol !== 'about:') for (const [k, v] of Object.entries(kept)) localStorage.setItem(k, v); }, kept);
  let release!: () => void;
  const come = new Promise<void>(r => { release = r; });
  await context.route(/\/assets\/main-\w+\.js$/, async route => { await come; await route.continue(); });
  const page = await context.newPage();
  await page.goto(site.origin + path, { waitUntil: 'commit' });
  await page.locator('#still footer').waitFor({ state: 'attached' });
  return { page, release, async end() {
    assert.deepEqual(faults(), []);
    await context.close();
  } };
}

for (const [lang, title] of [['fr', /une seule voix/], ['en', /one voice/]] as const) {
  test(`without scripts the landing can be read, ${lang}`, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.origin}/${lang}`);
    assert.match((await page.locator('h1').textContent())!, title);
    assert.equal(await page.locator('.specimen blockquote').count(), 2);
    assert.ok(await page.locator('.specimen blockquote mark').first().isVisible());
    const notice = page.locator('.standing', { hasText: 'JavaScript' });
    assert.ok(await notice.evaluate(e => e.getBoundingClientRect().bottom < document.querySelector('h1')!.getBoundingClientRect().top), 'what the page needs is said first');
    await context.close();
  });

  test(`the living landing says what the still one said, ${lang}`, async () => {
    const { page, release, end } = await held(`/${lang}`);
    const seen = () => page.evaluate(() => {
      const app = document.querySelector('#still, unisson-app')!;
      return { text: (app as HTMLElement).innerText, tags: [...app.querySelectorAll('*')].map(e => `${e.tagName}.${e.getAttribute('class')}`).join(' '), top: app.querySelector('h1')!.getBoundingClientRect().top };
    });
    const still = await seen();
    release();
    await ready(page);
    assert.deepEqual(await seen(), still);
    await end();
  });
}

test('whoever tabs and presses before the scripts are there goes on where they were', async () => {
  const { page, release, end } = await held('/fr');
  await tabTo(page, '.samples button');
  const where = await focused(page);
  release();
  await ready(page);
  assert.equal(await focused(page), where);
  await end();

  const early = await held('/fr');
  await early.page.locator('.samples button').first().click();
  await early.page.locator('.tools .theme').hover(); // and moves on
  early.release();
  await early.page.locator('unisson-report .figures').waitFor();
  await early.end();

  const link = await held('/fr');
  await link.page.locator('.start .main').click();
  link.release();
  await link.page.locator('.asking').waitFor();
  await link.end();
});

test('the still landing shows in nobody else’s theme, language or place', async () => {
  const shown = (page: Page) => page.evaluate(() => ({ theme: document.documentElement.dataset.theme, landing: document.querySelector('h1')!.checkVisibility({ visibilityProperty: true }) }));
  for (const [path, kept, want] of [
    ['/fr', {}, { theme: undefined, landing: true }],
    ['/fr#/', { 'unisson.theme': 'dark' }, { theme: 'dark', landing: true }],
    ['/fr', { 'unisson.lang': 'en' }, { theme: undefined, landing: true }], // the address is obeyed
    ['/', { 'unisson.lang': 'en' }, { theme: undefined, landing: false }],
    ['/fr#/channels', {}, { theme: undefined, landing: false }],
    ['/fr#live/abcdefgh/abcdefghijklmnopqrstuv', {}, { theme: undefined, landing: false }],
  ] as const) {
    const { page, end } = await held(path, kept);
    assert.deepEqual(await shown(page), want, `${path} ${JSON.stringify(kept)}`);
    await end();
  }
  const { page, release, end } = await held('/', { 'unisson.lang': 'en' });
  release();
  await ready(page);
  assert.equal((await shown(page)).landing, true);
  assert.match((await page.locator('h1').textContent())!, /one voice/);
  await end();
});

test('where the page’s sentences do not come at once, they are asked for again, and a press waits for them', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', serviceWorkers: 'block' });
  let cut = true;
  await context.route(/\/assets\/texts-fr-\w+\.json$/, route => (cut ? route.abort() : route.continue()));
  const page = await context.newPage();
  const failed = page.waitForEvent('requestfailed');
  await page.goto(`${site.origin}/fr`);
  await failed;
  await page.locator('.samples button').first().click();
  cut = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.locator('unisson-report .figures').waitFor();
  await context.close();
});

test('a first visit fetches no checker until somebody stirs', async () => {
  const { page, release, end } = await held('/en');
  await page.evaluate(() => { // only the pointer is to say so, not the time that passes
    const { setTimeout } = globalThis;
    Object.assign(globalThis, { setTimeout: (f: () => void, ms: number) => (ms >= 1000 ? 0 : setTimeout(f, ms)) });
  });
  const asked = page.waitForRequest(/checker-\w+\.wasm$/);
  let early = true;
  void asked.then(() => { assert.equal(early, false); }, () => {});
  release();
  await ready(page);
  early = false;
  await page.mouse.move(40, 40);
  await asked;
  await end();
});

test('a network that goes while the page gets ready behind the landing breaks nothing', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', serviceWorkers: 'block' });
  const faults = watch(context, site);
  const page = await context.newPage();
  await page.goto(`${site.origin}/fr`);
  await ready(page);
  let refused = 0;
  const both = new Promise<void>(done => page.on('requestfailed', () => { if (++refused === 2) done(); })); // a sample to practise on, then what keeps the page offline
  const checker = page.waitForRequest(/checker-\w+\.wasm$/);
  await page.mouse.move(40, 40);
  await checker;
  await page.route(/\/assets\/chunk-\w+\.js$/, route => route.abort());
  await both;
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.deepEqual(faults().filter(f => f.startsWith('exception')), []);
  await context.close();
});
