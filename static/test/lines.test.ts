import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { withoutLines } from '../build/lines.mjs';

declare const PROJECT: string;

/** As Go's linker left it; what the page gets has been through withoutLines, and every other test runs on that. */
const linked = (): Buffer => readFileSync(`${PROJECT}/static/.build/checker.wasm`);
const names = ['unisson/core/rules.Check', 'core/rules/check.go'];

test('names, files and lines leave the module; the scheduler still knows its own goroutines', () => {
  const before = linked();
  const after = withoutLines(before)!;
  for (const name of names) {
    assert.ok(before.includes(name));
    assert.ok(!after.includes(name));
  }
  assert.ok(after.includes('runtime.\0'));
  assert.ok(WebAssembly.validate(new Uint8Array(after)));
  assert.deepEqual(withoutLines(after), after, 'once is enough');
});

test('tables laid out in a way not known stay as they are', () => {
  const other = linked();
  const magic = Buffer.from([0xf1, 0xff, 0xff, 0xff, 0, 0]); // pcHeader of Go 1.20 and later
  for (let at = other.indexOf(magic); at >= 0; at = other.indexOf(magic, at + 1)) other[at] = 0xf0;
  assert.equal(withoutLines(other), undefined);
});
