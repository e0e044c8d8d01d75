/** The mirror as shapes: what area, gap, tilt and hatching mean is decided here, and nowhere else. */
import type { Picture, Shard } from '../../engine/types.ts';
import { area, below, centroid, frameCell, overlap, shards, type Cell, type Point } from './geometry.ts';

export interface Size { width: number; height: number }
export interface Piece {
  shard: Shard; cell: Cell; middle: Point;
  joined: boolean;             // it bonds with another channel: the sentence can be read in it
  tilt: number;                // degrees
  hatched: Cell | undefined;   // as much of its area as is unknown
}
/** Where two shards touch. missing: grounds that lack for them to bond; open: what cannot be judged yet may supply them. */
export interface Seam { a: string; b: string; from: Point; to: Point; missing: 0 | 1 | 2; open: boolean }
export interface Scene { size: Size; frame: Point[]; pieces: Piece[]; seams: Seam[] }

export const needed = 2;   // of the four grounds, for two channels to bond
export const perGround = 5; // px of gap for each ground that lacks
export const perDeviation = 6; // degrees of tilt for a standard deviation of the register
const mostTilt = 12;
const slight = 1e-6;       // a share below which there is nothing to see

/** The four letters of two channels of a picture; undefined when there are too many to compare, or one is not there. */
export function grounds({ channels }: Picture, a: string, b: string): string | undefined {
  const [i, j] = [channels.findIndex((c) => c.id === a), channels.findIndex((c) => c.id === b)];
  return channels[Math.max(i, j)]?.with[Math.min(i, j)];
}

export function bond(four: string | undefined): { missing: 0 | 1 | 2; open: boolean } {
  const count = (letter: string): number => [...(four ?? '????')].filter((x) => x === letter).length;
  const missing = Math.max(0, needed - count('y')) as 0 | 1 | 2;
  return { missing, open: missing > 0 && count('y') + count('?') >= needed };
}

export const tiltOf = ({ drift }: Shard): number => drift === null ? 0 : Math.max(-mostTilt, Math.min(mostTilt, -perDeviation * drift));

/** Wide where there is room, upright on a phone; for a projector it leaves room above. */
export function sizeFor(width: number, wide = false): Size {
  return { width, height: Math.round(width * (wide ? 0.5 : width < 480 ? 1.15 : width < 720 ? 0.8 : 0.62)) };
}

/** A rectangle with its corners cut, each differently. */
export function frameOf({ width: w, height: h }: Size): Point[] {
  const k = Math.min(w, h) / 10;
  return [[k * 1.3, 0], [w - k * 0.7, 0], [w, k], [w, h - k * 1.4], [w - k, h], [k * 0.8, h], [0, h - k], [0, k * 0.9]];
}

/** Groups of channels keep together. `like` says which groups: a board after a repair is drawn on the glass of the board before it. */
export function scene(picture: Picture, size: Size, like: Picture = picture): Scene {
  const frame = frameCell(frameOf(size));
  const drawn = picture.channels.filter((c) => c.share > slight);
  const bodyOf = (c: Shard): string => String(like.channels.find((x) => x.id === c.id)?.body ?? `once ${c.body}`);
  const groups = new Map<string, Shard[]>();
  for (const c of [...drawn].sort((x, y) => x.id < y.id ? -1 : 1)) groups.set(bodyOf(c), [...groups.get(bodyOf(c)) ?? [], c]);
  const lists = [...groups.values()];
  const sum = (list: Shard[]): number => list.reduce((s, c) => s + c.share, 0);
  const whole = sum(drawn);

  const cells = new Map<string, Cell>();
  const seams: Seam[] = [];
  const bodies = drawn.length ? shards(frame, lists.map((l) => l[0]!.id), lists.map((l) => sum(l) / whole)) : [];
  for (const [g, list] of lists.entries()) {
    const body = frameCell(bodies[g]!.points);
    const parts = shards(body, list.map((c) => c.id), list.map((c) => c.share / sum(list)));
    for (const [i, c] of list.entries()) cells.set(c.id, parts[i]!);
  }
  const edges = drawn.map((c) => ({ c, edges: edgesOf(cells.get(c.id)!) }));
  for (const [i, x] of edges.entries()) for (const y of edges.slice(i + 1)) for (const e of x.edges) for (const f of y.edges) {
    const common = overlap(e, f);
    if (common) seams.push({ a: x.c.id, b: y.c.id, from: common[0], to: common[1], ...bond(grounds(picture, x.c.id, y.c.id)) });
  }
  const alone = picture.channels.length < 2;
  const pieces = drawn.map((shard): Piece => {
    const cell = cells.get(shard.id)!;
    const unknown = alone ? 1 : shard.unknown;
    return {
      shard, cell, middle: centroid(cell), tilt: tiltOf(shard), hatched: unknown > 0.005 ? below(cell, unknown) : undefined,
      joined: picture.channels.some((o) => o.id !== shard.id && o.body === shard.body),
    };
  });
  return { size, frame: frame.points, pieces, seams };
}

const edgesOf = ({ points }: Cell): [Point, Point][] => points.map((p, i) => [p, points[(i + 1) % points.length]!]);

export const groupsOf = ({ channels }: Picture): number => new Set(channels.map((c) => c.body)).size;

/** Pairs between which a crack can be seen, on a mirror of the usual shape. */
export function cracksOf(picture: Picture, like: Picture = picture): number {
  return new Set(scene(picture, sizeFor(720), like).seams.filter((s) => s.missing).map((s) => `${s.a} ${s.b}`)).size;
}

// ---------- labels ----------

/** A name set in a shard: its lines, or a number where it does not fit. */
export interface Label { lines: string[]; size: number; at: Point }

const em = 0.56; // width of a letter, of its size: wide enough for any name
const near = [17, 15, 13];

/** Sizes of names to be read from the back of a room, where a picture this wide is on the wall. */
export const far = (width: number): number[] => [36, 42, 48].map((part) => Math.round(width / part));

export function label(piece: Piece, name: string, place: number, sizes: readonly number[] = near): Label {
  for (const size of sizes) {
    const lines = fit(name, piece, size);
    if (lines) return { lines, size, at: piece.middle };
  }
  const size = sizes.at(-1)!;
  return { lines: area(piece.cell) > 1.48 * size * size ? [String(place)] : [], size, at: piece.middle };
}

function fit(name: string, { cell, middle: [x, y] }: Piece, size: number): string[] | undefined {
  const words = name.split(/\s+/);
  for (let count = 1; count <= Math.min(3, words.length); count++) {
    const half = (count * size * 1.15) / 2 + 3;
    const room = Math.min(...[y - half, y, y + half].map((at) => { const [a, b] = chord(cell, at); return 2 * Math.min(x - a, b - x); })) - 14;
    const letters = Math.floor(room / (size * em));
    const lines = wrap(words, count, letters);
    if (lines) return lines;
  }
  return undefined;
}

/** Words in so many lines, none longer than that. */
function wrap(words: string[], count: number, letters: number): string[] | undefined {
  const lines: string[] = [];
  for (const w of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + w.length <= letters) lines[lines.length - 1] = `${last} ${w}`;
    else lines.push(w);
  }
  return lines.length <= count && lines.every((l) => l.length <= letters) ? lines : undefined;
}

function chord({ points }: Cell, y: number): [number, number] {
  const xs: number[] = [];
  for (const [i, [x, v]] of points.entries()) {
    const [u, w] = points[(i + 1) % points.length]!;
    if ((v <= y) !== (w <= y)) xs.push(x + ((y - v) / (w - v)) * (u - x));
  }
  return xs.length < 2 ? [Infinity, -Infinity] : [Math.min(...xs), Math.max(...xs)];
}

// ---------- the sentence beneath ----------

export interface Line { y: number; words: string[] }

/** The sentence again and again, over more than the mirror: a tilted shard shows what lies beyond its edge. */
export function lines(sentence: string, { width, height }: Size, size: number): Line[] {
  const words = sentence.split(/\s+/).filter(Boolean);
  if (!words.length) words.push('—');
  const [spill, gap] = [0.15 * Math.max(width, height), 1.65 * size];
  const letters = Math.floor((width + 2 * spill) / (size * 0.42));
  const out: Line[] = [];
  let at = 0;
  for (let y = gap - spill; y < height + spill; y += gap) {
    const line: Line = { y, words: [] };
    for (let n = 0; n < letters; at++) {
      const word = words[at % words.length]!;
      n += word.length + 1;
      line.words.push(word);
    }
    out.push(line);
  }
  return out;
}
