// The landing as it stands in the page before any script has come: the page's own templates, drawn here once a language.
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What comes later is no part of what is seen first. */
const noLater = { name: 'noLater', setup: build => build.onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)) };

/** Returns HTML for a language, given its texts. */
export async function firstScreen(here, scratch, define) {
  const outfile = join(scratch, 'first.mjs');
  await build({ entryPoints: [join(here, 'src/first.ts')], bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', outfile, define, logLevel: 'silent', plugins: [noLater] });
  const { first } = await import(`${pathToFileURL(outfile)}?${Date.now()}`); // a watching build draws it again
  // What the page's state asks of a browser when it is made, and Lit must not find when it is loaded. Nobody has chosen anything yet.
  Object.assign(globalThis, { location: { hash: '', pathname: '/' }, addEventListener() {}, document: { documentElement: { dataset: {} } } });
  return first;
}
