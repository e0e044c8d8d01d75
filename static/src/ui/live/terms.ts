import type { Term } from '../../engine/types.ts';

/** The signature terms once some words are said to be one: they become synonyms of the term they count as, with all that counted as them. */
export function grouped(terms: Term[], words: string[], as: string): Term[] {
  const others = new Set(words.filter((w) => w !== as));
  const folded = terms.filter((t) => others.has(t.term)).flatMap((t) => t.synonyms ?? []);
  const own = terms.find((t) => t.term === as);
  const synonyms = [...new Set([...(own?.synonyms ?? []), ...others, ...folded])].filter((s) => s !== as);
  const one: Term = { ...own, term: as, synonyms };
  const rest = terms.filter((t) => t !== own && !others.has(t.term));
  const at = own ? terms.filter((t) => !others.has(t.term)).indexOf(own) : rest.length;
  return [...rest.slice(0, at), one, ...rest.slice(at)];
}
