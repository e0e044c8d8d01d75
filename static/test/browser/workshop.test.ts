import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openPage, startBrowser, startSite, type Site } from './harness.ts';
import { joined, laptop, opened, phone, sentence, shared, sound, written } from './together.ts';
import { focusOn, press, ready, rewrite, settled, tabTo, visit, words } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const button = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const answer = async (page: Page, text: string, send: string): Promise<void> => {
  await page.locator('#round-answer').fill(text);
  await button(page, send);
};
const percent = async (page: Page): Promise<number> => Number(/(\d+)/.exec((await page.locator('.agreement strong').textContent())!)![1]);

test('a whole workshop, three people, from the code to the summary', async () => {
  const { ana, code } = await opened(browser, site);
  const ben = await joined(browser, site, code);
  const chloe = await joined(browser, site, code, 'Chloé');
  const [a, b, c] = [ana.page, ben.page, chloe.page];
  const everyone = [a, b, c];
  await sound(a, 'workshop-doors');
  await sound(b, 'workshop-phone');

  // The script: the step and its clock are everyone's.
  await button(a, 'Commencer');
  await a.locator('.agenda [aria-current="step"] .say').waitFor();
  await b.locator('.livebar .clock').waitFor();
  await b.locator('.agenda [aria-current="step"]', { hasText: 'Come in' }).waitFor();
  assert.equal(await b.locator('.agenda .say').count(), 0, 'what to say is for whoever facilitates');
  await button(a, 'Étape suivante');

  // A blind round: the question finds people wherever they are; nobody reads an answer before all are shown.
  await visit(b, '#/posts', '.livebar');
  await button(a, 'Poser à tous');
  await b.locator('.livebar .asked').click();
  await focusOn(b, '[id="at.round"]');
  await answer(b, 'Des artisans qui restaurent les fenêtres anciennes', 'Send');
  await b.getByText('Your answer is in.').waitFor();
  assert.equal(await b.locator('.livebar .asked').count(), 0);
  await a.locator('.tally', { hasText: '1 réponse reçue, 3 personnes ici' }).waitFor();
  await a.locator('.warning').waitFor();
  await sound(b, 'workshop-answer');
  await answer(b, 'Des menuisiers qui restaurent les fenêtres anciennes', 'Change my answer');
  await answer(c, 'Une entreprise de chantiers', 'Send');
  await answer(a, 'Un atelier de croisées', 'Envoyer');
  await a.locator('.tally', { hasText: '3 réponses reçues' }).waitFor();
  for (const p of [a, c]) assert.ok(!(await p.content()).includes('restaurent les fenêtres anciennes'), 'not before the reveal');
  await button(a, 'Montrer toutes les réponses');
  for (const p of everyone) {
    await p.locator('.answers blockquote', { hasText: 'Des menuisiers qui restaurent' }).waitFor();
    assert.equal(await p.locator('.answers').first().locator('blockquote').count(), 3);
    assert.ok(!(await p.locator('.answers').first().textContent())!.match(/Ana|Ben|Chloé/), 'no names');
  }
  for (const p of everyone) await p.locator('.agreement').waitFor();
  const apart = await percent(a);

  // The team says which words are one, and the figure moves for everyone.
  for (const w of ['atelier', 'entreprise', 'menuiserie']) await a.locator('.chips button', { hasText: w }).click();
  await a.locator('.answers select').selectOption('menuiserie');
  await button(a, 'Regrouper');
  await a.locator('.agreement', { hasText: 'avant de regrouper' }).waitFor();
  assert.ok((await percent(a)) > apart, `${await percent(a)} % after, ${apart} % before`);
  await b.locator('.agreement', { hasText: `${await percent(a)}%` }).waitFor();
  await a.locator('.chips button', { hasText: 'menuiserie 3' }).waitFor();
  await sound(a, 'workshop-round');
  await sound(c, 'workshop-round-phone');

  // Findings come when the facilitator shows them, to everyone at once.
  await visit(b, '#/report', '.curtain');
  assert.equal(await b.locator('.finding').count(), 0);
  await sound(b, 'workshop-curtain');
  await a.getByRole('button', { name: 'Constats visibles' }).click();
  const report = await settled(b);
  await report.locator('.vote').first().click();
  await report.locator('.vote[aria-pressed="true"]', { hasText: '1 vote' }).waitFor();
  await visit(c, '#/report', '.finding');
  await c.locator('.finding .vote').first().click();
  await a.locator('.ranking li', { hasText: '2 voix' }).waitFor();

  // Hands are seen in their order and lowered by either.
  const hand = (p: Page, name: string): Promise<void> => p.locator('.livebar').getByRole('button', { name, exact: true }).click();
  await hand(c, 'Raise a hand');
  await a.locator('.hands li', { hasText: 'Chloé' }).waitFor();
  await hand(b, 'Raise a hand');
  await a.locator('.hands li', { hasText: 'Ben' }).waitFor();
  assert.deepEqual(await words(a.locator('.hands li')), ['Chloé', 'Ben']);
  await a.getByRole('button', { name: 'Baisser la main de Chloé' }).click();
  await c.locator('.livebar').getByRole('button', { name: 'Raise a hand' }).waitFor();
  await hand(b, 'Lower your hand');
  await a.waitForFunction(() => !document.querySelector('.hands'));

  // Everyone follows the facilitator, down to the finding before their eyes; whoever types is left in peace.
  await visit(c, '#/identity', sentence);
  await c.locator(sentence).press('Control+End');
  await c.keyboard.type(' À la main.');
  await a.getByRole('button', { name: 'Tous me suivent' }).click();
  await visit(a, '#/report', '.finding');
  await b.waitForFunction(() => location.hash.startsWith('#/report'));
  await a.locator('.finding').nth(1).evaluate(e => e.scrollIntoView({ block: 'start' }));
  const led = await a.locator('.finding').nth(1).getAttribute('id');
  await b.waitForFunction(id => document.activeElement?.id === id, led);
  assert.ok(c.url().includes('#/identity'), 'not led away while typing');
  await c.locator('.livebar').getByRole('button', { name: 'Join Ana' }).click();
  await c.waitForFunction(() => location.hash.startsWith('#/report'));
  await b.locator('.livebar').getByRole('button', { name: 'You follow Ana' }).click();
  await visit(a, '#/workshop', '.doors');
  await c.waitForFunction(() => location.hash.startsWith('#/workshop'));
  assert.ok(b.url().includes('#/report'), 'following is let go of');
  await a.getByRole('button', { name: 'Tous me suivent' }).click();

  // The lock: whoever writes is told, and nothing goes through.
  await a.getByRole('button', { name: 'Tableau verrouillé' }).click();
  await b.locator('.livebar .state', { hasText: 'locked' }).waitFor();
  await visit(b, '#/identity', sentence);
  const was = await written(b);
  await b.locator(sentence).press('End');
  await b.keyboard.type('Ce que personne ne doit lire');
  await b.locator('.said', { hasText: 'locked' }).waitFor();
  assert.equal(await written(b), was);
  await a.getByRole('button', { name: 'Tableau verrouillé' }).click();
  await b.waitForFunction(() => !document.querySelector('.livebar')?.textContent?.includes('locked'));

  // A decision about what was voted most: what, when, by which role.
  await button(a, 'Décider');
  await focusOn(a, '#decision-text');
  await a.keyboard.type('TikTok s’arrête en mars');
  await a.locator('#decision-owner').fill('la rédaction');
  await a.locator('#decision-review').fill('2027-03-31');
  await a.locator('.ticks input').first().check();
  await button(a, 'Noter la décision');
  await visit(b, '#/workshop', '.decisions');
  const decision = b.locator('.decisions li', { hasText: 'TikTok s’arrête en mars' });
  for (const part of ['by the facilitator', 'la rédaction', '31 March 2027', /about: \S/]) await decision.filter({ hasText: part }).waitFor();

  // Something is repaired, and before and after say so, for everyone.
  await visit(a, '#/identity', sentence);
  await rewrite(a, sentence, '');
  await a.waitForFunction(() => document.querySelector('.summary .tally'));
  await visit(b, '#/workshop/minutes', '.minutes section');
  await b.locator('.minutes li', { hasText: 'TikTok s’arrête en mars' }).filter({ hasText: /about: \S/ }).waitFor();
  await b.locator('.minutes h2', { hasText: /findings? (is|are) new/ }).waitFor();
  await sound(b, 'workshop-minutes-phone');
  await visit(a, '#/workshop/minutes', '.minutes section');
  await sound(a, 'workshop-minutes');
  const [file] = await Promise.all([a.waitForEvent('download'), a.getByRole('button', { name: 'Compte rendu' }).click()]);
  const text = readFileSync(await file.path(), 'utf8');
  for (const part of ['# Atelier', '## Décisions', '- TikTok s’arrête en mars (prise le', 'Des menuisiers qui restaurent', '## Ce qui compte le plus', '## Avant et après']) assert.ok(text.includes(part), part);

  assert.deepEqual(everyone.map((_, i) => [ana, ben, chloe][i]!.faults()).flat(), []);
  await Promise.all([ana, ben, chloe].map(x => x.context.close()));
});

test('whoever leads by keyboard keeps their place, and an answer begun outlives being led elsewhere', async () => {
  const { ana, code } = await opened(browser, site);
  const ben = await joined(browser, site, code);
  const [a, b] = [ana.page, ben.page];
  const enter = async (name: string): Promise<void> => {
    await a.getByRole('button', { name, exact: true }).focus();
    await a.keyboard.press('Enter');
  };
  await enter('Commencer');
  await focusOn(a, '.agenda [aria-current="step"] h3');
  await enter('Étape suivante');
  await focusOn(a, '.agenda [aria-current="step"] h3');
  await enter('Poser à tous');
  await focusOn(a, '[id="at.round"]');

  await b.locator('.livebar .asked').click();
  await b.locator('#round-answer').fill('Des artisans');
  await visit(b, '#/identity', sentence);
  await visit(b, '#/workshop/round', '#round-answer');
  assert.equal(await b.locator('#round-answer').inputValue(), 'Des artisans');
  assert.match(await a.locator('.livebar .who ul').textContent() ?? '', /Ben/);
  await visit(b, '#/objectives', '.desk');
  await a.locator('.livebar .who ul', { hasText: /Ben\s*Objectifs/ }).waitFor({ state: 'attached' });

  await visit(b, '#/workshop/round', '#round-answer');
  await button(b, 'Send');
  await a.locator('.tally', { hasText: '1 réponse reçue' }).waitFor();
  await enter('Montrer toutes les réponses');
  await a.locator('.answers').waitFor();
  await focusOn(a, '[id="at.round"]');

  // A hand is lowered, somebody is removed: the focus stays near, and the page says it.
  await b.getByRole('button', { name: 'Raise a hand' }).click();
  await a.locator('.hands button').focus();
  await a.keyboard.press('Enter');
  await focusOn(a, '.livebar *');
  await enter('Retirer Ben');
  await a.locator('.said', { hasText: 'Ben n’a plus accès' }).waitFor();
  await focusOn(a, '[id="at.people"], .people *');
  await Promise.all([ana.context.close(), ben.context.close()]);
});

test('the projection goes with the workshop, and by the keys of a remote', async () => {
  const { ana, code } = await opened(browser, site);
  const ben = await joined(browser, site, code);
  const [a, b] = [ana.page, ben.page];
  const [wall] = await Promise.all([ana.context.waitForEvent('page'), a.getByRole('link', { name: 'Ouvrir la projection' }).click()]);
  await wall.setViewportSize({ width: 1280, height: 720 });
  await wall.locator('.wall .code').waitFor();
  assert.equal((await wall.locator('.wall .code').textContent())!.replace(/\s/g, ''), code);
  await wall.locator('.way-in', { hasText: '2 personnes ici' }).waitFor(); // whoever opened it is counted once
  assert.equal(await wall.locator('.masthead').isVisible(), false);
  await sound(wall, 'wall-door');
  await button(a, 'Poser à tous');
  await wall.locator('h1', { hasText: 'Qui êtes-vous ?' }).waitFor();
  await visit(b, '#/workshop', '#round-answer');
  await answer(b, 'Des menuisiers', 'Send');
  await wall.locator('.large', { hasText: '1 réponse reçue' }).waitFor();
  await sound(wall, 'wall-question');
  await button(a, 'Montrer toutes les réponses');
  await button(a, 'Commencer');
  await button(a, 'Étape suivante');
  await wall.locator('.voices', { hasText: 'Des menuisiers' }).waitFor();
  await sound(wall, 'wall-answers');
  assert.equal(await wall.locator('.slide-finding, .slide-score').count(), 0, 'findings are not out yet');
  await a.getByRole('button', { name: 'Constats visibles' }).click();
  await a.getByRole('button', { name: 'Tous me suivent' }).click();
  await visit(a, '#/report', '.finding');
  await wall.locator('.slide-score .figure').waitFor();
  await sound(wall, 'wall-score');
  await wall.keyboard.press('PageDown');
  await wall.locator('.slide-mirror .mirror .shard').first().waitFor();
  await sound(wall, 'wall-mirror');
  await wall.setViewportSize({ width: 1920, height: 1080 });
  const names = wall.locator('.slide-mirror .mirror .name');
  await wall.waitForFunction(() => document.querySelector('.mirror')!.getBoundingClientRect().width > 1200);
  const set = await names.evaluateAll((all) => all.map((e) => {
    const { x, y, width, height } = e.getBoundingClientRect();
    return { text: e.textContent!, x, y, width, height, letters: parseFloat(getComputedStyle(e).fontSize) * (e as SVGTextElement).getCTM()!.a };
  }));
  assert.ok(set.length > 2);
  for (const [i, n] of set.entries()) {
    assert.ok(n.letters >= 24, `${n.text} can be read from the back of the room: ${n.letters} px`);
    for (const o of set.slice(i + 1)) assert.ok(n.x + n.width <= o.x || o.x + o.width <= n.x || n.y + n.height <= o.y || o.y + o.height <= n.y, `${n.text} and ${o.text} are apart`);
  }
  assert.ok(await wall.evaluate(() => document.documentElement.scrollHeight <= innerHeight), 'all of it is on the wall');
  await sound(wall, 'wall-mirror-large');
  await wall.setViewportSize({ width: 1280, height: 720 });
  await wall.keyboard.press('PageDown');
  await wall.locator('.slide-finding .quote').first().waitFor();
  await sound(wall, 'wall-finding');
  await wall.emulateMedia({ colorScheme: 'dark' });
  await sound(wall, 'wall-finding-dark');
  await wall.keyboard.press('Home');
  await wall.locator('.slide-score').waitFor();
  await a.locator('.finding').nth(1).evaluate(e => e.scrollIntoView({ block: 'start' }));
  await wall.locator('.slide-finding h1').waitFor();
  assert.deepEqual(await words(wall.locator('.slide h1')), [(await words(a.locator('.finding h4')))[1]], 'the finding the facilitator has in view');
  await wall.keyboard.press('Escape');
  await wall.locator('.masthead').waitFor();
  assert.deepEqual([...ana.faults(), ...ben.faults()], []);
  await Promise.all([ana.context.close(), ben.context.close()]);
});

test('the keys: another facilitator, links changed, somebody removed, the board opened again from its file, then deleted', async () => {
  const { ana, code, keys } = await opened(browser, site);
  const ben = await joined(browser, site, code);
  const [a, b] = [ana.page, ben.page];

  // Handing over: a personal link, shown to be scanned or copied.
  await a.locator('#person-name').fill('Dora');
  await a.locator('#person-role').selectOption('facilitator');
  await button(a, 'Préparer son lien');
  const link = await a.locator('.invited .way input').inputValue();
  await sound(a, 'workshop-invited');
  const dora = await openPage(browser, site, new URL(link).pathname + new URL(link).hash, { ...phone, locale: 'fr-FR' });
  const d = dora.page;
  await shared(d);
  await d.locator('.doors').waitFor(); // her name came with the link
  assert.equal(await d.locator('#entrance-name').count(), 0);
  await d.getByText('Les liens sont dans le fichier de secours').waitFor();

  // The link to write is changed: the old one opens nothing, those already in stay.
  const [fresh] = await Promise.all([a.waitForEvent('download'), button(a, 'Changer le lien pour écrire')]);
  const changed = JSON.parse(readFileSync(await fresh.path(), 'utf8')) as typeof keys;
  assert.notEqual(changed.tokens.editor, keys.tokens.editor);
  const late = await openPage(browser, site, `/en#live/${keys.board}/${keys.tokens.editor}`, phone);
  await late.page.locator('h1', { hasText: 'This link opens no board' }).waitFor();
  assert.equal(await b.locator('.livebar.shared').count(), 1);

  // Somebody is removed, is told, and keeps what they had before their eyes.
  await a.getByRole('button', { name: 'Retirer Ben' }).click();
  await b.locator('h1', { hasText: 'Your access has ended' }).waitFor();
  await sound(b, 'workshop-removed');
  const [copy] = await Promise.all([b.waitForEvent('download'), b.locator('main').getByRole('button', { name: 'Keep a copy' }).click()]);
  const board = JSON.parse(readFileSync(await copy.path(), 'utf8')) as { identity: { name: string } };
  await b.locator('.said', { hasText: 'now the board of this browser' }).waitFor();
  await b.locator('main').getByRole('button', { name: 'Leave the shared board' }).click();
  await ready(b);
  await visit(b, '#/report', 'unisson-report h1');
  assert.deepEqual(await words((await settled(b)).locator('h1')), [board.identity.name]);
  assert.equal(await b.locator('.livebar').count(), 0);

  // A file that is none, then the one that was handed over, on another device.
  const other = await openPage(browser, site, '/fr', laptop);
  const o = other.page;
  await ready(o);
  await visit(o, '#/workshop', '.file input');
  await o.locator('.file input').setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"format":"unisson/1"}') });
  await o.locator('.refusal', { hasText: 'pas un fichier de secours' }).waitFor();
  await o.locator('.file input').setInputFiles({ name: 'secours.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ ...changed, server: 'https://ailleurs.example' })) });
  await o.locator('.refusal', { hasText: 'https://ailleurs.example' }).waitFor();
  await o.locator('.file input').setInputFiles({ name: 'secours.json', mimeType: 'application/json', buffer: readFileSync(await fresh.path()) });
  await o.locator('#entrance-name').fill('Ana, chez elle');
  await o.keyboard.press('Enter');
  await shared(o);
  await o.locator('.doors .way').nth(1).waitFor(); // every link is there again

  // Deleted for everyone: each is told.
  await o.locator('summary', { hasText: 'Supprimer du serveur' }).click();
  await button(o, 'Supprimer pour tous');
  for (const p of [o, a, d]) await p.locator('h1', { hasText: 'Ce tableau a été supprimé' }).waitFor();
  await sound(d, 'workshop-deleted');
  const after = await openPage(browser, site, '/en', phone);
  await ready(after.page);
  await visit(after.page, '#/workshop', '#join-code');
  await after.page.locator('#join-code').fill(code);
  await after.page.locator('#join-name').fill('Eve');
  await after.page.keyboard.press('Enter');
  await after.page.locator('.refusal', { hasText: 'opens no board' }).waitFor();
  await sound(after.page, 'workshop-wrong-code');
  await Promise.all([ana, ben, dora, late, other, after].map(x => x.context.close()));
});

test('alone, the script is rehearsed to its summary, by keyboard, and nothing is shared', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr', { locale: 'fr-FR', viewport: { width: 320, height: 720 } });
  await ready(page);
  const asked: string[] = [];
  await visit(page, '#/workshop', '.workshop .facts');
  assert.match((await words(page.locator('.facts'))).join(' '), /Atelier d’essai, France.*90 jours/);
  await sound(page, 'workshop-alone');
  page.on('request', r => { if (/\/(api|sync)\//.test(r.url())) asked.push(r.url()); });
  await tabTo(page, '.waysin a[href$="rehearsal"]');
  await page.keyboard.press('Enter');
  await focusOn(page, 'unisson-workshop h1');
  await press(page, '.agenda .main');
  await page.locator('.agenda [aria-current="step"] .clock').waitFor();
  await press(page, '.agenda [aria-current="step"] + li button');
  await page.locator('.agenda [aria-current="step"] .say', { hasText: 'qui êtes-vous' }).waitFor();
  await tabTo(page, '#paper-answers');
  await page.keyboard.insertText('Un atelier de menuiserie\nDes menuisiers du quartier\nUn atelier de quartier');
  await press(page, '.round form .plain');
  await page.locator('.agreement').waitFor();
  await tabTo(page, '#decision-text');
  await page.keyboard.type('Une seule signature partout');
  await press(page, '.decisions ~ form .plain, section:has(#decision-text) form .plain');
  await page.locator('.decisions li', { hasText: 'Une seule signature' }).waitFor();
  await sound(page, 'rehearsal');
  await press(page, 'a[href$="minutes"].plain');
  await focusOn(page, '.minutes h1');
  for (const part of ['Une seule signature partout', 'Des menuisiers du quartier', 'Accord des réponses']) await page.locator('.minutes', { hasText: part }).waitFor();
  await sound(page, 'rehearsal-minutes');
  assert.deepEqual(asked, [], 'no server is asked');
  assert.equal(await page.locator('.livebar').count(), 0);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('the room is tried: the network, a cut, the projector', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr', { locale: 'fr-FR', viewport: { width: 320, height: 720 } });
  await ready(page);
  await visit(page, '#/workshop/preflight', '.checks');
  await button(page, 'Tout essayer');
  const line = (n: number, state: string) => page.locator(`.checks >> nth=0`).locator(`> li`).nth(n).and(page.locator(`.${state}`));
  for (const n of [0, 1, 3]) await line(n, 'well').waitFor();
  await page.locator('.checks > li:not(.waiting):not(.running)', { hasText: 'aller-retour' }).waitFor();
  await page.locator('.checks > li.asked', { hasText: 'coupez le wifi' }).waitFor();
  await context.setOffline(true);
  await page.locator('.checks > li', { hasText: 'Remettez le réseau' }).waitFor();
  await sound(page, 'preflight-cut');
  await context.setOffline(false);
  await line(4, 'well').waitFor();

  // The projector: a test card, and what to do where it fails.
  await button(page, 'Projeter la mire');
  await page.locator('dialog.testcard[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog.testcard[open]').waitFor({ state: 'hidden' });
  for (const [i, choice] of [['phone', 'Oui'], ['corners', 'Oui'], ['colours', 'Non']].entries()) await page.locator('.checks').nth(1).locator('> li').nth(i).getByLabel(choice[1]!).check();
  await page.getByText('Éteignez les lumières').waitFor();
  await page.getByLabel('la 4').check();
  await page.getByText('Agrandissez la page à 150').waitFor();
  await page.locator('.verdict', { hasText: /point/ }).waitFor();
  await sound(page, 'preflight');
  assert.deepEqual(faults().filter(f => !/ERR_INTERNET_DISCONNECTED|favicon/.test(f)), []);

  // A network that lets pages through and blocks sockets.
  await context.routeWebSocket(/\/sync\//, socket => { void socket.close({ code: 1011 }); });
  await page.reload();
  await page.locator('.checks').first().waitFor();
  await button(page, 'Tout essayer');
  await page.locator('.checks > li.failed', { hasText: 'partage de connexion' }).waitFor({ timeout: 20_000 });
  await sound(page, 'preflight-blocked');
  await context.close();
});
