import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { LocalHost } from '../src/engine/local.ts';
import { Outbox } from '../src/engine/outbox.ts';
import { openTeller } from '../src/engine/teller.ts';
import type { Board, Picture } from '../src/engine/types.ts';
import { area } from '../src/ui/pictures/geometry.ts';
import { bond, cracksOf, frameOf, grounds, label, lines, perDeviation, perGround, scene, sizeFor, tiltOf } from '../src/ui/pictures/scene.ts';
import { serveModule } from './module.ts';

declare const PROJECT: string;
const boards = ['09-harbour-orchestra', '17-le-fil-du-causse', '22-fromagerie-des-orgues', '39-penhallow-and-reith'];
const read = (path: string): unknown => JSON.parse(readFileSync(`${PROJECT}/core/testdata/${path}`, 'utf8'));
const boardOf = (name: string): Board => read(`boards/${name}.json`) as Board;
const pictureOf = (name: string): Picture => read(`golden/${name}.picture.json`) as Picture;

let checker: Awaited<ReturnType<typeof serveModule>>, teller: typeof checker;
before(async () => { [checker, teller] = [await serveModule('checker'), await serveModule('teller')]; });
after(() => { checker.close(); teller.close(); });

const hostOf = async (url: string): Promise<LocalHost> => {
  const host = new LocalHost();
  await host.ask('load', { url });
  return host;
};

test('both modules give the pictures that the native core gives', async () => {
  const host = await hostOf(checker.url);
  const tells = openTeller(() => hostOf(teller.url), () => '2026-11-22');
  for (const name of boards) {
    const outbox = new Outbox(() => '2026-11-22');
    outbox.restart(boardOf(name));
    await host.ask('check', { change: outbox.take(boardOf(name)).change, report: true });
    assert.deepEqual(await host.ask('picture', { step: 0 }), pictureOf(name), name);
    assert.deepEqual(await tells.picture(boardOf(name)), pictureOf(name), name);
    assert.equal(await host.ask('picture', { step: 1 }), null, 'no step was asked for');
    const steps = await host.ask('next', null);
    for (const [i, step] of steps.entries()) {
      const then = await host.ask('picture', { step: i + 1 });
      assert.equal(then !== null, step.tried === true, `${name}: step ${i}`);
      if (then) assert.deepEqual(then.channels.map((c) => c.id), pictureOf(name).channels.map((c) => c.id));
    }
  }
});

test('area is effort; a gap is as wide as what is missing; hatching covers what is unknown', () => {
  for (const name of boards) {
    const picture = pictureOf(name);
    const size = sizeFor(720);
    const s = scene(picture, size);
    const whole = area({ points: frameOf(size), by: [] });
    for (const p of s.pieces) {
      assert.ok(Math.abs(area(p.cell) / whole - p.shard.share) < 1e-4, `${name}: ${p.shard.id} has ${area(p.cell) / whole} for ${p.shard.share}`);
      const hatched = p.hatched ? area(p.hatched) / area(p.cell) : 0;
      assert.ok(Math.abs(hatched - p.shard.unknown) < 0.006, `${name}: ${p.shard.id} is hatched to ${hatched} for ${p.shard.unknown}`);
      assert.equal(p.joined, picture.channels.some((c) => c.id !== p.shard.id && c.body === p.shard.body));
      assert.ok(Math.abs(p.tilt) <= 12);
    }
    for (const seam of s.seams) {
      const four = grounds(picture, seam.a, seam.b)!;
      assert.equal(four, grounds(picture, seam.b, seam.a));
      const yes = [...four].filter((x) => x === 'y').length;
      assert.equal(seam.missing * perGround, Math.max(0, 2 - yes) * perGround);
    }
    assert.deepEqual(scene(picture, size), s, 'the same mirror the second time');
  }
});

test('a bond that comes closes its crack and moves no glass', () => {
  const before = pictureOf('09-harbour-orchestra');
  const i = before.channels.findIndex((c) => c.id === 'site');
  const after = structuredClone(before);
  after.channels[i]!.with = after.channels[i]!.with.map(() => 'yyyy');
  after.channels[i]!.body = before.channels[0]!.body;
  const [a, b] = [scene(before, sizeFor(720)), scene(after, sizeFor(720), before)];
  assert.deepEqual(b.pieces.map((p) => p.cell), a.pieces.map((p) => p.cell));
  assert.ok(cracksOf(after, before) < cracksOf(before));
});

test('four letters make a bond, a crack or an open question', () => {
  assert.deepEqual(bond('yynn'), { missing: 0, open: false });
  assert.deepEqual(bond('ynn?'), { missing: 1, open: true });
  assert.deepEqual(bond('ynnn'), { missing: 1, open: false });
  assert.deepEqual(bond('nnn?'), { missing: 2, open: false });
  assert.deepEqual(bond(undefined), { missing: 2, open: true });
  const shard = pictureOf('09-harbour-orchestra').channels[0]!;
  assert.equal(tiltOf({ ...shard, drift: null }), 0);
  assert.equal(tiltOf({ ...shard, drift: -1 }), perDeviation);
  assert.equal(tiltOf({ ...shard, drift: 9 }), -12);
});

test('a name is set where it fits, else its number; the sentence covers all of the glass', () => {
  const s = scene(pictureOf('22-fromagerie-des-orgues'), sizeFor(720));
  for (const p of s.pieces) {
    assert.deepEqual(label(p, 'Lettre-hebdomadaire-aux-clients-fidèles-et-aux-amis-de-la-fromagerie', 7).lines, ['7']);
    const { lines: set, size } = label(p, 'Site', 1);
    assert.ok(set.length === 1 && size >= 13);
  }
  const all = lines('Nous restaurons des fenêtres.', { width: 720, height: 440 }, 22);
  assert.ok(all[0]!.y < 0 && all.at(-1)!.y > 440);
  assert.equal(all.flatMap((l) => l.words).slice(0, 4).join(' '), 'Nous restaurons des fenêtres.');
});

test('one channel, no channel, no effort at all', () => {
  const one = pictureOf('09-harbour-orchestra');
  one.channels = [{ ...one.channels[0]!, share: 1, unknown: 0, with: [] }];
  const [piece] = scene(one, sizeFor(320)).pieces;
  assert.equal(area(piece!.hatched!), area(piece!.cell), 'nothing to compare it with: all of it is unknown');
  assert.deepEqual(scene({ ...one, channels: [] }, sizeFor(320)).pieces, []);
  assert.equal(scene({ ...one, channels: [{ ...one.channels[0]!, share: 0 }] }, sizeFor(320)).pieces.length, 0);
});
