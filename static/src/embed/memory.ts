/** The frame's board: in memory until the visitor has answered something, then on this device; fetched after the first paint. */
import * as Y from 'yjs';
import { kept } from '../engine/kept.ts';
import { openLive } from '../engine/live.ts';
import { openModel } from '../engine/model.ts';
import type { Live, Model } from '../engine/types.ts';

export interface Held { model: Model; keep(): void; erase(): Promise<void> }

/** What an earlier visit left here is read back. Asking whether there is any leaves no trace; a browser that cannot say keeps nothing. */
export async function hold(name: string): Promise<Held> {
  const before = await kept(name);
  const model = before ? openModel(name) : openModel('', { doc: new Y.Doc() });
  await model.ready;
  let keeping = before !== false;
  return {
    model,
    keep() {
      if (!keeping) model.keepAs(name);
      keeping = true;
    },
    async erase() {
      model.close();
      if (!keeping || before === undefined) return;
      await new Promise<void>((done) => {
        const gone = indexedDB.deleteDatabase(name);
        gone.onsuccess = gone.onerror = gone.onblocked = () => done();
      });
    },
  };
}

export function memory(): Model {
  return openModel('', { doc: new Y.Doc() });
}

/** A shared board, to be looked at. shows: whether whoever leads lets findings be seen. */
export function watchLive(id: string, token: string): { model: Model; live: Live; shows(): boolean } {
  const model = memory();
  model.readOnly = true;
  const workshop = model.doc.getMap('workshop');
  return { model, live: openLive(model.doc, { id, token }), shows: () => workshop.get('shown') === true };
}
