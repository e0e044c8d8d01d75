import 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { shot, startBrowser, startSite, type Site } from './harness.ts';
import { agencyPage, heard, startAgency, visitAgency, type AgencySite } from './host.ts';

let site: Site;
let agency: AgencySite;
let browser: Browser;
before(async () => {
  [site, agency, browser] = await Promise.all([startSite(), startAgency(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await agency?.stop();
  await site?.stop();
});

const tag = (attributes = '', inside = '<a href="/fr">Faire le test</a>'): string => `<unisson-check id="u" title="Agence du Port" ${attributes}>${inside}</unisson-check>`;
const ready = (page: Page, id = 'u'): Promise<void> => page.evaluate(async i => {
  await customElements.whenDefined('unisson-check');
  await (document.getElementById(i) as unknown as { ready: Promise<void> }).ready;
}, id);
const frameOf = (page: Page, id = 'u'): FrameLocator => page.frameLocator(`#${id} iframe`);

/** Answers the three questions as a baker would. */
async function answer(frame: FrameLocator): Promise<void> {
  await frame.locator('#who-sentence').fill('Un fournil de quartier qui pétrit à la main un pain de seigle au levain.');
  await frame.locator('#who-name').fill('Fournil du Port');
  await frame.locator('#who-terms').fill('pain, seigle, fournil');
  await frame.locator('#step-next').click();
  await frame.locator('#apex').fill('Nourrir le quartier en pain honnête');
  await frame.locator('#apex').press('Tab');
  await frame.locator('#new-part').fill('Vendre cent pains par jour');
  await frame.locator('#new-part').press('Enter');
  for (const kind of ['Site', 'Instagram', 'Lieu de vente']) await frame.locator('.kinds label', { hasText: kind }).first().click();
  await frame.locator('.aims select').nth(0).selectOption({ label: 'Vendre cent pains par jour' });
  await frame.locator('.aims select').nth(1).selectOption('own');
  await frame.locator('.aims input').fill('Dix mille abonnés');
  await frame.locator('.aims select').nth(2).selectOption({ label: 'Nourrir le quartier en pain honnête' });
  await frame.locator('#step-next').click();
  await frame.locator('textarea').nth(1).fill('Un chaton dans la farine 😻 Like si tu craques\nTrop mignon, ce bébé panda\nTague ton pote gourmand\nChiots ou chatons ?');
  await frame.locator('#step-next').click();
  await frame.locator('.answer[aria-busy="false"] .finding').first().waitFor();
}

test('look', async () => {
  const { context, page, faults } = await visitAgency(browser, site, agency, { html: agencyPage(site, tag()) }, { viewport: { width: 1000, height: 900 } });
  await ready(page);
  await shot(page, 'embed-look-1');
  const frame = frameOf(page);
  await answer(frame);
  await shot(page, 'embed-look-4');
  console.log(JSON.stringify(await heard(page)), faults());
  await context.close();
});
