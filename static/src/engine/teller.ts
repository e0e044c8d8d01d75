/** Reports to take away. Its module checks the boards itself: what it is told is all it knows. */
import { localDay } from './day.ts';
import { startHost, type StartHost } from './host.ts';
import { whole } from './outbox.ts';
import { HostError, type Host, type Replies, type Requests } from './protocol.ts';
import type { Board, Diff, Lang, Picture, Teller } from './types.ts';

export function openTeller(start: StartHost = startHost('teller'), today: () => string = localDay): Teller {
  return new HostTeller(start, today);
}

class HostTeller implements Teller {
  readonly #start: StartHost;
  readonly #today: () => string;
  #host: Promise<Host> | undefined;

  constructor(start: StartHost, today: () => string) {
    this.#start = start;
    this.#today = today;
  }

  markdown(board: Board, lang: Lang): Promise<string> {
    return this.#ask('tell', { after: whole(board, this.#today), as: lang });
  }

  changes(before: Board, after: Board, lang: Lang): Promise<string> {
    return this.#ask('tell', { before: whole(before, this.#today), after: whole(after, this.#today), as: lang });
  }

  async compare(before: Board, after: Board): Promise<Diff> {
    return JSON.parse(await this.#ask('tell', { before: whole(before, this.#today), after: whole(after, this.#today), as: 'json' })) as Diff;
  }

  picture(board: Board): Promise<Picture> {
    return this.#ask('past', { board: whole(board, this.#today) });
  }

  /** Rejects with an Error whose message is the id of a sentence. A module that failed is started anew the next time. */
  async #ask<K extends 'tell' | 'past'>(kind: K, request: Requests[K]): Promise<Replies[K]> {
    this.#host ??= this.#start();
    const host = this.#host;
    try {
      return await (await host).ask(kind, request);
    } catch (e) {
      this.#host = undefined;
      void host.then(h => h.close(), () => {});
      throw new Error(errors[e instanceof HostError ? e.failure.why : 'broken']);
    }
  }
}

const errors = { load: 'teller.error.load', refused: 'teller.error.broken', broken: 'teller.error.broken' } as const;
