/**
 * A board shared with others: the provider of one Y.Doc over the server's WebSocket (y-websocket's wire protocol).
 *
 * Ours rather than y-websocket's because the page counts the edits that are not yet durable (the server sends a committed update back to
 * its sender: that is the acknowledgement), stops for good where the link was revoked or the board deleted, spreads reconnections at
 * random, and reads what the server says of the session (message 100), which is no document.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, outdatedTimeout, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Live, LiveStatus, Presence, Role, Session } from './types.ts';

const SYNC = 0, AWARENESS = 1, QUERY = 3, SESSION = 100;
const STEP1 = 0, STEP2 = 1, UPDATE = 2;
/** Close codes of the server that are for good. */
const ENDED: Record<number, NonNullable<LiveStatus['reason']>> = { 4403: 'revoked', 4404: 'deleted', 4413: 'full' };
/** Close codes after which one comes back; 1013 is also how a board with too many people turns one away. */
const AWAY: Record<number, NonNullable<LiveStatus['reason']>> = { 1012: 'restart', 1013: 'slow' };
const CROWD = 'too many people';

export interface LiveOptions {
  id: string;
  token: string;
  /** Where the server is; the page's own origin unless told. */
  origin?: string;
  socket?: typeof WebSocket;
  fetch?: typeof fetch;
  random?: () => number;
  /** ms: the first wait before connecting again, and the longest. Waits double between, each a random part of that. */
  first?: number;
  most?: number;
  /** ms between two signs of life asked of a connection that says nothing. */
  alive?: number;
}

/** An update made here that the server has not said to be durable: up to which clock of which client, and what it deletes. */
interface Waiting { clocks: Map<number, number>; deletes: Map<number, { clock: number; len: number }[]> }

export function openLive(doc: Y.Doc, options: LiveOptions): Live {
  return new Provider(doc, options);
}

class Provider implements Live {
  readonly id: string;
  readonly awareness: Awareness;
  readonly #doc: Y.Doc;
  readonly #o: Required<LiveOptions>;
  readonly #listeners = new Set<() => void>();
  #socket: WebSocket | undefined;
  #status: LiveStatus = { phase: 'connecting', waiting: 0 };
  #session: Session | undefined;
  #token: string;
  #shown: Record<string, unknown> | undefined; // what this person presents
  #waiting: Waiting[] = [];
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #life: ReturnType<typeof setInterval> | undefined;
  #heard = true; // since life was last asked for
  #closed = false;

  constructor(doc: Y.Doc, o: LiveOptions) {
    this.id = o.id;
    this.#doc = doc;
    this.#token = o.token;
    this.#o = { origin: globalThis.location?.origin ?? '', socket: globalThis.WebSocket, fetch: (...x) => fetch(...x), random: Math.random, first: 300, most: 20_000, alive: outdatedTimeout, ...o };
    this.awareness = new Awareness(doc);
    this.awareness.on('update', this.#presence);
    doc.on('update', this.#edited);
    globalThis.addEventListener?.('online', this.#online);
    globalThis.addEventListener?.('offline', this.#offline);
    globalThis.addEventListener?.('pagehide', this.#leaving);
    globalThis.addEventListener?.('pageshow', this.#back);
    this.#connect();
  }

  status(): LiveStatus { return this.#status; }
  session(): Session | undefined { return this.#session; }
  role(): Role | undefined { return this.#session?.role; }

  /** Who is there, this person first. */
  people(): Presence[] {
    const all = [...this.awareness.getStates()].flatMap(([client, state]) => {
      const user = state.user as Presence['user'] | undefined;
      return user?.name ? [{ ...(state as Omit<Presence, 'client' | 'self'>), user, client, self: client === this.#doc.clientID }] : [];
    });
    return all.sort((a, b) => Number(b.self) - Number(a.self) || a.user.name.localeCompare(b.user.name) || a.client - b.client);
  }

  present(fields: Partial<Omit<Presence, 'client' | 'self'>>): void {
    this.#shown = { ...this.#shown, ...fields };
    this.awareness.setLocalState(this.#shown);
  }

  subscribe(f: () => void): () => void {
    this.#listeners.add(f);
    return () => this.#listeners.delete(f);
  }

  /** Goes on under another token. The same presence, since a new one of the same client would begin behind its own clock. */
  renew(token: string): void {
    this.#token = token;
    this.#drop();
    this.#connect();
  }

  close(): void {
    if (this.#closed) return;
    this.#leaving();
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#drop();
    this.#doc.off('update', this.#edited);
    globalThis.removeEventListener?.('online', this.#online);
    globalThis.removeEventListener?.('offline', this.#offline);
    globalThis.removeEventListener?.('pagehide', this.#leaving);
    globalThis.removeEventListener?.('pageshow', this.#back);
    this.awareness.destroy();
    this.#listeners.clear();
  }

  // ---------- the connection ----------

  #connect(): void {
    if (this.#closed || this.#socket) return;
    this.#become({ phase: 'connecting' });
    const url = `${this.#o.origin.replace(/^http/, 'ws')}/sync/${encodeURIComponent(this.id)}`;
    const socket = new this.#o.socket(url, ['unisson.v1', `unisson.bearer.${this.#token}`]);
    socket.binaryType = 'arraybuffer';
    let opened = false;
    this.#socket = socket;
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      opened = true;
      this.#heard = true;
      this.#greet();
      this.#life = setInterval(() => {
        if (!this.#heard) return this.#lost(); // a network that went without a word
        this.#heard = false;
        this.#step1();
      }, this.#o.alive);
    };
    socket.onmessage = e => {
      if (socket !== this.#socket) return;
      this.#heard = true;
      this.#attempts = 0;
      try {
        this.#read(new Uint8Array(e.data as ArrayBuffer));
      } catch (error) {
        console.error('A message of the server could not be read.', error);
        this.#lost();
      }
    };
    socket.onclose = e => {
      if (socket !== this.#socket) return;
      const reason = ENDED[e.code];
      if (reason) this.#end(reason);
      else if (opened) this.#lost(e.reason === CROWD ? 'crowd' : AWAY[e.code]);
      else void this.#refused();
    };
  }

  /** A handshake that failed says nothing of why; the board's address does. */
  async #refused(): Promise<void> {
    this.#drop();
    try {
      const answer = await this.#o.fetch(`${this.#o.origin}/api/v1/boards/${encodeURIComponent(this.id)}`, { headers: { authorization: `Bearer ${this.#token}` } });
      if (answer.status === 404) return this.#end('unknown');
    } catch { /* the network is away */ }
    this.#lost();
  }

  #end(reason: NonNullable<LiveStatus['reason']>): void {
    this.#drop();
    this.#become({ phase: 'ended', reason });
  }

  #lost(reason?: LiveStatus['reason']): void {
    if (this.#closed || this.#status.phase === 'ended') return;
    this.#drop();
    this.#become({ phase: 'offline', ...(reason && { reason }) });
    const longest = Math.min(this.#o.most, this.#o.first * 2 ** this.#attempts++);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), longest * (0.2 + 0.8 * this.#o.random()));
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    clearInterval(this.#life);
    socket?.close();
    const others = [...this.awareness.getStates().keys()].filter(c => c !== this.#doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
    for (const c of others) this.awareness.meta.delete(c); // else what the server repeats of them on return is no news, and they stay away until each next moves
  }

  #online = (): void => {
    if (this.#status.phase !== 'offline') return;
    this.#attempts = 0;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), this.#o.first * this.#o.random()); // a whole room comes back at once
  };
  #offline = (): void => this.#lost();
  /** A page that was put aside by the browser and comes back is there again. */
  #back = (e: PageTransitionEvent): void => {
    if (e.persisted && this.#shown) this.awareness.setLocalState(this.#shown);
  };
  #leaving = (): void => removeAwarenessStates(this.awareness, [this.#doc.clientID], 'leaving');

  // ---------- what is said ----------

  #send(write: (e: encoding.Encoder) => void): void {
    if (this.#socket?.readyState !== 1) return;
    const e = encoding.createEncoder();
    write(e);
    this.#socket.send(encoding.toUint8Array(e) as Uint8Array<ArrayBuffer>);
  }

  #greet(): void {
    this.#step1();
    this.#send(e => encoding.writeVarUint(e, SESSION)); // this page reads what the server says of the session
    if (this.awareness.getLocalState()) this.#tell([this.#doc.clientID]);
    this.#send(e => encoding.writeVarUint(e, QUERY));
  }

  #step1(): void {
    this.#send(e => {
      encoding.writeVarUint(e, SYNC);
      encoding.writeVarUint(e, STEP1);
      encoding.writeVarUint8Array(e, Y.encodeStateVector(this.#doc));
    });
  }

  #tell(clients: number[]): void {
    this.#send(e => {
      encoding.writeVarUint(e, AWARENESS);
      encoding.writeVarUint8Array(e, encodeAwarenessUpdate(this.awareness, clients));
    });
  }

  #presence = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }, origin: unknown): void => {
    const own = [...added, ...updated, ...removed].filter(c => c === this.#doc.clientID);
    if (own.length && origin !== this) this.#tell(own);
    this.#changed();
  };

  get #writes(): boolean {
    const s = this.#session;
    return !s || s.role === 'facilitator' || (s.role === 'editor' && !s.locked);
  }

  #edited = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || !this.#writes) return;
    this.#waiting.push(waitingOf(update));
    this.#send(e => {
      encoding.writeVarUint(e, SYNC);
      encoding.writeVarUint(e, UPDATE);
      encoding.writeVarUint8Array(e, update);
    });
    this.#become({});
  };

  // ---------- what is heard ----------

  #read(bytes: Uint8Array): void {
    const d = decoding.createDecoder(bytes);
    switch (decoding.readVarUint(d)) {
      case SYNC: return this.#sync(decoding.readVarUint(d), decoding.readVarUint8Array(d));
      case AWARENESS: return applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(d), this);
      case QUERY: return this.#tell([...this.awareness.getStates().keys()].filter(c => c === this.#doc.clientID));
      case SESSION:
        this.#session = JSON.parse(decoding.readVarString(d)) as Session;
        return this.#changed();
    }
  }

  #sync(step: number, bytes: Uint8Array): void {
    if (step === STEP1) return this.#answer(bytes);
    Y.applyUpdate(this.#doc, bytes, this);
    this.#acknowledge(bytes);
    if (this.#status.phase !== 'shared') this.#become({ phase: 'shared', reason: undefined });
  }

  /** What the server lacks, in one piece: it stands for everything that was waiting. */
  #answer(known: Uint8Array): void {
    if (!this.#writes) return;
    const lacking = Y.encodeStateAsUpdate(this.#doc, known);
    const fresh = waitingOf(lacking);
    if (fresh.clocks.size && !this.#waiting.length) this.#waiting.push({ clocks: fresh.clocks, deletes: new Map() });
    if (!fresh.clocks.size && !fresh.deletes.size) return;
    this.#send(e => {
      encoding.writeVarUint(e, SYNC);
      encoding.writeVarUint(e, STEP2);
      encoding.writeVarUint8Array(e, lacking);
    });
    this.#become({});
  }

  /** Updates of one connection are committed in their order: what was sent before one that came back is durable too. */
  #acknowledge(update: Uint8Array): void {
    if (!this.#waiting.length) return;
    const said = waitingOf(update);
    const last = this.#waiting.findLastIndex(w => covers(said, w));
    if (last < 0) return;
    this.#waiting.splice(0, last + 1);
    this.#become({});
  }

  // ---------- who listens ----------

  #become(s: Partial<LiveStatus> & { reason?: LiveStatus['reason'] | undefined }): void {
    const waiting = this.#waiting.length;
    const { reason, phase = this.#status.phase } = { ...this.#status, ...s };
    if (phase === this.#status.phase && waiting === this.#status.waiting && reason === this.#status.reason) return;
    this.#status = { phase, waiting, ...(reason && { reason }) };
    this.#changed();
  }

  #changed(): void {
    for (const f of [...this.#listeners]) f();
  }
}

function waitingOf(update: Uint8Array): Waiting {
  const { ds } = Y.decodeUpdate(update);
  return { clocks: Y.parseUpdateMeta(update).to, deletes: ds.clients as Waiting['deletes'] };
}

function covers(said: Waiting, w: Waiting): boolean {
  for (const [client, clock] of w.clocks) if ((said.clocks.get(client) ?? 0) < clock) return false;
  for (const [client, ranges] of w.deletes) {
    const all = said.deletes.get(client) ?? [];
    if (!ranges.every(r => all.some(a => a.clock <= r.clock && a.clock + a.len >= r.clock + r.len))) return false;
  }
  return true;
}
