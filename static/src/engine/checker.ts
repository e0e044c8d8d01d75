/** Keeps a report of a model up to date. The page never waits for it. */
import { localDay } from './day.ts';
import { startHost, type StartHost } from './host.ts';
import { BULK, CHUNK, Outbox } from './outbox.ts';
import { HostError, type Host } from './protocol.ts';
import type { Checker, CheckerState, Model, Picture, Report } from './types.ts';

export interface CheckerOptions {
  /** The day a board without one is judged at, YYYY-MM-DD. */
  today?: () => string;
  start?: StartHost;
  /** ms. A report that costs more than a keystroke may is drafted while somebody writes, and settled once they pause. */
  slow?: number;
}

const utf8 = new TextDecoder();

const PAUSE = 100;
const LEISURE = 500; // ms after a settled report that took long

/** Entities. What comes in larger numbers at once, a whole board, is drafted before it is settled. */
const MANY = 2 * CHUNK;

/** A board of ten thousand messages is reported after its first chunk and once more when all is read: each report on the way costs a fifth of a second or more. */
const RARELY = 64;

/** Ids of the texts, by why a check failed. */
const errors = { load: 'checker.error.load', refused: 'checker.error.refused', broken: 'checker.error.broken' } as const;

/** Starts a checker on a model, once what the model keeps has been read back. */
export function openChecker(model: Model, { today = localDay, start = startHost('checker'), slow = 30 }: CheckerOptions = {}): Checker {
  return new ModelChecker(model, today, start, slow);
}

class ModelChecker implements Checker {
  state: CheckerState = { phase: 'starting' };
  readonly #model: Model;
  readonly #start: StartHost;
  readonly #outbox: Outbox;
  readonly #allowed: number;
  readonly #listeners = new Set<(s: CheckerState) => void>();
  readonly #leave: () => void;
  #host: Host | undefined;
  #dirty = true;    // the outbox holds something
  #running = false; // one request at a time: what comes meanwhile leaves together afterwards
  #spared = true;   // a crash since the last report may be a fluke; a second one is not
  #closed = false;
  #slow = false;    // the last settled report cost more than #allowed
  #due = false;     // nobody has written for a while: settle what was drafted
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(model: Model, today: () => string, start: StartHost, slow: number) {
    this.#model = model;
    this.#allowed = slow;
    this.#start = start;
    this.#outbox = new Outbox(today);
    this.#leave = model.subscribe(({ touched }) => {
      this.#dirty = true;
      this.#due = false;
      clearTimeout(this.#pause);
      this.#outbox.add(touched, model.board());
      void this.#run();
    });
    globalThis.document?.addEventListener('visibilitychange', this.#seen);
    this.#running = true;
    // The module is fetched while storage is read.
    void Promise.all([this.#restart(), model.ready]).then(() => {
      this.#outbox.restart(model.board());
      this.#running = false;
      return this.#run();
    }, e => this.#stop(e));
  }

  subscribe(f: (s: CheckerState) => void): () => void {
    this.#listeners.add(f);
    return () => this.#listeners.delete(f);
  }

  async picture(step = 0): Promise<Picture | null> {
    return (await this.#host?.ask('picture', { step })) ?? null;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#pause);
    this.#leave();
    this.#listeners.clear();
    globalThis.document?.removeEventListener('visibilitychange', this.#seen);
    this.#host?.close();
  }

  // A tab left open overnight is looked at on another day.
  #seen = (): void => {
    if (this.#outbox.stale) {
      this.#dirty = true;
      void this.#run();
    }
  };

  #settle = (): void => {
    this.#due = this.#dirty = true;
    void this.#run();
  };

  async #restart(): Promise<void> {
    this.#host?.close();
    this.#host = undefined;
    this.#host = await this.#start();
    if (this.#closed) this.#host.close();
  }

  async #run(): Promise<void> {
    if (this.#running || this.#closed) return;
    this.#running = true;
    try {
      if (!this.#host) await this.#again(); // it failed before; this edit may have mended the cause
      await this.#drain();
    } catch (e) {
      await this.#recover(e);
    } finally {
      this.#running = false;
      if (this.#dirty && this.#host) void this.#run();
    }
  }

  async #again(): Promise<void> {
    await this.#restart();
    this.#outbox.restart(this.#model.board());
    this.#dirty = true;
  }

  /** Sends all there is. On the way the board is reported at 200, 12,800, … entities: early, and in all little more work. */
  async #drain(): Promise<void> {
    let sent = 0;
    let next = 1;
    while (this.#dirty && !this.#closed) {
      if (this.state.phase !== 'checking') this.#become({ ...this.state, phase: 'checking', error: undefined, next: undefined });
      const { change, entities, left } = this.#outbox.take(this.#model.board(), sent ? BULK : CHUNK);
      this.#dirty = left > 0;
      sent += entities;
      const report = !left || sent >= next;
      if (report) next = RARELY * sent;
      const draft = left > 0 || sent > MANY || (this.#slow && !this.#due);
      const reply = await this.#host!.ask('check', draft ? { change, report, draft } : { change, report });
      if (this.#closed) return;
      if (!reply) {
        this.#become({ ...this.state, left });
        continue;
      }
      this.#spared = true;
      if (!draft) {
        this.#due = false;
        this.#slow = reply.ms > this.#allowed;
      } else if (!this.#dirty) {
        if (sent > MANY) this.#due = this.#dirty = true; // nobody is typing this
        else this.#pause = setTimeout(this.#settle, PAUSE);
        sent = next = 0;
      }
      const settled = !draft && !this.#dirty;
      this.#become({ phase: settled ? 'settled' : 'checking', report: JSON.parse(utf8.decode(reply.bytes)) as Report, bytes: reply.bytes, ms: reply.ms, behind: this.#dirty, left });
      if (settled) this.#pause = setTimeout(this.#advise, this.#slow ? LEISURE : 0);
    }
  }

  /** What to do next takes several times what an edit does: it is asked for once nobody waits for anything else. */
  #advise = async (): Promise<void> => {
    const { report } = this.state;
    const next = await this.#host?.ask('next', null).catch(() => undefined); // a module that broke is noticed by the next edit
    if (next && !this.#closed && this.state.report === report && this.state.phase === 'settled') this.#become({ ...this.state, next });
  };

  async #recover(e: unknown): Promise<void> {
    if (this.#closed) return;
    if (!(e instanceof HostError) || e.failure.why !== 'broken' || !this.#spared) return this.#stop(e);
    this.#spared = false;
    try {
      await this.#again();
    } catch (again) {
      this.#stop(again);
    }
  }

  #stop(e: unknown): void {
    if (this.#closed) return;
    const why = e instanceof HostError ? e.failure.why : 'broken';
    console.error('checker:', e instanceof Error ? e.message : e);
    this.#host?.close();
    this.#host = undefined;
    this.#running = false;
    this.#dirty = false;
    this.#spared = true;
    this.#become({ ...this.state, phase: 'failed', error: errors[why] });
  }

  #become(state: CheckerState): void {
    this.state = state;
    for (const f of [...this.#listeners]) f(state);
  }
}
