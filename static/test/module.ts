/** The real modules for tests: compiled by Go, served over HTTP as the page gets them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withoutLines } from '../build/lines.mjs';
import { moduleBuild } from '../build/module.mjs';

declare const PROJECT: string;
const scratch = `${PROJECT}/static/.build`;

const go = (args: string[], env: Record<string, string> = {}): string =>
  execFileSync('go', args, { cwd: PROJECT, env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** Compiles a module as the build does and serves it; `close` when done. */
export async function serveModule(name: 'checker' | 'importer' | 'teller', mime = 'application/wasm'): Promise<{ url: string; close(): void }> {
  mkdirSync(scratch, { recursive: true });
  const { flags, env } = await moduleBuild(PROJECT, scratch, go, m => { throw new Error(m); });
  const file = `${scratch}/${name}-test.wasm`;
  go(['build', ...flags, '-o', file, `./wasm/${name}`], env);
  const bytes = withoutLines(readFileSync(file));
  const server = createServer((_, res) => res.writeHead(200, { 'content-type': mime }).end(bytes));
  server.keepAliveTimeout = 0; // a kept connection that ends just as it is used again fails the fetch
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}.wasm`, close: () => { server.close(); server.closeAllConnections(); } };
}

/** The command line, compiled: what the browser's answers are held against. */
export function nativeProgram(): string {
  mkdirSync(scratch, { recursive: true });
  const file = `${scratch}/unisson-test`;
  go(['build', '-o', file, './server']);
  return file;
}
