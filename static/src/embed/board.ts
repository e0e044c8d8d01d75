import type { Board, Channel, Report } from '../engine/types.ts';
import { LISTS } from '../engine/types.ts';
import type { UnissonChannel, UnissonResult } from '../../public/embed/v1.d.ts';
import { kinds } from '../ui/board.ts';

const known = new Set<string>([...kinds.online, ...kinds.offline]);
const longest = 80; // letters of a name
const most = 40; // channels

/** Channels as a page names them: their kinds between commas, or a list as JSON or as it is. undefined: neither. */
export function channelsOf(given: unknown): UnissonChannel[] | undefined {
  let list = given;
  if (typeof given === 'string') {
    const s = given.trim();
    try {
      list = s.startsWith('[') ? JSON.parse(s) : s.split(',').map((kind) => ({ kind: kind.trim() }));
    } catch {
      return undefined;
    }
  }
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, most).flatMap((c: unknown): UnissonChannel[] => {
    const { kind, name, bio, posts } = (c ?? {}) as Record<string, unknown>;
    if (typeof kind !== 'string' || !known.has(kind)) return [];
    return [{
      kind, ...(typeof name === 'string' && name.trim() && { name: name.trim().slice(0, longest) }),
      ...(typeof bio === 'string' && { bio }), ...(Array.isArray(posts) && { posts: posts.filter((p) => typeof p === 'string') }),
    }];
  });
}

/** A board of nothing but channels and what they say. */
export function boardOf(channels: UnissonChannel[], nameOf: (kind: string) => string): Board {
  const made = channels.map((c, i): Channel & { posts: string[] } => ({ id: `${c.kind}-${i + 1}`, name: c.name ?? nameOf(c.kind), kind: c.kind, ...(c.bio && { bio: c.bio }), posts: c.posts ?? [] }));
  return {
    format: 'unisson/1',
    channels: made.map(({ posts: _, ...c }) => c),
    messages: made.flatMap((c) => c.posts.map((text, i) => ({ id: `${c.id}-${i + 1}`, channel: c.id, text }))),
  };
}

/** Whether it can be taken for a board at all; the checker looks closer. */
export function isBoard(x: unknown): x is Board {
  const b = x as Record<string, unknown> | null;
  if (typeof b !== 'object' || b === null || b.format !== 'unisson/1') return false;
  const plain = (v: unknown): boolean => typeof v === 'object' && v !== null && !Array.isArray(v);
  const list = (v: unknown): boolean => Array.isArray(v) && v.every((e) => plain(e) && typeof (e as { id?: unknown }).id === 'string');
  return LISTS.every((k) => b[k] === undefined || list(b[k])) && (b.identity === undefined || plain(b.identity));
}

/** What leaves the frame when the visitor hands over their score. */
export function resultOf({ score: s, findings }: Report): UnissonResult {
  const count = (severity: string): number => findings.filter((f) => f.severity === severity && !f.dismissed).length;
  return {
    proven: s.proven, possible: s.possible, single: s.single, coverage: s.coverage, ...(s.why && { why: s.why }),
    findings: { critical: count('critical'), major: count('major'), minor: count('minor') },
    dimensions: s.dimensions.map((d) => ({ id: d.id, counted: d.counted, proven: d.proven, possible: d.possible })),
  };
}

/** Posts pasted together: apart where a line is empty, else one a line. */
export const postsOf = (pasted: string): string[] =>
  pasted.split(/\n\s*\n/.test(pasted.trim()) ? /\n\s*\n/ : /\n/).map((p) => p.trim()).filter((p) => p);

