/** Reads files away from the page's thread: a hundred thousand lines must not block it, nor the checker. */
import { startHost, type StartHost } from './host.ts';
import { HostError, type Host } from './protocol.ts';
import type { ImportOptions, Importer, Preview } from './types.ts';

export function openImporter(start: StartHost = startHost('importer')): Importer {
  return new HostImporter(start);
}

class HostImporter implements Importer {
  readonly #start: StartHost;
  #host: Promise<Host> | undefined;

  constructor(start: StartHost) {
    this.#start = start;
  }

  preload(): void {
    void this.#open().catch(() => {}); // read() will say it
  }

  async read(bytes: Uint8Array, options: ImportOptions): Promise<Preview> {
    const host = await this.#open();
    try {
      return await host.ask('read', { bytes: bytes.slice(), options }); // a copy: the caller keeps its own, to ask again with other columns
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      host.close();
      this.#host = undefined;
      return { kind: options.as ?? 'lines', messages: [], channels: [], skipped: [], error: { what: errors[e.failure.why], args: {} } };
    }
  }

  /** A failed load is not kept: the next try may find the network back. */
  #open(): Promise<Host> {
    this.#host ??= this.#start().catch((e: unknown) => {
      this.#host = undefined;
      throw e;
    });
    return this.#host;
  }
}

const errors = { load: 'importer.error.load', refused: 'importer.error.refused', broken: 'importer.error.broken' } as const;
