/** Makes the picture of the README: the report of the English sample, as a visitor sees it. ./build.sh picture */
import { openPage, startBrowser, startSite } from './harness.ts';

declare const PROJECT: string;

const site = await startSite();
const browser = await startBrowser();
try {
  const { page } = await openPage(browser, site, '/en', { locale: 'en-GB', viewport: { width: 1200, height: 1300 } });
  await page.getByRole('button', { name: /Wrenfield Orchard/ }).click();
  await page.getByText('Editorial coherence index').waitFor();
  await page.evaluate(() => document.fonts.ready);
  // From the channel that is another house on: quotes are what a report is about.
  await page.getByRole('heading', { name: 'TikTok', exact: true }).first().evaluate(h => scrollTo(0, h.getBoundingClientRect().top + scrollY - 96));
  await page.screenshot({ path: `${PROJECT}/static/report.png` });
} finally {
  await browser.close();
  await site.stop();
}
