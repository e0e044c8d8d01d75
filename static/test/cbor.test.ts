import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bound, encode } from '../src/engine/cbor.ts';
import { random, type Random } from './random.ts';

function bytes(value: unknown): Uint8Array {
  const room = new Uint8Array(bound(value));
  return room.subarray(0, encode(value, room));
}
const hex = (value: unknown): string => Buffer.from(bytes(value)).toString('hex');

test('the examples of RFC 8949, appendix A, that lie in our part of it', () => {
  const examples: [unknown, string][] = [
    [0, '00'], [1, '01'], [10, '0a'], [23, '17'], [24, '1818'], [25, '1819'], [100, '1864'], [1000, '1903e8'], [1000000, '1a000f4240'],
    [1000000000000, '1b000000e8d4a51000'], [-1, '20'], [-10, '29'], [-100, '3863'], [-1000, '3903e7'],
    [1.1, 'fb3ff199999999999a'], [1.0e300, 'fb7e37e43c8800759c'], [-4.1, 'fbc010666666666666'],
    [false, 'f4'], [true, 'f5'], [null, 'f6'], [new Uint8Array([]), '40'], [new Uint8Array([1, 2, 3, 4]), '4401020304'],
    ['', '60'], ['a', '6161'], ['IETF', '6449455446'], ['"\\', '62225c'], ['ü', '62c3bc'], ['水', '63e6b0b4'], ['\ud800\udd51', '64f0908591'],
    [[], '80'], [[1, 2, 3], '83010203'], [[1, [2, 3], [4, 5]], '8301820203820405'],
    [Array.from({ length: 25 }, (_, i) => i + 1), '98190102030405060708090a0b0c0d0e0f101112131415161718181819'],
    [{}, 'a0'], [{ a: 1, b: [2, 3] }, 'a26161016162820203'], [['a', { b: 'c' }], '826161a161626163'],
  ];
  for (const [value, expected] of examples) assert.equal(hex(value), expected, JSON.stringify(value));
});

test('half a surrogate pair becomes U+FFFD; an undefined member is left out', () => {
  assert.equal(hex('a\ud83c'), '64' + '61efbfbd');
  assert.equal(hex({ a: undefined, b: 1 }), 'a1616201');
});

test('a text keeps its bytes where the guess of its length was wrong', () => {
  for (const n of [7, 8, 12, 23, 24, 85, 86, 127, 128, 255, 256, 21845, 21846, 65535, 65536]) {
    for (const letter of ['a', 'é', '水', '🎉']) {
      const text = letter.repeat(n);
      assert.equal(decode(bytes(['x', text, 'y'])), JSON.stringify(['x', text, 'y']));
    }
  }
});

test('random values come back', () => {
  const r = random(3);
  for (let i = 0; i < 500; i++) {
    const value = anything(r, 4);
    assert.equal(decode(bytes(value)), JSON.stringify(value));
  }
});

function anything(r: Random, depth: number): unknown {
  switch (r.int(depth ? 7 : 5)) {
    case 0: return r.pick([true, false, null]);
    case 1: return r.int(2) ? r.int(2 ** 31) * r.pick([1, -1, 1000]) || 0 : r() * 10 ** r.int(9);
    case 2: case 3: return r.pick(['', 'é', 'mot ', '🎉']).repeat(r.int(40));
    case 4: return r.int(30) - 15;
    case 5: return Array.from({ length: r.int(30) }, () => anything(r, depth - 1));
    default: return Object.fromEntries(Array.from({ length: r.int(30) }, (_, i) => ['k' + i, anything(r, depth - 1)]));
  }
}

/** A reader of its own, written from the RFC: what the encoder wrote, as JSON. */
function decode(data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  const any = (): unknown => {
    const head = data[at++]!;
    const low = head & 31;
    if (head >> 5 === 7) {
      if (low === 27) return (at += 8), view.getFloat64(at - 8);
      return { 20: false, 21: true, 22: null }[low];
    }
    const n = low < 24 ? low : low === 24 ? data[at++]! : low === 25 ? ((at += 2), view.getUint16(at - 2)) : low === 26 ? ((at += 4), view.getUint32(at - 4)) : ((at += 8), Number(view.getBigUint64(at - 8)));
    switch (head >> 5) {
      case 0: return n;
      case 1: return -1 - n;
      case 3: return (at += n), new TextDecoder('utf-8', { fatal: true }).decode(data.subarray(at - n, at));
      case 4: return Array.from({ length: n }, any);
      default: return Object.fromEntries(Array.from({ length: n }, () => [any(), any()]));
    }
  };
  const value = any();
  assert.equal(at, data.length);
  return JSON.stringify(value);
}
