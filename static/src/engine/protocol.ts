/** What crosses between the page and a worker. One worker runs one module. */
import type { ImportOptions, Lang, List, Next, Picture, Preview } from './types.ts';

/** What happened to a board since the checker last heard of it. Members as package cbor (ReadChange) reads them. */
export interface ChangeMessage {
  reset?: true;
  set?: Record<string, unknown>; // null takes the part away
  drop?: Partial<Record<List, string[]>>;
  asked?: List[];
  put?: Partial<Record<List, object[]>>;
}

export interface Requests {
  /** Loads the module; its answer says it is ready. */
  load: { url: string };
  /** Checks a board that is not kept, and says nothing: engines compile a function when it is first called, and this calls most of them. */
  warm: { board: ChangeMessage };
  /** Does a change, then reports unless there is more to come. */
  check: { change: ChangeMessage; report: boolean; draft?: true }; // draft: with the statistics of the report before
  /** What to do next on the board as last reported. */
  next: null;
  /** What the board as last reported is drawn from, or after a step of what to do next, counted from 1. */
  picture: { step: number };
  read: { bytes: Uint8Array; options: ImportOptions };
  /** A board as Markdown; with an earlier moment of it, what changed, as Markdown or as JSON. */
  tell: { after: ChangeMessage; before?: ChangeMessage; as: Lang | 'json' };
  /** What another board is drawn from. */
  past: { board: ChangeMessage };
}
export type Kind = keyof Requests;

export interface Replies {
  load: null;
  warm: null;
  check: { bytes: Uint8Array; ms: number } | null; // the report as JSON: read once, by who wants it, and not copied value by value on its way
  next: Next[];
  picture: Picture | null; // null: nothing was tried there
  read: Preview;
  tell: string;
  past: Picture;
}

/** Why there is no answer. `refused`: this input; `broken`: the module, start it again; `load`: it could not be had. */
export interface Failure { why: 'refused' | 'broken' | 'load'; message: string }

export type Request = { [K in Kind]: { seq: number; kind: K; body: Requests[K] } }[Kind];
export type Reply = { seq: number; value?: Replies[Kind]; failure?: Failure };

/** Something that answers requests one at a time, in their order. */
export interface Host {
  ask<K extends Kind>(kind: K, body: Requests[K]): Promise<Replies[K]>;
  close(): void;
}

export class HostError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}
