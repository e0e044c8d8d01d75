/**
 * What Lighthouse says of the landing, in both languages: of three runs the one in the middle. The last version that runs on Node 20 has its own
 * packages in this folder, which nobody who only builds or tests needs.
 */
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [origin, chromePath] = process.argv.slice(2);
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const out = [];
for (const lang of ['fr', 'en']) {
  const runs = [];
  for (let i = 0; i < 3; i++) {
    const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'], logLevel: 'silent' });
    try {
      runs.push((await lighthouse(`${origin}/${lang}`, { port: chrome.port, output: 'json', logLevel: 'silent', onlyCategories: categories })).lhr);
    } finally {
      await chrome.kill();
    }
  }
  const of = f => median(runs.map(f));
  const ms = audit => of(r => r.audits[audit].numericValue);
  const faults = categories.slice(1).flatMap(c => runs[0].categories[c].auditRefs.map(a => runs[0].audits[a.id]).filter(a => a.score !== null && a.score < 1).map(a => `${a.id}: ${a.title}`));
  out.push({ lang, scores: Object.fromEntries(categories.map(c => [c, Math.round(100 * of(r => r.categories[c].score))])), lcp: ms('largest-contentful-paint'), tbt: ms('total-blocking-time'), cls: ms('cumulative-layout-shift'), faults });
}
console.log(JSON.stringify(out));
