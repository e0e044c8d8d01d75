import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as encoding from 'lib0/encoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { openLive } from '../src/engine/live.ts';
import type { LiveStatus } from '../src/engine/types.ts';

/** A socket a test opens and closes. */
class Line {
  static last: Line;
  readyState = 0;
  onopen?: () => void;
  onclose?: (e: { code: number; reason: string }) => void;
  onmessage?: (e: { data: ArrayBuffer }) => void;
  sent = 0;
  constructor() { Line.last = this; }
  send(): void { this.sent++; }
  close(): void { this.readyState = 3; }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
}

/** What a page knows after the server has closed its line so. */
async function after(close: { code: number; reason?: string; opened?: boolean; status?: number }): Promise<LiveStatus> {
  const doc = new Y.Doc();
  const live = openLive(doc, {
    id: 'b', token: 't', origin: 'http://one.example', socket: Line as unknown as typeof WebSocket, first: 60_000, random: () => 1,
    fetch: (async () => ({ status: close.status ?? 200 })) as unknown as typeof fetch,
  });
  if (close.opened ?? true) Line.last.open();
  const said = new Promise<void>((done) => live.subscribe(() => { if (live.status().phase !== 'connecting') done(); }));
  Line.last.onclose?.({ code: close.code, reason: close.reason ?? '' });
  await said;
  const status = live.status();
  live.close();
  doc.destroy();
  return status;
}

test('why a line was closed decides whether one comes back, and what is said', async () => {
  const cases: [Parameters<typeof after>[0], LiveStatus][] = [
    [{ code: 1006 }, { phase: 'offline', waiting: 0 }],
    [{ code: 1012, reason: 'restart' }, { phase: 'offline', waiting: 0, reason: 'restart' }],
    [{ code: 1013, reason: 'too slow' }, { phase: 'offline', waiting: 0, reason: 'slow' }],
    [{ code: 1013, reason: 'too many people' }, { phase: 'offline', waiting: 0, reason: 'crowd' }],
    [{ code: 4403, reason: 'revoked' }, { phase: 'ended', waiting: 0, reason: 'revoked' }],
    [{ code: 4404, reason: 'deleted' }, { phase: 'ended', waiting: 0, reason: 'deleted' }],
    [{ code: 4413, reason: 'the board is full' }, { phase: 'ended', waiting: 0, reason: 'full' }],
    [{ code: 1006, opened: false, status: 404 }, { phase: 'ended', waiting: 0, reason: 'unknown' }],
    [{ code: 1006, opened: false, status: 503 }, { phase: 'offline', waiting: 0 }],
  ];
  for (const [close, status] of cases) assert.deepEqual(await after(close), status, JSON.stringify(close));
});

test('who is there is seen again at once on a new connection, although none of them has moved', (t) => {
  const doc = new Y.Doc(), far = new Y.Doc();
  const other = new Awareness(far);
  other.setLocalState({ user: { name: 'Ben', colour: 1 } });
  const e = encoding.createEncoder();
  encoding.writeVarUint(e, 1);
  encoding.writeVarUint8Array(e, encodeAwarenessUpdate(other, [far.clientID]));
  const told = { data: encoding.toUint8Array(e).slice().buffer as ArrayBuffer };
  const live = openLive(doc, { id: 'b', token: 't', origin: 'http://one.example', socket: Line as unknown as typeof WebSocket });
  t.after(() => {
    live.close();
    other.destroy();
  });
  const there = (): string[] => live.people().map((p) => p.user.name);

  Line.last.open();
  Line.last.onmessage?.(told);
  assert.deepEqual(there(), ['Ben']);

  live.renew('u'); // as on being given a link of one's own
  assert.deepEqual(there(), [], 'nobody is known to be there between two connections');
  Line.last.open();
  Line.last.onmessage?.(told);
  assert.deepEqual(there(), ['Ben']);
});
