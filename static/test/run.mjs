// Runs the tests: `node test/run.mjs unit` (test/*.test.ts) or `browser` (test/browser/*.test.ts), with more words as
// the only files to run; or the README's `picture`. Each file is bundled first, as the page is.
import { build } from 'esbuild';
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [suite = 'unit', ...only] = process.argv.slice(2);
if (!['unit', 'browser', 'picture'].includes(suite)) throw new Error(`no tests called ${suite}: unit or browser, or the picture`);
const here = fileURLToPath(new URL('.', import.meta.url));
const dir = suite === 'unit' ? here : join(here, 'browser');
const script = suite === 'picture'; // a program, not tests
const wanted = script ? `${suite}.ts` : '.test.ts';
const out = join(here, '../.build/test', suite);
const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();

const files = readdirSync(dir).filter(f => f.endsWith(wanted) && (!only.length || only.some(o => f.includes(o)))).map(f => join(dir, f));
if (!files.length) throw new Error(`no ${suite} test${only.length ? ` called ${only.join(' or ')}` : ''}`);
await rm(out, { recursive: true, force: true });
await build({
  entryPoints: files, bundle: true, outdir: out, outExtension: { '.js': '.mjs' }, platform: 'node', format: 'esm', target: 'node20', sourcemap: 'inline',
  packages: 'external', alias: { wasm_exec: join(goroot, 'lib/wasm/wasm_exec.js') }, logLevel: 'warning',
  define: { PAGES: JSON.stringify(readdirSync(join(here, '../src/ui/pages')).filter(f => f.endsWith('.ts')).map(f => f.replace(/\.ts$/, ''))), PROJECT: JSON.stringify(join(here, '../..')), GOROOT: JSON.stringify(goroot) },
});
const built = files.map(f => join(out, f.slice(dir.length).replace(/^\/?(.*)\.ts$/, '$1.mjs')));
const node = spawn(process.execPath, ['--enable-source-maps', ...(script ? [] : ['--test']), ...(suite === 'browser' ? ['--test-concurrency=1'] : []), ...built], { stdio: 'inherit', cwd: join(here, '..') });
node.on('exit', code => { process.exitCode = code ?? 1; });
