/** Reports count in code points, JavaScript in UTF-16 units. This is the one place where the two meet. */

/** Offsets in code points → offsets in UTF-16 units, in one pass. Offsets past the end become the end. */
export function toUnits(text: string, points: readonly number[]): number[] {
  const units = new Array<number>(points.length);
  if (!/[\ud800-\udbff]/.test(text)) return points.map(p => Math.min(Math.max(p, 0), text.length));
  const order = points.map((_, i) => i).sort((a, b) => points[a]! - points[b]!);
  let unit = 0;
  let point = 0;
  for (const i of order) {
    for (; point < points[i]! && unit < text.length; point++) unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
    units[i] = unit;
  }
  return units;
}

/** An offset in UTF-16 units → code points. An offset inside a surrogate pair counts the pair. */
export function toPoints(text: string, unit: number): number {
  let points = 0;
  for (let at = 0; at < Math.min(unit, text.length); points++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return points;
}

/** The words a place quotes: code points start…end of the text; end 0 means the whole of it. */
export function quote(text: string, start = 0, end = 0): string {
  if (!end) return text;
  const [from, to] = toUnits(text, [start, end]);
  return text.slice(from, to);
}
