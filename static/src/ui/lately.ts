/**
 * The last report of the board of this device, kept beside it: whoever comes back to a board nobody has touched reads at once what the
 * checker, still starting, will say again.
 */
import { assets } from '../engine/assets.ts';
import { localDay } from '../engine/day.ts';
import type { CheckerState, Known, Model, Next, Report } from '../engine/types.ts';
import { Shelf } from './shelf.ts';

/** of: the document; by: the checker, whose address changes with its content; on: the day, of a board judged at the day it is read. */
interface Kept { of: Uint8Array; by: string; on: string | undefined; report: Uint8Array; next: Next[] }

const shelf = new Shelf<Kept>('unisson:report', 'report');

/** ms after which a report that nothing followed is worth keeping. */
const PAUSE = 1000;
let later: ReturnType<typeof setTimeout> | undefined;

const dayOf = (m: Model): string | undefined => (m.board().asOf === undefined ? localDay() : undefined);

/** What was kept, for whoever then has the board to tell whether it is of it. */
export async function lately(): Promise<(m: Model) => Known | undefined> {
  const kept = await shelf.get();
  return (m) => {
    if (!kept || kept.by !== assets.checker || kept.on !== dayOf(m) || !equal(kept.of, m.snapshot())) return undefined;
    return { report: JSON.parse(new TextDecoder().decode(kept.report)) as Report, next: kept.next };
  };
}

export function rememberReport(m: Model, { phase, bytes, next }: CheckerState): void {
  clearTimeout(later);
  if (phase !== 'settled' || !bytes || !next) return;
  const board = m.board();
  later = setTimeout(() => {
    if (m.board() === board) void shelf.put({ of: m.snapshot(), by: assets.checker, on: dayOf(m), report: bytes, next });
  }, PAUSE);
}

export function forgetReport(): void {
  clearTimeout(later);
  void shelf.clear();
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((x, i) => x === b[i]);
