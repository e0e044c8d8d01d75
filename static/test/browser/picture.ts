/** Makes the picture of the README (the report of the English sample, as a visitor sees it) and the icons of the installed page. ./build.sh picture */
import { readFileSync } from 'node:fs';
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

  // A phone cuts a maskable icon to its own shape: paper to the edges, the drawing within the inner 80 %.
  const drawing = readFileSync(`${PROJECT}/static/public/favicon.svg`, 'utf8');
  const bare = await browser.newPage();
  for (const [name, size, margin] of [['icon-180', 180, 0.1], ['icon-192', 192, 0], ['icon-512', 512, 0], ['icon-maskable', 512, 0.13]] as const) {
    await bare.setViewportSize({ width: size, height: size });
    await bare.setContent(`<style>body { margin: 0; padding: ${size * margin}px; box-sizing: border-box; height: ${size}px; background: ${margin ? '#fdfbf5' : 'none'} } svg { display: block; width: 100% }</style>${drawing}`);
    await bare.screenshot({ path: `${PROJECT}/static/public/${name}.png`, omitBackground: true });
  }
} finally {
  await browser.close();
  await site.stop();
}
