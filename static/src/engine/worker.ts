/** The worker's whole program: requests in, replies out. */
import { LocalHost } from './local.ts';
import { HostError, type Reply, type Request } from './protocol.ts';

interface Scope {
  onmessage: ((e: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply, transfer: Transferable[]): void;
}
const scope = self as unknown as Scope;
const host = new LocalHost();

scope.onmessage = async ({ data: { seq, kind, body } }) => {
  try {
    const value = await host.ask(kind, body as never);
    const bytes = value && typeof value === 'object' && 'bytes' in value ? [value.bytes.buffer as ArrayBuffer] : [];
    scope.postMessage({ seq, value }, bytes);
  } catch (e) {
    scope.postMessage({ seq, failure: (e as HostError).failure }, []);
  }
};
