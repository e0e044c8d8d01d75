// Measures what ./build.sh bench prints: `node bench/bench.mjs`, once everything is built. Bundled first, as the tests are.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const outfile = join(here, '../.build/bench.mjs');
const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
await build({
  entryPoints: [join(here, 'bench.ts')], bundle: true, outfile, platform: 'node', format: 'esm', target: 'node20', packages: 'external', logLevel: 'warning',
  define: { PROJECT: JSON.stringify(join(here, '../..')), GOROOT: JSON.stringify(goroot) },
});
await import(pathToFileURL(outfile).href);
