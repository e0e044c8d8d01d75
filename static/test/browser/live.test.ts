import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { openSample, ready, rewrite, settled, visit, words } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const sentence = '[id="at.identity.sentence"]';
/** What is written in the sentence, whoever is writing in it or not. */
const said = (page: Page): Promise<string> => page.locator(sentence).evaluate(e => (e as HTMLTextAreaElement).value);
const shared = (page: Page): Promise<void> => page.locator('.livebar.shared .state:first-child', { hasText: /enregistré|saved/ }).waitFor();
const holds = (page: Page, selector: string, text: string): Promise<unknown> =>
  page.waitForFunction(([s, t]) => document.querySelector<HTMLTextAreaElement>(s!)?.value.includes(t!), [selector, text] as const);

/** A facilitator opens the French sample to others; the code they may type. */
async function opened(): Promise<{ ana: Awaited<ReturnType<typeof openPage>>; code: string; keys: { board: string; tokens: Record<string, string> } }> {
  const ana = await openPage(browser, site, '/fr', { locale: 'fr-FR' });
  const { page } = ana;
  await ready(page);
  await openSample(page, 0);
  await visit(page, '#/workshop', '.workshop .facts');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Partager et ouvrir' }).click()]);
  const keys = JSON.parse(readFileSync(await file.path(), 'utf8')) as { board: string; tokens: Record<string, string> };
  await page.locator('#entrance-name').fill('Ana');
  await page.keyboard.press('Enter');
  await shared(page);
  await visit(page, '#/workshop', '.doors');
  await page.getByRole('button', { name: 'Donner un code' }).click();
  const code = (await page.locator('.code').textContent())!.replace(/\s/g, '');
  assert.match(code, /^[A-Z0-9]{6}$/);
  assert.ok(!page.url().includes(keys.tokens.facilitator!), 'no secret stays in the address');
  return { ana, code, keys };
}

async function joined(code: string, name = 'Ben'): Promise<Awaited<ReturnType<typeof openPage>>> {
  const ben = await openPage(browser, site, '/en', { locale: 'en-GB', viewport: { width: 360, height: 740 }, hasTouch: true });
  const { page } = ben;
  await ready(page);
  await visit(page, '#/workshop', '#join-code');
  await page.locator('#join-code').fill(`${code.slice(0, 3)} ${code.slice(3).toLowerCase()}`);
  await page.locator('#join-name').fill(name);
  await page.keyboard.press('Enter');
  await shared(page);
  return ben;
}

test('two people edit one board, see each other, and nothing written offline is lost', async () => {
  const { ana, code } = await opened();
  const ben = await joined(code);
  const [a, b] = [ana.page, ben.page];
  await a.locator('.face').nth(1).waitFor();
  await b.locator('.face').nth(1).waitFor();
  assert.deepEqual((await b.locator('.face').evaluateAll(l => l.map(e => e.getAttribute('aria-label')))).map(s => s!.split(/[,(]/)[0]!.trim()), ['Ben', 'Ana']);

  await visit(a, '#/identity', sentence);
  await visit(b, '#/identity', sentence);
  const was = await said(a);
  await b.locator(sentence).focus();
  await b.keyboard.press('Control+End');
  await b.keyboard.type(' Ben était là 🎉.');
  await holds(a, sentence, 'Ben était là 🎉.');
  await a.locator('.caret', { hasText: 'Ben' }).waitFor();
  await a.locator(sentence).focus();
  await a.keyboard.press('Control+Home');
  await a.keyboard.type('Ana : ');
  await holds(b, sentence, 'Ana : ');
  assert.equal(await said(b), `Ana : ${was} Ben était là 🎉.`);
  await shot(a, 'live-edit');

  // Undo is per person.
  await a.locator('.masthead .tool').first().click();
  await b.waitForFunction(s => !document.querySelector<HTMLTextAreaElement>(s)!.value.startsWith('Ana'), sentence);
  assert.ok((await said(b)).includes('Ben était là'), 'what another wrote stays');

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
  assert.equal(await said(a), await said(b));

  // A reload comes back to the shared board, in the same person's name.
  await b.reload();
  await shared(b);
  await holds(b, sentence, 'Hors ligne.');
  assert.deepEqual(ana.faults(), []);
  assert.deepEqual(ben.faults().filter(f => !/ERR_INTERNET_DISCONNECTED|favicon/.test(f)), []);
  await Promise.all([ana.context.close(), ben.context.close()]);
});

test('a workshop from the code to the summary', async () => {
  const { ana, code } = await opened();
  const ben = await joined(code);
  const [a, b] = [ana.page, ben.page];

  // Findings come when the facilitator shows them, to everyone at once.
  await visit(b, '#/report', '.curtain');
  assert.equal(await b.locator('.finding').count(), 0);
  await a.getByRole('button', { name: 'Constats visibles' }).click();
  const report = await settled(b);
  await report.locator('.finding').first().waitFor();
  await report.locator('.vote').first().click();
  await report.locator('.vote[aria-pressed="true"]', { hasText: '1 vote' }).waitFor();

  // A blind round: the answer is nobody's to read before all are shown.
  await a.locator('#round-question').waitFor();
  await a.getByRole('button', { name: 'Poser à tous' }).click();
  await visit(b, '#/workshop', '#round-answer');
  await b.locator('#round-answer').fill('Des menuisiers qui restaurent les fenêtres anciennes');
  await b.getByRole('button', { name: 'Send' }).click();
  await a.locator('.round [role="status"]', { hasText: '1 réponse reçue' }).waitFor();
  assert.ok(!(await a.content()).includes('Des menuisiers qui restaurent'), 'not before the reveal');
  await a.locator('#round-answer').fill('Un atelier de fenêtres anciennes, à la main');
  await a.getByRole('button', { name: 'Envoyer' }).click();
  await a.locator('.round [role="status"]', { hasText: '2 réponses reçues' }).waitFor();
  await a.getByRole('button', { name: 'Montrer toutes les réponses' }).click();
  for (const p of [a, b]) await p.locator('.answers blockquote', { hasText: 'Des menuisiers qui restaurent' }).waitFor();
  assert.ok((await words(a.locator('.words'))).some(w => w.includes('fenêtres 2')), 'the shared words');

  // The agenda and its clock, the hand, following, the lock.
  await a.getByRole('button', { name: 'Commencer' }).click();
  await b.locator('.livebar .clock').waitFor();
  await b.locator('.livebar').getByRole('button', { name: 'Raise a hand' }).click();
  await a.locator('.hands', { hasText: 'Ben' }).waitFor();
  await a.getByRole('button', { name: 'Tous me suivent' }).click();
  await a.evaluate(() => { location.hash = '#/channels'; });
  await b.waitForFunction(() => location.hash.startsWith('#/channels'));
  await visit(a, '#/workshop', '.doors');
  await a.getByRole('button', { name: 'Tous me suivent' }).click();
  await a.getByRole('button', { name: 'Tableau verrouillé' }).click();
  await b.locator('.livebar .state', { hasText: 'locked' }).waitFor();
  await visit(b, '#/identity', sentence);
  const before = await a.evaluate(() => document.title);
  await rewrite(b, sentence, 'Ce que personne ne doit lire');
  await a.getByRole('button', { name: 'Tableau verrouillé' }).click();
  await b.waitForFunction(() => !document.querySelector('.livebar')?.textContent?.includes('locked'));
  await visit(a, '#/identity', sentence);
  assert.ok(!(await said(a)).includes('personne ne doit'), `while locked nothing goes through (${before})`);

  // A decision, and what one takes away.
  await visit(a, '#/workshop', '#decision-text');
  await a.locator('#decision-text').fill('TikTok s’arrête en mars');
  await a.locator('.ticks input').first().check();
  await a.getByRole('button', { name: 'Noter la décision' }).click();
  await visit(b, '#/workshop', '.decisions');
  await b.locator('.decisions li', { hasText: 'TikTok s’arrête en mars' }).waitFor();
  const [minutes] = await Promise.all([a.waitForEvent('download'), a.getByRole('button', { name: 'Compte rendu' }).click()]);
  const text = readFileSync(await minutes.path(), 'utf8');
  for (const part of ['# Atelier', 'TikTok s’arrête en mars', 'Des menuisiers qui restaurent', '## ']) assert.ok(text.includes(part), part);
  for (const [p, name] of [[a, 'workshop-fr'], [b, 'workshop-en']] as const) {
    assert.deepEqual(await accessibility(p), []);
    assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: nothing overflows`);
    await shot(p, name);
  }

  // Somebody is removed, then the board is deleted: each is told, and keeps what they had.
  await a.getByRole('button', { name: 'Retirer Ben' }).click();
  await b.locator('.livebar.ended', { hasText: 'has ended' }).waitFor();
  const again = await joined(code, 'Chloé');
  await a.locator('summary', { hasText: 'Supprimer du serveur' }).click();
  await a.getByRole('button', { name: 'Supprimer pour tous' }).click();
  for (const p of [a, again.page]) await p.locator('.livebar.ended').waitFor();
  assert.deepEqual(ana.faults(), []);
  await Promise.all([ana.context.close(), ben.context.close(), again.context.close()]);
});

test('a link to read lets nobody write; a link that opens nothing says so', async () => {
  const { ana, keys } = await opened();
  const reader = await openPage(browser, site, `/en#live/${keys.board}/${keys.tokens.viewer}`, { locale: 'en-GB' });
  await reader.page.locator('#entrance-name').fill('Rae');
  await reader.page.keyboard.press('Enter');
  await shared(reader.page);
  assert.ok(!reader.page.url().includes(keys.tokens.viewer!));
  await visit(reader.page, '#/identity', sentence);
  const was = await said(reader.page);
  assert.ok(was.length > 20, 'the board is there to read');
  await rewrite(reader.page, sentence, 'Spoofed');
  await visit(ana.page, '#/identity', sentence);
  await ana.page.locator(sentence).focus();
  await ana.page.keyboard.press('Control+End');
  await ana.page.keyboard.type(' Fin.');
  await holds(reader.page, sentence, ' Fin.');
  assert.ok(!(await said(ana.page)).includes('Spoofed'));

  const lost = await openPage(browser, site, `/fr#live/${keys.board}/${'x'.repeat(43)}`, { locale: 'fr-FR' });
  await lost.page.locator('.livebar.ended', { hasText: 'n’ouvre aucun tableau' }).waitFor();
  await Promise.all([ana.context.close(), reader.context.close(), lost.context.close()]);
});

test('alone, the script is rehearsed and the room is tried; nothing is shared', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr', { locale: 'fr-FR', viewport: { width: 320, height: 720 } });
  await ready(page);
  await visit(page, '#/workshop', '.workshop .facts');
  assert.match((await words(page.locator('.facts')))[0]!, /90 jours/);
  await page.getByRole('button', { name: 'Commencer' }).click();
  await page.locator('.agenda [aria-current="step"]', { hasText: 'Accueil' }).waitFor();
  await page.locator('.preflight summary').click();
  await page.getByRole('button', { name: 'Essayer le réseau' }).click();
  await page.locator('.preflight [role="status"]', { hasText: /en \d+ ms/ }).waitFor();
  assert.deepEqual(await accessibility(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.equal(await page.locator('.livebar').count(), 0);
  assert.deepEqual(faults(), []);
  await shot(page, 'workshop-alone');
  await context.close();
});
