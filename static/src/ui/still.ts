/**
 * The landing stands in the page as it was built, to be read before any script has come. Once the living one takes its place, whoever had the
 * focus on a link, or had already pressed a button, goes on where they were: both are drawn from one template, so the same way down leads to the same element.
 */
export function wayTo(element: Element, top: Element): number[] {
  const way: number[] = [];
  for (let e = element; e !== top; e = e.parentElement!) way.unshift([...e.parentElement!.children].indexOf(e));
  return way;
}

export const follow = (way: readonly number[], top: Element): Element | undefined => way.reduce<Element | undefined>((e, i) => e?.children[i], top);

/** What was pressed in the still page, kept on its element until the living one can answer. */
export const pressed = 'data-pressed';
