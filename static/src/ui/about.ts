import type { Finding } from '../engine/types.ts';

/**
 * What is drawn of one thing in several places of a page is linked: pointing at it, or focusing it, lights it everywhere.
 *
 * An element says what it is about in `data-about`, words separated by spaces: ids of entities or messages, keys of findings
 * (`aboutOf(finding)` gives the key and the entities it names). Spaces inside an id are written %20, which aboutWords does. Elements
 * elsewhere that share a word with what is pointed at get the attribute `data-lit`; how that looks is theirs to say, with a default in desk.css.
 */
export const aboutWords = (...ids: (string | undefined)[]): string => [...new Set(ids.flatMap((id) => (id ? [id.replaceAll(' ', '%20')] : [])))].join(' ');

export const aboutOf = (f: Finding): string => aboutWords(f.key, ...f.places.map((p) => p.message ?? p.entity));

let pointed: Element | null = null;
let lit: Element[] = [];

/** Lights anew what is now on the page: for whoever draws something while something is pointed at. */
export function relight(): void {
  for (const e of lit) e.removeAttribute('data-lit');
  const words = pointed?.isConnected ? pointed.getAttribute('data-about')!.split(' ').filter(Boolean) : [];
  const same = words.length ? document.querySelectorAll(words.map((w) => `[data-about~="${CSS.escape(w)}"]`).join(',')) : [];
  lit = [...same].filter((e) => !e.contains(pointed) && !pointed!.contains(e)); // what is pointed at is seen already
  for (const e of lit) e.setAttribute('data-lit', '');
}

const point = (e: Event): void => {
  const next = e.target instanceof Element ? e.target.closest('[data-about]') : null;
  if (next === pointed) return;
  pointed = next;
  relight();
};

let linked = false;

/** Begins to link, once for the page. */
export function linkAbout(): void {
  if (linked) return;
  linked = true;
  document.addEventListener('pointerover', point, { passive: true });
  document.addEventListener('focusin', point);
}
