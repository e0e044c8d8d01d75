export const screens = ['landing', 'identity', 'channels', 'posts', 'report', 'workshop', 'method', 'privacy', 'accessibility'] as const;
export type Screen = (typeof screens)[number];

/** Where one is, as the address says: #/posts/m12/3-8 is the message m12 with its code points 3 to 8 marked. */
export interface Route { screen: Screen; id?: string; part?: string }
export type Span = [start: number, end: number];

export function parseRoute(hash: string): Route {
  const [screen, id, part] = hash.replace(/^#\/?/, '').split('/').map(decode);
  if (!screen || !(screens as readonly string[]).includes(screen)) return { screen: 'landing' };
  return { screen: screen as Screen, ...(id && { id }), ...(part && { part }) };
}

export function href(screen: Screen, id?: string, part?: string): string {
  if (screen === 'landing') return '#/';
  return '#/' + [screen, id, part].filter((s) => s).map((s) => encodeURIComponent(s!)).join('/');
}

/** A part that names spans, 3-8,12-15; anything else has none. */
export function parseSpans(part = ''): Span[] {
  return [...part.matchAll(/(\d+)-(\d+)/g)].map((m): Span => [Number(m[1]), Number(m[2])]).filter(([a, b]) => a < b);
}

export const formatSpans = (spans: Span[]): string => spans.map((s) => s.join('-')).join(',');

// A hash typed or cut by hand may hold a broken escape; it then names nothing rather than throwing.
function decode(s: string): string {
  try {
    return decodeURIComponent(s);
  } catch {
    return '';
  }
}
