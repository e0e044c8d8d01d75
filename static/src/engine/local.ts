/** Answers requests with a module in this very thread: what a worker runs, and the page itself where workers are denied. */
import { HostError, type Failure, type Host, type Kind, type Replies, type Requests } from './protocol.ts';
import type { Picture, Preview } from './types.ts';
import { Module, NotLoaded, Refused } from './wasm.ts';

const utf8 = new TextDecoder();

/** ms without a request after which garbage is collected: longer than between two keys. */
const QUIET = 300;

export class LocalHost implements Host {
  #module: Promise<Module> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;

  async ask<K extends Kind>(kind: K, body: Requests[K]): Promise<Replies[K]> {
    clearTimeout(this.#later);
    try {
      const reply: unknown = await this.#do(kind, body as never);
      void this.#rest().catch(() => {}); // a module that fails is noticed by the next request
      return reply as Replies[K];
    } catch (e) {
      throw new HostError(failureOf(e));
    }
  }

  close(): void {
    clearTimeout(this.#later);
    this.#module = undefined;
  }

  /** What is better done while nobody waits. */
  async #rest(): Promise<void> {
    const module = await this.#module;
    if (!module) return; // closed meanwhile
    clearTimeout(this.#later);
    this.#later = setTimeout(() => module.rest(), QUIET);
    (this.#later as { unref?(): void }).unref?.(); // a program that is done does not wait for it
  }

  async #do(kind: Kind, body: Requests[Kind]): Promise<Replies[Kind]> {
    if (kind === 'load') {
      this.#module = Module.load((body as Requests['load']).url);
      await this.#module;
      return null;
    }
    const module = await (this.#module ?? Promise.reject(new NotLoaded('no module')));
    if (kind === 'check') return check(module, body as Requests['check']);
    if (kind === 'warm') {
      module.callValue('warm', (body as Requests['warm']).board);
      return null;
    }
    if (kind === 'next') return JSON.parse(utf8.decode(module.ask('next', 0))) as Replies['next'];
    if (kind === 'picture') return pictureOf(module.ask('picture', (body as Requests['picture']).step));
    if (kind === 'past') return past(module, body as Requests['past']);
    if (kind === 'tell') return tell(module, body as Requests['tell']);
    return read(module, body as Requests['read']);
  }
}

function check(module: Module, { change, report, draft }: Requests['check']): Replies['check'] {
  const start = performance.now();
  module.callValue('apply', change);
  if (!report) return null;
  const bytes = module.ask('report', draft ? 2 : 0);
  return { bytes, ms: performance.now() - start };
}

const pictureOf = (bytes: Uint8Array): Picture | null => bytes.length ? JSON.parse(utf8.decode(bytes)) as Picture : null;

function past(module: Module, { board }: Requests['past']): Picture {
  module.callValue('apply', board, 0);
  return pictureOf(module.ask('picture', 0))!;
}

function tell(module: Module, { before, after, as }: Requests['tell']): string {
  if (before) module.callValue('apply', before, 0);
  module.callValue('apply', after, 1);
  const lang = as === 'en' ? 1 : 0;
  return utf8.decode(as === 'json' ? module.ask('compare', 0) : module.ask(before ? 'tellChanges' : 'tell', lang));
}

function read(module: Module, { bytes, options }: Requests['read']): Preview {
  const { columns, ...rest } = options;
  const pairs = Object.entries({ ...rest, ...columns }).filter(([, v]) => v !== undefined);
  const head = new TextEncoder().encode(pairs.map(([k, v]) => `${k}\0${String(v).replaceAll('\0', '')}\0`).join(''));
  return JSON.parse(utf8.decode(module.callBytes('read', [head, bytes], head.length))) as Preview;
}

export function failureOf(e: unknown): Failure {
  const why = e instanceof Refused ? 'refused' : e instanceof NotLoaded ? 'load' : 'broken';
  return { why, message: e instanceof Error ? e.message : String(e) };
}
