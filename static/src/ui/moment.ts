/** The one moment of the board that is kept, in this browser alone. */
import type { Moment } from './app.ts';

const name = 'unisson:moment';

/** Where storage is denied, a moment lives as long as the tab. */
async function store<T>(mode: IDBTransactionMode, act: (s: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const db = await new Promise<IDBDatabase>((done, failed) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('moment');
      request.onsuccess = () => done(request.result);
      request.onerror = request.onblocked = () => failed(request.error);
    });
    try {
      return await new Promise<T>((done, failed) => {
        const request = act(db.transaction('moment', mode).objectStore('moment'));
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}

export async function momentOf(): Promise<Moment | undefined> {
  return (await store('readonly', (s) => s.get('last'))) as Moment | undefined;
}

export function rememberMoment(m: Moment | undefined): void {
  void store('readwrite', (s) => (m ? s.put({ at: m.at, board: m.board }, 'last') : s.delete('last')) as IDBRequest<unknown>);
}
