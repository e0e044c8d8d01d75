/** The pages of ui/pages, each loaded when somebody goes there: its file's name is its address, ui.page.<name> its title. */
declare const PAGES: string[];

const own = ['landing', 'identity', 'channels', 'posts', 'report', 'workshop'] as const;
export type Screen = (typeof own)[number] | (string & {});
export const screens: readonly string[] = [...own, ...PAGES];
export const isPage = (screen: Screen): boolean => PAGES.includes(screen);

/** Where one is, as the address says: #/posts/m12/3-8 is the message m12 with its code points 3 to 8 marked. */
export interface Route { screen: Screen; id?: string; part?: string }
export type Span = [start: number, end: number];

export function parseRoute(hash: string): Route {
  const [screen, id, part] = hash.replace(/^#\/?/, '').split('/').map(decode);
  if (!screen || !screens.includes(screen)) return { screen: 'landing' };
  return { screen, ...(id && { id }), ...(part && { part }) };
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
