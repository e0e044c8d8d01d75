/**
 * Messages of the texts, an ICU subset (see Format in types.ts). The core has the same reader and writer in Go;
 * core/texts/testdata/format.json holds the two together. Apostrophes are letters here, not quotes.
 */
import type { ArgValue, Format, Lang, Names } from './types.ts';

type Part = string | { arg: string; kind?: string; cases?: Record<string, Part[]> };

/** Reads a message. Throws an Error that says what is wrong and where (an index into the message). */
export function parse(message: string): Part[] {
  let at = 0;
  const fail = (expected: string): never => { throw new Error(`expected ${expected} at ${at} of “${message}”`); };
  const take = (re: RegExp): string => { // what was expected is said by the pattern itself: only we read this, when building
    re.lastIndex = at;
    const found = re.exec(message)?.[0] ?? fail(re.source);
    at += found.length;
    return found.trim();
  };
  const parts = (nested: boolean): Part[] => {
    const list: Part[] = [];
    while (at < message.length && message[at] !== '}') {
      list.push(message[at] === '{' ? argument() : nested && message[at] === '#' ? (at++, { arg: '#' }) : text(nested));
    }
    if (nested !== (at < message.length)) fail(nested ? '}' : 'end');
    return list;
  };
  // Text up to the next mark. Outside a plural # is a letter.
  const text = (nested: boolean): string => {
    const start = at;
    while (at < message.length && !'{}'.includes(message[at]!) && !(nested && message[at] === '#')) at++;
    return message.slice(start, at);
  };
  const argument = (): Part => {
    at++;
    const arg = take(/\s*\w+\s*/y);
    if (message[at] === '}') return at++, { arg };
    take(/,/y);
    const kind = take(/\s*(number|percent|date|list|name|title|plural|select)\s*/y);
    if (kind !== 'plural' && kind !== 'select') return take(/\}/y), { arg, kind };
    take(/,\s*/y);
    const cases: Record<string, Part[]> = {};
    while (message[at] !== '}') {
      cases[take(/[\w-]+\s*/y)] = (take(/\{/y), parts(true));
      take(/\}\s*/y);
    }
    at++;
    if (!cases.other) fail('other');
    return { arg, kind, cases };
  };
  return parts(false);
}

/** Names of the arguments a message asks for, sorted. */
export function argumentsOf(parts: Part[]): string[] {
  const names = parts.flatMap(p => (typeof p === 'string' ? [] : [...(p.arg === '#' ? [] : [p.arg]), ...Object.values(p.cases ?? {}).flatMap(argumentsOf)]));
  return [...new Set(names)].sort();
}

const months = {
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};
const narrow = '\u202f';

function number(lang: Lang, x: ArgValue): string {
  const [whole, part] = String(Math.round(+x * 10) / 10).split('.'); // one decimal at most: these are words, not data
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, lang === 'fr' ? narrow : ',');
  return part ? grouped + (lang === 'fr' ? ',' : '.') + part : grouped;
}

function date(lang: Lang, x: string): string {
  const [, year, month, day] = /^(.{4})-(\d\d)-(\d\d)/.exec(x) ?? [];
  const name = months[lang][+month! - 1];
  if (!name) return x;
  return `${day === '01' && lang === 'fr' ? '1er' : +day!} ${name} ${year}`;
}

const joined = (lang: Lang, items: string[]): string =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} ${lang === 'fr' ? 'et' : 'and'} ${items.at(-1)}`;
const quoted = (lang: Lang, s: string): string => (lang === 'fr' ? `«${narrow}${s}${narrow}»` : `“${s}”`);

function write(lang: Lang, parts: Part[], args: Record<string, ArgValue>, name: Names): string {
  return parts.map(p => {
    if (typeof p === 'string') return p;
    const x = args[p.arg];
    if (x === undefined) return p.arg === '#' ? '#' : `{${p.arg}}`;
    const list = Array.isArray(x) ? x : [String(x)];
    switch (p.kind) {
      case 'percent': return number(lang, Math.floor(+x * 100 + 0.5)) + (lang === 'fr' ? narrow : '') + '%';
      case 'date': return date(lang, String(x));
      case 'list': return joined(lang, list.map(s => quoted(lang, s)));
      case 'name': return joined(lang, list.map(id => name(id, p.arg)));
      case 'title': return joined(lang, list.map(id => quoted(lang, name(id, p.arg))));
      case 'plural': return write(lang, p.cases![+x === 1 || (lang === 'fr' && Math.abs(+x) < 2) ? 'one' : 'other'] ?? p.cases!.other!, { ...args, '#': x }, name);
      case 'select': return write(lang, p.cases![String(x)] ?? p.cases!.other!, args, name);
      default: return typeof x === 'number' ? number(lang, x) : joined(lang, list);
    }
  }).join('');
}

/** Quotation marks within quotation marks are set as the language sets them: « … “…” … », “… ‘…’ …”. */
function nested(lang: Lang, s: string): string {
  const [open, shut, inner, outer] = lang === 'fr' ? ['«', '»', '“', '”'] : ['“', '”', '‘', '’'];
  const count = (mark: string): number => s.split(mark).length - 1;
  if (count(open) < 2 || count(open) !== count(shut)) return s;
  let depth = 0;
  return s.replace(lang === 'fr' ? /«[ \u00a0\u202f]*|[ \u00a0\u202f]*»/g : /[“”]/g, mark => {
    const opens = mark.includes(open);
    if (opens) depth++;
    const set = depth < 2 ? mark : opens ? inner : outer;
    if (!opens) depth = Math.max(depth - 1, 0);
    return set;
  });
}

/**
 * The texts of one language as a function. An id without a text gives the id; an argument that was not given shows as
 * {name}: both are faults of ours that must be seen, and neither may take the page down.
 * name: what people call an entity of the board.
 */
export function formatter(lang: Lang, texts: Record<string, string>, name: Names = id => id): Format {
  const read = new Map<string, Part[]>();
  return (id, args = {}) => {
    const message = texts[id];
    if (message === undefined) return id;
    let parts = read.get(id);
    if (!parts) read.set(id, (parts = parse(message)));
    return nested(lang, write(lang, parts, args, name));
  };
}
