import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import type { Board } from '../../src/engine/types.ts';
import { bigBoard } from '../../bench/board.ts';
import { focused, focusOn, openSample, press, ready, tabTo, visit, words } from './walk.ts';

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
  ['channels', '#/channels/insta', '.channel[open] .thesis'], ['actions', '#/actions', 'unisson-actions h1'], ['posts', '#/posts', '.message'], ['decisions', '#/decisions', 'unisson-decisions h1'], ['settings', '#/settings', 'unisson-settings .rules'],
];
const unfold = (page: Page): Promise<void> => page.evaluate(() => document.querySelectorAll<HTMLDetailsElement>('details.section').forEach(d => { d.open = true; }));

for (const lang of ['fr', 'en'] as const) for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any part of the desk, empty or full (${lang}, ${colorScheme})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { locale: lang, colorScheme, bypassCSP: true });
    page.setDefaultTimeout(120_000); // a busy machine is no fault of the page
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
      await visit(page, hash, drawn);
      await unfold(page);
      await look(name);
      for (const width of [320, 768, 1280]) {
        if (width !== 1280 && (lang === 'en' || colorScheme === 'dark')) continue;
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

/** Opens a board from a file where there was none: nothing is asked. */
async function openBoard(page: Page, board: Board): Promise<void> {
  await visit(page, '#/posts', 'unisson-posts h1');
  await page.setInputFiles('#open-file', { name: 'tableau.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(board)) });
  await page.locator('unisson-report h1').waitFor();
}

/** Kinds of entities, where each stands, and how its *Move…* is answered: a place further on, an objective, a day. */
const kinds: { list: string; hash: string; adder: string; title: string; moves: 'order' | 'tree' | 'proof' | 'day' }[] = [
  { list: 'pillars', hash: '#/identity', adder: '#new-pillars', title: 'name', moves: 'order' },
  { list: 'segments', hash: '#/audiences', adder: '#new-segments', title: 'name', moves: 'order' },
  { list: 'objectives', hash: '#/objectives', adder: '#new-objectives', title: 'title', moves: 'tree' },
  { list: 'kpis', hash: '#/objectives', adder: '#new-kpis-loose', title: 'name', moves: 'proof' },
  { list: 'actions', hash: '#/actions', adder: '#new-actions', title: 'title', moves: 'day' },
  { list: 'decisions', hash: '#/decisions', adder: '#new-decisions', title: 'text', moves: 'day' },
];

for (const lang of ['fr', 'en'] as const) {
  test(`every kind of entity is added, edited, moved, deleted and brought back by keyboard (${lang})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { locale: lang });
    page.setDefaultTimeout(120_000);
    await ready(page);
    await openSample(page, lang === 'fr' ? 0 : 1);
    for (const { list, hash, adder, title, moves } of kinds) {
      await visit(page, hash, adder);
      await page.locator(adder).focus();
      await page.keyboard.type('Zanzibar');
      await page.keyboard.press('Enter');
      await focusOn(page, '.entity summary');
      const mine = page.locator('.entity:has(> details > summary :text("Zanzibar"))').last();
      const id = (await mine.locator('> details > summary').getAttribute('id'))!;

      await tabTo(page, `[id="${id}.${title}"]`);
      await page.keyboard.press('End');
      await page.keyboard.type(' 2');
      await page.locator(`[id="${id}"] .name`, { hasText: 'Zanzibar 2' }).waitFor();

      await page.locator(`.entity:has(> details > [id="${id}"]) > .grip`).focus();
      await page.keyboard.press('Enter');
      await focusOn(page, '#choose-where');
      if (moves === 'day') await page.locator('#choose-where').fill('2026-03-14'); // the picker's own keys differ by locale
      else await page.locator('#choose-where').selectOption({ index: 0 });
      await tabTo(page, '.choose .main');
      await page.keyboard.press('Enter');
      await page.locator('.said p').first().waitFor();
      if (moves === 'order') assert.equal(await page.locator('.entities > .entity:first-child > details > summary').first().getAttribute('id'), id, `${list}: first now`);
      if (moves === 'tree') assert.equal(await page.locator(`.entity:has(> details > [id="${id}"])`).getAttribute('data-depth'), '1', 'it hangs from the goal');
      if (moves === 'day') assert.match((await page.locator(`[id="${id}"] .says`).textContent())!, /14/);
      if (moves === 'proof') {
        assert.equal(await page.locator(`[id="${id}"]`).count(), 0, 'it stands inside its objective now');
        await visit(page, `#/objectives/${id.slice(3)}`, `[id="${id}"]`);
      }

      const entity = page.locator(`.entity:has(> details > [id="${id}"])`);
      if (!(await entity.locator('> details').evaluate(d => (d as HTMLDetailsElement).open))) {
        await page.locator(`[id="${id}"]`).focus();
        await page.keyboard.press('Enter');
      }
      await entity.locator('> details > .body > .ends button').focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(x => !document.getElementById(x), id);
      assert.notEqual(await focused(page), 'nothing', `${list}: focus is kept`);
      await page.locator('.said .link').focus();
      await page.keyboard.press('Enter');
      if (moves === 'proof') await visit(page, `#/objectives/${id.slice(3)}`, `[id="${id}"]`);
      await page.locator(`[id="${id}"] .name`, { hasText: 'Zanzibar 2' }).waitFor();
    }
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test('what a table, a calendar and the settings hold is set in place, and the report follows', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr', { viewport: { width: 1280, height: 1200 } }); // a whole month: a drag that has to scroll is another gesture
  await ready(page);
  await openSample(page, 0);
  await visit(page, '#/audiences', '.grid');
  const box = page.getByLabel('LinkedIn répond à', { exact: false }).first();
  await box.focus();
  await page.keyboard.press('Space');
  await visit(page, '#/channels/li', '.channel[open] .thesis');
  await page.locator('.channel[open] .section > summary').first().click();
  assert.ok(await page.locator('[id="at.li.answers"] input').first().isChecked(), 'the channel says the same');

  await visit(page, '#/actions', '.calendar');
  await page.locator('.chip').first().dragTo(page.locator('.calendar td:not(.outside)').nth(19));
  await page.locator('.said', { hasText: '20 ' }).waitFor();
  await page.locator('.calendar td:not(.outside)').nth(19).locator('.chip').waitFor();

  await visit(page, '#/settings', '[id="at.settings.rules.ST2"]');
  const tally = page.locator('.summary .tally a');
  const before = await tally.textContent();
  await page.locator('[id="at.settings.rules.ST2"]').focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(t => document.querySelector('.summary .tally a')?.textContent !== t, before);
  await page.locator('.masthead .tool').first().click();
  await page.waitForFunction(t => document.querySelector('.summary .tally a')?.textContent === t, before);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('each side of the score weighs what the board says: in the report, undone, and back to ours', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  const inReport = async (): Promise<string[]> => {
    await visit(page, '#/report', 'unisson-report .sheet[aria-busy="false"] .formula');
    await page.locator('.formula > summary').click();
    return words(page.locator('.formula tbody tr :nth-child(2)'));
  };
  const ours = await inReport();
  await page.locator('.formula a').click();
  await focusOn(page, '[id="at.settings.weights"]');
  const voice = page.locator('[id="at.settings.weights.voice"]'), reset = page.locator('.weights ~ p button');
  assert.equal(await reset.isDisabled(), true);
  await voice.fill('45');
  await voice.press('Tab');
  await page.locator('.said', { hasText: 'pèse 45' }).waitFor();
  assert.match((await words(page.locator('.weights small')))[4]!, /^35/, 'its share of the whole');
  await voice.fill('-3');
  await voice.press('Tab');
  assert.equal(await voice.inputValue(), '45', 'less than nothing is refused');
  assert.deepEqual(await inReport(), ours.with(4, '45'));

  await visit(page, '#/settings', '.weights');
  await reset.click();
  await page.locator('.said .link').click();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[id="at.settings.weights.voice"]')?.value === '45');
  await reset.click();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[id="at.settings.weights.voice"]')?.value === '15');
  assert.deepEqual(await inReport(), ours, 'what the page calls usual is what the core weighs with');
  assert.deepEqual(faults(), []);
  await context.close();
});

test('search goes from any screen to a name or a word, by keyboard', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  await page.keyboard.press('/');
  await focusOn(page, '#find-what');
  await page.keyboard.type('devis signes');
  await page.locator('#find-hits li').first().waitFor();
  assert.match((await words(page.locator('#find-hits li')))[0]!, /Devis signés/);
  await page.keyboard.press('Enter');
  await focusOn(page, '[id="at.o2.proof"]');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('chaton');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('.finder'));
  assert.deepEqual(faults(), []);
  await context.close();
});

test('ten thousand messages: to the end, one edited, five hundred moved at once and put back', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  page.setDefaultTimeout(120_000);
  await ready(page);
  const said = await page.evaluateHandle(() => {
    const all = new Set<string>();
    new MutationObserver(() => all.add(document.querySelector('unisson-report .underway')?.textContent ?? '')).observe(document.body, { subtree: true, childList: true, characterData: true });
    return all;
  });
  await openBoard(page, bigBoard(10_000, 20));
  await page.locator('unisson-report .sheet[aria-busy="false"]:has(.figures)').waitFor();
  const progress = await said.evaluate(all => [...all].join(' '));
  assert.match(progress, /Encore [69]\D\d{3} à lire/, 'a long reading says how far it is');
  assert.match(progress, /derniers calculs/);
  await visit(page, '#/posts', '.message[aria-setsize="10000"]');
  await page.locator('.message').first().focus();
  await page.keyboard.press('End');
  await focusOn(page, '.message[aria-posinset="10000"]');
  assert.ok(await page.locator('.message').count() < 60, 'only those near the window are drawn');
  await page.keyboard.press('Enter');
  await focusOn(page, '.message [id$=".text"]');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Zanzibar.');
  await page.keyboard.press('Escape');
  await focusOn(page, '.message[aria-posinset="10000"]');
  assert.match((await words(page.locator('.message[aria-posinset="10000"] .text')))[0]!, / Zanzibar\.$/);

  await page.locator('.search input').fill('zanzibar');
  await page.locator('.message[aria-setsize="1"]').waitFor();
  await page.locator('.search input').fill('');
  await page.locator('.message[aria-setsize="10000"]').first().waitFor();

  await page.evaluate(() => scrollTo(0, 0));
  await page.locator('.message[aria-posinset="1"]').focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 49; i++) await page.keyboard.press('Shift+PageDown');
  for (let i = 0; i < 9; i++) await page.keyboard.press('Shift+ArrowDown');
  await page.locator('.picked .count', { hasText: '500 ' }).waitFor();
  const on = (channel: string): Promise<number> => page.locator(`#filter-channel option[value="${channel}"]`).textContent().then(s => Number(s!.replace(/\s/g, '').match(/\((\d+)\)/)![1]));
  const before = await on('c3');
  await page.locator('#bulk-edit').focus();
  await page.keyboard.press('Enter');
  await focusOn(page, '#bulk-channel');
  await page.locator('#bulk-channel').selectOption('c3');
  await press(page, '.bulk .main');
  await page.locator('.said', { hasText: '500 messages' }).waitFor();
  assert.equal(await on('c3'), before + 475, 'all but the twenty-five that were there');
  await page.locator('.said .link').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(n => document.querySelector('#filter-channel option[value="c3"]')?.textContent?.includes(`(${n})`), before);
  assert.deepEqual(faults(), []);
  await context.close();
});
