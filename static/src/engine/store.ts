/** Keeping a document on this device, and other tabs of the same board in step. */
import * as Y from 'yjs';
import { IndexeddbPersistence, storeState } from 'y-indexeddb';

export interface Store {
  ready: Promise<void>;
  /** Known once ready. false: nothing outlives this tab. */
  persistent(): boolean;
  close(): void;
}

const again = 15_000; // ms before storing is tried anew, once it failed

/** Characters and values written in one step. More are a whole board. */
const LARGE = 50_000;
const later = 2_000; // ms until the update of a large step is made

type Taker = (update: Uint8Array, origin: unknown, large: boolean) => void;

/** The document lives in IndexedDB under `name`; where the browser refuses, in memory. `turned`: what `persistent` says is no longer so. */
export function keep(name: string, doc: Y.Doc, turned: () => void = () => {}): Store {
  let store: IndexeddbPersistence | undefined;
  let kept: IndexeddbPersistence | undefined; // the same, once it is known to work
  let closed = false;
  let failing = false; // a disk that is full says so only when written to
  let retry: ReturnType<typeof setTimeout> | undefined;
  const tabs = joinTabs(name, doc);
  const updates = hear(doc, origin => origin === store);
  if (tabs) updates.to(tabs.pass);
  const ready = storageAllowed().then(async allowed => {
    if (!allowed || closed) return;
    const opening = (store = new IndexeddbPersistence(name, doc));
    const { _storeUpdate: write } = opening as unknown as { _storeUpdate(update: Uint8Array, origin: unknown): void };
    doc.off('update', write);
    updates.to((update, origin, large) => large ? writeNow(opening, update) : write(update, origin));
    // whenSynced never settles when the database cannot be opened after all; only its own promise says so.
    const opened = (opening as unknown as { _db: Promise<unknown> })._db.then(() => opening.whenSynced, () => undefined);
    if (!(await opened)) return;
    kept = opening;
    (kept.db as IDBDatabase | null)?.addEventListener('abort', () => { if (!failing) failed(); });
    // One compact state replaces the log of edits, so that what was deleted last time is gone from the disk now.
    if (!closed) await storeState(kept);
  });
  function failed(): void {
    failing = true;
    turned();
    retry = setTimeout(() => void mend(), again);
  }
  // The whole state, not the edits since: those that were refused are missing from the log.
  async function mend(): Promise<void> {
    if (closed || !kept) return;
    const db = kept.db as unknown as IDBDatabase;
    let refused = false;
    const hear = (): void => { refused = true; };
    db.addEventListener('abort', hear);
    await storeState(kept).catch(hear);
    if (closed) return;
    await over(db);
    db.removeEventListener('abort', hear);
    if (closed) return;
    if (refused) return failed();
    failing = false;
    turned();
  }
  return {
    ready,
    persistent: () => kept !== undefined && !failing,
    close() {
      closed = true;
      clearTimeout(retry);
      updates.leave();
      tabs?.leave();
      void kept?.destroy();
    },
  };
}

/**
 * Tells every update of a document but those that nobody here wants; that of a large step a moment later, or when the page is hidden. Yjs makes an update
 * before a step is over, and the one of ten thousand messages takes as long as the checker needs for its first findings.
 */
function hear(doc: Y.Doc, isOurs: (origin: unknown) => boolean): { to(taker: Taker): void; leave(): void } {
  const takers: Taker[] = [];
  let large: { since: Uint8Array; origin: unknown } | undefined; // what was not told yet: from the state vector before it
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (update: Uint8Array, origin: unknown): void => takers.forEach(take => take(update, origin, false));
  const tellLarge = (): void => {
    clearTimeout(timer);
    if (!large) return;
    const { since, origin } = large;
    large = undefined;
    const update = Y.encodeStateAsUpdate(doc, since);
    takers.forEach(take => take(update, origin, true));
  };
  // Yjs makes an update only where somebody listens; of several transactions in a row, each is weighed before its own.
  const weigh = ({ origin, beforeState, afterState }: Y.Transaction): void => {
    doc.off('update', tell);
    if (isOurs(origin)) return;
    let written = 0;
    for (const [client, clock] of afterState) written += clock - (beforeState.get(client) ?? 0);
    if (written <= LARGE) return void doc.on('update', tell);
    if (!large) timer = setTimeout(tellLarge, later);
    large = { since: large?.since ?? Y.encodeStateVector(beforeState), origin: large && large.origin !== origin ? undefined : origin };
  };
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') tellLarge();
  };
  doc.on('afterTransaction', weigh);
  globalThis.document?.addEventListener('visibilitychange', hidden);
  return {
    to: taker => void takers.push(taker),
    leave() {
      tellLarge();
      doc.off('update', tell);
      doc.off('afterTransaction', weigh);
      globalThis.document?.removeEventListener('visibilitychange', hidden);
    },
  };
}

/** A page that is going lives to see no transaction of its own end. */
function writeNow(store: IndexeddbPersistence, update: Uint8Array): void {
  const writing = (store.db as IDBDatabase | null)?.transaction('updates', 'readwrite');
  writing?.objectStore('updates').add(update);
  writing?.commit();
}

/** Once every write that was asked for is done or refused: reading waits its turn behind them. */
function over(db: IDBDatabase): Promise<void> {
  return new Promise(done => {
    const reading = db.transaction('updates');
    reading.oncomplete = reading.onabort = () => done();
    reading.objectStore('updates').count();
  });
}

/** Frames of other sites may throw on the very mention of storage; private windows may fail later. */
async function storageAllowed(): Promise<boolean> {
  try {
    const request = indexedDB.open('unisson:probe');
    return await new Promise<boolean>(resolve => {
      request.onsuccess = () => {
        request.result.close();
        resolve(true);
      };
      request.onerror = request.onblocked = () => resolve(false);
    });
  } catch {
    return false;
  }
}

/** Tabs greet with what they know, answer with what the other lacks, then pass on every edit. */
function joinTabs(name: string, doc: Y.Doc): { pass: Taker; leave(): void } | undefined {
  let tabs: BroadcastChannel;
  try {
    tabs = new BroadcastChannel(name);
  } catch {
    return undefined;
  }
  const greet = (isAnswer: boolean): void => tabs.postMessage({ knows: Y.encodeStateVector(doc), isAnswer });
  tabs.onmessage = ({ data }: MessageEvent<{ knows?: Uint8Array; update?: Uint8Array; isAnswer?: boolean }>) => {
    if (data.update) Y.applyUpdate(doc, data.update, tabs);
    if (data.knows) {
      tabs.postMessage({ update: Y.encodeStateAsUpdate(doc, data.knows) });
      if (!data.isAnswer) greet(true);
    }
  };
  const pass: Taker = (update, origin) => {
    if (origin !== tabs && !(origin instanceof IndexeddbPersistence)) tabs.postMessage({ update });
  };
  greet(false);
  return { pass, leave: () => tabs.close() };
}
