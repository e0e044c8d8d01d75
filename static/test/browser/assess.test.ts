import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Board } from '../../src/engine/types.ts';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { openSample, press, ready, settled, tabTo, visit, words } from './walk.ts';

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

/** What is pressed and typed at each question of the full form; what is not here is skipped. The Enter that goes on comes after. */
const typed: Record<string, (page: Page, lang: 'fr' | 'en') => Promise<void>> = {
  name: (page, lang) => type(page, people[lang].name),
  preset: page => page.keyboard.press('Space'),
  particulars: page => page.keyboard.press('Space'),
  promise: page => type(page, 'p1'),
  values: async page => { await type(page, 'v1'); await go(page); },
  terms: async page => { await type(page, 't1, t2'); await go(page); },
  address: page => page.keyboard.press('Space'),
  goal: (page, lang) => type(page, people[lang].goal),
  parts: async (page, lang) => { await type(page, people[lang].part); await go(page); },
  proof: page => type(page, 'proof1'),
  channels: async page => { for (let i = 0; i < 3; i++) { await page.keyboard.press('Space'); await page.keyboard.press('Tab'); } },
  aim: page => page.keyboard.press('Space'),
  brief: page => page.keyboard.press('Space'),
  owners: page => type(page, 'owner1'),
  segments: async page => { await type(page, 's1'); await go(page); },
  needs: page => type(page, 'n1 ; n2'),
  audiences: page => page.keyboard.press('Space'),
  answers: page => page.keyboard.press('Space'),
  serves: page => page.keyboard.press('Space'),
  bios: page => type(page, 'bio1'),
  pillars: async page => { await type(page, 'pillar1: w1, w2'); await go(page); },
  kpis: async page => { await type(page, 'k1'); await go(page); },
  actions: async page => { await type(page, 'a1'); await go(page); },
  decisions: async page => { await type(page, '05052025'); await tabTo(page, '[id="assess.add"]'); await type(page, 'd1'); await go(page); },
  estimate: page => page.keyboard.press('ArrowLeft'),
};

for (const lang of ['fr', 'en'] as const) {
  test(`the full form, by keyboard alone: every answer is in the board, and one undo takes back one answer (${lang})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { locale: lang });
    await ready(page);
    await press(page, '.start a');
    await asked(page, 'sentence');
    await type(page, people[lang].sentence);
    await tabTo(page, '.length input');
    await page.keyboard.press('ArrowDown');
    await page.locator('.length label:nth-of-type(2) input:checked').waitFor();
    const seen: string[] = [];
    await visit(page, '#/assess/name', '.asking.name'); // the address names the question
    while (!page.url().endsWith('#/report')) {
      const at = await kindOf(page);
      await asked(page, at);
      const here = page.url();
      if (seen.at(-1) !== at) seen.push(at);
      await typed[at]?.(page, lang);
      await page.keyboard.press(at === 'bios' || at === 'posts' ? 'Control+Enter' : 'Enter');
      await page.waitForFunction(u => location.href !== u, here);
      await page.evaluate(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))));
    }
    const wanted = ['name', 'preset', 'particulars', 'promise', 'values', 'terms', 'address', 'goal', 'parts', 'proof', 'channels', 'aim', 'brief', 'owners', 'segments', 'needs', 'audiences', 'answers',
      'serves', 'bios', 'pillars', 'kpis', 'actions', 'decisions', 'posts', 'estimate'].filter(k => (lang === 'fr' || k !== 'address') && k !== 'owners'); // alone, one keeps them all
    assert.deepEqual(seen, wanted);
    await settled(page);
    const b = await boardOf(page);
    const top = b.objectives!.find(o => !o.parent)!;
    assert.deepEqual([b.identity!.promise, b.identity!.values, b.identity!.terms!.map(x => x.term), b.identity!.solo, b.identity!.voice?.address], ['p1', ['v1'], ['t1', 't2'], true, lang === 'fr' ? 'vous' : undefined]);
    assert.deepEqual(b.objectives!.map(o => o.title), [people[lang].goal, people[lang].part]);
    assert.deepEqual([top.proof, b.objectives![1]!.parent], ['proof1', top.id]);
    assert.equal(b.channels!.length, 3);
    assert.ok(b.channels!.every(c => c.objectives?.length === 1));
    const first = b.channels![0]!;
    assert.deepEqual([first.strategy, first.segments, first.answers, first.serves?.length, first.bio], [{ citesCommon: false, setsObjectives: false }, [b.segments![0]!.id], [b.segments![0]!.needs![0]!.id], 1, 'bio1']);
    assert.deepEqual(b.segments![0]!.needs!.map(n => n.text), ['n1', 'n2']);
    assert.deepEqual([b.pillars![0]!.name, b.pillars![0]!.terms!.length, b.kpis![0]!.name, b.actions![0]!.title], ['pillar1', 2, 'k1', 'a1']);
    assert.deepEqual([b.decisions![0]!.date, b.decisions![0]!.text, b.declared], ['2025-05-05', 'd1', 45]);
    await page.locator('h1').first().focus();
    await page.keyboard.press('Control+z');
    await page.locator('.said', { hasText: lang === 'fr' ? 'annulée' : 'undone' }).waitFor();
    assert.ok(!('declared' in await boardOf(page)));
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

/** The board as its file would be. */
async function boardOf(page: Page): Promise<Board> {
  await page.locator('.menu summary').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.menu li button').first().click()]);
  return JSON.parse(readFileSync(await file.path(), 'utf8')) as Board;
}

/** The kind of the question that is asked. */
const kindOf = (page: Page): Promise<string> => page.locator('.asking').evaluate(e => e.className.replace('asking ', ''));

test('everything skipped, nothing is written; one sentence, and the report says what is unknown', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  await visit(page, '#/assess', '.asking.sentence');
  await asked(page, 'sentence');
  const seen: string[] = [];
  while (!page.url().endsWith('#/report')) {
    seen.push(await kindOf(page));
    await tabTo(page, '.turn button');
    await go(page);
    await page.waitForFunction(k => location.hash === '#/report' || !document.querySelector(`.asking.${k}`), seen.at(-1));
  }
  assert.deepEqual(seen, ['sentence', 'name', 'preset', 'terms', 'goal', 'channels', 'estimate']);
  await page.locator('.sheet .main', { hasText: 'Dire qui vous êtes' }).waitFor();

  await visit(page, '#/assess/sentence', '.asking.sentence');
  await asked(page, 'sentence');
  await type(page, people.fr.sentence);
  await go(page);
  await asked(page, 'name');
  await page.locator('.length input').nth(1).check(); // the full form: more questions, as unanswered
  for (let n = 0; !page.url().endsWith('#/report'); n++) {
    assert.ok(n < 40, 'the form ends');
    const at = await kindOf(page);
    await page.locator('.turn button').first().click();
    await page.waitForFunction(k => location.hash === '#/report' || !document.querySelector(`.asking.${k}`), at);
  }
  const report = await settled(page);
  assert.deepEqual(await words(report.locator('.head .identity')), [people.fr.sentence]);
  await report.locator('.noscore').waitFor();
  assert.ok(await report.locator('.additions li').count() > 5, 'what could not be checked is listed');
  assert.deepEqual(await boardOf(page), { format: 'unisson/1', lang: 'fr', identity: { sentence: people.fr.sentence } }, 'never asked is not a no');
  assert.deepEqual(faults(), []);
  await context.close();
});

/** Every question of the full form on a board that has an answer to each. */
const every = ['sentence', 'name', 'preset', 'particulars', 'promise', 'values', 'terms', 'address', 'goal', 'parts', 'proof', 'channels', 'aim/insta', 'brief', 'owners', 'segments', 'needs',
  'audiences', 'answers', 'serves', 'bios', 'pillars', 'kpis', 'actions', 'decisions', 'posts/insta', 'estimate'];

for (const lang of ['fr', 'en'] as const) for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any question, nor on the page one takes away (${lang}, ${colorScheme})`, async () => {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { colorScheme, bypassCSP: true, viewport: { width: 1280, height: 800 } });
    await ready(page);
    const found: string[] = [];
    const look = async (name: string): Promise<void> => { found.push(...(await accessibility(page)).map(v => `${name}: ${v}`)); };
    await openSample(page, lang === 'fr' ? 0 : 1);
    const whole = (lang === 'fr') === (colorScheme === 'light'); // each question once in each language and in each theme
    for (const at of whole ? every : ['sentence', 'aim/insta', 'actions', 'estimate']) {
      const kind = at.split('/')[0]!;
      if (kind === 'address' && lang === 'en') continue;
      await visit(page, `#/assess/${at}`, `.asking.${kind}`);
      await look(at);
      if (whole) await shot(page, `assess-full-${kind}-${lang}-${colorScheme}`);
    }
    await page.locator('.asking input[type="range"]').press('ArrowLeft');
    await look('estimate, said');
    await visit(page, '#/onepage', '.a4');
    await look('onepage');
    await shot(page, `onepage-${lang}-${colorScheme}`);
    await visit(page, '#/legal', '.about dl');
    await look('legal');
    await shot(page, `legal-${lang}-${colorScheme}`);
    await visit(page, '#/report', '.figures');
    await settled(page);
    await page.locator('.declared').waitFor();
    await look('declared');
    await shot(page, `declared-${lang}-${colorScheme}`, false);
    assert.deepEqual(found, []);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test('at 320 px no question is wider than the window, and what one presses is at least 24 px', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr', { viewport: { width: 320, height: 640 } });
  await ready(page);
  await openSample(page, 0);
  for (const hash of [...every.map(q => `assess/${q}`), 'onepage', 'legal']) {
    const kind = hash.split('/')[1];
    await visit(page, `#/${hash}`, kind ? `.asking.${kind}` : hash === 'onepage' ? '.a4' : '.about dl');
    const wide = await page.evaluate(() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .unseen')).map(e => `${e.tagName}.${e.className}`));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${hash} is wider than the window: ${wide.slice(0, 5).join(', ')}`);
    const small = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main :is(button, summary, select, input:not([hidden]), a)')]
      .filter(e => e.checkVisibility() && !e.closest('.unseen, label') && !e.matches('.unseen'))
      .filter(e => { const r = e.getBoundingClientRect(); return r.height < 23.5 || r.width < 23.5; }).map(e => `${e.tagName}.${e.className} ${e.textContent?.trim().slice(0, 30)}`));
    assert.deepEqual(small, [], hash);
    if (['assess/sentence', 'assess/aim/insta', 'assess/actions', 'assess/serves', 'onepage'].includes(hash)) await shot(page, `${hash.replaceAll('/', '-')}-320`);
  }
  assert.deepEqual(faults(), []);
  await context.close();
});

test('the strategy prints on one A4 and leaves as Markdown; the paragraph is copied; what is missing leads to its question', async () => {
  for (const [lang, which] of [['fr', 0], ['en', 1]] as const) {
    const { context, page, faults } = await openPage(browser, site, '/' + lang, { permissions: ['clipboard-read', 'clipboard-write'] });
    await ready(page);
    await visit(page, '#/onepage', '.sheet .main');
    await visit(page, '#/', '.sample');
    await openSample(page, which);
    await press(page, '.leave a');
    await page.locator('.a4').waitFor();
    const pages = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g);
    assert.equal(pages?.length, 1);
    await page.getByRole('button', { name: lang === 'fr' ? 'Copier le paragraphe' : 'Copy the paragraph' }).click();
    await page.locator('.to-take [role="status"]', { hasText: /./ }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), (await page.locator('.brief').textContent()));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Markdown' }).last().click()]);
    assert.match(file.suggestedFilename(), lang === 'fr' ? /-strategie\.md$/ : /-strategy\.md$/);
    const md = readFileSync(await file.path(), 'utf8');
    for (const name of await words(page.locator('.a4 tbody th'))) assert.ok(md.includes(name), name);
    assert.deepEqual(faults(), []);
    await context.close();
  }
  const { context, page } = await openPage(browser, site, '/fr');
  await ready(page);
  await visit(page, '#/assess', '.asking.sentence');
  await asked(page, 'sentence');
  await type(page, people.fr.sentence);
  await visit(page, '#/onepage', '.lacking');
  await page.locator('.lacking a', { hasText: 'but' }).first().click();
  await asked(page, 'goal');
  await context.close();
});
