/** The frame's end of the port. Without a page around it that listens, the frame works all the same and has nobody to hand anything to. */
import type { Call, EventName, Said, ToFrame, ToHost } from './protocol.ts';

/** A call that cannot be answered, as the page around gets it. */
export class Declined extends Error {
  constructor(readonly code: 'NotAllowedError' | 'NotSupportedError' | 'DataError' | 'InvalidStateError', message: string) {
    super(message);
  }
}

export interface Listener {
  /** The port is there. */
  joined(): void;
  configured(config: string): void;
  called(call: Call): Promise<unknown>;
}

export class Line {
  origin: string | undefined; // of the page around, as the browser tells it
  #port: MessagePort | undefined;

  /** instance: the number the page put in this frame's address; the first answer that knows it, from the window around, is the only one. */
  constructor(instance: string, private readonly listener: Listener) {
    if (!instance || parent === self) return;
    const answered = (e: MessageEvent<{ unisson?: string } | null>): void => {
      const [port] = e.ports;
      if (e.source !== parent || e.data?.unisson !== instance || !port) return;
      removeEventListener('message', answered);
      this.origin = e.origin;
      this.#port = port;
      port.onmessage = (m: MessageEvent<ToFrame>) => void this.#hear(m.data);
      listener.joined();
    };
    addEventListener('message', answered);
    parent.postMessage({ unisson: instance }, '*'); // to whoever put it there: it holds nothing else
  }

  get joined(): boolean {
    return this.#port !== undefined;
  }

  tell<K extends EventName>(event: K, detail: Extract<Said, { event: K }>['detail']): void {
    this.#send({ event, detail } as Said);
  }

  askLooks(): void {
    this.#send({ event: 'looks' });
  }

  #send(m: ToHost): void {
    this.#port?.postMessage(m);
  }

  async #hear(m: ToFrame): Promise<void> {
    if (typeof m !== 'object' || m === null) return;
    if ('config' in m) return this.listener.configured(String(m.config));
    if (typeof m.seq !== 'number') return;
    try {
      this.#send({ seq: m.seq, value: await this.listener.called(m) });
    } catch (e) {
      this.#send({ seq: m.seq, fault: e instanceof Declined ? [e.message, e.code] : [String(e), 'OperationError'] });
    }
  }
}
