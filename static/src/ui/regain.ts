/** Where the focus stood, and what it stood in, from the inside out. */
export interface Stand { at: HTMLElement; around: HTMLElement[] }

export function stand(view: HTMLElement): Stand | undefined {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || at === view || !view.contains(at)) return undefined;
  const around: HTMLElement[] = [];
  for (let e = at.parentElement; e && e !== view.parentElement; e = e.parentElement) around.push(e);
  return { at, around };
}

/**
 * A drawing may take away, or disable, the very button that was pressed: the browser then drops the focus, and whoever uses a keyboard
 * or a screen reader begins the page again. It goes to what is nearest instead: the heading of the part it stood in, else a control
 * beside it. Whoever sends the focus elsewhere meanwhile is right.
 */
export function regain({ at, around }: Stand): void {
  if (at.isConnected && !at.matches(':disabled') && document.activeElement === at) return;
  requestAnimationFrame(() => {
    const now = document.activeElement;
    if (now && now !== document.body && !now.matches(':disabled')) return;
    if (at.isConnected && !at.matches(':disabled')) return at.focus({ preventScroll: true }); // it was only moved
    const beside = at.isConnected ? control(around[0]!) : undefined; // disabled for now: its neighbour
    const target = beside ?? around.map(near).find((e) => e);
    if (target && !target.matches('a, button, input, select, textarea, summary')) target.tabIndex = -1;
    target?.focus({ preventScroll: true });
  });
}

/** Of a part that was drawn anew, the heading that names it; of one that stayed, its own, or a control where it is a list or a bar. */
function near(part: HTMLElement): HTMLElement | null | undefined {
  if (!part.isConnected) return document.getElementById(part.getAttribute('aria-labelledby') ?? '');
  return heading(part) ?? (part.matches('ul, ol, aside, nav, header, form') ? control(part) : undefined);
}

const heading = (e: HTMLElement): HTMLElement | null => [...e.querySelectorAll<HTMLElement>('h1, h2, h3, h4')].find((h) => seen(h) && h.offsetWidth > 1) ?? null; // one for screen readers alone would show itself, and move what is pressed next
const control = (e: HTMLElement): HTMLElement | undefined => [...e.querySelectorAll<HTMLElement>('a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary')].find(seen);
const seen = (e: HTMLElement): boolean => e.checkVisibility?.() ?? true;
