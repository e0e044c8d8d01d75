import { toPoints, toUnits } from '../../engine/codepoints.ts';
import type { Finding, Identity } from '../../engine/types.ts';
import { folded } from '../board.ts';

/** Where the report marks one text, in UTF-16 units, each with its finding. */
export interface Marked { from: number; to: number; finding: Finding }
/** A text of the board: a field of an entity, of the identity where there is no list. */
export interface TextOf { list?: string | undefined; id: string; field: string }

/** Places of findings inside a text; those that mean the whole of it mark nothing. */
export function marksIn(text: string, of: TextOf, findings: Finding[]): Marked[] {
  const out: { start: number; end: number; finding: Finding }[] = [];
  for (const finding of findings) for (const p of finding.places) {
    const here = of.list === 'messages' ? p.message === of.id && (p.field ?? 'text') === of.field : p.entity === of.id && p.field === of.field;
    if (here && p.end) out.push({ start: p.start ?? 0, end: p.end, finding });
  }
  const units = toUnits(text, out.flatMap((m) => [m.start, m.end]));
  return out.map((m, i) => ({ from: units[2 * i]!, to: units[2 * i + 1]!, finding: m.finding })).filter((m) => m.from < m.to).sort((a, b) => a.from - b.from || a.to - b.to);
}

export const spansOf = (text: string, marks: Marked[]): [number, number][] => marks.map((m) => [toPoints(text, m.from), toPoints(text, m.to)]);

/**
 * What could stand in place of marked words, the best first. Only where the board itself says what is right: the one form of a
 * protected name, or, for a word the house never says, the words it wants. A tone or a form of address is nobody's to rewrite.
 */
export function fixesFor(words: string, finding: Finding, identity: Identity | undefined): string[] {
  if (finding.rule !== 'VO5' || !identity) return [];
  const said = folded(words).replace(/\s+/g, ' ');
  const right = (identity.protected ?? []).filter((p) => p.variants?.some((v) => folded(v).replace(/\s+/g, ' ') === said)).map((p) => p.term);
  if (right.length) return [...new Set(right)].filter((r) => r !== words);
  return (identity.voice?.wanted ?? []).slice(0, 3).filter((w) => folded(w) !== said);
}
