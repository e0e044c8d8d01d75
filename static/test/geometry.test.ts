import assert from 'node:assert/strict';
import { test } from 'node:test';
import { area, below, centroid, chance, cut, frameCell, overlap, partition, shards, type Cell, type Point } from '../src/ui/pictures/geometry.ts';
import { random } from './random.ts';

const frame = frameCell([[40, 0], [680, 0], [720, 60], [720, 440], [690, 480], [20, 480], [0, 450], [0, 50]]);

/** Every corner turns the same way. */
function convex({ points }: Cell): boolean {
  return points.every(([x, y], i) => {
    const [[u, v], [s, t]] = [points[(i + 1) % points.length]!, points[(i + 2) % points.length]!];
    return (u - x) * (t - v) - (v - y) * (s - u) > -1e-4;
  });
}

test('areas are true to a millionth, whatever the shares', () => {
  const r = random(5);
  for (const n of [1, 2, 3, 5, 8, 13, 40, 120]) {
    const raw = Array.from({ length: n }, () => 0.02 + r() ** 3);
    const sum = raw.reduce((a, b) => a + b);
    const shares = raw.map((x) => x / sum);
    const cells = shards(frame, shares.map((_, i) => `channel ${i}`), shares);
    const whole = area(frame);
    let all = 0;
    for (const [i, cell] of cells.entries()) {
      assert.ok(Math.abs(area(cell) / whole - shares[i]!) < 1e-6, `${n} shards: ${area(cell) / whole} for ${shares[i]}`);
      assert.ok(convex(cell));
      all += area(cell);
    }
    assert.ok(Math.abs(all / whole - 1) < 1e-6, 'they cover the mirror');
  }
});

test('one shard of a hundredth beside one of nine tenths', () => {
  const shares = [0.9, 0.01, 0.09];
  const cells = shards(frame, ['site', 'tt', 'x'], shares);
  for (const [i, cell] of cells.entries()) assert.ok(Math.abs(area(cell) / area(frame) - shares[i]!) < 1e-6);
});

test('the same board gives the same mirror, and a small change of effort moves it a little', () => {
  const names = ['site', 'lettre', 'insta', 'tt', 'boutique'];
  const [a, b] = [shards(frame, names, [0.3, 0.2, 0.2, 0.1, 0.2]), shards(frame, names, [0.31, 0.19, 0.2, 0.1, 0.2])];
  assert.deepEqual(a, shards(frame, names, [0.3, 0.2, 0.2, 0.1, 0.2]));
  for (const [i, cell] of a.entries()) {
    const [p, q] = [centroid(cell), centroid(b[i]!)];
    assert.ok(Math.hypot(p[0] - q[0], p[1] - q[1]) < 25, `${names[i]} went from ${p.join()} to ${q.join()}`);
  }
});

test('sites that stand close still get their areas', () => {
  const sites: Point[] = [[300, 200], [301, 200], [300, 201], [600, 400]];
  const cells = partition(frame, sites, [0.4, 0.3, 0.2, 0.1]);
  for (const [i, share] of [0.4, 0.3, 0.2, 0.1].entries()) assert.ok(Math.abs(area(cells[i]!) / area(frame) - share) < 1e-6);
});

test('a level cuts off the share it should', () => {
  for (const share of [0.05, 0.3, 0.5, 0.99, 1]) assert.ok(Math.abs(area(below(frame, share)) / area(frame) - share) < 1e-6);
  assert.equal(below(frame, 0).points.length === 0 || area(below(frame, 0)) < 1, true);
});

test('edges meet where they lie on one line', () => {
  assert.deepEqual(overlap([[0, 0], [10, 0]], [[14, 0], [4, 0]]), [[4, 0], [10, 0]]);
  assert.equal(overlap([[0, 0], [10, 0]], [[10, 0], [20, 0]]), undefined);
  assert.equal(overlap([[0, 0], [10, 0]], [[0, 1], [10, 1]]), undefined);
  assert.equal(cut(frame, 1, 0, 1e6, 3), frame, 'nothing is cut off');
  assert.deepEqual(cut(frame, 1, 0, -1, 3).points, []);
  assert.equal(chance('site'), chance('site'));
});
