import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import type { Board } from '../../src/engine/types.ts';
import { openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { focusOn, focused, openSample, press, ready, rewrite, settled, visit, words } from './walk.ts';

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

const samples = [{ lang: 'fr', locale: 'fr-FR', file: 'menuiserie-varenne' }, { lang: 'en', locale: 'en-GB', file: 'wrenfield-orchard' }] as const;
const boardOf = (file: string): Board => JSON.parse(readFileSync(`${PROJECT}/static/samples/${file}.json`, 'utf8')) as Board;
const even = (s: string): string => s.replace(/\s+/g, ' ').trim();

/** All causes, and all passages of each. */
async function unfold(report: Locator): Promise<void> {
  for (const more of ['.breaks > p > button', '.finding > .quiet']) while (await report.locator(more).count()) await report.locator(more).first().click();
}

for (const [i, { lang, locale, file }] of samples.entries()) {
  test(`a sample is one click away; every quote stands in its texts, and leads there and back (${lang})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { locale });
    await ready(page);
    const shown = await words(page.locator('.specimen blockquote'));
    const marked = await words(page.locator('.specimen mark'));
    const report = await openSample(page, i as 0 | 1);
    await unfold(report);

    const board = boardOf(file);
    const texts = [
      ...board.messages!.map(m => m.text), ...board.channels!.flatMap(c => [c.bio, c.reason]), ...board.objectives!.map(o => o.title), ...board.segments!.map(s => s.name),
      ...(board.actions ?? []).map(a => a.title as string), ...(board.kpis ?? []).map(k => k.name as string), board.identity!.sentence, board.identity!.promise,
    ].flatMap(x => (x ? even(x) : []));
    const quotes = await words(report.locator('.quote blockquote'));
    assert.ok(quotes.length > 10);
    for (const q of quotes) for (const part of q.split('…')) assert.ok(texts.some(x => x.includes(part.trim())), `« ${q} » is nowhere in the board`);
    for (const q of shown) assert.ok(texts.includes(q), `the landing quotes « ${q} »`);
    const spoken = await words(report.locator('.finding h4'));
    assert.ok(spoken.every(s => s.length > 20 && !/[{}]|\b[A-Z]{2}\d\b/.test(s)), spoken.join('\n'));
    assert.ok((await words(report.locator('mark'))).some(m => marked.includes(m)), 'the landing marks what the report marks');
    assert.ok(spoken.some(s => s.includes('Instagram')));

    const score = await words(report.locator('.figure > .unseen'));
    assert.match(score[0]!, /\d+/);
    assert.ok(await report.locator('.figures .label').isVisible(), 'the index says what it is not');
    await shot(page, `report-${lang}`);

    // There: scrolled, focused, marked. And back to the very finding.
    const finding = report.locator('.finding:has(.quote mark)').first();
    const words0 = await words(finding.locator('.quote mark'));
    const key = await finding.getAttribute('id');
    await finding.locator('.quote:has(mark) a').first().click();
    await focusOn(page, '.message.here');
    assert.ok(words0.includes((await words(page.locator('.message.here mark')))[0]!));
    assert.ok(await page.locator('.message.here').evaluate(e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }));
    await press(page, '.message.here .back');
    await focusOn(page, '.finding');
    assert.equal(await page.evaluate(() => document.activeElement?.id), key);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test('the report follows an edit, and reads with the network off', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  const report = await openSample(page, 0);
  await report.locator('.finding h4', { hasText: 'Dix mille abonnés' }).first().waitFor();
  await context.setOffline(true);
  await visit(page, '#/channels/insta/segments', 'unisson-channels .thesis');
  const tally = page.locator('.summary .tally a');
  const counted = await tally.textContent();
  await page.locator('[id="at.o3"]').locator('xpath=..').locator('select').selectOption({ label: 'Signer trente devis de restauration' });
  await page.waitForFunction(old => document.querySelector('.summary .tally a')?.textContent !== old, counted);
  await tally.click();
  const after = await settled(page);
  assert.equal(await after.locator('.finding h4', { hasText: 'Dix mille abonnés' }).count(), 0);
  assert.deepEqual(faults().filter(f => !f.includes('/favicon.svg')), [], 'Chromium itself asks for the tab’s icon again at each new address');
  await context.close();
});

test('a finding is dismissed with a reason, counted in sight, and put back', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  const report = await openSample(page, 0);
  await unfold(report);
  const all = await report.locator('.finding').count();
  const sentence = (await words(report.locator('.finding h4')))[0]!;
  await report.locator('.finding .dismiss').first().focus();
  await page.keyboard.press('Enter');
  await focusOn(page, '.dismissal input');
  await page.keyboard.press('Enter'); // without a reason nothing happens
  assert.equal(await report.locator('.finding').count(), all);
  await page.keyboard.type('Choix assumé depuis mars');
  await page.keyboard.press('Enter');
  await report.locator('.aside-list', { hasText: 'Choix assumé depuis mars' }).waitFor();
  assert.equal(await report.locator('.finding').count(), all - 1);
  assert.ok((await words(report.locator('.aside-list li > p:first-child'))).includes(sentence));
  await report.locator('.figures', { hasText: /1 constat écarté/ }).waitFor();
  assert.match(await focused(page), /^h2/, 'focus is kept');
  await report.locator('.aside-list button').focus();
  await page.keyboard.press('Enter');
  await report.locator('.finding').nth(all - 1).waitFor();
  assert.equal(await report.locator('.aside-list').count(), 0);
  assert.deepEqual(faults(), []);
  await context.close();
});

for (const [i, { lang, locale }] of samples.entries()) {
  test(`what to do next leads there; a moment that was kept is compared; the report is taken away (${lang})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { locale, viewport: { width: 320, height: 800 } });
    await ready(page);
    const report = await openSample(page, i as 0 | 1);
    const steps = report.locator('.next-steps[aria-busy="false"] li');
    await steps.nth(4).waitFor();
    assert.equal(await steps.count(), 5);
    assert.ok((await words(steps.locator('.aside'))).some(s => /\d/.test(s)), 'each says what it brings');
    await steps.first().locator('a').focus();
    assert.match((await words(report.locator('.next-steps .unseen')))[0]!, /\d/, 'the score after it is said');
    await shot(page, `next-${lang}`);
    const where = await steps.first().locator('a').getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForFunction(h => location.hash === h, where);

    await visit(page, '#/report', '.since');
    await page.locator('.since button').focus();
    await page.keyboard.press('Enter');
    await page.locator('.since[aria-busy="false"] .acts').waitFor();
    await visit(page, '#/identity', '[id="at.identity.sentence"]');
    await rewrite(page, '[id="at.identity.sentence"]', lang === 'fr' ? 'Des solutions innovantes et de qualité pour accompagner chaque client vers l’excellence' : 'Innovative quality solutions for everyone');
    await visit(page, '#/report', '.since');
    const news = page.locator('.since[aria-busy="false"] li a');
    await news.first().waitFor();
    assert.ok((await news.count()) > 0, 'what broke since is listed');
    await shot(page, `since-${lang}`);
    const [moment] = await Promise.all([page.waitForEvent('download'), page.locator('.since .acts button').first().click()]);
    assert.match(readFileSync(await moment.path(), 'utf8'), /^# .+\n\n\*\*/);

    await page.reload(); // the moment is kept in this browser
    await settled(page);
    await page.locator('.since[aria-busy="false"] .acts').waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing overflows at 320 px');
    for (const [name, start] of [[/Markdown/, '# '], [/JSON/, '{"board":']] as const) {
      await page.locator('details.menu > summary, details:has(summary.tool) > summary').first().click();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).first().click()]);
      assert.ok(readFileSync(await file.path(), 'utf8').startsWith(start));
    }
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test('the report prints whole', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  const report = await openSample(page, 0);
  await page.evaluate(() => { Object.assign(globalThis, { print: () => dispatchEvent(new Event('beforeprint')) }); });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => print());
  const printed = await report.locator('.finding').count();
  assert.equal(await report.locator('details:not([open])').count(), 0);
  assert.equal(await report.getByRole('button').filter({ visible: true }).count(), 0);
  await shot(page, 'report-print');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  assert.ok(await report.locator('.finding').count() <= printed);
  assert.equal(await report.locator('details[open]').count(), 0);
  assert.ok((await page.pdf({ format: 'A4' })).length > 20_000);
  assert.deepEqual(faults(), []);
  await context.close();
});
