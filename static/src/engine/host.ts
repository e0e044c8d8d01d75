/** Where the core runs: in a worker, or here where workers are denied. */
import { assets } from './assets.ts';
import type { Host } from './protocol.ts';
import { WorkerHost } from './remote.ts';

export type StartHost = () => Promise<Host>;

/** Starts a host for one module. Rejects with HostError (`load`) when the module cannot be had. */
export const startHost = (module: 'checker' | 'importer' | 'teller'): StartHost => async () => {
  const url = new URL(assets[module], location.href).href;
  const worker = openWorker(`unisson-${module}`);
  try {
    await worker?.ask('load', { url });
    if (worker) return worker;
  } catch (e) {
    worker?.close();
    if (worker?.spoke) throw e;
  }
  const { LocalHost } = await import('./local.ts');
  const host = new LocalHost();
  await host.ask('load', { url });
  return host;
};

/** Some browsers say at once that a frame may have no worker, others let it fail to start. A frame without an origin may have none in any. */
function openWorker(name: string): WorkerHost | undefined {
  if (globalThis.origin === 'null') return undefined;
  try {
    return new WorkerHost(assets.worker, name);
  } catch {
    return undefined;
  }
}
