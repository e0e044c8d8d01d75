import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { openSample, ready, visit } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** Every part of the desk, each with what tells that it is drawn, and what is opened on it before it is looked at. */
const parts: [name: string, hash: string, drawn: string][] = [
  ['identity', '#/identity', 'unisson-identity .entity'], ['audiences', '#/audiences/s1', 'unisson-audiences .entity .body'], ['objectives', '#/objectives/o2', 'unisson-objectives .entity .body'],
  ['channels', '#/channels/insta', '.channel[open] .thesis'], ['actions', '#/actions', 'unisson-actions .calendar'], ['posts', '#/posts', '.message'], ['decisions', '#/decisions', 'unisson-decisions h1'], ['settings', '#/settings', 'unisson-settings .rules'],
];
const unfold = (page: Page): Promise<void> => page.evaluate(() => document.querySelectorAll<HTMLDetailsElement>('details.section').forEach(d => { d.open = true; }));

for (const lang of ['fr', 'en'] as const) for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any part of the desk, empty or full (${lang}, ${colorScheme})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { locale: lang, colorScheme, bypassCSP: true });
    await ready(page);
    const found: string[] = [];
    const look = async (name: string): Promise<void> => { found.push(...(await accessibility(page)).map(v => `${name}: ${v}`)); };
    for (const name of ['audiences', 'objectives', 'actions', 'decisions', 'settings']) {
      await visit(page, `#/${name}`, `unisson-${name} h1`);
      await look(`${name}, empty`);
    }
    await visit(page, '#/', '.sample');
    await openSample(page, lang === 'fr' ? 0 : 1);
    for (const [name, hash, drawn] of parts) {
      await visit(page, lang === 'fr' ? hash : hash.replace('/insta', '/instagram').replace('insta', 'insta'), drawn);
      await unfold(page);
      await look(name);
      for (const width of [320, 768, 1280]) {
        if ((lang === 'fr') !== (colorScheme === 'light') && width !== 1280) continue;
        await page.setViewportSize({ width, height: 900 });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than ${width}`);
        await shot(page, `desk-${name}-${lang}-${colorScheme}-${width}`);
      }
      await page.setViewportSize({ width: 1280, height: 720 });
    }
    await page.keyboard.press('Control+k');
    await page.locator('#find-what').fill(lang === 'fr' ? 'fenêtre' : 'apple');
    await page.locator('#find-hits li').first().waitFor();
    await look('search');
    await shot(page, `desk-search-${lang}-${colorScheme}`, false);
    assert.deepEqual(found, []);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}
