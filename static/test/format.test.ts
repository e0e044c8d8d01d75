import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { argumentsOf, formatter, parse } from '../src/engine/format.ts';
import type { ArgValue, Lang } from '../src/engine/types.ts';

declare const PROJECT: string;
interface Vector { lang: Lang; message: string; args: Record<string, ArgValue>; names?: Record<string, string>; out: string }

const file = `${PROJECT}/core/texts/testdata/format.json`;

test('writes what the core writes', { skip: existsSync(file) ? false : `${file} is not there` }, () => {
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };
  assert.ok(vectors.length);
  for (const v of vectors) assert.equal(formatter(v.lang, { m: v.message }, id => v.names?.[id] ?? id)('m', v.args), v.out, JSON.stringify(v));
});

test('a message that cannot be read says where', () => {
  for (const bad of ['{', '{}', '{n', '{n,', '{n, }', '{n, money}', '{n, plural, one {x}}', '{n, plural, other {x}', '}', 'a}', '{n, number', '{n, select, other x}', '{n, plural, other {{}}}']) {
    assert.throws(() => parse(bad), /expected .* at \d+ of/, bad);
  }
});

test('a fault of ours shows and breaks nothing', () => {
  const t = formatter('fr', { a: 'Bonjour {name}' });
  assert.equal(t('nowhere'), 'nowhere');
  assert.equal(t('a'), 'Bonjour {name}');
});

test('names every argument, nested ones too', () => {
  assert.deepEqual(argumentsOf(parse('{b} {n, plural, one {{a}} other {# {c, select, x {{d}} other {}}}}')), ['a', 'b', 'c', 'd', 'n']);
});
