import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import type { Report } from '../src/engine/types.ts';
import { boardOf, channelsOf, isBoard, postsOf, resultOf } from '../src/embed/board.ts';
import { contrast, readable } from '../src/embed/looks.ts';
import { presets } from '../src/embed/presets.ts';
import { attributesOf, element, frame, script, type Choices } from '../src/embed/snippet.ts';
import { kinds } from '../src/ui/board.ts';

declare const PROJECT: string;
const folder = `${PROJECT}/static/public/embed`;

test('every release of the loader is as it was, and small', () => {
  const { latest, integrity } = JSON.parse(readFileSync(`${folder}/versions.json`, 'utf8')) as { latest: string; integrity: Record<string, string> };
  const files = readdirSync(folder).filter(f => f.endsWith('.js'));
  assert.deepEqual(files.sort(), Object.keys(integrity).map(v => `v${v}.js`).sort());
  assert.ok(latest in integrity);
  for (const [version, sum] of Object.entries(integrity)) {
    const bytes = readFileSync(`${folder}/v${version}.js`);
    assert.equal('sha384-' + createHash('sha384').update(bytes).digest('base64'), sum, `${version} was changed after its release`);
    assert.ok(bytes.length <= 3072, `${version}: ${bytes.length} bytes`);
    assert.ok(brotliCompressSync(bytes).length <= 1536, version);
    assert.doesNotMatch(bytes.toString(), /document\.cookie|localStorage|innerHTML|eval\(/);
  }
});

test('channels as a page names them', () => {
  assert.deepEqual(channelsOf('site, instagram,nonsense,'), [{ kind: 'site' }, { kind: 'instagram' }]);
  assert.deepEqual(channelsOf('[{"kind":"site","name":" Chez nous ","bio":"b","posts":["un",2]},null,{"kind":3}]'), [{ kind: 'site', name: 'Chez nous', bio: 'b', posts: ['un'] }]);
  assert.equal(channelsOf('[{'), undefined);
  assert.equal(channelsOf({ kind: 'site' }), undefined);
  assert.equal(channelsOf(Array.from({ length: 500 }, () => ({ kind: 'site' })))!.length, 40);
  const board = boardOf([{ kind: 'site', posts: ['un', 'deux'] }, { kind: 'site', bio: 'b' }], k => `le ${k}`);
  assert.deepEqual(board.channels, [{ id: 'site-1', name: 'le site', kind: 'site' }, { id: 'site-2', name: 'le site', kind: 'site', bio: 'b' }]);
  assert.deepEqual(board.messages!.map(m => [m.channel, m.text]), [['site-1', 'un'], ['site-1', 'deux']]);
});

test('what can be taken for a board', () => {
  assert.ok(isBoard({ format: 'unisson/1' }) && isBoard({ format: 'unisson/1', identity: {}, channels: [{ id: 'a' }] }));
  for (const no of [null, 3, 'x', [], {}, { format: 'unisson/2' }, { format: 'unisson/1', channels: {} }, { format: 'unisson/1', messages: [{ text: 'x' }] }, { format: 'unisson/1', identity: 'x' }, { format: 'unisson/1', channels: [null] }]) assert.ok(!isBoard(no), JSON.stringify(no));
});

test('posts pasted together come apart at empty lines, else at every line', () => {
  assert.deepEqual(postsOf('un\n deux \n\n'), ['un', 'deux']);
  assert.deepEqual(postsOf('un\nsuite\n \ndeux'), ['un\nsuite', 'deux']);
  assert.deepEqual(postsOf('  \n'), []);
});

test('a result is figures and nothing else', () => {
  const score = { proven: 40, possible: 60, single: null, coverage: 0.7, evaluated: 12, insufficient: 3, dismissals: 1, dimensions: [{ id: 'voice', weight: 20, counted: true, proven: 0.5, possible: 0.8 }] };
  const findings = ['critical', 'minor', 'minor'].map((severity, i) => ({ key: `VO3:chaton${i}`, rule: 'VO3', severity, places: [], args: { text: 'chaton' }, ...(i === 2 && { dismissed: true }) }));
  const result = resultOf({ score, findings } as unknown as Report);
  assert.deepEqual(result, { proven: 40, possible: 60, single: null, coverage: 0.7, findings: { critical: 1, major: 0, minor: 1 }, dimensions: [{ id: 'voice', counted: true, proven: 0.5, possible: 0.8 }] });
  assert.doesNotMatch(JSON.stringify(result), /chaton/);
});

test('a colour that cannot be read moves as far as it takes, and no further', () => {
  assert.equal(Math.round(contrast([0, 0, 0], [255, 255, 255])), 21);
  for (const on of [[255, 255, 255], [29, 26, 23], [119, 119, 119], [243, 238, 252]] as [number, number, number][]) for (const colour of [[127, 209, 199], [255, 215, 0], [120, 120, 120], [0, 119, 204]] as [number, number, number][]) {
    const seen = readable(colour, on);
    assert.ok(contrast(seen, on) >= 4.5 || Math.max(contrast([0, 0, 0], on), contrast([255, 255, 255], on)) < 4.5, `${colour} on ${on}`);
    if (contrast(colour, on) >= 4.5) assert.equal(seen, colour);
  }
});

test('presets offer channels there are', () => {
  const known = new Set<string>([...kinds.online, ...kinds.offline]);
  for (const [name, list] of Object.entries(presets)) assert.ok(list.length > 3 && list.every(k => known.has(k)) && new Set(list).size === list.length, name);
});

test('the lines an agency copies hold what it typed, as text', () => {
  const c: Choices = { lang: 'fr', mode: 'assess', preset: 'pme', theme: 'auto', title: '"><script>alert(1)</script>', act: '<b>&', board: 'id/token', height: '', looks: { accent: '#07c', radius: '4px' } };
  const line = element(c, 'https://u.example');
  assert.doesNotMatch(line, /<script|<b>/);
  assert.match(line, /style="--unisson-accent: #07c; --unisson-radius: 4px"/);
  assert.deepEqual(attributesOf(c).map(([k]) => k), ['lang', 'mode', 'preset', 'title'], 'no key of a board where none is shown');
  assert.match(script(c, 'https://u.example', { version: '1.2.3', integrity: 'sha384-x' }), /embed\/v1\.2\.3\.js"\n {2}integrity="sha384-x" crossorigin/);
  assert.match(frame({ ...c, mode: 'board' }, 'https://u.example'), /embed\/fr\?board=id#mode=board&#38;board=id%2Ftoken/);
});
