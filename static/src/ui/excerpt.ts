import { toUnits } from '../engine/codepoints.ts';
import type { Span } from './route.ts';

export interface Piece { text: string; marked: boolean }

// UTF-16 units, which is close enough to letters for a matter of looks.
const margin = 90; // kept on either side of what is marked in a long text
const whole = 320; // a text up to this long is quoted entire

/** A text cut at its spans, which count in code points. Overlapping spans are merged; those beyond the text are dropped. */
export const pieces = (text: string, spans: Span[]): Piece[] => cut(text, inUnits(text, spans), 0, text.length);

/** Like pieces, with a long text shortened around what is marked, at spaces, with an ellipsis where words are left out. */
export function excerpt(text: string, spans: Span[]): Piece[] {
  const marks = inUnits(text, spans);
  if (text.length <= whole) return cut(text, marks, 0, text.length);
  const from = edge(text, (marks[0]?.[0] ?? 0) - margin, -1);
  const to = edge(text, Math.max(from + whole, Math.min(marks.at(-1)?.[1] ?? 0, from + 2 * whole) + margin), 1);
  const shown = cut(text, marks, from, to);
  if (from > 0) shown.unshift({ text: '… ', marked: false });
  if (to < text.length) shown.push({ text: ' …', marked: false });
  return shown;
}

function cut(text: string, marks: Span[], from: number, to: number): Piece[] {
  const out: Piece[] = [];
  const add = (a: number, b: number, marked: boolean) => void (a < b && out.push({ text: text.slice(a, b), marked }));
  let at = from;
  for (const [start, end] of marks) {
    if (start >= to || end <= at) continue;
    add(at, start, false);
    add(Math.max(at, start), Math.min(end, to), true);
    at = Math.min(end, to);
  }
  add(at, to, false);
  return out;
}

function inUnits(text: string, spans: Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  const units = toUnits(text, sorted.flat());
  const out: Span[] = [];
  for (let i = 0; i < units.length; i += 2) {
    const [start, end, last] = [units[i]!, units[i + 1]!, out.at(-1)];
    if (start >= end) continue;
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

/** The nearest place from `at`, going `step`, where a word ends: never inside an emoji or a word. */
function edge(text: string, at: number, step: 1 | -1): number {
  while (at > 0 && at < text.length && !/\s/.test(text[step < 0 ? at - 1 : at]!)) at += step;
  return Math.min(Math.max(at, 0), text.length);
}
