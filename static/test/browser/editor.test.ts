import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Board } from '../../src/engine/types.ts';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { focusOn, press, ready, tabTo, visit } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** A board whose name has one right form, written wrong on two channels. */
const board: Board = {
  format: 'unisson/1', id: 'noms', lang: 'fr', asOf: '2026-05-01',
  identity: { name: 'Varenne', sentence: 'Nous restaurons à la main les fenêtres anciennes.', terms: [{ term: 'fenêtre' }], protected: [{ term: 'Menuiserie Varenne', variants: ['Menuiserie Varène'] }], voice: { unwanted: ['client'] } },
  channels: [{ id: 'site', name: 'Site', kind: 'site', lang: 'fr', bio: 'La Menuiserie Varène restaure les fenêtres.' }, { id: 'insta', name: 'Instagram', kind: 'instagram', lang: 'fr' }],
  messages: [
    { id: 'm1', channel: 'insta', date: '2026-03-01', text: '🪟 La Menuiserie Varène rouvre lundi.\nLes fenêtres sont prêtes.' },
    { id: 'm2', channel: 'insta', date: '2026-03-02', text: 'Un client heureux, une fenêtre rendue.' },
    { id: 'm3', channel: 'site', date: '2026-03-03', text: 'Chantier rendu à Nocé : quatorze fenêtres restaurées.' },
  ],
};

async function opened(lang: 'fr' | 'en', options = {}): Promise<Awaited<ReturnType<typeof openPage>>> {
  const it = await openPage(browser, site, '/' + lang, { locale: lang, ...options });
  const { page } = it;
  page.setDefaultTimeout(120_000); // a busy machine is no fault of the page
  await ready(page);
  await visit(page, '#/posts', 'unisson-posts h1');
  await page.setInputFiles('#open-file', { name: 'noms.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(board)) });
  await page.locator('unisson-report .figures').waitFor();
  return it;
}

const field = '[id="at.m1.text"]';
const written = (page: Page, of = field): Promise<string> => page.locator(of).evaluate(e => (e as HTMLTextAreaElement).value);

/** Begins to write in the first message; the writing surface takes over as soon as it is there. */
async function write(page: Page): Promise<void> {
  await visit(page, '#/posts/m1', '.message.here');
  await focusOn(page, '.message.here');
  await page.keyboard.press('Enter');
  await focusOn(page, `${field}.rich`);
}

for (const lang of ['fr', 'en'] as const) {
  test(`findings are marked as one types, explained at the caret, mended by one key, dismissed with a reason (${lang})`, async () => {
    const { context, page, faults } = await opened(lang, { bypassCSP: false });
    await write(page);
    await page.locator(`${field}.rich mark`).waitFor();
    assert.equal(await page.locator(`${field} mark`).first().textContent(), 'Menuiserie Varène', 'counted in code points, after an emoji');

    // What is marked is linked to what is said of it elsewhere, both ways.
    const mark = page.locator(`${field} mark`).first();
    await mark.hover();
    await (await page.waitForSelector('.message.here .flag[data-lit]')).hover();
    await page.waitForFunction(f => getComputedStyle(document.querySelector(f)!.shadowRoot!.querySelector('mark')!).outlineStyle === 'solid', field);
    await page.mouse.move(1, 1);
    assert.equal(await mark.evaluate(m => getComputedStyle(m).outlineStyle), 'none');

    // The caret stays where it is while reports come.
    await page.keyboard.press('Control+End');
    for (const part of [' Un client', ' vient', ' voir.']) {
      await page.keyboard.type(part);
      await page.waitForFunction(() => document.querySelector('.summary')?.textContent);
    }
    await page.locator(`${field} mark`, { hasText: 'client' }).waitFor();
    assert.match(await written(page), /prêtes\. Un client vient voir\.$/);

    // At the caret: the sentence, and the quotes elsewhere.
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
    const card = page.locator('.at-caret');
    await card.waitFor();
    assert.ok(await card.locator('.quote').count() > 0, 'another place that says it');
    assert.ok(await page.evaluate(f => document.activeElement?.matches(f), field), 'the card takes no focus');
    await shot(page, `editor-card-${lang}`, false);

    await page.keyboard.press('Control+.');
    await page.locator('.said', { hasText: 'Menuiserie Varenne' }).waitFor();
    assert.match(await written(page), /^🪟 La Menuiserie Varenne rouvre lundi\./);
    await page.keyboard.press('Control+z');
    await page.waitForFunction(f => (document.querySelector(f) as HTMLTextAreaElement).value.includes('Varène'), field);
    await page.locator(`${field} mark`, { hasText: 'Varène' }).waitFor();

    // A finding without a fix offers none; it is set aside with a reason, by keyboard, and focus comes back.
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
    await card.waitFor();
    await page.keyboard.press('F8');
    await focusOn(page, '.at-caret :is(button, a)');
    await tabTo(page, '.at-caret [id$=".dismiss"]');
    await page.keyboard.press('Enter');
    await focusOn(page, '.at-caret input');
    await page.keyboard.type('Choix assumé');
    await page.keyboard.press('Enter');
    await page.waitForFunction(f => !document.querySelector('.at-caret') && document.activeElement?.matches(f), field);
    await page.waitForFunction(f => !document.querySelector(f)?.shadowRoot?.querySelector('mark'), field);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test('the editor breaks no rule of access, in both colours; the words at rest are marked too', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { context, page } = await opened('fr', { colorScheme, bypassCSP: true, viewport: { width: 320, height: 720 } });
    await write(page);
    await page.locator(`${field}.rich mark`).waitFor();
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
    await page.locator('.at-caret').waitFor();
    assert.deepEqual(await accessibility(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await shot(page, `editor-320-${colorScheme}`, false);
    await page.keyboard.press('Escape');
    await focusOn(page, '.message.here');
    await page.locator('.message.here .text mark', { hasText: 'Menuiserie Varène' }).waitFor();
    await visit(page, '#/channels/site', '[id="at.site.bio"].rest');
    assert.equal(await page.locator('[id="at.site.bio"] mark').textContent(), 'Menuiserie Varène');
    await press(page, '[id="at.site.bio"]', 'Control+End');
    await page.keyboard.type(' Bienvenue.');
    assert.match(await page.locator('[id="at.site.bio"]').evaluate(e => (e as HTMLTextAreaElement).value), /fenêtres\. Bienvenue\.$/);
    await context.close();
  }
});

/** A page whose writing surface is held back: `give` lets it come, or fail. */
async function heldBack(fail: boolean): Promise<{ page: Page; give: () => void; close: () => Promise<void> }> {
  const context = await browser.newContext({ locale: 'fr-FR', serviceWorkers: 'block' });
  let give = () => {};
  const given = new Promise<void>(done => { give = done; });
  await context.route('**/chunk-*.js', async r => {
    const body = await (await r.fetch()).text();
    if (body.includes('cm-editor')) {
      await given;
      if (fail) return r.abort();
    }
    return r.fulfill({ contentType: 'text/javascript', body });
  });
  const page = await context.newPage();
  await page.goto(site.origin + '/fr');
  await ready(page);
  await visit(page, '#/identity', sentence);
  await page.locator(sentence).focus();
  return { page, give, close: () => context.close() };
}
const sentence = '[id="at.identity.sentence"]';

test('where the surface cannot be loaded, a plain field takes the words', async () => {
  const { page, give, close } = await heldBack(true);
  await page.keyboard.type('Nous pétrissons ');
  const failed = page.waitForEvent('requestfailed');
  give();
  await failed;
  await page.keyboard.type('à la main.');
  assert.equal(await page.locator('textarea' + sentence).inputValue(), 'Nous pétrissons à la main.');
  await close();
});

test('the surface that comes late takes over under the fingers, the caret where it is', async () => {
  const { page, give, close } = await heldBack(false);
  await page.keyboard.type('Nous à la main.');
  for (let i = 0; i < 'à la main.'.length; i++) await page.keyboard.press('ArrowLeft');
  assert.equal(await page.locator('textarea' + sentence).count(), 1);
  give();
  await focusOn(page, sentence + '.rich');
  await page.keyboard.type('pétrissons ');
  assert.equal(await written(page, sentence), 'Nous pétrissons à la main.');
  await close();
});

test('what is chosen when the surface comes is still chosen, either way round', async () => {
  for (const [keys, left, right] of [[['Control+a'], '', ''], [['Home', 'Shift+ArrowRight', 'Shift+ArrowRight'], '', 'us pétrissons'], [['End', 'Shift+ArrowLeft', 'Shift+ArrowLeft'], 'Nous pétrisso', '']] as const) {
    const { page, give, close } = await heldBack(false);
    await page.keyboard.type('Nous pétrissons');
    for (const key of keys) await page.keyboard.press(key);
    assert.equal(await page.locator('textarea' + sentence).count(), 1);
    give();
    await focusOn(page, sentence + '.rich');
    await page.keyboard.press('Delete');
    assert.equal(await written(page, sentence), left + right);
    await page.keyboard.type('!');
    assert.equal(await written(page, sentence), `${left}!${right}`);
    await close();
  }
});
