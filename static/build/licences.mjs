// The licences of what the page carries, in full, as their authors ask.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** inputs: the files esbuild read. A package without a licence file is listed with the licence it declares. */
export async function licences(here, goroot, inputs) {
  const packages = [...new Set(inputs.flatMap(i => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(i)?.[1] ?? []))].sort();
  const parts = packages.map(name => {
    const dir = join(here, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    const file = readdirSync(dir).find(f => /^licen[cs]e/i.test(f));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(dir, file), 'utf8').trim() : `Licence: ${license}.`}`;
  });
  const go = ['LICENSE', '../../share/doc/golang/copyright'].map(f => join(goroot, f)).find(existsSync);
  if (go) parts.push(`Go, its runtime and wasm_exec.js (BSD-3-Clause)\n\n${readFileSync(go, 'utf8').trim()}`);
  return parts.join('\n\n' + '-'.repeat(80) + '\n\n') + '\n';
}
