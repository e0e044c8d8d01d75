import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { focusOn, press, ready, settled, tabTo, visit, words } from './walk.ts';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** The question on the page, once the field that answers it has focus. */
async function asked(page: Page, kind: string, of = ''): Promise<void> {
  await page.waitForFunction(([k, o]) => {
    const [, , , part = ''] = location.hash.split('/');
    return part.startsWith(o!) && document.activeElement?.closest(`.asking.${k}`);
  }, [kind, of]);
}

const go = (page: Page): Promise<void> => page.keyboard.press('Enter');
const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text);

const people = {
  fr: {
    sentence: 'Un fournil de quartier qui pétrit à la main un pain de seigle au levain.', name: 'Fournil du Port', terms: ['pain', 'seigle', 'fournil'],
    goal: 'Nourrir le quartier en pain honnête', part: 'Vendre cent pains par jour', own: 'Dix mille abonnés',
    posts: ['Un chaton dans la farine 😻 Like si tu craques', 'Trop mignon, ce bébé panda', 'Tague ton pote gourmand', 'Chiots ou chatons ?'],
    site: ['Le pain de seigle du jour sort à sept heures.', 'Notre levain a douze ans.', 'Le fournil pétrit à la main.'],
  },
  en: {
    sentence: 'A neighbourhood bakehouse that kneads rye bread by hand.', name: 'Harbour Bakehouse', terms: ['bread', 'rye', 'bakehouse'],
    goal: 'Feed the neighbourhood honest bread', part: 'Sell a hundred loaves a day', own: 'Ten thousand followers',
    posts: ['A kitten in the flour 😻 Like if you melted', 'So adorable, this baby panda', 'Tag a friend who is hungry', 'Puppies or kittens?'],
    site: ['Today’s rye bread comes out at seven.', 'Our sourdough is twelve years old.', 'The bakehouse kneads by hand.'],
  },
};

for (const lang of ['fr', 'en'] as const) {
  test(`the short form from the first question to the report, by keyboard alone, taken up again after a reload (${lang})`, async () => {
    const p = people[lang];
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { viewport: { width: 1280, height: 800 } });
    await ready(page);
    await press(page, '.start a');
    await asked(page, 'sentence');
    await shot(page, `assess-sentence-${lang}`);
    await type(page, p.sentence);
    await go(page);
    await asked(page, 'name');
    await type(page, p.name);
    await go(page);
    await asked(page, 'preset');
    await page.keyboard.press('Space');
    await shot(page, `assess-preset-${lang}`);
    await go(page);
    await asked(page, 'terms');
    for (const term of p.terms) { await type(page, term); await go(page); }
    await go(page);
    await asked(page, 'goal');
    assert.ok(await page.locator('.example').count() === 3, 'the preset offers examples');
    await shot(page, `assess-goal-${lang}`);
    await type(page, p.goal);
    await go(page);
    await asked(page, 'parts');
    await type(page, p.part);
    await go(page);
    await shot(page, `assess-parts-${lang}`);
    await go(page);
    await asked(page, 'channels');

    await page.reload();
    await ready(page);
    await asked(page, 'channels');
    await visit(page, '#/', '.start a');
    assert.equal(await page.locator('.start a').count(), 2, 'there is a board to come back to');
    await page.goto(`${site.origin}/${lang}#/assess`);
    await page.locator('.resumed').waitFor();
    await asked(page, 'channels');
    await page.keyboard.press('Space'); // the first suggested kind, a site
    await tabTo(page, '.choice:nth-child(4) input'); // Instagram
    await page.keyboard.press('Space');
    await shot(page, `assess-channels-${lang}`);
    await go(page);
    await asked(page, 'aim', 'site');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space'); // the objective under the goal
    await shot(page, `assess-aim-${lang}`);
    await go(page);
    await asked(page, 'aim', 'instagram');
    await tabTo(page, '[id="assess.add"]');
    await type(page, p.own);
    await go(page);
    await page.locator('.answer .choice input:checked').waitFor();
    await go(page);
    await asked(page, 'posts', 'site');
    await page.keyboard.insertText(p.site.join('\n'));
    await page.locator('.confirm .main:not(:disabled)').waitFor();
    await shot(page, `assess-posts-${lang}`);
    await page.keyboard.press('Control+Enter');
    await asked(page, 'posts', 'instagram');
    await page.keyboard.insertText(p.posts.join('\n'));
    await page.locator('.confirm .main:not(:disabled)').waitFor();
    await press(page, '.confirm .main');
    await asked(page, 'estimate');
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
    await page.locator('output', { hasText: '80' }).waitFor();
    await shot(page, `assess-estimate-${lang}`);
    await go(page);

    const report = await settled(page);
    assert.deepEqual(await words(report.locator('h1')), [p.name]);
    assert.deepEqual(await words(report.locator('.head .identity')), [p.sentence]);
    await report.locator('.finding', { hasText: p.own }).first().waitFor();
    await shot(page, `assess-report-${lang}`);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}
