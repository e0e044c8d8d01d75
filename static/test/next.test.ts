import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Next, Report } from '../src/engine/types.ts';
import type { App } from '../src/ui/app.ts';
import { stepInWords } from '../src/ui/next.ts';

test('a repair is said in its rule’s words, also once its finding is gone', () => {
  const app = { t: (id: string) => id } as App;
  const report = { findings: [], score: {} } as unknown as Report;
  for (const [finding, rule] of [['ID1', 'ID1'], ['ST1:a3', 'ST1'], ['BR1:c1:c2', 'BR1']] as const) {
    const step: Next = { kind: 'repair', finding, cause: { kind: 'identity' }, rules: [rule], gain: 0, closes: 0 };
    assert.ok(JSON.stringify(stepInWords(app, report, step)).includes(`"${rule}.remedy"`), finding);
  }
});
