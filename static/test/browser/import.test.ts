import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openPage, startBrowser, startSite, type Site } from './harness.ts';
import { focusOn, openSample, ready, settled, visit, words } from './walk.ts';

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

const posts = async (): Promise<Awaited<ReturnType<typeof openPage>>> => {
  const opened = await openPage(browser, site, '/fr#/posts');
  await opened.page.locator('.pastebox textarea').waitFor();
  await ready(opened.page);
  return opened;
};
const choose = (page: Page, name: string, text: string): Promise<void> => page.setInputFiles('#pick-file', { name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const understood = (page: Page, n: number): Promise<void> => page.locator('.preview h3', { hasText: new RegExp(`^\\s*${n} message`) }).waitFor();

test('a CSV shows its columns, its dates, its channels and what is left out, then enters as one step', async () => {
  const { context, page, faults } = await posts();
  const row = (i: number): string => `0${1 + (i % 9)}/0${1 + ((i * 5) % 9)}/2026;${i % 2 ? 'Instagram' : 'Page Facebook'};"Publication n° ${i} — été 😻, « déjà »";https://exemple.example/${i}`;
  await choose(page, 'export.csv', ['Date;Canal;Texte;Lien', ...Array.from({ length: 12 }, (_, i) => row(i)), '05/05/2026;Instagram;;'].join('\n'));
  await understood(page, 12);
  assert.deepEqual(await page.locator('table.sample select').evaluateAll(list => list.map(s => (s as HTMLSelectElement).value)), ['date', 'channel', 'text', 'link']);
  assert.deepEqual(await page.locator('.places select').evaluateAll(list => list.map(s => (s as HTMLSelectElement).value)), ['new:facebook', 'new:instagram']);
  assert.equal(await page.locator('.leftout li').count(), 1);

  // Both readings of the dates fit: nothing enters before the person has said which.
  const add = page.locator('.confirm .main');
  assert.ok(await add.isDisabled());
  await page.locator('.asks input').nth(1).check();
  await page.locator('.first time[datetime^="2026-02-06"]').waitFor(); // 02/06/2026, month first
  await page.locator('.reading input').nth(0).check();
  await page.locator('.first time[datetime^="2026-06-02"]').waitFor();

  // Another column as the text, and back.
  await page.locator('table.sample select').nth(3).selectOption('text');
  await page.locator('.first p', { hasText: 'https://exemple.example/0' }).waitFor();
  await page.locator('table.sample select').nth(3).selectOption('link');
  await page.locator('table.sample select').nth(2).selectOption('text');
  await page.locator('.first p', { hasText: 'Publication n° 0 — été 😻, « déjà »' }).waitFor();

  await page.locator('.places input').nth(1).uncheck(); // not Instagram
  await add.click();
  await page.locator('.message').nth(5).waitFor();
  assert.equal(await page.locator('.message').count(), 6);
  assert.ok((await words(page.locator('.message .where span'))).every(s => s === 'Page Facebook'));
  await page.locator('.said .link').click(); // undone in one step
  await page.locator('.pastebox').waitFor();
  assert.equal(await page.locator('.message').count(), 0);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('a profile page copied as it stands is split into posts; lines and paragraphs are a choice away', async () => {
  const { context, page, faults } = await posts();
  const post = (age: string, text: string): string => `Menuiserie Varenne\n1 234 abonnés\n${age} •\n${text}\nJ’aime\nCommenter\nPartager\n12 commentaires\n`;
  const copied = ['Menuiserie Varenne', 'Suivre', '1 234 abonnés', 'Accueil', 'À propos', '',
    post('2 j', 'Chantier rendu à Nocé : quatorze fenêtres restaurées 🪟'), post('1 sem', 'Nous recrutons un menuisier pour la restauration de fenêtres anciennes.'), post('2 sem', 'Un escalier de 1780 est entré à l’atelier en onze morceaux.')].join('\n');
  await page.locator('.pastebox textarea').fill(copied);
  await understood(page, 3);
  assert.deepEqual(await words(page.locator('.first p')), ['Chantier rendu à Nocé : quatorze fenêtres restaurées 🪟', 'Nous recrutons un menuisier pour la restauration de fenêtres anciennes.', 'Un escalier de 1780 est entré à l’atelier en onze morceaux.']);
  assert.ok(await page.locator('.leftout li').count() > 0, 'what was dropped is said');
  assert.ok(await page.locator('.confirm .main').isDisabled(), 'a channel first');
  await page.locator('.reading input').nth(1).check();
  await page.waitForFunction(() => document.querySelectorAll('.first li').length === 5);
  await page.locator('.reading input').nth(0).check();
  await understood(page, 3);
  await page.locator('.destination select').selectOption('new:linkedin');
  await page.locator('.confirm .main').click();
  assert.equal(await page.locator('.message').count(), 3);

  // The same page again adds nothing.
  await page.locator('#add-posts').click();
  await focusOn(page, '.pastebox textarea');
  await page.locator('.pastebox textarea').fill(copied);
  await understood(page, 3);
  assert.ok(await page.locator('.confirm .main').isDisabled());
  assert.deepEqual(faults(), []);
  await context.close();
});

test('a file dropped anywhere is taken; a board replaces the board, and can be undone', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  const drop = (name: string, text: string): Promise<void> => page.evaluate(([n, t]) => {
    const data = new DataTransfer();
    data.items.add(new File([t!], n!));
    for (const type of ['dragover', 'drop']) document.querySelector('.head')!.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [name, text]);
  await drop('verger.json', readFileSync(`${PROJECT}/static/samples/wrenfield-orchard.json`, 'utf8'));
  await page.locator('.confirm p', { hasText: 'Wrenfield Orchard' }).waitFor();
  await page.locator('.confirm .main').click();
  await page.locator('unisson-report h1', { hasText: 'Wrenfield Orchard' }).waitFor();
  await page.locator('.said .link').click();
  await page.locator('unisson-report h1', { hasText: 'Menuiserie Varenne' }).waitFor();
  await settled(page);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('what cannot be read says what, that nothing was lost, and what to do', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await openSample(page, 0);
  await visit(page, '#/posts/add', '.pastebox');
  const held = (): Promise<string | null> => page.locator('.message').first().getAttribute('aria-setsize'); // only those near the window are drawn
  const before = await held();
  assert.ok(Number(before) > 30);
  const bad: [string, string, string?][] = [
    ['kind.json', '{"format":"unisson/1","channels":[{"id":"1","name":"T","kind":"social"}]}', '« social » n’est pas une valeur admise'], ['board.json', '{"format":"unisson/1","channels":[{"id":1}]'], ['deep.json', '['.repeat(100_000)], ['image.png', '\x89PNG\r\n\x1a\n\0\0\0\0'], ['vide.csv', ''], ['page.html', '<!doctype html><html><body><p>Bonjour</p></body></html>'],
  ];
  for (const [name, text, what = ''] of bad) {
    await choose(page, name, text);
    await page.locator('.import .trouble').waitFor();
    const said = (await words(page.locator('.import .trouble p'))).join(' ');
    assert.ok(said.length > 40 && !/[{}]|import\.error|board\./.test(said), `${name}: ${said}`);
    assert.ok(said.replace(/\s/g, ' ').includes(what), `${name}: ${said}`);
    assert.equal(await page.locator('.confirm').count(), 0);
    assert.equal(await held(), before);
    await page.locator('.file button').click();
    await page.locator('.pastebox').waitFor();
  }
  // Whoever drops the file again, mended, sees that one: the one that gave nothing makes room, and says so.
  await choose(page, 'vide.csv', '');
  await page.locator('.import .trouble').waitFor();
  await page.setInputFiles('#open-file', { name: 'plein.csv', mimeType: 'text/plain', buffer: Buffer.from('date;texte;canal\n13/04/2026;Un escalier posé;LinkedIn\n') });
  await page.locator('.file strong', { hasText: 'plein.csv' }).waitFor();
  await page.locator('.confirm').waitFor();
  await page.locator('.said', { hasText: 'vide.csv' }).waitFor();
  assert.deepEqual(faults(), []);
  await context.close();
});

test('ten thousand messages are listed and searched without freezing', async () => {
  const { context, page, faults } = await posts();
  const lines = Array.from({ length: 10_000 }, (_, i) => `2026-0${1 + (i % 9)}-1${i % 9},"Le menuisier restaure la fenêtre n° ${i} 🎉"`);
  await choose(page, 'dix-mille.csv', ['date,text', ...lines].join('\n'));
  await page.locator('.preview h3', { hasText: /10\s000/ }).waitFor();
  await page.locator('.destination select').selectOption('new:linkedin');
  await page.locator('.confirm .main').click();
  await page.locator('.message[aria-setsize="10000"]').first().waitFor();
  assert.ok(await page.locator('.message').count() < 60, 'only those near the window are drawn');
  await page.locator('.search input').fill('N° 9876');
  await page.waitForFunction(() => document.querySelectorAll('.message').length === 1);
  assert.match((await words(page.locator('.message .text')))[0]!, /n° 9876 🎉/);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('two hundred posts in two languages over four channels are read with the network off, and quoted from the file', async () => {
  const { context, page, faults } = await posts();
  const arrived = page.waitForResponse(/importer-[^/]*\.wasm$/);
  await page.reload();
  await (await arrived).finished();
  await page.locator('.pastebox textarea').waitFor();
  await ready(page);
  await context.setOffline(true);

  const sample = (name: string): string[] => (JSON.parse(readFileSync(`${PROJECT}/static/samples/${name}.json`, 'utf8')) as { messages: { text: string; channel: string }[] }).messages.map(m => m.text);
  const [french, english] = [sample('menuiserie-varenne'), sample('wrenfield-orchard')];
  const sources = [french.slice(0, 15), french.slice(15), english.slice(0, 20), english.slice(20)];
  const texts = Array.from({ length: 200 }, (_, i) => `${sources[i % 4]![(i >> 2) % sources[i % 4]!.length]} — n° ${i}, déjà 👩‍👩‍👧`);
  const quoted = (s: string): string => `"${s.replaceAll('"', '""')}"`;
  const file = ['date,channel,text', ...texts.map((t, i) => `2026-0${1 + (i % 9)}-1${i % 10},${['Instagram', 'TikTok', 'Facebook', 'Newsletter'][i % 4]},${quoted(t)}`)].join('\n');
  await choose(page, 'posts.csv', file);
  await understood(page, 200);
  await page.locator('.confirm .main').click();
  await page.locator('.message').first().waitFor();
  await page.evaluate(() => { location.hash = '#/report'; });
  const report = await settled(page);
  for (const more of ['.breaks > p > button', '.finding > .quiet']) while (await report.locator(more).count()) await report.locator(more).first().click();

  const even = (s: string): string => s.replace(/\s+/g, ' ').trim();
  const inFile = texts.map(even);
  const quotes = (await words(report.locator('.quote blockquote:has(mark)')));
  assert.ok(quotes.length > 10, `${quotes.length} marked quotes`);
  for (const q of quotes) for (const part of q.split('…')) assert.ok(inFile.some(t => t.includes(part.trim())), `« ${q} » is not in the file`);
  // At the right places: what is marked is a cue, never cut through an emoji or an accent.
  for (const m of await words(report.locator('.quote mark'))) assert.ok(m && inFile.some(t => t.includes(m)) && !/[\ud800-\udbff]$|^[\udc00-\udfff]/.test(m), `the mark « ${m} »`);
  assert.deepEqual(faults().filter(f => !f.includes('/favicon.svg')), []);
  await context.close();
});
