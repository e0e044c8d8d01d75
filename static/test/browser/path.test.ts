import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { focusOn, press, ready, settled, tabTo, visit, words, write } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const people = {
  fr: {
    locale: 'fr-FR', name: 'Fournil du Port', sentence: 'Un fournil de quartier qui pétrit à la main un pain de seigle au levain.', terms: ['pain', 'seigle', 'fournil'],
    goal: 'Nourrir le quartier en pain honnête', part: 'Vendre cent pains par jour', audience: 'Voisins', own: 'Dix mille abonnés',
    posts: ['Un chaton dans la farine 😻 Like si tu craques', 'Trop mignon, ce bébé panda', 'Tague ton pote gourmand', 'Chiots ou chatons ?'],
    finding: 'Dix mille abonnés', title: 'Qui êtes-vous ?', landing: 'Vos canaux parlent-\u2060ils d’une seule voix ?',
  },
  en: {
    locale: 'en-GB', name: 'Harbour Bakehouse', sentence: 'A neighbourhood bakehouse that kneads rye bread by hand.', terms: ['bread', 'rye', 'bakehouse'],
    goal: 'Feed the neighbourhood honest bread', part: 'Sell a hundred loaves a day', audience: 'Neighbours', own: 'Ten thousand followers',
    posts: ['A kitten in the flour 😻 Like if you melted', 'So adorable, this baby panda', 'Tag a friend who is hungry', 'Puppies or kittens?'],
    finding: 'Ten thousand followers', title: 'Who are you?', landing: 'Do your channels speak with one voice?',
  },
};

for (const lang of ['fr', 'en'] as const) {
  test(`from the first question to a finding, by keyboard alone (${lang})`, async () => {
    const p = people[lang];
    const { context, page, faults } = await openPage(browser, site, '/', { locale: p.locale });
    await ready(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang, 'the visitor’s language first');
    assert.deepEqual(await words(page.locator('h1')), [p.landing]);

    await visit(page, '#/identity', 'unisson-identity h1'); // the board itself, without being asked one question at a time
    await focusOn(page, 'unisson-identity h1');
    assert.deepEqual(await words(page.locator('h1')), [p.title]);
    await write(page, '[id="at.identity.name"]', p.name);
    await write(page, '[id="at.identity.sentence"]', p.sentence);
    for (const term of p.terms) await write(page, '[id="at.identity.terms"]', term, true);
    assert.deepEqual(await words(page.locator('unisson-tokens').first().locator('li span')), p.terms);
    await press(page, '.next a');

    await focusOn(page, 'unisson-channels h1');
    await write(page, '#new-apex', p.goal, true);
    await focusOn(page, '.apex'); // the field that asked became the goal's own
    await write(page, '#new-objective', p.part, true);
    await press(page, '.kind'); // the first kind: a website
    await focusOn(page, '[id$=".name"]');
    await press(page, '.thesis input', 'Space');
    await write(page, '[id$=".segments-new"]', p.audience, true);
    await press(page, '.channels > button');
    await focusOn(page, '#picker');
    await tabTo(page, '.kinds li:nth-child(5) button'); // Instagram
    await page.keyboard.press('Enter');
    await focusOn(page, '[id^="at.instagram"][id$=".name"]');
    await write(page, '[id^="at.instagram"][id$=".objectives-own"]', p.own, true);
    await page.locator('.channel .says b', { hasText: p.own }).waitFor();
    await press(page, '.next a');

    await focusOn(page, 'unisson-posts h1');
    await write(page, '[id="at.add"]', p.posts.join('\n'));
    await page.locator('.preview .first li').nth(3).waitFor();
    await tabTo(page, '.destination select');
    await page.keyboard.type('Instagram');
    await press(page, '.confirm .main:not(:disabled)');
    await page.locator('.said', { hasText: '4' }).waitFor();
    assert.deepEqual(await words(page.locator('.message .text')), p.posts);
    await press(page, '.next a');

    const report = await settled(page);
    await focusOn(page, 'unisson-report h1');
    assert.deepEqual(await words(report.locator('h1')), [p.name]);
    assert.deepEqual(await words(report.locator('.identity')), [p.sentence]);
    const finding = report.locator('.finding', { hasText: p.finding }).first();
    assert.ok((await words(finding.locator('blockquote'))).includes(p.finding));
    await shot(page, `path-${lang}`);

    await finding.locator('.quote', { hasText: p.own }).locator('a').first().focus();
    await page.keyboard.press('Enter');
    await focusOn(page, 'input[type="text"]');
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), p.own, 'the quote leads to its text');
    assert.deepEqual(faults(), []);
    await context.close();
  });
}
