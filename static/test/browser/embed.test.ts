import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Frame, FrameLocator, Page } from 'playwright-core';
import ws from 'ws';
import * as Y from 'yjs';
import type { UnissonBoard, UnissonCheckElement } from '../../public/embed/v1.d.ts';
import { openLive } from '../../src/engine/live.ts';
import { openModel } from '../../src/engine/model.ts';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';
import { agencyPage, heard, startAgency, visitAgency, type AgencySite, type Heard, type Served, type Visit } from './host.ts';
import { ready as pageReady, visit, words } from './walk.ts';

declare const PROJECT: string;
let site: Site;
let agency: AgencySite; // of another site
let near: AgencySite; // of our site, on another port
let browser: Browser;
before(async () => {
  [site, agency, near, browser] = await Promise.all([startSite(), startAgency('localhost'), startAgency('127.0.0.1'), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await agency?.stop();
  await near?.stop();
  await site?.stop();
});

const tag = (attributes = '', id = 'u'): string => `<unisson-check id="${id}" title="Agence du Port" ${attributes}><a id="fallback-${id}" href="${'#'}">Faire le test</a></unisson-check>`;
const see = (embed: string, options: BrowserContextOptions = {}, served: Partial<Served> = {}, more: Parameters<typeof agencyPage>[2] = {}): Promise<Visit> =>
  visitAgency(browser, site, agency, { html: agencyPage(site, embed, more), ...served }, options);
// Chromium denies storage to a frame of another site in these contexts: what is kept is looked at on a page of our own site.
const seeNear = (embed: string, more: Parameters<typeof agencyPage>[2] = {}): Promise<Visit> => visitAgency(browser, site, near, { html: agencyPage(site, embed, more) });

/** The element's own promise. */
const ready = (page: Page, id = 'u'): Promise<void> => page.evaluate(async i => {
  await customElements.whenDefined('unisson-check');
  await (document.getElementById(i) as UnissonCheckElement).ready;
}, id);
const frameOf = (page: Page, id = 'u'): FrameLocator => page.frameLocator(`#${id} iframe`);
/** The frame as a document, to look into what nobody around it can. */
const inside = (page: Page): Frame => {
  const found = page.frames().find(f => f.url().startsWith(`${site.origin}/embed/`));
  assert.ok(found, 'a frame of ours');
  return found;
};
const orchard = JSON.parse(readFileSync(`${PROJECT}/static/samples/wrenfield-orchard.json`, 'utf8')) as UnissonBoard;

const said = { sentence: 'Un fournil de quartier qui pétrit à la main un pain de seigle au levain.', name: 'Fournil du Port', goal: 'Nourrir le quartier en pain honnête', part: 'Vendre cent pains par jour', own: 'Dix mille followers', posts: ['Un chaton dans la farine 😻 Like si tu craques', 'Trop mignon, ce bébé panda', 'Tague ton pote gourmand'] };

/** Answers the three questions; look is called at each, and at the result. */
async function answer(frame: FrameLocator, look: (step: number) => Promise<void> = async () => {}): Promise<void> {
  await frame.locator('#who-sentence').fill(said.sentence);
  await frame.locator('#who-name').fill(said.name);
  await frame.locator('#who-terms').fill('pain, seigle, fournil');
  await look(0);
  await frame.locator('#step-next').click();
  await frame.locator('#apex').fill(said.goal);
  await frame.locator('#apex').press('Tab');
  await frame.locator('#new-part').fill(said.part);
  await frame.locator('#new-part').press('Enter');
  for (const kind of [0, 2]) await frame.locator('.kinds').first().locator('label').nth(kind).click();
  await frame.locator('.aims select').nth(0).selectOption({ label: said.part });
  await frame.locator('.aims select').nth(1).selectOption('own');
  await frame.locator('.aims input').fill(said.own);
  await look(1);
  await frame.locator('#step-next').click();
  await frame.locator('textarea').nth(1).fill(said.posts.join('\n'));
  await look(2);
  await frame.locator('#step-next').click();
  await frame.locator('.answer[aria-busy="false"] .finding').first().waitFor();
  await look(3);
}

const events = (list: Heard[]): string[] => [...new Set(list.map(h => h.event))].sort();

test('a visitor answers by keyboard; the page around hears a score once they send it, and a word only once they confirm it', async () => {
  // Focus is in the page's own field before the embed comes, and the fallback is there meanwhile.
  const { context, page, faults } = await seeNear(tag(), { script: false });
  await page.locator('#mine').focus();
  assert.ok(await page.locator('#fallback-u').isVisible());
  const load = async (): Promise<void> => {
    await page.evaluate(src => { document.head.append(Object.assign(document.createElement('script'), { type: 'module', src })); }, `${site.origin}/embed/v1.js`);
    await ready(page);
  };
  await load();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'mine', 'focus is not taken');
  assert.ok(!(await page.locator('#fallback-u').isVisible()), 'the frame stands where the link stood');
  assert.equal(await page.locator('#u iframe').getAttribute('loading'), 'lazy');

  // Nothing is stored before the first input.
  const stored = (): Promise<unknown> => inside(page).evaluate(async () => ({ databases: (await indexedDB.databases()).map(d => d.name), local: localStorage.length, session: sessionStorage.length, caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length, cookie: document.cookie }));
  await inside(page).waitForSelector('html[data-ready="1"]');
  const nothing = { databases: [], local: 0, session: 0, caches: [], workers: 0, cookie: '' };
  assert.deepEqual(await stored(), nothing);

  // From the page's field into the frame, by Tab.
  const frame = frameOf(page);
  const focusIn = async (selector: string): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      if (await inside(page).evaluate(s => document.hasFocus() && document.activeElement?.matches(s), selector)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab never reached ${selector}`);
  };
  const write = async (selector: string, text: string, key?: string): Promise<void> => {
    await focusIn(selector);
    await page.keyboard.type(text);
    if (key) await page.keyboard.press(key);
  };
  await write('#who-sentence', said.sentence);
  await write('#who-name', said.name);
  await focusIn('#step-next');
  await page.keyboard.press('Enter');
  await inside(page).waitForFunction(() => document.activeElement?.matches('h1'));
  await write('#apex', said.goal, 'Tab');
  await write('#new-part', said.part, 'Enter');
  await focusIn('.kinds li:nth-child(1) input');
  await page.keyboard.press('Space');
  await focusIn('.kinds li:nth-child(3) input');
  await page.keyboard.press('Space');
  await focusIn('.aims li:nth-child(2) select');
  await page.keyboard.type('Un objectif');
  await write('.aims input', said.own);
  await focusIn('#step-next');
  await page.keyboard.press('Enter');
  await inside(page).waitForFunction(() => document.activeElement?.matches('h1'));
  await focusIn('.question:nth-of-type(2) textarea');
  for (const p of said.posts) {
    await page.keyboard.type(p);
    await page.keyboard.press('Enter');
  }
  await focusIn('#step-next');
  await page.keyboard.press('Enter');
  await frame.locator('.answer[aria-busy="false"] .finding').first().waitFor();
  assert.ok((await words(frame.locator('blockquote'))).some(q => q.includes('chaton')), 'their own words prove it');
  assert.deepEqual((await stored() as typeof nothing).databases.filter(d => !/probe/.test(d)), ['unisson:embed:']);

  // So far the page around knows where they are, and no more.
  let all = await heard(page);
  assert.deepEqual(events(all), ['progress', 'ready', 'resize']);
  assert.deepEqual(all.filter(h => h.event === 'progress').map(h => h.detail), [0, 1, 2, 3].map(step => ({ step, steps: 3 })));
  assert.equal(await page.evaluate(() => (document.getElementById('u') as UnissonCheckElement).getResult()), null);
  assert.equal(await page.evaluate(() => (document.getElementById('u') as UnissonCheckElement).focusFinding('ST2:own')), undefined, 'not even whether there is such a finding');

  // What will leave stands beside the button, with the page that receives it.
  const share = frame.locator('.share');
  assert.ok((await words(share)).join().includes(near.origin.slice(7)));
  assert.equal((await words(share.locator('button')))[0], 'Transmettre à Agence du Port');
  await focusIn('#share');
  await page.keyboard.press('Enter');
  await frame.locator('.share .done svg').waitFor();
  all = await heard(page);
  const result = all.find(h => h.event === 'result')!.detail;
  assert.deepEqual(Object.keys(result).sort(), ['coverage', 'dimensions', 'findings', 'possible', 'proven', 'single', 'why']);
  assert.ok((result.findings as { critical: number }).critical >= 1);
  assert.deepEqual(all.find(h => h.event === 'share')!.detail, { to: 'Agence du Port', result });
  assert.deepEqual(await page.evaluate(() => (document.getElementById('u') as UnissonCheckElement).getResult()), result);
  const crossed = JSON.stringify(all);
  for (const w of [said.name, 'fournil', 'chaton', 'Dix mille', 'honnête', 'instagram']) assert.ok(!crossed.includes(w), `“${w}” crossed`);

  // The texts: asked for inside the frame, declined, then given.
  const ask = (): Promise<void> => page.evaluate(() => {
    const w = globalThis as unknown as { answers: unknown[] };
    w.answers ??= [];
    (document.getElementById('u') as UnissonCheckElement).exportBoard().then(b => w.answers.push(b), (e: DOMException) => w.answers.push(e.name));
  });
  const answers = (n: number): Promise<unknown[]> => page.waitForFunction(k => { const { answers } = globalThis as unknown as { answers: unknown[] }; return answers.length >= k && answers; }, n).then(h => h.jsonValue() as Promise<unknown[]>);
  const before = await inside(page).evaluate(() => document.activeElement?.id);
  await ask();
  await frame.locator('.asking').waitFor();
  assert.equal(await inside(page).evaluate(() => document.activeElement?.id), before, 'a question takes no focus');
  await ask();
  assert.deepEqual(await answers(1), ['InvalidStateError']);
  await frame.locator('.asking button').nth(1).click();
  assert.deepEqual(await answers(2), ['InvalidStateError', 'NotAllowedError']);
  await ask();
  await frame.locator('.asking button').nth(0).click();
  const board = (await answers(3))[2] as UnissonBoard & { identity: { sentence: string } };
  assert.equal(board.identity.sentence, said.sentence);

  // What was answered is there after a reload; the visitor's own erasing takes it all away.
  await page.reload();
  await load();
  await inside(page).waitForSelector('html[data-ready="1"]');
  assert.equal(await frame.locator('#who-sentence').inputValue(), said.sentence);
  await frame.locator('#erase').click();
  await frame.locator('#erase-yes').click();
  await frame.locator('#erase').waitFor({ state: 'detached' });
  assert.equal(await frame.locator('#who-sentence').inputValue(), '');
  assert.deepEqual((await stored() as typeof nothing).databases.filter(d => !/probe/.test(d)), []);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('the height follows the content without a jump, and nothing in the frame scrolls', async () => {
  const { context, page, faults } = await see(tag('height="500"'));
  await ready(page);
  assert.equal(await page.locator('#u').evaluate(e => e.getBoundingClientRect().height >= 500), true);
  await answer(frameOf(page), async () => {
    await page.waitForFunction(() => {
      const f = document.getElementById('u')!.shadowRoot!.querySelector('iframe')!;
      return parseFloat(f.style.height) > 0;
    });
    await inside(page).waitForFunction(() => document.documentElement.scrollHeight <= innerHeight);
  });
  const heights = (await heard(page)).filter(h => h.event === 'resize').map(h => h.detail.height as number);
  assert.ok(Math.max(...heights) < 4000, heights.join());
  // Within a step it grows or stays; it comes back to less at most once a step, when the smaller one lasts.
  assert.ok(heights.filter((h, i) => i && h < heights[i - 1]!).length <= 5, heights.join());
  // A page that hides the embed for a while does not make it a tower.
  await page.locator('#u').evaluate(e => { (e as HTMLElement).hidden = true; });
  await page.locator('#u').evaluate(e => { (e as HTMLElement).hidden = false; });
  await inside(page).waitForFunction(() => innerWidth > 200);
  assert.ok(Math.max(...(await heard(page)).filter(h => h.event === 'resize').map(h => h.detail.height as number)) < 4000);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('a hostile page: forged hellos, another window’s answer, a replay, a frame led astray', async () => {
  // What stands in the frame's place, or beside it, and would like a port.
  agency.pages.set('/thief', { html: `<script>
    window.got = 0;
    addEventListener('message', (e) => { if (e.ports.length) got++; if (e.data && e.data.say) parent.postMessage(e.data.say, '*'); if (e.data && e.data.port) { const c = new MessageChannel(); window.replies = 0; c.port1.onmessage = () => replies++; parent.frames[e.data.port].postMessage({ unisson: e.data.id }, '*', [c.port2]); } });
    const id = new URLSearchParams(location.hash.slice(1)).get('i');
    if (id) parent.postMessage({ unisson: id }, '*');
  </script>` });
  const { context, page } = await see(`${tag('mode="report"')}<iframe id="thief" src="/thief"></iframe>`);
  await ready(page);
  const id = (): Promise<string> => page.evaluate(() => new URLSearchParams(new URL(document.getElementById('u')!.shadowRoot!.querySelector('iframe')!.src).hash.slice(1)).get('i')!);
  const thief = page.frame({ url: /\/thief/ })!;
  const roundTrip = (): Promise<void> => page.evaluate(() => (document.getElementById('u') as UnissonCheckElement).setChannels([{ kind: 'site' }]));

  // The right number from the wrong window; the wrong number; no object at all.
  const before = await id();
  await page.evaluate(i => { for (const say of [{ unisson: i }, { unisson: 'x' }, null, 'unisson', { unisson: { toString: 1 } }]) (document.getElementById('thief') as HTMLIFrameElement).contentWindow!.postMessage({ say }, '*'); }, before);
  await roundTrip();
  await page.evaluate(i => { postMessage({ unisson: i }, '*'); }, before); // the page itself is not the frame
  await roundTrip();
  assert.equal(await thief.evaluate(() => (globalThis as unknown as { got: number }).got), 0, 'no port for a forger');
  assert.equal((await heard(page)).filter(h => h.event === 'ready').length, 1, 'the true frame keeps its port');

  // A second answer, from the page or from another window, finds nobody: the frame has its port.
  const replayed = await page.evaluate(i => new Promise<number>(done => {
    const c = new MessageChannel();
    let n = 0;
    c.port1.onmessage = () => n++;
    const f = document.getElementById('u')!.shadowRoot!.querySelector('iframe')!.contentWindow!;
    f.postMessage({ unisson: i }, '*', [c.port2]);
    c.port1.postMessage({ seq: 0, call: 'exportBoard', with: null });
    void (document.getElementById('u') as UnissonCheckElement).setChannels([{ kind: 'site' }]).then(() => done(n));
  }), before);
  assert.equal(replayed, 0);

  // A frame nobody has answered yet takes no answer from a window beside it, and none with another number.
  await page.evaluate(src => { document.body.append(Object.assign(document.createElement('iframe'), { src, id: 'bare' })); }, `${site.origin}/embed/fr#i=42&mode=assess`);
  const bare = page.frameLocator('#bare');
  await bare.locator('#step-next').waitFor();
  const bareAt = await page.evaluate(() => [...Array(frames.length).keys()].find(i => frames[i] === (document.getElementById('bare') as HTMLIFrameElement).contentWindow)!);
  await thief.evaluate(([port, i]) => { postMessage({ port, id: i }, '*'); }, [bareAt, '42'] as const);
  const answered = (unisson: string): Promise<boolean> => page.evaluate(u => new Promise<boolean>(done => {
    const c = new MessageChannel();
    c.port1.onmessage = e => done(e.data.event === 'ready');
    const f = (document.getElementById('bare') as HTMLIFrameElement).contentWindow!;
    f.postMessage({ unisson: u }, '*', [c.port2]);
    if (u !== '42') requestAnimationFrame(() => requestAnimationFrame(() => done(false)));
  }), unisson);
  assert.equal(await answered('43'), false);
  assert.equal(await answered('42'), true, 'the window around, with the number it gave');
  assert.equal(await thief.evaluate(() => (globalThis as unknown as { replies: number }).replies), 0);

  // Led to a page of another origin that knows the number, the frame's place gets no port, and nothing that waited is answered by it.
  const waiting = page.evaluate(() => (document.getElementById('u') as UnissonCheckElement).exportBoard().then(() => 'given', (e: DOMException) => e.name));
  await page.evaluate(i => { document.getElementById('u')!.shadowRoot!.querySelector('iframe')!.src = `/thief#i=${i}`; }, before);
  const astray = await page.waitForFunction(() => document.getElementById('u')!.shadowRoot!.querySelector('iframe')!.contentWindow && true).then(() => page.frames().find(f => f.url().includes('/thief#')) ?? page.waitForEvent('framenavigated', f => f.url().includes('/thief#')));
  await astray.waitForFunction(() => document.readyState === 'complete');
  assert.equal(await astray.evaluate(() => (globalThis as unknown as { got: number }).got), 0);
  // Brought back by its own element, it is another instance.
  await page.locator('#u').evaluate(e => e.setAttribute('mode', 'assess'));
  assert.equal(await waiting, 'AbortError');
  await ready(page);
  assert.notEqual(await id(), before);
  await context.close();
});

test('many embeds on a page each keep to themselves', async () => {
  const many = Array.from({ length: 12 }, (_, i) => tag(`loading="eager" preset="${['pme', 'culture', 'b2b'][i % 3]}" ${i % 2 ? 'theme="dark"' : 'theme="light"'} ${i === 5 ? 'mode="report"' : ''}`, `u${i}`)).join('');
  const { context, page, faults } = await see(many, { viewport: { width: 900, height: 700 } });
  for (let i = 0; i < 12; i++) await ready(page, `u${i}`);
  await page.evaluate(b => (document.getElementById('u5') as UnissonCheckElement).analyse(b), orchard);
  await page.evaluate(() => (document.getElementById('u1') as UnissonCheckElement).setChannels([{ kind: 'site', name: 'Chez nous' }]));
  const all = await heard(page);
  for (let i = 0; i < 12; i++) assert.equal(all.filter(h => h.event === 'ready' && h.id === `u${i}`).length, 1);
  assert.equal(await frameOf(page, 'u5').locator('.finding').first().isVisible(), true);
  assert.equal(await frameOf(page, 'u4').locator('.finding').count(), 0);
  await frameOf(page, 'u1').locator('#step-next').click();
  assert.deepEqual(await words(frameOf(page, 'u1').locator('.aims label')), ['Chez nous']);
  assert.equal(await frameOf(page, 'u3').locator('.aims').count(), 0);
  const colours = await Promise.all(['u0', 'u1'].map(i => frameOf(page, i).locator('html').evaluate(e => getComputedStyle(e).backgroundColor)));
  assert.notEqual(colours[0], colours[1], 'each its own theme');
  assert.deepEqual(faults(), []);
  await context.close();
});

const isolated = {
  'content-security-policy': '', // per page, below
  'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin',
};

test('a page with a strict policy, Trusted Types and COEP shows a board’s report', async () => {
  const csp = `default-src 'none'; script-src 'nonce-n' ${site.origin}; style-src 'nonce-n'; frame-src ${site.origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const html = agencyPage(site, `<script type="application/json" id="ours">${JSON.stringify(orchard)}</script>${tag('mode="report" board="#ours" lang="en" loading="eager"')}`, { lang: 'en' });
  const { context, page, faults } = await see('', {}, { html, headers: { ...isolated, 'content-security-policy': csp } });
  await ready(page);
  await frameOf(page).locator('.answer[aria-busy="false"] .finding').first().waitFor();
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  // A board the page gave: a finding may be led to; the score still waits for the visitor.
  const key = decodeURIComponent((await frameOf(page).locator('.finding').nth(2).getAttribute('id'))!.split('.').slice(1).join('.'));
  await page.evaluate(k => (document.getElementById('u') as UnissonCheckElement).focusFinding(k), key);
  await frameOf(page).locator('.finding.brought').waitFor();
  assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'u', 'brought into view, not into focus');
  assert.equal(await page.evaluate(() => (document.getElementById('u') as UnissonCheckElement).getResult()), null);
  const refusal = await page.evaluate(async () => {
    const u = document.getElementById('u') as UnissonCheckElement;
    const told = (p: Promise<unknown>): Promise<string> => p.then(() => 'done', (e: DOMException) => e.name);
    return [await told(u.analyse({ format: 'unisson/2' } as never)), await told(u.setChannels('[' as never)), await told(u.analyse({ format: 'unisson/1', channels: {} } as never))];
  });
  assert.deepEqual(refusal, ['DataError', 'DataError', 'DataError']);
  await frameOf(page).locator('#share').click();
  await page.waitForFunction(() => (document.getElementById('u') as UnissonCheckElement).getResult());
  assert.deepEqual(faults(), []);
  await context.close();
});

test('in a sandbox without an origin the diagnosis works, on the main thread', async () => {
  // The loader in a page that has no origin itself, then the frame alone.
  const inner = agencyPage(site, tag('loading="eager"')).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  for (const [embed, path] of [[`<iframe id="box" sandbox="allow-scripts" srcdoc="${inner}" width="900" height="900"></iframe>`, ['#box', '#u iframe']], [`<iframe id="alone" sandbox="allow-scripts" src="${site.origin}/embed/fr#mode=assess&amp;theme=light" width="900" height="900"></iframe>`, ['#alone']]] as const) {
    const { context, page, faults } = await see(embed, { viewport: { width: 1000, height: 1000 } }, {}, { script: false });
    const frame = path.slice(1).reduce((f: FrameLocator, p) => f.frameLocator(p), page.frameLocator(path[0]!));
    await answer(frame).catch(e => { throw new Error(`${e}\n${faults().join('\n')}`); });
    assert.equal(await inside(page).evaluate(() => origin), 'null');
    assert.equal(await frame.locator('#share').count(), path.length - 1, 'nobody listens to a frame alone');
    if (path.length > 1) {
      await frame.locator('#share').click();
      const box = page.frameLocator('#box');
      assert.equal(await box.locator('body').evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard.filter(h => h.event === 'share').length), 1);
    }
    assert.deepEqual(faults(), []);
    await context.close();
  }
});

test('where storage is denied the diagnosis lives as long as the page', async () => {
  const agencyHtml = agencyPage(site, tag());
  near.pages.set('/denied', { html: agencyHtml });
  const context = await browser.newContext({ locale: 'fr-FR' });
  await context.addInitScript(() => {
    const deny = { get(): never { throw new DOMException('denied', 'SecurityError'); } };
    for (const k of ['indexedDB', 'localStorage', 'sessionStorage', 'caches']) Object.defineProperty(globalThis, k, deny);
    Object.defineProperty(globalThis, 'BroadcastChannel', { value: class { constructor() { throw new DOMException('denied', 'SecurityError'); } } });
  });
  const errors: string[] = [];
  context.on('weberror', e => errors.push(String(e.error())));
  const page = await context.newPage();
  await page.goto(near.origin + '/denied');
  await ready(page);
  await answer(frameOf(page));
  await frameOf(page).locator('#share').click();
  await page.waitForFunction(() => (document.getElementById('u') as UnissonCheckElement).getResult());
  await page.evaluate(() => (document.getElementById('u') as UnissonCheckElement).reset());
  assert.equal(await frameOf(page).locator('#who-sentence').inputValue(), '');
  assert.equal(await page.evaluate(() => (document.getElementById('u') as UnissonCheckElement).getResult()), null);
  assert.deepEqual(errors, []);
  await context.close();
});

for (const lang of ['fr', 'en'] as const) for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the frame, from the first question to the question for the texts (${lang}, ${colorScheme})`, async () => {
    const looks = lang === 'fr' ? 'style="--unisson-accent:#7fd1c7;--unisson-radius:10px"' : 'style="--unisson-surface:#f3eefc;--unisson-text:#b9a8e0;--unisson-accent:#9a6bff"';
    const { context, page, faults } = await see(tag(`lang="${lang}" ${colorScheme === 'dark' ? 'accent="gold"' : looks}`), { colorScheme, bypassCSP: true, viewport: { width: 900, height: 2200 } });
    await ready(page);
    const found: string[] = [];
    const look = async (name: number | string): Promise<void> => {
      await inside(page).evaluate(axe.source);
      const { violations } = await inside(page).evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } }));
      found.push(...violations.flatMap(v => v.nodes.map(n => `${name}: ${v.id} at ${n.target.join(' ')}: ${n.failureSummary?.split('\n').slice(1).join(' ').trim()}`)));
    };
    await answer(frameOf(page), look);
    await shot(page, `embed-result-${lang}-${colorScheme}`, false);
    await page.evaluate(() => { (document.getElementById('u') as UnissonCheckElement).exportBoard().catch(() => {}); });
    await frameOf(page).locator('.asking').waitFor();
    await frameOf(page).locator('#erase').click();
    await look('asking');
    assert.deepEqual(found, []);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test('at 320 px nothing scrolls sideways, and what one presses is at least 24 px', async () => {
  const { context, page, faults } = await see(tag('theme="light"'), { viewport: { width: 320, height: 900 } });
  await ready(page);
  await answer(frameOf(page), async step => {
    const [wide, small] = await inside(page).evaluate(() => [
      document.documentElement.scrollWidth > innerWidth ? document.documentElement.scrollWidth : 0,
      [...document.querySelectorAll<HTMLElement>('button, summary, select, input, a, textarea')].filter(e => e.checkVisibility() && !e.closest('.unseen'))
        .filter(e => { const r = (e.closest('label') ?? e).getBoundingClientRect(); return r.height < 23.5 || r.width < 23.5; }).map(e => `${e.tagName}#${e.id}.${e.className}`),
    ] as const);
    assert.equal(wide, 0, `step ${step}`);
    assert.deepEqual(small, [], `step ${step}`);
    await shot(page, `embed-320-${step}`);
  });
  assert.deepEqual(faults(), []);
  await context.close();
});

/** A shared board with something in it, made as a program would. */
async function sharedBoard(): Promise<{ id: string; tokens: Record<string, string>; ask(method: string, path: string, body: unknown): Promise<number>; close(): void }> {
  const made = await fetch(`${site.origin}/api/v1/boards`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  const { id, tokens } = await made.json() as { id: string; tokens: Record<string, string> };
  const doc = new Y.Doc();
  const model = openModel('', { doc });
  const live = openLive(doc, { id, token: tokens.facilitator!, origin: site.origin, socket: ws as never });
  await new Promise<void>(done => { const leave = live.subscribe(() => { if (live.status().phase === 'shared') { leave(); done(); } }); });
  model.load(orchard as never);
  doc.getMap('workshop').set('shown', true);
  await new Promise<void>(done => {
    const look = (): boolean => live.status().waiting === 0 && (done(), true);
    if (!look()) { const leave = live.subscribe(() => { if (look()) leave(); }); }
  });
  return {
    id, tokens, close: () => { live.close(); model.close(); },
    ask: async (method, path, body) => (await fetch(`${site.origin}/api/v1/boards/${id}${path}`, { method, headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.facilitator}` }, body: JSON.stringify(body) })).status,
  };
}

test('a shared board shows live on the sites its facilitator named, and on no other', async () => {
  const board = await sharedBoard();
  const embed = tag(`mode="board" board="${board.id}/${board.tokens.viewer}" loading="eager"`);
  const refused = await see(embed);
  while (!refused.faults().some(f => f.includes('frame-ancestors'))) await refused.page.evaluate(() => new Promise(requestAnimationFrame));
  assert.ok(await refused.page.locator('#fallback-u').isVisible(), 'the link stays where the frame may not be');
  await refused.context.close();

  assert.equal(await board.ask('PUT', '/frames', { origins: [near.origin] }), 204);
  const { context, page, faults } = await seeNear(embed);
  await ready(page);
  const frame = frameOf(page);
  await frame.locator('.answer[aria-busy="false"] .finding').first().waitFor();
  assert.deepEqual(await words(frame.locator('h1')), ['Wrenfield Orchard']);
  assert.equal(await frame.locator('#share').count(), 0);
  assert.deepEqual(await inside(page).evaluate(async () => [(await indexedDB.databases()).length, localStorage.length, sessionStorage.length]), [0, 0, 0]);

  // The list is held against the board that is shown: a frame without it in its address shows none.
  await page.evaluate(src => { document.body.append(Object.assign(document.createElement('iframe'), { src, id: 'around' })); }, `${site.origin}/embed/fr#mode=board&board=${board.id}/${board.tokens.viewer}`);
  await page.frameLocator('#around').locator('[role="alert"]', { hasText: 'adresse complète' }).waitFor();
  board.close();
  assert.deepEqual(faults(), []);
  await context.close();
});

test('every line of the embedding page does what it says', async () => {
  const { context, page, faults } = await openPage(browser, site, '/fr', { bypassCSP: true, viewport: { width: 1280, height: 900 } });
  await pageReady(page);
  const found: string[] = [];
  const looked = async (name: string): Promise<void> => { found.push(...(await accessibility(page)).map(v => `${name}: ${v}`)); };
  await visit(page, '#/dpo', 'unisson-dpo h1');
  await looked('dpo');
  await shot(page, 'dpo-fr');
  assert.match(await page.locator('#register').inputValue(), /Atelier d’essai/, 'who runs this server is in the entry');
  await visit(page, '#/embed', '[data-snippet="fixed"]');
  await page.locator('#b-title').fill('Agence "du" <Port> & fils');
  await page.locator('#b-accent').fill('#0b6e99');
  await page.locator('#b-accent').press('Tab');
  await page.locator('#b-preset').selectOption('culture');
  await page.evaluate(async () => { await (document.getElementById('preview') as UnissonCheckElement).ready; });
  await page.frameLocator('#preview iframe').locator('#step-next').waitFor();
  const accent = (): Promise<string> => page.frameLocator('#preview iframe').locator('#step-next').evaluate(async e => {
    await Promise.all(e.getAnimations().map(a => a.finished)); // a colour on its way is neither
    return getComputedStyle(e).backgroundColor;
  });
  assert.equal(await accent(), 'rgb(11, 110, 153)', 'the preview wears what was chosen');
  await looked('embed');
  await shot(page, 'embed-page-fr');
  await page.setViewportSize({ width: 320, height: 800 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await shot(page, 'embed-page-320');
  const snippet = (id: string): Promise<string> => page.locator(`[data-snippet="${id}"]`).textContent().then(s => s!);
  const all = Object.fromEntries(await Promise.all(['script', 'fixed', 'iframe', 'listening', 'asking', 'reporting', 'policy', 'oembed'].map(async id => [id, await snippet(id)] as const))) as Record<string, string>;
  assert.equal(await page.locator('[data-snippet]').count(), Object.keys(all).length, 'none is left out here');
  // The tables name what the types declare, and nothing else.
  const declared = readFileSync(`${PROJECT}/static/public/embed/v1.d.ts`, 'utf8');
  for (const [what, pattern] of [['events', /^ {2}'(unisson:\w+)': \{|^ {2}'(unisson:\w+)': U/gm], ['methods', /^ {2}(?:readonly )?(\w+)(?:\(.*)?: (?:Promise|UnissonResult)/gm]] as const) {
    const names = [...declared.matchAll(pattern)].map(m => m[1] ?? m[2]!);
    assert.deepEqual((await words(page.locator(`[data-catalogue="${what}"] code`))).map(s => s.replace('()', '')).sort(), [...new Set(names)].sort());
  }
  assert.deepEqual(found, []);
  assert.deepEqual(faults(), []);
  await context.close();

  for (const [id, more] of [['script', all.listening + all.asking!], ['fixed', '']] as const) {
    const policy = `${all.policy!.split(': ')[1]!.replace('script-src', "script-src 'unsafe-inline'")}; style-src 'unsafe-inline'`; // the test's own scripts are inline
    const v = await see(all[id]! + more, {}, { headers: { 'content-security-policy': policy } }, { script: false });
    const logs: string[] = [];
    v.page.on('console', m => logs.push(m.text()));
    await v.page.locator('unisson-check').evaluate(async e => { e.id = 'u'; await customElements.whenDefined('unisson-check'); await (e as UnissonCheckElement).ready; });
    assert.equal(await v.page.locator('#u iframe').getAttribute('title'), 'Unisson Agence "du" <Port> & fils');
    assert.deepEqual(v.faults(), [], id);
    if (more) {
      await answer(frameOf(v.page));
      await frameOf(v.page).locator('#share').click();
      await v.page.waitForFunction(() => (document.getElementById('u') as UnissonCheckElement).getResult());
      assert.ok(logs.some(l => l.startsWith('Agence "du" <Port> & fils')), logs.join());
    }
    await v.context.close();
  }
  const plain = await see(all.iframe!, {}, {}, { script: false });
  await plain.page.frameLocator('main iframe').locator('#step-next').waitFor();
  assert.equal(await plain.page.frameLocator('main iframe').locator('#step-next').evaluate(e => getComputedStyle(e).backgroundColor), 'rgb(11, 110, 153)');
  assert.deepEqual(plain.faults(), []);
  await plain.context.close();
  const report = await see(all.reporting!, {}, {}, { script: false });
  await report.page.frameLocator('unisson-check iframe').locator('.answer[aria-busy="false"]').waitFor();
  assert.deepEqual(report.faults(), []);
  await report.context.close();
  const rich = await (await fetch(all.oembed!)).json() as { html: string };
  const embedded = await see(rich.html, {}, {}, { script: false });
  await embedded.page.frameLocator('main iframe').locator('#step-next').waitFor();
  await embedded.context.close();
});
