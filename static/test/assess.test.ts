import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import * as Y from 'yjs';
import { formatter } from '../src/engine/format.ts';
import { openModel } from '../src/engine/model.ts';
import type { Board, Format, Lang } from '../src/engine/types.ts';
import { particulars, presetOf, presets, suggestions } from '../src/ui/assess/presets.ts';
import { answered, indexOf, pillarOf, secondsFrom, speakers, stepsOf, summit, type Memory } from '../src/ui/assess/steps.ts';
import { kinds } from '../src/ui/board.ts';
import { standing } from '../src/ui/declared.ts';
import { brief, markdown, onePage } from '../src/ui/onepage/compose.ts';

declare const PROJECT: string;
const json = <T>(path: string): T => JSON.parse(readFileSync(`${PROJECT}/${path}`, 'utf8')) as T;
const sample = (name: string): Board => json<Board>(`static/samples/${name}.json`);
const speak = (lang: Lang): Format =>
  formatter(lang, Object.assign({}, ...readdirSync(`${PROJECT}/static/src/texts`).map(f => json<Record<Lang, Record<string, string>>>(`static/src/texts/${f}`)[lang])) as Record<string, string>);
const short: Memory = { form: 'short' };
const full: Memory = { form: 'full' };
const empty: Board = { format: 'unisson/1' };
const kindsOf = (b: Board, m: Memory): string[] => stepsOf(b, m).map(s => s.kind);

test('who one is comes first, the belief last; a channel is asked what it serves before any post', () => {
  assert.deepEqual(kindsOf(empty, short), ['sentence', 'name', 'preset', 'terms', 'goal', 'channels', 'estimate']);
  const b: Board = { ...empty, objectives: [{ id: 'o', title: 'x' }], channels: [{ id: 'a', name: 'A', kind: 'site' }, { id: 'b', name: 'B', kind: 'store' }, { id: 'c', name: 'C', kind: 'search' }] };
  assert.deepEqual(stepsOf(b, short).slice(7), [{ kind: 'aim', of: 'a' }, { kind: 'aim', of: 'b' }, { kind: 'aim', of: 'c' }, { kind: 'posts', of: 'a' }, { kind: 'estimate' }]);
  assert.deepEqual(speakers(b).map(c => c.id), ['a'], 'a shop does not post');
  for (const form of [short, full]) {
    const list = kindsOf(sample('menuiserie-varenne'), form);
    assert.equal(list[0], 'sentence');
    assert.equal(list.at(-1), 'estimate');
    assert.ok(list.lastIndexOf('aim') < list.indexOf('posts'));
  }
  assert.ok(kindsOf(b, { ...short, preset: 'solo' }).includes('particulars') && !kindsOf(b, { ...short, preset: 'pme' }).includes('particulars'));
});

test('three minutes, ten minutes: what the page promises is what the questions cost', () => {
  const usual: Board = { ...empty, lang: 'fr', objectives: [{ id: 'o', title: 'x' }], segments: [{ id: 's', name: 'S', needs: [{ id: 'n', text: 'N' }] }],
    channels: ['site', 'instagram', 'linkedin', 'store'].map(kind => ({ id: kind, name: kind, kind })) };
  for (const [memory, most] of [[short, 220], [full, 600]] as const) {
    const list = stepsOf(usual, memory);
    assert.ok(secondsFrom(list, 0, memory.form) <= most, `${memory.form}: ${secondsFrom(list, 0, memory.form)} s`);
    for (let i = 1; i < list.length; i++) assert.ok(secondsFrom(list, i, memory.form) < secondsFrom(list, i - 1, memory.form), 'every answer brings the end nearer');
    const before = secondsFrom(stepsOf(empty, memory), 0, memory.form);
    assert.ok(Math.abs(before - secondsFrom(list, 0, memory.form)) < 60, `told ${before} s before any channel is named`);
  }
});

test('a place in the form survives what the board loses', () => {
  const list = stepsOf(sample('menuiserie-varenne'), short);
  assert.equal(indexOf(list, { kind: 'aim', of: 'gone' }), list.findIndex(s => s.kind === 'aim'));
  assert.equal(indexOf(list, { kind: 'kpis' }), -1);
  assert.equal(indexOf(list, undefined), -1);
  assert.equal(indexOf(list, { kind: 'posts', of: 'insta' }), list.findIndex(s => s.kind === 'posts' && s.of === 'insta'));
});

test('answered is what the board holds; none is an answer, and nothing is not', () => {
  const b = sample('menuiserie-varenne');
  const unanswered = stepsOf(b, full).filter(s => !answered(b, s, full)).map(s => s.kind);
  assert.ok(!unanswered.some(k => ['sentence', 'name', 'goal', 'parts', 'channels', 'kpis', 'actions'].includes(k)), String(unanswered));
  assert.ok(unanswered.includes('estimate') && unanswered.includes('preset'));
  for (const s of stepsOf(empty, full)) assert.equal(answered(empty, s, full), false, s.kind);
  assert.ok(answered({ ...empty, decisions: [] }, { kind: 'decisions' }));
  assert.ok(answered({ ...empty, channels: [{ id: 'a', name: 'A', kind: 'site', objectives: [] }] }, { kind: 'aim', of: 'a' }));
  assert.ok(answered({ ...empty, declared: 0 }, { kind: 'estimate' }), 'nought is something one may believe');
  assert.equal(summit({ ...empty, objectives: [{ id: 'a', title: 'A' }, { id: 'b', title: 'B' }] })?.id, 'a', 'what was written first, while nothing hangs from anything');
});

test('a subject and its words, as people write them', () => {
  assert.deepEqual(pillarOf('Le geste\u202f: restaurer, rabot ; chêne,, rabot'), { name: 'Le geste', terms: [{ term: 'restaurer' }, { term: 'rabot' }, { term: 'chêne' }] });
  assert.deepEqual(pillarOf(' Seul '), { name: 'Seul' });
  assert.deepEqual(pillarOf(''), { name: '' });
});

test('a preset suggests what the page knows, in both languages, and writes nothing', () => {
  const known: string[] = [...kinds.online, ...kinds.offline];
  assert.deepEqual(presets.map(p => p.id), ['pme', 'shop', 'ngo', 'town', 'school', 'b2b', 'culture', 'media', 'solo']);
  for (const p of presets) {
    assert.ok(p.channels.length > 3 && new Set(p.channels).size === p.channels.length && p.channels.every(k => known.includes(k)), p.id);
    assert.ok(p.settings.every(s => particulars.includes(s)), p.id);
    for (const lang of ['fr', 'en'] as const) {
      const w = p[lang];
      assert.equal(w.goals.length, p[lang === 'fr' ? 'en' : 'fr'].goals.length, p.id);
      for (const said of [w.name, w.what, ...w.goals, ...w.parts, ...w.audiences, ...w.pillars]) {
        assert.ok(said.trim());
        assert.doesNotMatch(said, /!|'|\.\.\.|\p{Extended_Pictographic}/u, said);
        if (lang === 'fr') assert.doesNotMatch(said, /[^\u202f\s][;:?»]| [;:?»]/u, said);
      }
      for (const pillar of w.pillars) assert.ok(pillarOf(pillar).terms!.length > 1, pillar);
    }
  }
  assert.equal(presetOf('nothing'), undefined);
  assert.deepEqual(suggestions(undefined, 'fr').channels, []);
  assert.deepEqual(suggestions(presetOf('media'), 'en').settings, ['newsroom']);
});

test('what one believes lies in the board, is undone like any edit, and no report hears of it', () => {
  const m = openModel('assess', { doc: new Y.Doc() });
  m.load(sample('wrenfield-orchard'));
  const touched: string[] = [];
  m.subscribe(c => touched.push(...c.touched));
  m.set('declared', 70);
  assert.equal(m.board().declared, 70);
  assert.deepEqual([...new Set(touched)], ['declared']);
  assert.equal((JSON.parse(m.export()) as Board).declared, 70);
  m.undo();
  assert.ok(!('declared' in m.board()));
  m.set('declared', 0);
  m.set('declared', undefined);
  assert.ok(!('declared' in m.board()));
});

test('declared beside observed: the interval decides', () => {
  const score = (proven: number | null, possible: number | null, single: number | null = null) => ({ proven, possible, single }) as Parameters<typeof standing>[1];
  assert.equal(standing(80, score(null, null)), 'unknown');
  assert.equal(standing(80, score(40, 75)), 'above');
  assert.equal(standing(20, score(40, 75)), 'below');
  assert.equal(standing(40, score(40, 75)), 'inside');
  assert.equal(standing(75, score(40, 75)), 'inside');
  assert.equal(standing(60, score(55, 65, 60)), 'exact');
  assert.equal(standing(90, score(55, 65, 60)), 'above');
});

for (const [name, lang] of [['menuiserie-varenne', 'fr'], ['wrenfield-orchard', 'en']] as const) {
  test(`the page and the brief say what the board says, and nothing else (${name})`, () => {
    const t = speak(lang);
    const b = sample(name);
    const p = onePage(b, t);
    assert.equal(p.sentence, b.identity!.sentence);
    assert.equal(p.goal, summit(b)!.title);
    assert.ok(p.channels.some(c => c.apart.length), 'a channel that pursues an objective apart');
    assert.ok(p.aims.some(a => a.apart) && p.aims.some(a => !a.apart && a.proof.length));
    const said = brief(p, t);
    for (const c of p.channels) assert.ok(said.includes(c.name), c.name);
    assert.ok(said.includes(p.goal) && said.includes(p.sentence.replace(/\.$/, '')));
    assert.doesNotMatch(said, /[{}]|ui\./);
    const md = markdown(p, t);
    assert.doesNotMatch(md, /[{}]|ui\.|undefined/);
    for (const c of p.channels) assert.ok(md.includes(`**${c.name}**`), c.name);
    assert.deepEqual(onePage({ ...b, channels: [...b.channels!].map(c => ({ ...c, status: 'closed' })) }, t).missing.filter(m => m === 'channels'), ['channels'], 'a closed channel is not one');
  });
}

test('what is missing is said plainly, in the page and in the brief', () => {
  for (const lang of ['fr', 'en'] as const) {
    const t = speak(lang);
    const nothing = onePage(empty, t);
    assert.deepEqual(nothing.missing, ['sentence', 'goal', 'channels', 'audiences']);
    const said = brief(nothing, t);
    assert.ok(said.includes(t('ui.brief.noWho', { named: 'no', name: '' })) && said.includes(t('ui.brief.noGoal')), said);
    const some = onePage({ ...empty, identity: { name: 'N' }, objectives: [{ id: 'o', title: 'But' }], channels: [{ id: 'a', name: 'A', kind: 'site' }, { id: 'b', name: 'B', kind: 'x', objectives: [] }] }, t);
    assert.deepEqual(some.missing, ['sentence', 'parts', 'aims', 'audiences', 'proof']);
    assert.ok(brief(some, t).includes(t('ui.brief.open', { channels: ['A'], n: 1 })));
    assert.ok(brief(some, t).includes(t('ui.brief.idle', { channels: ['B'], n: 1 })));
    for (const m of ['sentence', 'goal', 'parts', 'channels', 'aims', 'audiences', 'proof']) for (const of of ['missing', 'lack']) assert.notEqual(t(`ui.onepage.${of}.${m}`), `ui.onepage.${of}.${m}`);
  }
  assert.ok(markdown(onePage({ ...empty, identity: { name: '*N* [x](y) <b>' } }, speak('en')), speak('en')).includes('\\*N\\* \\[x\\](y) \\<b\\>'), 'what people wrote reads as they wrote it');
});

test('the method tells of every rule what is counted, what is spared and what it takes, in both languages', () => {
  const notes = json<Record<string, Record<Lang, Record<string, string>>>>('static/src/ui/method/catalogue.json');
  assert.deepEqual(Object.keys(notes).sort(), readdirSync(`${PROJECT}/core/texts/rules`).map(f => f.replace('.json', '')).sort());
  for (const [id, both] of Object.entries(notes)) for (const lang of ['fr', 'en'] as const) for (const what of ['reads', 'spares', 'needs']) {
    const said = both[lang][what] ?? '';
    assert.ok(said.trim(), `${id} ${lang} ${what}`);
    assert.doesNotMatch(said, /!|'|\.\.\./, `${id} ${lang}`);
    if (lang === 'fr') assert.doesNotMatch(said, /[^\u202f\s][;:?»%]|«[^\u202f]| [;:?»%]/u, `${id}: narrow no-break spaces`);
  }
});
