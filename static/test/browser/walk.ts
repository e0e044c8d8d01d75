/** Ways through the page that several specs take, by keyboard wherever a person could. */
import type { Locator, Page } from 'playwright-core';

/** The page answers: drawn, with the board of this device open. */
export const ready = (page: Page): Promise<unknown> => page.waitForSelector('html[data-ready="1"]');

/** Presses Tab until the focused element matches; fails where focus stands still or the page ends. */
export async function tabTo(page: Page, selector: string, most = 400): Promise<void> {
  for (let i = 0; i < most; i++) {
    if (await page.evaluate(s => document.activeElement?.matches(s) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${selector}; it stands on ${await focused(page)}`);
}

export const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const e = document.activeElement;
  return e ? `${e.tagName.toLowerCase()}#${e.id} ${e.textContent?.trim().replace(/\s+/g, ' ').slice(0, 60)}` : 'nothing';
});

/** Waits until focus is on an element that matches. */
export const focusOn = (page: Page, selector: string): Promise<unknown> => page.waitForFunction(s => document.activeElement?.matches(s), selector);

/** Tabs to a field and types into it, then leaves it by Enter when it is one that adds. */
export async function write(page: Page, selector: string, text: string, enter = false): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.type(text);
  if (enter) await page.keyboard.press('Enter');
}

/** Writes a text anew, as a person does: into it, all of it chosen, typed over. */
export async function rewrite(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type(text);
}

export async function press(page: Page, selector: string, key = 'Enter'): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press(key);
}

/** The report is on the page, and is that of what the board now holds. */
export const settled = async (page: Page): Promise<Locator> => {
  const sheet = page.locator('unisson-report .sheet[aria-busy="false"]:has(.figures)');
  await sheet.waitFor();
  return sheet;
};

/** Opens a sample from the landing: 0 the French one, 1 the English one. */
export async function openSample(page: Page, which: 0 | 1): Promise<Locator> {
  await page.locator('.sample').nth(which).click();
  return settled(page);
}

/** Goes to a screen by its address, as a link would. */
export async function visit(page: Page, hash: string, wait: string): Promise<void> {
  await page.evaluate(h => { location.hash = h; }, hash);
  await page.locator(wait).first().waitFor();
}

/** The words of a locator's elements, as the page shows them, spaces evened out. */
export const words = async (l: Locator): Promise<string[]> => (await l.allTextContents()).map(s => s.replace(/\s+/g, ' ').trim());
