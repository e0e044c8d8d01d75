/**
 * Chromium as a visitor has it. Playwright keeps a log of the network: each piece of each file is told to it, which takes as long again as
 * fetching them. For what is measured from a navigation the browser is spoken to directly (Chrome DevTools Protocol), and of little.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { browserArgs, executable } from '../test/browser/harness.ts';

export interface Visitor {
  /** Opens an address in a profile of its own where `first` runs before the page does; the value of an expression, once it has one. */
  visit<T>(url: string, first: string, expression: string): Promise<T>;
  close(): Promise<void>;
}

export async function startVisitor(): Promise<Visitor> {
  const profile = mkdtempSync(`${tmpdir()}/unisson-bench-`);
  const chromium = spawn(executable(), ['--headless', ...browserArgs, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = new Promise<void>((done) => chromium.once('exit', () => done()));
  const address = await new Promise<string>((found, failed) => {
    createInterface(chromium.stderr).on('line', (line) => {
      const url = /^DevTools listening on (\S+)/.exec(line)?.[1];
      if (url) found(url);
    });
    void gone.then(() => failed(new Error('Chromium ended before it could be spoken to')));
  });
  const socket = new WebSocket(address);
  await new Promise((open, failed) => { socket.onopen = open; socket.onerror = failed; });
  const waiting = new Map<number, { resolve(x: never): void; reject(e: Error): void }>();
  let last = 0;
  socket.onmessage = ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as { id?: number; result: unknown; error?: { message: string } };
    const asked = id === undefined ? undefined : waiting.get(id);
    if (!asked) return;
    waiting.delete(id!);
    if (error) asked.reject(new Error(error.message));
    else asked.resolve(result as never);
  };
  socket.onclose = () => { for (const { reject } of waiting.values()) reject(new Error('Chromium is gone')); };
  const send = <T>(method: string, params: object = {}, sessionId?: string): Promise<T> => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    socket.send(JSON.stringify({ id: last, method, params, sessionId }));
  });
  return {
    async visit<T>(url: string, first: string, expression: string): Promise<T> {
      const { browserContextId } = await send<{ browserContextId: string }>('Target.createBrowserContext');
      const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: 'about:blank', browserContextId });
      const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
      await send('Page.enable', {}, sessionId);
      await send('Page.addScriptToEvaluateOnNewDocument', { source: `${first};globalThis.answer = (${expression});` }, sessionId);
      await send('Page.navigate', { url }, sessionId);
      const { result, exceptionDetails } = await send<{ result: { value: T }; exceptionDetails?: object }>('Runtime.evaluate', { expression: 'answer', awaitPromise: true, returnByValue: true }, sessionId);
      await send('Target.disposeBrowserContext', { browserContextId });
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return result.value;
    },
    async close() {
      socket.close();
      chromium.kill();
      await gone;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
