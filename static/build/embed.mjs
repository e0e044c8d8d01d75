// What other sites load: the loader, evergreen and as released, and the list of its releases.
//
// A release is a file of static/public/embed that never changes, so that a page may name it with its hash. The loader as built must be the last
// release: `node build/embed.mjs 1.2.0` makes the next.
import { build as esbuild } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = join(here, 'public/embed');
const list = join(folder, 'versions.json');

/** The loader's bytes and the versions there are; fails when what would be served as the last release is something else. */
export async function loader({ dev, fail }) {
  const bytes = await compiled(!dev);
  const { latest, integrity } = JSON.parse(await readFile(list, 'utf8'));
  if (!dev && integrity[latest] !== integrityOf(bytes)) fail(`The embed's loader is no longer that of ${latest}, which pages name by its hash. Release it: node static/build/embed.mjs <next version>.`);
  return { bytes, latest };
}

async function compiled(minify) {
  const { outputFiles } = await esbuild({ entryPoints: [join(here, 'src/embed/loader.ts')], bundle: true, write: false, format: 'esm', target: 'es2022', minify, legalComments: 'none', charset: 'utf8' });
  return Buffer.from(outputFiles[0].contents);
}

export const integrityOf = bytes => 'sha384-' + createHash('sha384').update(bytes).digest('base64');

async function release(version) {
  if (!/^1\.\d+\.\d+$/.test(version ?? '')) throw new Error('A version reads 1.2.3; its first figure changes with the address, v1.js.');
  const file = join(folder, `v${version}.js`);
  if (existsSync(file)) throw new Error(`${version} is released, and stays as it is.`);
  const bytes = await compiled(true);
  const before = existsSync(list) ? JSON.parse(await readFile(list, 'utf8')) : { integrity: {} };
  await writeFile(file, bytes);
  await writeFile(list, JSON.stringify({ latest: version, integrity: { ...before.integrity, [version]: integrityOf(bytes) } }, null, 1) + '\n');
  console.log(`${version}: ${bytes.length} bytes, ${integrityOf(bytes)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await release(process.argv[2]);
