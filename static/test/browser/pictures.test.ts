import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibility, openPage, shot, startBrowser, startSite, type Opened, type Site } from './harness.ts';
import { focused, focusOn, openSample, ready, settled, tabTo, visit, words } from './walk.ts';

declare const PROJECT: string;
const golden = `${PROJECT}/static/test/browser/testdata`;
const update = process.env.UNISSON_GOLDEN === 'update';

let site: Site;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;
type Lang = keyof typeof locales;

/** The sample of a language on the page of the pictures, all of them drawn. */
async function pictures(lang: Lang, options: BrowserContextOptions = {}): Promise<Opened> {
  const opened = await openPage(browser, site, `/${lang}`, { locale: locales[lang], ...options });
  await ready(opened.page);
  await openSample(opened.page, lang === 'fr' ? 0 : 1);
  await drawn(opened.page);
  return opened;
}

async function drawn(page: Page): Promise<void> {
  await visit(page, '#/pictures', 'unisson-pictures .mirror .shard');
  await page.locator('unisson-timeline .timeline').waitFor();
  await page.locator('.whatif li button').first().waitFor();
}

const sideways = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const lang of ['fr', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the pictures are open to all, at three sizes (${lang}, ${colorScheme})`, async () => {
      const { context, page, faults } = await pictures(lang, { colorScheme });
      const found: string[] = [];
      for (const width of [1280, 768, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForFunction((w) => Math.abs(document.querySelector('.mirror')!.getBoundingClientRect().width - Math.min(w, document.querySelector('unisson-mirror')!.getBoundingClientRect().width)) < 8, width);
        assert.equal(await sideways(page), 0, `${width} px: nothing leads sideways`);
        await shot(page, `pictures-${lang}-${colorScheme}-${width}`);
      }
      await page.evaluate(() => { for (const d of document.querySelectorAll<HTMLDetailsElement>('unisson-pictures details')) d.open = true; });
      assert.equal(await sideways(page), 0, 'nor with all legends and tables open');
      found.push(...await accessibility(page));
      const small = await page.locator('unisson-pictures :is(a, button, summary, input)').evaluateAll((all) => all.filter((e) => { const r = e.getBoundingClientRect(); return r.height > 0 && (r.height < 23.5 || r.width < 23.5); }).map((e) => e.outerHTML.slice(0, 120)));
      assert.deepEqual(small, []);
      await shot(page, `pictures-${lang}-${colorScheme}-open`);
      await page.setViewportSize({ width: 1280, height: 900 });
      await visit(page, '#/report', 'unisson-report .pictured .mirror .shard');
      found.push(...await accessibility(page));
      await visit(page, '#/present', 'unisson-present .stage h1');
      found.push(...await accessibility(page));
      assert.deepEqual(found, []);
      assert.deepEqual(faults(), []);
      await context.close();
    });
  }
}

test('by keyboard: a shard lights its twins, a repair mends a crack, and stays when pressed', async () => {
  const { context, page, faults } = await pictures('fr');
  await page.locator('#at\\.mirror').focus();
  await tabTo(page, '.mirror .shard[data-about="tt"]');
  for (const twin of ['.mirror .name', '.sides tr', '.graph a', '.timeline a', '.twin tr']) assert.ok(await page.locator(`${twin}[data-about="tt"][data-lit]`).count(), `${twin} of TikTok is lit`);
  const lit = (): Promise<string[]> => page.locator('.sides a.no[data-lit]').evaluateAll((all) => [...new Set(all.map((e) => e.getAttribute('data-about')!))]);
  const breaks = await lit();
  assert.ok(breaks.length > 1 && breaks.every((w) => w.split(' ').includes('tt')), `what breaks on TikTok is lit: ${breaks.join(' | ')}`);
  assert.equal(await page.locator('.sides tr[data-about="insta"][data-lit]').count(), 0);
  // A finding lights itself elsewhere, and its channels, not what else breaks on them.
  await page.locator('.sides tr[data-about="tt"] a.no').first().focus();
  const itself = (await page.evaluate(() => document.activeElement!.getAttribute('data-about')!)).split(' ');
  assert.ok(itself.includes('tt'));
  for (const twin of ['.mirror .shard', '.graph a', '.timeline a']) assert.ok(await page.locator(`${twin}[data-about="tt"][data-lit]`).count(), `${twin} of the finding’s channel is lit`);
  assert.ok((await lit()).every((w) => w.split(' ')[0] === itself[0]), 'no other finding is lit');

  const state = (): Promise<string[]> => page.locator('.pictures > .picture:first-of-type .seam').evaluateAll((all) => all.map((e) => e.getAttribute('class')!));
  const was = await state();
  await page.locator('#at\\.mirror').focus();
  const mends = 1 + (await page.locator('.whatif li').allInnerTexts()).findIndex((step) => step.includes('Rattachez cet objectif'));
  assert.ok(mends > 1, 'a step before it mends no crack');
  await tabTo(page, `.whatif li:nth-child(${mends}) button`);
  await page.locator('.whatif .says', { hasText: 'Après cette réparation' }).waitFor();
  const mended = await state();
  assert.equal(mended.length, was.length, 'the glass stays where it is');
  assert.equal(mended.filter((c) => c.includes('joined')).length, was.filter((c) => c.includes('joined')).length + 1, 'one crack is mended');
  assert.match((await words(page.locator('.whatif .says')))[0]!, /5 fissures au lieu de 6/);
  await page.keyboard.press('Shift+Tab');
  await page.locator(`.whatif li:nth-child(${mends - 1}) button:focus`).waitFor();
  await page.waitForFunction((n) => document.querySelectorAll('.picture .seam.joined').length === n, was.filter((c) => c.includes('joined')).length);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.whatif button[aria-pressed=true]').waitFor();
  await page.locator('#at\\.table').focus();
  assert.equal((await state()).filter((c) => c.includes('joined')).length, mended.filter((c) => c.includes('joined')).length, 'it stays');
  assert.deepEqual(faults(), []);
  await context.close();
});

test('in the report, a step under the focus is tried in the mirror too', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr');
  await ready(page);
  const report = await openSample(page, 0);
  await report.locator('.pictured .mirror .shard').first().waitFor();
  await report.locator('.next-steps li a').first().waitFor();
  await page.mouse.move(0, 0);
  const joined = (): Promise<number> => report.locator('.pictured .seam.joined').count();
  const was = await joined();
  await report.locator('.next-steps li:has-text("passerelle") a').focus();
  await page.waitForFunction((n) => document.querySelectorAll('.pictured .seam.joined').length > n, was);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('an edit changes every picture; the slider goes between the moment kept and now', async () => {
  const { context, page, faults } = await pictures('fr', { reducedMotion: 'reduce' });
  const cracks = (): Promise<number> => page.locator('.pictures > .picture:first-of-type .seam:not(.joined)').count();
  const was = await cracks();
  await page.locator('.between button').click();
  await page.locator('.between input').waitFor();
  // The showroom now serves the site.
  await visit(page, '#/channels/showroom', '.channel[open] .supports');
  await page.locator('.channel[open] .supports .choice', { hasText: 'Site' }).locator('input').check();
  await drawn(page);
  await page.waitForFunction((n) => document.querySelectorAll('.pictures > .picture:first-of-type .seam:not(.joined)').length < n, was);
  assert.ok(await page.locator('.graph .link.serves').count() >= 1);

  const panes = page.locator('.panes');
  const at = (): Promise<string> => panes.evaluate((e) => getComputedStyle(e).getPropertyValue('--at'));
  await tabTo(page, '.between input');
  await page.keyboard.press('Home');
  assert.equal(await at(), '0%');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  assert.equal(await at(), '3%');
  assert.match((await page.locator('.between input').getAttribute('aria-valuetext'))!, /^3.%.*canaux.*canaux/);
  await page.keyboard.press('End');
  const [then, now] = await Promise.all(['.then', '.now'].map((p) => panes.locator(`${p} .seam:not(.joined)`).count()));
  assert.ok(then! > now!, `${then} cracks then, ${now} now`);
  await shot(page, 'pictures-between', true);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('each picture is saved as SVG that stands alone, and as PNG that shows it', async () => {
  const { context, page, faults } = await pictures('fr');
  const elsewhere = await context.newPage(); // where nothing of the page is known
  for (const [which, file] of [['mirror', 'miroir'], ['graph', 'graphe'], ['timeline', 'chronologie'], ['table', 'tableau']] as const) {
    const section = page.locator(`.picture[aria-labelledby="at.${which}"]`);
    const take = async (name: string): Promise<Buffer> => {
      const [d] = await Promise.all([page.waitForEvent('download'), section.locator('.acts button', { hasText: name }).click()]);
      assert.equal(d.suggestedFilename(), `menuiserie-varenne-${file}.${name.includes('SVG') ? 'svg' : 'png'}`);
      return readFileSync((await d.path())!);
    };
    const source = (await take('SVG')).toString('utf8');
    assert.match(source, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    if (which === 'table') {
      const said = await section.locator('table').evaluate((t) => {
        const here = t.cloneNode(true) as HTMLElement;
        for (const e of here.querySelectorAll('.unseen')) e.remove();
        return here.textContent!;
      });
      const set = await elsewhere.evaluate((s) => [...new DOMParser().parseFromString(s, 'image/svg+xml').querySelectorAll('text')].map((x) => x.textContent).join(''), source);
      const letters = (x: string): string => [...x.replace(/[\s✓✕?]/g, '')].sort().join('');
      assert.equal(letters(set), letters(said), 'every word of the table');
    }
    assert.match(source, /@font-face\{font-family:"?Newsreader Variable"?;.*data:font\/woff2/s, 'the fonts travel with it');
    assert.doesNotMatch(source, / class=| href="(?!#)|var\(|https?:\/\/(?!www\.w3\.org)/, 'it asks for nothing else');
    assert.equal(await elsewhere.evaluate((s) => new DOMParser().parseFromString(s, 'image/svg+xml').querySelector('parsererror')?.textContent ?? '', source), '');
    const png = await take('PNG');
    assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    assert.ok(png.readUInt32BE(16) >= 1200 && png.readUInt32BE(20) >= 500, `${png.readUInt32BE(16)} × ${png.readUInt32BE(20)}`);
    const colours = await page.evaluate(async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(200, 120);
      const c = canvas.getContext('2d')!;
      c.drawImage(image, 0, 0, 200, 120);
      const { data } = c.getImageData(0, 0, 200, 120);
      return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3).join())).size;
    }, [...png]);
    assert.ok(colours > 40, `${which}: ${colours} colours: not an empty sheet`);
    mkdirSync(`${PROJECT}/static/.build/shots`, { recursive: true });
    writeFileSync(`${PROJECT}/static/.build/shots/saved-${which}.png`, png);
  }
  assert.deepEqual(faults(), []);
  await context.close();
});

test('what moves takes a fifth of a second, and nothing moves for those who ask', async () => {
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    const { context, page } = await pictures('fr', { reducedMotion });
    await page.evaluate(() => {
      (globalThis as unknown as { moved: number[] }).moved = [];
      document.addEventListener('transitionrun', (e) => {
        const a = (e.target as Element).getAnimations().map((x) => Number(x.effect!.getComputedTiming().duration));
        if ((e.target as Element).closest('.mirror')) (globalThis as unknown as { moved: number[] }).moved.push(...a);
      });
    });
    await page.locator('.whatif li:nth-child(2) button').focus();
    await page.locator('.whatif .says', { hasText: 'Après cette réparation' }).waitFor();
    const moved = await page.evaluate(() => new Promise<number[]>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done((globalThis as unknown as { moved: number[] }).moved)))));
    if (reducedMotion === 'reduce') assert.deepEqual(moved, []);
    else assert.ok(moved.length && moved.every((d) => d >= 150 && d <= 250), moved.join());
    await context.close();
  }
});

test('a presentation goes by the arrow keys, says each thing aloud, and leads back', async () => {
  const { context, page, faults } = await pictures('fr');
  await page.locator('.ways a', { hasText: 'Présenter' }).focus();
  await page.keyboard.press('Enter');
  await focusOn(page, '.stage h1');
  const first = await focused(page);
  assert.match(first, /Menuiserie Varenne/);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((f) => !document.activeElement!.textContent!.includes(f), 'Menuiserie Varenne');
  assert.ok(await page.locator('.stage .quote').count(), 'a finding with its words');
  assert.match(await page.evaluate(() => location.hash), /present\/2$/);
  const seen: string[] = [];
  for (let i = 0; i < 40; i++) {
    seen.push((await words(page.locator('.stage h1')))[0]!);
    assert.equal(await sideways(page), 0);
    if (await page.locator('.bar-of button').nth(1).isDisabled()) break;
    await page.keyboard.press('PageDown');
    await page.waitForFunction((n) => document.querySelector('.bar-of .at')!.textContent!.startsWith(String(n)), seen.length + 2);
    if (seen.length === 14 || seen.length === 15) await shot(page, `present-${seen.length}`, false);
  }
  for (const title of ['Le miroir', 'Le graphe de la stratégie', 'Chaque voix dans le temps']) assert.ok(seen.includes(title), `${title}: ${seen.join(' | ')}`);
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('.stage h1')!.textContent!.includes('Menuiserie'));
  assert.ok(await page.locator('.masthead').evaluate((e: HTMLElement) => e.inert));
  await page.keyboard.press('Escape');
  await settled(page);
  assert.ok(!(await page.locator('.masthead').evaluate((e: HTMLElement) => e.inert)));
  assert.deepEqual(faults(), []);
  await context.close();
});

test('an empty board is a grey mirror', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr#/pictures');
  await page.locator('.mirror .glass.none').waitFor();
  assert.equal(await page.locator('.mirror .shard').count(), 0);
  assert.equal(await page.locator('.mirror').getAttribute('aria-label'), 'Un miroir gris\u202f: aucun canal encore.');
  assert.deepEqual(await accessibility(page), []);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('forced colours keep cracks and shards apart', async () => {
  const { context, page } = await pictures('fr', { forcedColors: 'active' });
  const colour = (selector: string, property: string): Promise<string> => page.locator(selector).first().evaluate((e, p) => getComputedStyle(e).getPropertyValue(p), property);
  assert.notEqual(await colour('.mirror .seam.broken', 'stroke'), await colour('.mirror .glass', 'fill'));
  assert.notEqual(await colour('.mirror .name', 'fill'), await colour('.mirror .glass', 'fill'));
  await shot(page, 'pictures-forced');
  await context.close();
});

/** What a picture is made of, one element a line: shapes and words, without what the page adds for itself. */
const structure = (page: Page, selector: string): Promise<string> => page.locator(selector).first().evaluate((svg) => {
  const walk = (e: Element, depth: number): string => {
    const attributes = [...e.attributes].filter((a) => !['data-lit', 'style'].includes(a.name)).map((a) => ` ${a.name}="${a.value.replace(/\s+/g, ' ').trim()}"`).join('');
    const own = [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.textContent!.trim()).join('');
    return `${' '.repeat(depth)}${e.localName}${attributes}${own && ` | ${own}`}\n${[...e.children].map((c) => walk(c, depth + 1)).join('')}`;
  };
  return walk(svg, 0);
});

test('the pictures of the sample boards are as they were (./build.sh golden rewrites them)', async () => {
  const wanted = new Set<string>();
  const holds = async (page: Page, name: string): Promise<void> => {
    for (const which of ['mirror', 'graph', 'timeline']) {
      const file = `${name}.${which}.txt`;
      wanted.add(file);
      const got = (await structure(page, `unisson-pictures svg[data-picture=${which}]`)).replaceAll(/mirror\d+-/g, 'mirror-');
      if (update) {
        mkdirSync(golden, { recursive: true });
        writeFileSync(`${golden}/${file}`, got);
      } else assert.equal(got, existsSync(`${golden}/${file}`) ? readFileSync(`${golden}/${file}`, 'utf8') : '', `${file} differs`);
    }
  };
  for (const lang of ['fr', 'en'] as const) {
    const { context, page } = await pictures(lang, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    await page.mouse.move(0, 0);
    await holds(page, lang === 'fr' ? 'menuiserie-varenne' : 'wrenfield-orchard');
    await context.close();
  }
  for (const board of ['22-fromagerie-des-orgues', '36-tallyho-scheduling']) {
    const { context, page } = await openPage(browser, site, '/en', { locale: 'en-GB', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    await ready(page);
    await visit(page, '#/posts', 'unisson-posts');
    await page.setInputFiles('#open-file', `${PROJECT}/core/testdata/boards/${board}.json`);
    await settled(page);
    await visit(page, '#/pictures', 'unisson-pictures .mirror .shard');
    await page.locator('unisson-timeline .change').first().waitFor();
    await page.mouse.move(0, 0);
    await shot(page, `pictures-${board}`);
    assert.ok(await page.locator('.turns .quote').count() >= 2, 'the words before and after the change');
    await holds(page, board);
    await context.close();
  }
  for (const file of existsSync(golden) ? readdirSync(golden) : []) {
    if (wanted.has(file)) continue;
    if (update) rmSync(`${golden}/${file}`);
    else assert.fail(`testdata/${file} belongs to no picture`);
  }
});
