/**
 * The mirror's geometry: a power diagram, a Voronoi diagram with weights, whose cells have the areas asked for. For any distinct sites such
 * weights exist and are unique up to a constant (Aurenhammer, Hoffmann, Aronov 1998); damped Newton steps find them (Kitagawa, Mérigot,
 * Thibert 2019).
 */
export type Point = readonly [x: number, y: number];

/** A convex polygon. by[k] names what lies beyond the edge from points[k] to the next: a site, or -1 - k for edge k of the frame. */
export interface Cell { points: Point[]; by: number[] }

export const frameCell = (points: Point[]): Cell => ({ points, by: points.map((_, k) => -1 - k) });

export function area({ points }: Cell): number {
  let sum = 0;
  for (const [i, [x, y]] of points.entries()) {
    const [u, v] = points[(i + 1) % points.length]!;
    sum += x * v - u * y;
  }
  return sum / 2;
}

export function centroid(cell: Cell): Point {
  const { points } = cell;
  let [cx, cy] = [0, 0];
  for (const [i, [x, y]] of points.entries()) {
    const [u, v] = points[(i + 1) % points.length]!;
    const cross = x * v - u * y;
    cx += (x + u) * cross;
    cy += (y + v) * cross;
  }
  const six = 6 * area(cell);
  return six > 1e-9 ? [cx / six, cy / six] : points[0] ?? [0, 0];
}

/** What is left of a polygon where a·x + b·y ≤ c; its new edge lies towards `beyond`. The same polygon when nothing is cut off. */
export function cut(cell: Cell, a: number, b: number, c: number, beyond: number): Cell {
  const { points, by } = cell;
  const over = points.map(([x, y]) => a * x + b * y - c);
  if (over.every((o) => o <= 1e-9)) return cell;
  const out: Cell = { points: [], by: [] };
  for (let i = 0; i < points.length; i++) {
    const j = (i + 1) % points.length;
    const [p, q, here, there] = [points[i]!, points[j]!, over[i]!, over[j]!];
    const cross = (): Point => {
      const t = here / (here - there);
      return [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])];
    };
    if (here <= 0) {
      out.points.push(p);
      out.by.push(by[i]!);
      if (there > 0) {
        out.points.push(cross());
        out.by.push(beyond);
      }
    } else if (there <= 0) {
      out.points.push(cross());
      out.by.push(by[i]!);
    }
  }
  return out.points.length < 3 ? { points: [], by: [] } : out;
}

function diagram(frame: Cell, sites: Point[], weights: number[]): Cell[] {
  return sites.map(([x, y], i) => {
    let cell = frame;
    for (let j = 0; j < sites.length && cell.points.length; j++) {
      if (j === i) continue;
      const [u, v] = sites[j]!;
      cell = cut(cell, 2 * (u - x), 2 * (v - y), u * u + v * v - weights[j]! - (x * x + y * y - weights[i]!), j);
    }
    return cell;
  });
}

const precise = 1e-7; // of the frame's area: how far a cell may be from what was asked
const steps = 60;

/** Cells of these shares (positive, their sum 1) of a convex frame, about these sites (distinct, inside the frame). */
export function partition(frame: Cell, sites: Point[], shares: number[]): Cell[] {
  if (sites.length === 1) return [frame];
  const whole = area(frame);
  const wanted = shares.map((s) => s * whole);
  let weights = sites.map(() => 0);
  let cells = diagram(frame, sites, weights);
  let lack = cells.map((c, i) => wanted[i]! - area(c));
  const floor = Math.min(...wanted, ...cells.map(area)) / 2;
  const far = (l: number[]): number => Math.hypot(...l);
  for (let s = 0; s < steps && lack.some((l) => Math.abs(l) > precise * whole); s++) {
    const move = solve(laplacian(cells, sites), lack);
    for (let step = 1; ; step /= 2) {
      const next = weights.map((w, i) => w + step * move[i]!);
      const then = diagram(frame, sites, next);
      const left = then.map((c, i) => wanted[i]! - area(c));
      const better = then.every((c) => area(c) >= floor) && far(left) <= (1 - step / 2) * far(lack);
      if (!better && step > 1e-6) continue;
      [weights, cells, lack] = [next, then, left];
      break;
    }
  }
  return cells;
}

/** How fast areas change with weights: for two neighbours, the length of their common edge over twice their distance. */
function laplacian(cells: Cell[], sites: Point[]): Map<number, number>[] {
  return cells.map(({ points, by }, i) => {
    const row = new Map<number, number>();
    for (const [k, j] of by.entries()) {
      if (j < 0) continue;
      const [p, q] = [points[k]!, points[(k + 1) % points.length]!];
      const rate = Math.hypot(p[0] - q[0], p[1] - q[1]) / (2 * Math.hypot(sites[i]![0] - sites[j]![0], sites[i]![1] - sites[j]![1]));
      row.set(j, (row.get(j) ?? 0) - rate);
      row.set(i, (row.get(i) ?? 0) + rate);
    }
    return row;
  });
}

/** Conjugate gradients; the sum of b is 0, so that the constant the matrix cannot see does not matter. */
function solve(rows: Map<number, number>[], b: number[]): number[] {
  const times = (x: number[]): number[] => rows.map((row) => { let sum = 0; for (const [j, v] of row) sum += v * x[j]!; return sum; });
  const dot = (x: number[], y: number[]): number => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  const x = b.map(() => 0);
  let r = b.slice();
  let p = r;
  let norm = dot(r, r);
  const enough = norm * 1e-18;
  for (let k = 0; k < 2 * b.length + 10 && norm > enough; k++) {
    const q = times(p);
    const along = dot(p, q);
    if (!(along > 0)) break;
    const t = norm / along;
    for (let i = 0; i < x.length; i++) x[i]! += t * p[i]!;
    r = r.map((v, i) => v - t * q[i]!);
    const next = dot(r, r);
    p = r.map((v, i) => v + (next / norm) * p[i]!);
    norm = next;
  }
  return x;
}

/** A number of [0, 1) for a name, always the same (FNV-1a). */
export function chance(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return ((h ^ (h >>> 12)) >>> 0) / 2 ** 32;
}

/** Where the ray from the centroid leaves the polygon. */
function rim(cell: Cell, [cx, cy]: Point, angle: number): number {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  let nearest = Infinity;
  for (const [i, [x, y]] of cell.points.entries()) {
    const [u, v] = cell.points[(i + 1) % cell.points.length]!;
    const cross = dx * (v - y) - dy * (u - x);
    const t = ((x - cx) * (v - y) - (y - cy) * (u - x)) / cross;
    if (cross !== 0 && t > 0) nearest = Math.min(nearest, t);
  }
  return nearest;
}

/** Named cells of a frame. Where a name stands depends on its own letters, and on how many there are: a board that is edited keeps its mirror. */
export function shards(frame: Cell, names: string[], shares: number[]): Cell[] {
  const middle = centroid(frame);
  const turn = chance(names[0] ?? '');
  let sites = names.map((name, i): Point => {
    const angle = 2 * Math.PI * (turn + (i + 0.5 * chance(name)) / names.length);
    const reach = rim(frame, middle, angle) * (0.45 + 0.35 * chance('~' + name));
    return [middle[0] + reach * Math.cos(angle), middle[1] + reach * Math.sin(angle)];
  });
  let cells = partition(frame, sites, shares);
  // Towards even cells, but not all the way: glass does not break into honeycombs.
  for (let round = names.length > 60 ? 2 : 1; round < 3; round++) {
    sites = cells.map((c, i): Point => {
      const [x, y] = centroid(c);
      return [0.8 * x + 0.2 * sites[i]![0], 0.8 * y + 0.2 * sites[i]![1]];
    });
    cells = partition(frame, sites, shares);
  }
  return cells;
}

/** The part of a convex polygon below a level such that it has this share of the area. */
export function below(cell: Cell, share: number): Cell {
  const ys = cell.points.map((p) => p[1]);
  let [low, high] = [Math.min(...ys), Math.max(...ys)];
  if (share >= 1) return cell;
  const whole = area(cell);
  const under = (y: number): Cell => cut(cell, 0, -1, -y, -1);
  for (let i = 0; i < 40; i++) {
    const y = (low + high) / 2;
    if (area(under(y)) > share * whole) low = y;
    else high = y;
  }
  return under(high);
}

/** The stretch two edges have in common, when they lie on one line; undefined when they do not, or only touch. */
export function overlap([p, q]: [Point, Point], [r, s]: [Point, Point]): [Point, Point] | undefined {
  const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
  if (length < 1e-6) return undefined;
  const [dx, dy] = [(q[0] - p[0]) / length, (q[1] - p[1]) / length];
  const off = ([x, y]: Point): number => Math.abs((x - p[0]) * dy - (y - p[1]) * dx);
  if (off(r) > 1e-4 || off(s) > 1e-4) return undefined;
  const along = ([x, y]: Point): number => (x - p[0]) * dx + (y - p[1]) * dy;
  const [from, to] = [Math.max(0, Math.min(along(r), along(s))), Math.min(length, Math.max(along(r), along(s)))];
  if (to - from < 1e-3) return undefined;
  return [[p[0] + from * dx, p[1] + from * dy], [p[0] + to * dx, p[1] + to * dy]];
}
