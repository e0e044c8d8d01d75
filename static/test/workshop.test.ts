import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, Report } from '../src/engine/types.ts';
import { aheadOf } from '../src/ui/live/api.ts';
import { beforeOf, sinceThen } from '../src/ui/live/before.ts';
import { markdownOf } from '../src/ui/live/markdown.ts';
import { readRecovery, writeRecovery } from '../src/ui/live/recovery.ts';
import { begins, steps, total } from '../src/ui/live/script.ts';
import { slideOf, slidesOf, type Stage } from '../src/ui/live/slides.ts';
import { grouped } from '../src/ui/live/terms.ts';
import { echoOf, zoomFor } from '../src/ui/live/verdict.ts';
import { tally, voteKey } from '../src/ui/live/votes.ts';

test('the script fills ninety minutes without a gap', () => {
  assert.equal(total, 90);
  assert.deepEqual(steps.map((s, i) => begins[i]! + s.minutes), [...begins.slice(1), 90]);
});

test('a phone whose clock is minutes wrong shows the countdown of the server', () => {
  const at = Date.parse('2026-03-02T10:00:00Z'), date = 'Mon, 02 Mar 2026 10:03:00 GMT';
  assert.equal(aheadOf(date, at - 100, at + 100), 180_500);
  assert.equal(aheadOf(date, at + 180_000, at + 180_400), 0, 'a date counts in seconds: a small difference is none');
  assert.equal(aheadOf(null, at, at), 0);
  assert.equal(aheadOf('yesterday', at, at), 0);
});

test('a recovery file is read back whole; anything else is none', () => {
  const kept = { server: 'https://atelier.example', board: 'b'.repeat(22), tokens: { facilitator: 'f'.repeat(43), editor: 'e'.repeat(43), viewer: 'v'.repeat(43) } };
  assert.deepEqual(readRecovery(writeRecovery(kept)), kept);
  const broken = [
    '', '[]', 'null', '{"format":"unisson/1"}', writeRecovery({ ...kept, server: 'nowhere' }), writeRecovery({ ...kept, board: '../b' }),
    writeRecovery({ ...kept, tokens: { facilitator: 'short' } }), writeRecovery(kept).replace('unisson-live/1', 'unisson-live/2'),
  ];
  for (const b of broken) assert.equal(readRecovery(b), undefined, b);
});

const finding = (key: string, dismissed = false): Finding => ({ key, rule: key.split(':')[0]!, severity: 'major', places: [], args: { channel: key }, ...(dismissed && { dismissed }) });
const reportOf = (proven: number | null, findings: Finding[]): Report =>
  ({ score: { proven, possible: proven === null ? null : proven + 20, single: null }, findings }) as unknown as Report;

test('before and after: what is gone, what is new, what stayed; what was set aside is neither', () => {
  const before = beforeOf(reportOf(40, [finding('ST2:a'), finding('VO1:b'), finding('TE1:c', true)]), '2026-03-02T10:00:00Z');
  assert.deepEqual(before.findings.map((f) => f.key), ['ST2:a', 'VO1:b']);
  assert.deepEqual(Object.keys(before.findings[0]!), ['key', 'rule', 'args'], 'no text of the board is kept in it but what a sentence needs');
  const s = sinceThen(before, reportOf(65, [finding('VO1:b'), finding('TE1:c'), finding('ST2:a', true)]));
  assert.deepEqual([s.gone.map((f) => f.key), s.fresh.map((f) => f.key), s.stayed], [['ST2:a'], ['TE1:c'], 1]);
  assert.deepEqual([s.before.proven, s.after.proven], [40, 65]);
  const many = beforeOf(reportOf(null, Array.from({ length: 300 }, (_, i) => finding(`R:${i}`))), '');
  assert.equal(many.findings.length, 200);
  assert.deepEqual(sinceThen(many, reportOf(null, [finding('R:250')])).fresh, [], 'what may have been there is not called new');
});

test('votes count once a voter, whatever a finding is called', () => {
  const keys = [voteKey('ST2:vote:a\n', 'x'), voteKey('ST2:vote:a\n', 'y'), voteKey('VO1:b', 'x'), 'shown', 'before', voteKey('AA1:z', 'y')];
  assert.deepEqual(tally(keys), [['ST2:vote:a\n', 2], ['AA1:z', 1], ['VO1:b', 1]]);
});

test('words said to be one become synonyms of it, with all that counted as them', () => {
  const terms = [{ term: 'fenêtre', synonyms: ['croisée'] }, { term: 'bois' }, { term: 'artisan', synonyms: ['ouvrier'] }];
  assert.deepEqual(grouped(terms, ['atelier', 'artisan', 'bois'], 'bois'), [{ term: 'fenêtre', synonyms: ['croisée'] }, { term: 'bois', synonyms: ['atelier', 'artisan', 'ouvrier'] }]);
  assert.deepEqual(grouped([], ['a', 'b'], 'b'), [{ term: 'b', synonyms: ['a'] }]);
  assert.deepEqual(grouped([{ term: 'b', synonyms: ['a'] }], ['a', 'b'], 'b'), [{ term: 'b', synonyms: ['a'] }], 'grouped twice is grouped once');
  assert.deepEqual(grouped([{ term: 'b', synonyms: ['a'] }], ['a', 'b'], 'a'), [{ term: 'a', synonyms: ['b'] }], 'the other way round');
});

const stage: Stage = { shared: true, asked: false, rounds: [], shown: false, findings: ['f1', 'f2'], mirror: false, since: false };
const kinds = (s: Stage): string => slidesOf(s).map((x) => x.kind).join(' ');

test('a wall shows no finding before everyone may see it', () => {
  assert.equal(kinds(stage), 'door decisions');
  assert.equal(kinds({ ...stage, shown: true, mirror: true, rounds: ['r'], since: true }), 'door answers score mirror finding finding decisions since');
  assert.equal(kinds({ ...stage, shared: false, shown: true }), 'score finding finding decisions', 'alone there is no way in to show');
});

test('a wall goes with what happens: a question, what the facilitator has in view, the step', () => {
  const all = slidesOf({ ...stage, shown: true, rounds: ['r1', 'r2'], since: true });
  const at = (where: Parameters<typeof slideOf>[1], slides = all) => { const s = slides[slideOf(slides, where)]!; return s.key ?? s.kind; };
  assert.equal(at({ step: -1 }), 'door');
  assert.equal(at({ step: 2 }), 'r2', 'the last answers');
  assert.equal(at({ step: 5 }), 'score');
  assert.equal(at({ step: 5, led: { screen: 'report', id: 'f2' } }), 'f2');
  assert.equal(at({ step: 1, led: { screen: 'report' } }), 'score');
  assert.equal(at({ step: 7 }), 'since');
  assert.equal(at({ step: 99 }), 'door');
  const asked = slidesOf({ ...stage, asked: true, shown: true });
  assert.equal(at({ step: 5, led: { screen: 'report', id: 'f2' } }, asked), 'question', 'a question comes first');
  assert.equal(at({ step: 5, led: { screen: 'report', id: 'f2' } }, slidesOf(stage)), 'door', 'hidden findings are not led to');
});

test('what the preflight makes of its measures', () => {
  assert.deepEqual(echoOf([40, 60, 50, 900, 45]), { median: 50, worst: 900, verdict: 'well' });
  assert.equal(echoOf([40, 60, 50, 1900, 45]).verdict, 'slow');
  assert.equal(echoOf([400, 600, 500]).verdict, 'slow');
  assert.equal(echoOf([1400, 1600, 1500]).verdict, 'failed');
  assert.equal(echoOf([]).verdict, 'failed');
  assert.deepEqual([0, 3, 5, 9].map(zoomFor), [300, 150, 100, 100]);
});

test('what people wrote stands in the summary as they wrote it, and is no markup', () => {
  const text = markdownOf({ title: 'Atelier : A*B', date: '2026-03-02', sections: [
    { title: 'Décisions', items: [{ text: '# TikTok\ns’arrête', aside: 'prise le 2 mars' }] }, { title: 'Rien', text: 'Vide_', items: [] },
  ] }, 'le 2 mars 2026');
  assert.equal(text, '# Atelier : A\\*B\n\nle 2 mars 2026\n\n## Décisions\n\n- \\# TikTok s’arrête (prise le 2 mars)\n\n## Rien\n\nVide\\_\n');
});
