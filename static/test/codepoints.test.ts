import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quote, toPoints, toUnits } from '../src/engine/codepoints.ts';
import { random } from './random.ts';

test('quotes at code points', () => {
  const text = 'été 👩🏽‍🚀 déjà 🎉 fin';
  const points = [...text];
  for (let a = 0; a <= points.length; a++) {
    for (let b = Math.max(a, 1); b <= points.length; b++) assert.equal(quote(text, a, b), points.slice(a, b).join(''));
  }
  assert.equal(quote(text), text);
});

test('offsets in any order, past the end, and back', () => {
  const r = random(7);
  for (let round = 0; round < 300; round++) {
    const points = Array.from({ length: r.int(40) }, () => r.pick(['a', 'é', '🎉', '\u{1d400}', ' ', 'e\u0301', '\ud83c']));
    const text = points.join('');
    const at = Array.from({ length: r.int(12) }, () => r.int([...text].length + 4));
    const all = [...text];
    assert.deepEqual(toUnits(text, at), at.map(p => all.slice(0, p).join('').length));
    for (const p of at) assert.equal(toPoints(text, toUnits(text, [p])[0]!), Math.min(p, all.length));
  }
});
