/** Answers requests through a worker. */
import { HostError, type Host, type Kind, type Replies, type Reply, type Requests } from './protocol.ts';
import { trusted } from './trusted.ts';

interface Waiting { kind: Kind; resolve(value: never): void; reject(e: HostError): void }

export class WorkerHost implements Host {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #seq = 0;
  #failed: string | undefined; // for good: whoever asks now is told so at once
  /** false: the worker's script never ran, so nothing is known of what it was asked. */
  spoke = false;

  /** Throws where the browser or the frame allows no worker. */
  constructor(url: string, name: string) {
    this.#worker = new Worker(trusted(url) as string, { name });
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#settle(data);
    // The script did not load, or threw outside any request: nobody will answer any more.
    this.#worker.onerror = e => {
      e.preventDefault?.();
      this.#fail(e.message || 'the worker could not start');
    };
    this.#worker.onmessageerror = () => this.#fail('a reply could not be read');
  }

  ask<K extends Kind>(kind: K, body: Requests[K]): Promise<Replies[K]> {
    if (this.#failed !== undefined) return Promise.reject(failure(kind, this.#failed));
    const seq = ++this.#seq;
    return new Promise((resolve, reject) => {
      this.#waiting.set(seq, { kind, resolve, reject });
      this.#worker.postMessage({ seq, kind, body }, body && 'bytes' in body ? [body.bytes.buffer as ArrayBuffer] : []);
    });
  }

  close(): void {
    this.#worker.terminate();
    this.#fail('closed');
  }

  #settle({ seq, value, failure }: Reply): void {
    this.spoke = true;
    const waiting = this.#waiting.get(seq);
    this.#waiting.delete(seq);
    if (failure) waiting?.reject(new HostError(failure));
    else waiting?.resolve(value as never);
  }

  #fail(message: string): void {
    this.#failed = message;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const w of all) w.reject(failure(w.kind, message));
  }
}

const failure = (kind: Kind, message: string): HostError => new HostError({ why: kind === 'load' ? 'load' : 'broken', message });
