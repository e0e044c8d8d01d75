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

/** The document lives in IndexedDB under `name`; where the browser refuses, in memory. `turned`: what `persistent` says is no longer so. */
export function keep(name: string, doc: Y.Doc, turned: () => void = () => {}): Store {
  let kept: IndexeddbPersistence | undefined;
  let closed = false;
  let failing = false; // a disk that is full says so only when written to
  let retry: ReturnType<typeof setTimeout> | undefined;
  const leave = joinTabs(name, doc);
  const ready = storageAllowed().then(async allowed => {
    if (!allowed || closed) return;
    const store = new IndexeddbPersistence(name, doc);
    // whenSynced never settles when the database cannot be opened after all; only its own promise says so.
    const opened = (store as unknown as { _db: Promise<unknown> })._db.then(() => store.whenSynced, () => undefined);
    if (!(await opened)) return;
    kept = store;
    (store.db as IDBDatabase | null)?.addEventListener('abort', () => { if (!failing) failed(); });
    // One compact state replaces the log of edits, so that what was deleted last time is gone from the disk now.
    if (!closed) await storeState(store);
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
      leave();
      void kept?.destroy();
    },
  };
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
function joinTabs(name: string, doc: Y.Doc): () => void {
  let tabs: BroadcastChannel;
  try {
    tabs = new BroadcastChannel(name);
  } catch {
    return () => {};
  }
  const greet = (isAnswer: boolean): void => tabs.postMessage({ knows: Y.encodeStateVector(doc), isAnswer });
  tabs.onmessage = ({ data }: MessageEvent<{ knows?: Uint8Array; update?: Uint8Array; isAnswer?: boolean }>) => {
    if (data.update) Y.applyUpdate(doc, data.update, tabs);
    if (data.knows) {
      tabs.postMessage({ update: Y.encodeStateAsUpdate(doc, data.knows) });
      if (!data.isAnswer) greet(true);
    }
  };
  const pass = (update: Uint8Array, origin: unknown): void => {
    if (origin !== tabs && !(origin instanceof IndexeddbPersistence)) tabs.postMessage({ update });
  };
  doc.on('update', pass);
  greet(false);
  return () => {
    doc.off('update', pass);
    tabs.close();
  };
}
