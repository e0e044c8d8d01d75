import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { holds, joined, opened, sentence, shared, sound, written } from './together.ts';
import { rewrite, visit, words } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test('two people edit one board, see each other, and nothing written offline is lost', async () => {
  const { ana, code } = await opened(browser, site);
  const ben = await joined(browser, site, code);
  const [a, b] = [ana.page, ben.page];
  for (const p of [a, b]) await p.locator('.who summary .face').nth(1).waitFor();
  await b.locator('.who summary').click();
  assert.deepEqual(await words(b.locator('.who li > span:nth-child(2)')), ['Ben (you)', 'Ana']);
  await sound(b, 'live-people');
  await b.keyboard.press('Escape');

  await visit(a, '#/identity', sentence);
  await visit(b, '#/identity', sentence);
  const was = await written(a);
  await b.locator(sentence).focus();
  await b.keyboard.press('Control+End');
  await b.keyboard.type(' Ben était là 🎉.');
  await holds(a, sentence, 'Ben était là 🎉.');
  await a.locator('.caret', { hasText: 'Ben' }).waitFor();
  await a.locator('.who summary').click();
  await a.locator('.who li a', { hasText: 'Qui vous êtes, en une phrase' }).waitFor(); // what he edits
  await a.locator('.who summary').click();
  await a.locator(sentence).focus();
  await a.keyboard.press('Control+Home');
  await a.keyboard.type('Ana : ');
  await holds(b, sentence, 'Ana : ');
  assert.equal(await written(b), `Ana : ${was} Ben était là 🎉.`);
  await shot(a, 'live-edit');

  // Undo is per person.
  for (let i = 0; i < 6 && (await written(a)).startsWith('A'); i++) await a.locator('.masthead .tool').first().click(); // letters typed slowly are steps of their own
  await b.waitForFunction(s => !document.querySelector<HTMLTextAreaElement>(s)!.value.startsWith('Ana'), sentence);
  assert.ok((await written(b)).includes('Ben était là'), 'what another wrote stays');

  // Offline: edits wait, in sight; both sides merge on return.
  await ben.context.setOffline(true);
  await b.locator('.livebar.offline').waitFor();
  await b.locator(sentence).focus();
  await b.keyboard.press('Control+End');
  await b.keyboard.type(' Hors ligne.');
  await b.locator('.livebar .state', { hasText: /\d+ edits? waiting/ }).waitFor();
  await shot(b, 'live-offline');
  await a.locator(sentence).focus();
  await a.keyboard.press('Control+Home');
  await a.keyboard.type('Pendant ce temps. ');
  await ben.context.setOffline(false);
  await shared(b);
  for (const p of [a, b]) for (const t of ['Hors ligne.', 'Pendant ce temps. ', 'Ben était là 🎉.']) await holds(p, sentence, t);
  assert.equal(await written(a), await written(b));

  // A reload comes back to the shared board, in the same person's name.
  await b.reload();
  await shared(b);
  await holds(b, sentence, 'Hors ligne.');
  assert.deepEqual(ana.faults(), []);
  assert.deepEqual(ben.faults().filter(f => !/ERR_INTERNET_DISCONNECTED|favicon/.test(f)), []);
  await Promise.all([ana.context.close(), ben.context.close()]);
});

test('a server that restarts tells people so, and gets what they wrote meanwhile', async () => {
  const { ana, code } = await opened(browser, site);
  const ben = await joined(browser, site, code);
  const [a, b] = [ana.page, ben.page];
  for (const p of [a, b]) {
    await visit(p, '#/identity', sentence);
    await shared(p);
  }
  const was = await written(a);

  await site.down();
  await a.locator('.livebar.offline .state', { hasText: 'Le serveur redémarre' }).waitFor(); // what 1012 means, and no other code
  for (const [p, key, text] of [[a, 'Control+Home', 'Ana seule : '], [b, 'Control+End', ' Ben seul.']] as const) {
    await p.locator(sentence).focus();
    await p.keyboard.press(key);
    await p.keyboard.type(text);
    await p.locator('.livebar:not(.shared) .state', { hasText: /\d+ (modifications? en attente|edits? waiting)/ }).waitFor();
  }
  await shot(b, 'live-restart');
  assert.equal(await written(a), `Ana seule : ${was}`, 'nobody hears of the other');

  await site.up();
  for (const p of [a, b]) {
    for (const t of ['Ana seule : ', ' Ben seul.']) await holds(p, sentence, t);
    await shared(p);
  }
  assert.equal(await written(a), `Ana seule : ${was} Ben seul.`);
  assert.equal(await written(b), await written(a));
  await a.reload();
  await shared(a);
  await holds(a, sentence, ' Ben seul.');
  const refused = /ERR_CONNECTION_REFUSED|WebSocket|when fetching the script/; // what a browser says of a server that is away
  for (const who of [ana, ben]) assert.deepEqual(who.faults().filter(f => !refused.test(f)), []);
  await Promise.all([ana.context.close(), ben.context.close()]);
});

test('a link to read lets nobody write; a link that opens nothing says so', async () => {
  const { ana, keys } = await opened(browser, site);
  const reader = await openPage(browser, site, `/en#live/${keys.board}/${keys.tokens.viewer}`, { locale: 'en-GB' });
  await reader.page.locator('#entrance-name').fill('Rae');
  await reader.page.keyboard.press('Enter');
  await shared(reader.page);
  assert.ok(!reader.page.url().includes(keys.tokens.viewer!));
  // A link of one's own is a new connection: who was there already is seen on it at once, not when they next move.
  await reader.page.locator('.livebar .who .unseen', { hasText: '2 people' }).waitFor({ timeout: 5000 });
  await visit(reader.page, '#/identity', sentence);
  const was = await written(reader.page);
  assert.ok(was.length > 20, 'the board is there to read');
  await rewrite(reader.page, sentence, 'Spoofed');
  await visit(ana.page, '#/identity', sentence);
  await ana.page.locator(sentence).focus();
  await ana.page.keyboard.press('Control+End');
  await ana.page.keyboard.type(' Fin.');
  await holds(reader.page, sentence, ' Fin.');
  assert.ok(!(await written(ana.page)).includes('Spoofed'));

  // A button that would change the board says why it does not.
  await visit(reader.page, '#/posts', '.message');
  const posts = (): Promise<string | null> => reader.page.locator('.message').first().getAttribute('aria-setsize');
  const were = await posts();
  await reader.page.locator('.message').getByRole('button', { name: 'Delete' }).first().click();
  await reader.page.locator('.said', { hasText: 'You are reading only' }).waitFor();
  assert.equal(await posts(), were);

  const lost = await openPage(browser, site, `/fr#live/${keys.board}/${'x'.repeat(43)}`, { locale: 'fr-FR' });
  await lost.page.locator('h1', { hasText: 'n’ouvre aucun tableau' }).waitFor();
  await lost.page.locator('#join-code').waitFor();
  assert.equal(await lost.page.locator('.privacy').textContent(), 'Aucun de vos textes n’a quitté cet appareil.');
  await sound(lost.page, 'live-nothing');

  // Who had a board before their eyes is told that theirs is a copy.
  await reader.page.locator('.privacy', { hasText: 'This board is shared' }).waitFor();
  const gone = await reader.page.request.delete(`${site.origin}/api/v1/boards/${keys.board}`, { headers: { authorization: `Bearer ${keys.tokens.facilitator}` } });
  assert.equal(gone.status(), 204);
  await reader.page.locator('.privacy', { hasText: 'You are no longer on the shared board' }).waitFor();
  await Promise.all([ana.context.close(), reader.context.close(), lost.context.close()]);
});

test('nobody replaces or empties everyone’s board by the way', async () => {
  const { ana, code } = await opened(browser, site);
  const { page } = await joined(browser, site, code);
  const one = page.locator('main');
  await visit(page, '#/', '.cover');
  assert.equal(await page.locator('.sample, #open-board').count(), 0, 'an example would take the place of the board for all');
  assert.ok(!/Nothing leaves your device/.test((await one.textContent())!), 'it has left it');
  await page.getByRole('link', { name: 'Go to the workshop' }).click();
  await page.locator('.agenda').waitFor();

  await page.locator('details.menu summary').click();
  assert.equal(await page.getByRole('button', { name: 'Start over' }).count(), 0, 'that is for whoever facilitates');
  await ana.page.locator('details.menu summary').click();
  await ana.page.getByRole('button', { name: 'Recommencer' }).click();
  await ana.page.locator('#dialog-over', { hasText: 'vide pour tout le monde' }).waitFor();
  await ana.page.getByRole('button', { name: 'Garder le tableau' }).click();

  // A board dropped here is said to replace that of everyone.
  await page.locator('#open-file').setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ format: 'unisson/1', identity: { name: 'Other' } })) });
  await page.locator('.confirm .warning', { hasText: 'replaced for everyone' }).waitFor();
  await Promise.all([ana.context.close(), page.context().close()]);
});
