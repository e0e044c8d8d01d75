import type { Finding } from '../engine/types.ts';

/**
 * What is drawn of one thing in several places of a page is linked: pointing at it, or focusing it, lights it everywhere.
 *
 * An element says what it is about in `data-about`, words that `about` makes of ids of entities or messages and of findings (their keys). Elements
 * elsewhere that share a word with what is pointed at get the attribute `data-lit`; how that looks is theirs to say, with a default in desk.css.
 * What stands in a shadow takes part once its root was handed to `linkWithin`.
 * Two that are both about findings are linked by a finding alone: one finding of a channel does not light all its others.
 */
export const about = (...things: (string | Finding)[]): string => [...new Set(things.map((x) => (typeof x === 'string' ? encodeURIComponent(x) : `:${encodeURIComponent(x.key)}`)))].join(' ');

const twins = (words: string[]): string => {
  const amongFindings = words.some((w) => w.startsWith(':')); // no id has a colon once it is encoded
  return words.map((w) => `[data-about~="${CSS.escape(w)}"]${amongFindings && !w.startsWith(':') ? ':not([data-about*=":"])' : ''}`).join(',');
};

let pointed: Element | null = null;
let lit: Element[] = [];
const shadows = new Map<ShadowRoot, CSSStyleSheet>();

/** Lights anew what is now on the page: for whoever draws something while something is pointed at. */
export function relight(): void {
  for (const e of lit) e.removeAttribute('data-lit');
  const words = pointed?.isConnected ? pointed.getAttribute('data-about')!.split(' ').filter(Boolean) : [];
  const same = words.length ? document.querySelectorAll(twins(words)) : [];
  lit = [...same].filter((e) => !holds(e, pointed!) && !pointed!.contains(e)); // what is pointed at is seen already
  for (const e of lit) e.setAttribute('data-lit', '');
  for (const [root, sheet] of shadows) {
    if (root.host.isConnected) sheet.replaceSync(words.length ? `:is(${twins(words)}) { outline: 2px solid var(--break); }` : '');
    else shadows.delete(root);
  }
}

/** Whether an element is another or around it, out of its shadow too. */
function holds(e: Element, other: Element): boolean {
  const root = other.getRootNode();
  return e.contains(other) || (root instanceof ShadowRoot && holds(e, root.host));
}

let at = '';

const point = (e: Event): void => {
  if (e instanceof PointerEvent) { // what scrolls under a pointer at rest, as focus goes on by keyboard, is not pointed at
    const now = `${e.screenX} ${e.screenY}`;
    if (now === at) return;
    at = now;
  }
  const next = e.composedPath().find((x): x is Element => x instanceof Element && x.hasAttribute('data-about')) ?? null;
  if (next === pointed) return;
  pointed = next;
  relight();
};

/** Takes a shadow in: going about inside one is not told outside it. It is lit by a style sheet, since an editor takes away attributes it did not write. */
export function linkWithin(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  shadows.set(root, sheet);
  root.addEventListener('pointerover', point, { passive: true });
}

let linked = false;

/** Begins to link, once for the page. */
export function linkAbout(): void {
  if (linked) return;
  linked = true;
  document.addEventListener('pointerover', point, { passive: true });
  document.addEventListener('focusin', point);
}
