import type { App } from './app.ts';
import type { Screen } from './route.ts';
import { domId } from './view.ts';

/**
 * Brings the person to what the address names (a channel, its bio, a message, a finding) once it is drawn: the most
 * exact element wins, the field, else the entity. An address that names only a screen, or nothing that is there, leads
 * to the heading. A screen calls it after drawing; `screen` is the one calling, since a screen about to leave must not
 * take what is meant for the next.
 */
export function arrive(app: App, root: HTMLElement, screen: Screen): void {
  const { arrival } = app;
  if (arrival?.screen !== screen) return;
  const ids = arrival.id ? [arrival.part && domId('at', arrival.id, arrival.part), domId('at', arrival.id)] : [];
  const named = ids.map((id) => (id ? document.getElementById(id) : null)).find((e) => e);
  const target = named ?? root.querySelector('h1');
  if (!target) return;
  app.arrival = undefined;
  const folded = named?.closest('details:not([open])');
  if (folded instanceof HTMLDetailsElement) folded.open = true;
  target.focus({ preventScroll: true });
  if (named) named.scrollIntoView({ block: 'center' });
  else scrollTo(0, 0);
}
