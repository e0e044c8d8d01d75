import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Board, Objective, Preview } from '../src/engine/types.ts';
import { formatter } from '../src/engine/format.ts';
import { apex, guessKind, hangsFrom, isEmpty, listOf, matchChannel, nameOf, outline, standsAt } from '../src/ui/board.ts';
import { fresh, placing } from '../src/ui/entering.ts';
import { excerpt, pieces } from '../src/ui/excerpt.ts';
import { formatSpans, href, parseRoute, parseSpans, type Span } from '../src/ui/route.ts';
import { random } from './random.ts';

declare const PROJECT: string;
const json = <T>(path: string): T => JSON.parse(readFileSync(`${PROJECT}/static/${path}`, 'utf8')) as T;
/** The page's texts in one language, of all files. */
const textsOf = (lang: 'fr' | 'en'): Record<string, string> =>
  Object.assign({}, ...readdirSync(`${PROJECT}/static/src/texts`).map(f => json<Record<string, Record<string, string>>>(`src/texts/${f}`)[lang]));
const texts = { fr: textsOf('fr'), en: textsOf('en') };
const textOf = (list: { text: string }[]): string => list.map(p => p.text).join('');

test('a text cut at its spans is whole, and what is marked is what the spans say', () => {
  const letters = ['a', 'é', ' ', '😻', '👩‍👧', '«', '\n'];
  const next = random(7);
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: next.int(600) }, () => next.pick(letters)).join('');
    const points = Array.from(text);
    const spans = Array.from({ length: next.int(5) }, (): Span => [next.int(points.length + 3), next.int(points.length + 9)]);
    const cut = pieces(text, spans);
    assert.equal(textOf(cut), text);
    const inside = new Set(spans.flatMap(([a, b]) => Array.from({ length: Math.max(0, Math.min(b, points.length) - a) }, (_, i) => a + i)));
    assert.equal(textOf(cut.filter(p => p.marked)), points.filter((_, i) => inside.has(i)).join(''), JSON.stringify({ text, spans }));
  }
});

test('a long text is shortened around its first mark, between words', () => {
  const words = Array.from({ length: 300 }, (_, i) => `mot${i}😻`);
  const text = words.join(' ');
  const at = Array.from(text.slice(0, text.indexOf('mot200'))).length;
  const cut = excerpt(text, [[at, at + 6]]);
  assert.deepEqual(cut.filter(p => p.marked).map(p => p.text), ['mot200']);
  assert.ok(textOf(cut).length < 600);
  assert.match(textOf(cut), /^… mot\d+😻 .* mot\d+😻 …$/u);
  assert.equal(textOf(excerpt('court', [[0, 2]])), 'court');
});

test('addresses survive any id, and a broken one leads home', () => {
  for (const id of ['m1', 'a/b', '100 %', 'ST2:o 6', '#?', 'é😻']) assert.deepEqual(parseRoute(href('posts', id, '3-8')), { screen: 'posts', id, part: '3-8' });
  for (const broken of ['', '#', '#/', '#/nowhere', '#/posts/%E0%A4%A', '#/%']) assert.ok(['landing', 'posts'].includes(parseRoute(broken).screen), broken);
  assert.deepEqual(parseSpans(formatSpans([[3, 8], [12, 15]])), [[3, 8], [12, 15]]);
  assert.deepEqual(parseSpans('8-3,x'), []);
});

const tree: Objective[] = [
  { id: 'o1', title: 'sommet' }, { id: 'o2', title: 'partie', parent: 'o1' }, { id: 'o3', title: 'à part' }, { id: 'o4', title: 'sous-partie', parent: 'o2' },
];

test('the goal is the root with parts; loops and orphans are still shown', () => {
  assert.equal(apex(tree)?.id, 'o1');
  assert.equal(apex([tree[2]!])?.id, 'o3');
  assert.equal(apex([{ id: 'a', title: '' }, { id: 'b', title: '' }]), undefined);
  assert.deepEqual(outline(tree).map(x => [x.objective.id, x.depth]), [['o1', 0], ['o2', 1], ['o4', 2], ['o3', 0]]);
  const odd: Objective[] = [{ id: 'a', title: '', parent: 'b' }, { id: 'b', title: '', parent: 'a' }, { id: 'c', title: '', parent: 'gone' }];
  assert.deepEqual(outline(odd).map(x => x.objective.id).sort(), ['a', 'b', 'c']);
  assert.ok(hangsFrom(tree, 'o4', 'o1') && !hangsFrom(tree, 'o1', 'o4') && !hangsFrom(odd, 'a', 'z'));
});

test('what a finding names has a place on the page', () => {
  const b: Board = {
    format: 'unisson/1', objectives: tree, channels: [{ id: 'c', name: 'C', kind: 'x', segments: ['s'] }],
    segments: [{ id: 's', name: 'S', needs: [{ id: 'n', text: 'N' }] }], actions: [{ id: 'a', title: 'A', channels: ['c'] }], kpis: [{ id: 'k', name: 'K', channel: 'c' }], decisions: [{ id: 'd', date: '2026-01-01', text: 'D' }],
  };
  assert.deepEqual(['c', 'o2', 's', 'n', 'a', 'k', 'd', 'nobody'].map(id => standsAt(b, id)), [
    ['channels', 'c', undefined], ['objectives', 'o2', 'title'], ['audiences', 's', 'name'], ['audiences', 'n'], ['actions', 'a', 'title'], ['objectives', 'k', 'name'], ['decisions', 'd', 'text'], undefined,
  ]);
  assert.deepEqual(standsAt(b, 'o2', 'horizon'), ['objectives', 'o2', 'horizon']);
  assert.ok(isEmpty({ format: 'unisson/1', lang: 'fr', identity: { name: '' }, channels: [] }) && !isEmpty(b));
});

test('a file’s channels find the board’s, by name, then by kind; nothing enters twice', () => {
  const channels = [{ id: 'fb', name: 'Page de l’atelier', kind: 'facebook' }, { id: 'l', name: 'La Lettre', kind: 'newsletter' }];
  assert.equal(matchChannel(channels, 'la lettre')?.id, 'l');
  assert.equal(matchChannel(channels, 'Facebook (page)')?.id, 'fb');
  assert.equal(matchChannel(channels, 'TikTok'), undefined);
  assert.deepEqual(['Compte Twitter', 'insta', 'Boutique', 'Divers'].map(guessKind), ['x', 'instagram', 'store', 'other']);
  const b: Board = { format: 'unisson/1', channels, messages: [{ id: 'm', channel: 'fb', text: 'Bonjour', date: '2026-01-02T09:00:00Z' }] };
  const p: Preview = { kind: 'csv', channels: ['Facebook', 'TikTok'], skipped: [], messages: [
    { text: 'Bonjour', date: '2026-01-02', channel: 'Facebook' }, { text: 'Bonjour', date: '2026-01-03', channel: 'Facebook' }, { text: 'Danse', channel: 'TikTok' },
  ] };
  const places = placing(b, p, {});
  assert.deepEqual(places, { Facebook: 'fb', TikTok: 'new:tiktok' });
  assert.equal(fresh(b, p, places).length, 2);
  assert.equal(fresh(b, p, { ...places, TikTok: 'skip' }).length, 1);
});

test('the landing’s finding is in the sample it says it comes from', () => {
  const from = { fr: 'menuiserie-varenne', en: 'wrenfield-orchard' } as const;
  for (const lang of ['fr', 'en'] as const) {
    const t = texts[lang];
    const b = json<Board>(`samples/${from[lang]}.json`);
    const insta = b.channels!.find(c => c.kind === 'instagram')!;
    const quoted = b.messages!.find(m => m.text === t['ui.specimen.quote2']);
    assert.equal(quoted?.channel, insta.id);
    for (const p of t['ui.specimen.marks2']!.split('\n')) assert.ok(quoted.text.includes(p), p);
    assert.equal(apex(b.objectives)?.title, t['ui.specimen.quote1']);
    assert.equal(insta.objectives?.length, 1);
    assert.ok(t['ui.specimen.source2']!.includes(b.objectives!.find(o => o.id === insta.objectives![0])!.title));
    assert.ok(t['ui.specimen.from']!.includes(b.identity!.name!));
    const rule = JSON.parse(readFileSync(`${PROJECT}/core/texts/rules/ST2.json`, 'utf8')) as Record<string, Record<string, string>>;
    assert.equal(t['ui.specimen.remedy'], rule[lang]!['ST2.remedy']);
  }
});

test('every text the page asks for by its whole name is there', () => {
  const dir = `${PROJECT}/static/src`;
  for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(f => f.endsWith('.ts'))) {
    for (const [, id] of readFileSync(`${dir}/${file}`, 'utf8').matchAll(/'(ui\.[\w.]+)'/g)) for (const lang of ['fr', 'en'] as const) assert.ok(texts[lang][id!], `${file}: ${id} (${lang})`);
  }
});

test('the page’s texts keep the house’s manners', () => {
  const quoted = /^ui\.specimen\.(quote|marks)/; // other people's words
  for (const lang of ['fr', 'en'] as const) for (const [id, said] of Object.entries(texts[lang])) {
    if (quoted.test(id)) continue;
    assert.doesNotMatch(said, /!|\boups\b|\bdésolé\b|\boops\b|'|\.\.\.|\p{Extended_Pictographic}/iu, `${lang} ${id}`);
    if (lang === 'fr') assert.doesNotMatch(said.replace(/\{\w+, (plural|select),[^]*\}/gu, ''), /[^\u202f\s][;:?»](?!\/)|«[^\u202f]| [;:?»]/u, `${lang} ${id}: narrow no-break spaces`);
  }
});

test('every argument that names an entity tells its list, but those whose finding does', () => {
  const catalogue = (dir: string): string[] => readdirSync(`${PROJECT}/${dir}`, { recursive: true }).filter(f => String(f).endsWith('.json') && !String(f).includes('testdata')).map(f => readFileSync(`${PROJECT}/${dir}/${String(f)}`, 'utf8'));
  const named = new Set([...catalogue('core/texts'), ...catalogue('static/src/texts')].flatMap(file => [...file.matchAll(/\{(\w+), (?:name|title)\}/g)].map(m => m[1]!)));
  assert.ok(named.size > 5);
  assert.deepEqual([...named].filter(argument => !listOf[argument]).sort(), ['about', 'other']);
});

test('in a board that numbers each of its lists from 1, a sentence names the entity of the list it speaks of', () => {
  const board: Board = { format: 'unisson/1', channels: [{ id: '1', name: 'TikTok', kind: 'social' }], objectives: [{ id: '1', title: 'Remplir la salle' }] } as Board;
  const t = formatter('fr', { m: '{channel, name} poursuit « {objective, name} »' }, (id, argument) => nameOf(board, id, listOf[argument]) ?? id);
  assert.equal(t('m', { channel: '1', objective: '1' }), 'TikTok poursuit « Remplir la salle »');
  assert.equal(nameOf(board, '1'), 'TikTok');
});
