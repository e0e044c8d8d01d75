// What the build makes by running the page's own code: the landing as it stands before any script has come, drawn once a language, and the
// reports of the samples.
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What comes later is no part of what is seen first. */
const noLater = { name: 'noLater', setup: build => build.onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)) };

/** Loads a script of the page's here. */
async function run(here, scratch, name, options) {
  const outfile = join(scratch, `${name}.mjs`);
  await build({ entryPoints: [join(here, `src/${name}.ts`)], bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', outfile, logLevel: 'silent', ...options });
  return import(`${pathToFileURL(outfile)}?${Date.now()}`); // a watching build runs it again
}

/** Returns pairs of a sample's id and JSON, given the checker's bytes. */
export async function sampleReports(here, scratch, goroot, checker) {
  const { reports } = await run(here, scratch, 'reports', { alias: { wasm_exec: join(goroot, 'lib/wasm/wasm_exec.js') } });
  return reports(`data:application/wasm;base64,${checker.toString('base64')}`);
}

/** Returns HTML for a language, given its texts. */
export async function firstScreen(here, scratch, define) {
  const { first } = await run(here, scratch, 'first', { define, plugins: [noLater] });
  // What the page's state asks of a browser when it is made, and Lit must not find when it is loaded. Nobody has chosen anything yet.
  Object.assign(globalThis, { location: { hash: '', pathname: '/' }, addEventListener() {}, document: { documentElement: { dataset: {} } } });
  return first;
}
