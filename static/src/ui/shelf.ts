import { kept } from '../engine/kept.ts';

/** A place in this browser for one thing that is not part of any board. Where storage is denied, nothing is there and nothing is kept. */
export class Shelf<T> {
  /** name: of the database, which is this shelf's alone. */
  constructor(private readonly name: string, private readonly store: string) {}

  /** Opening a database makes it, which takes long where there is none. */
  async get(): Promise<T | undefined> {
    return await kept(this.name) === false ? undefined : this.act('readonly', (s) => s.get('last'));
  }

  async put(x: T): Promise<void> {
    await this.act('readwrite', (s) => s.put(x, 'last'));
  }

  async clear(): Promise<void> {
    await this.act('readwrite', (s) => s.delete('last'));
  }

  private async act<R>(mode: IDBTransactionMode, f: (s: IDBObjectStore) => IDBRequest<R>): Promise<R | undefined> {
    try {
      const db = await new Promise<IDBDatabase>((done, failed) => {
        const request = indexedDB.open(this.name, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(this.store);
        request.onsuccess = () => done(request.result);
        request.onerror = request.onblocked = () => failed(request.error);
      });
      try {
        return await new Promise<R>((done, failed) => {
          const request = f(db.transaction(this.store, mode).objectStore(this.store));
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
}
