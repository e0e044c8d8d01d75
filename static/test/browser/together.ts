/** People who come to a shared board, each in a browser of their own. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibility, openPage, shot, type Opened, type Site } from './harness.ts';
import { openSample, ready, visit } from './walk.ts';

export interface Keys { server: string; board: string; tokens: Record<string, string> }

export const sentence = '[id="at.identity.sentence"]';
export const phone: BrowserContextOptions = { locale: 'en-GB', viewport: { width: 360, height: 740 }, hasTouch: true };
export const laptop: BrowserContextOptions = { locale: 'fr-FR', viewport: { width: 1280, height: 800 } };

/** Everything written here is kept by the server. */
export const shared = (page: Page): Promise<void> => page.locator('.livebar.shared .state:first-child', { hasText: /enregistré|saved/ }).waitFor();

export const holds = (page: Page, selector: string, text: string): Promise<unknown> =>
  page.waitForFunction(([s, t]) => document.querySelector<HTMLTextAreaElement>(s!)?.value.includes(t!), [selector, text] as const);

/** What stands in the sentence, whether somebody is writing in it or not. */
export const written = (page: Page): Promise<string> => page.locator(sentence).evaluate((e) => (e as HTMLTextAreaElement).value);

/** Shares the board that is open; what the recovery file says. */
export async function share(page: Page, name: string): Promise<Keys> {
  await visit(page, '#/workshop', '.workshop .facts');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Partager et ouvrir|Share and open/ }).click()]);
  const keys = JSON.parse(readFileSync(await file.path(), 'utf8')) as Keys;
  await page.locator('#entrance-name').fill(name);
  await page.keyboard.press('Enter');
  await shared(page);
  await visit(page, '#/workshop', '.doors');
  assert.ok(!page.url().includes(keys.tokens.facilitator!), 'no secret stays in the address');
  return keys;
}

export async function codeOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: /Donner un code|Give a code/ }).click();
  const code = (await page.locator('.doors .code').textContent())!.replace(/\s/g, '');
  assert.match(code, /^[A-Z0-9]{6}$/);
  return code;
}

/** A facilitator opens the French sample to others; the code they may type. */
export async function opened(browser: Browser, site: Site): Promise<{ ana: Opened; code: string; keys: Keys }> {
  const ana = await openPage(browser, site, '/fr', laptop);
  await ready(ana.page);
  await openSample(ana.page, 0);
  const keys = await share(ana.page, 'Ana');
  return { ana, code: await codeOf(ana.page), keys };
}

/** Somebody comes in by the code, on a phone, and types it as people do. */
export async function joined(browser: Browser, site: Site, code: string, name = 'Ben'): Promise<Opened> {
  const one = await openPage(browser, site, '/en', phone);
  const { page } = one;
  await ready(page);
  await visit(page, '#/workshop', '#join-code');
  await page.locator('#join-code').fill(`${code.slice(0, 3)} ${code.slice(3).toLowerCase()}`);
  await page.locator('#join-name').fill(name);
  await page.keyboard.press('Enter');
  await shared(page);
  return one;
}

/** A state of the page holds for everyone: axe finds nothing, nothing overflows, and there is a picture to look at. */
export async function sound(page: Page, name: string): Promise<void> {
  assert.deepEqual(await accessibility(page), [], name);
  await shot(page, name);
  const wide = await page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => `${e.tagName.toLowerCase()}#${e.id}.${e.getAttribute('class') ?? ''}`)));
  assert.deepEqual(wide, [], `${name}: nothing overflows`);
}
