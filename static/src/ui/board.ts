import type { Board, Channel, Entity, List, Objective } from '../engine/types.ts';
import type { Screen } from './route.ts';

/** Questions about a board that several screens ask. All are pure, and cheap beside a render. */

export const kinds = {
  online: ['site', 'blog', 'newsletter', 'email', 'instagram', 'linkedin', 'facebook', 'tiktok', 'youtube', 'x', 'mastodon', 'bluesky', 'podcast', 'messaging', 'app', 'search'],
  offline: ['store', 'event', 'print', 'press', 'outdoor', 'phone', 'packaging', 'staff', 'other'],
} as const;

/** Ways one channel serves another, in the order they are offered. */
export const hows = ['traffic', 'search', 'event', 'reuse', 'recruitment', 'service', 'proof', 'other'] as const;

/** Whether there is anything a person would miss. */
export function isEmpty(b: Board): boolean {
  const lists: unknown[] = [b.pillars, b.segments, b.objectives, b.channels, b.messages, b.actions];
  return !Object.values(b.identity ?? {}).some(filled) && !lists.some(filled);
}

const filled = (v: unknown): boolean => Array.isArray(v) ? v.length > 0 : v !== undefined && v !== '';

/** The company's own goal: a parentless objective with children, else the only parentless one. */
export function apex(objectives: Objective[] = []): Objective | undefined {
  const roots = objectives.filter((o) => !o.parent);
  return roots.find((r) => objectives.some((o) => o.parent === r.id)) ?? (roots.length === 1 ? roots[0] : undefined);
}

/** Objectives in reading order, each with its depth; parts of a cycle stand at the end, at depth 0. */
export function outline(objectives: Objective[] = []): { objective: Objective; depth: number }[] {
  const out: { objective: Objective; depth: number }[] = [];
  const seen = new Set<string>();
  const visit = (o: Objective, depth: number) => {
    if (seen.has(o.id)) return;
    seen.add(o.id);
    out.push({ objective: o, depth });
    for (const child of objectives) if (child.parent === o.id) visit(child, depth + 1);
  };
  const top = apex(objectives);
  if (top) visit(top, 0);
  const ids = new Set(objectives.map((o) => o.id));
  for (const o of objectives) if (!o.parent || !ids.has(o.parent)) visit(o, 0);
  for (const o of objectives) visit(o, 0);
  return out;
}

/** Whether `id` is `under`, or hangs from it: such an objective cannot become its parent. */
export function hangsFrom(objectives: Objective[], id: string, under: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at && !seen.has(at); at = objectives.find((o) => o.id === at)?.parent) {
    if (at === under) return true;
    seen.add(at);
  }
  return false;
}

const named: List[] = ['channels', 'objectives', 'segments', 'pillars', 'actions', 'kpis', 'rounds', 'decisions'];

/** The list an argument of a sentence names entities of. */
export const listOf: Partial<Record<string, List>> = { channel: 'channels', channels: 'channels', online: 'channels', offline: 'channels', objective: 'objectives', roots: 'objectives', under: 'objectives', action: 'actions', kpi: 'kpis', segment: 'segments' };

/** The list an id belongs to, and the entity. In boards made elsewhere two lists may hold the same id: the one asked for comes first. */
export function find(b: Board, id: string, first?: List): { list: List; entity: Entity } | undefined {
  for (const list of first ? [first, ...named] : named) {
    const entity = (b[list] as Entity[] | undefined)?.find((e) => e.id === id);
    if (entity) return { list, entity };
  }
  const message = b.messages?.find((m) => m.id === id);
  return message && { list: 'messages', entity: message };
}

const pages: Partial<Record<List, Screen>> = { channels: 'channels', objectives: 'objectives', kpis: 'objectives', segments: 'audiences', pillars: 'identity', actions: 'actions', decisions: 'decisions', messages: 'posts', rounds: 'workshop' };

/** Where an entity of the board, or a segment's need, is read and mended: its screen, itself, and the field meant, else the one that names it. */
export function standsAt(b: Board, id: string, field?: string): [Screen, string, string?] | undefined {
  const hit = find(b, id);
  if (!hit) return b.segments?.some((s) => s.needs?.some((n) => n.id === id)) ? ['audiences', id] : undefined;
  const names = hit.list === 'channels' || hit.list === 'messages' || hit.list === 'rounds' ? undefined : 'title' in hit.entity ? 'title' : 'text' in hit.entity ? 'text' : 'name';
  const part = field ?? names;
  return [pages[hit.list]!, id, part];
}

export function nameOf(b: Board, id: string, list?: List): string | undefined {
  const e = find(b, id, list)?.entity;
  const name = e?.name ?? e?.title ?? e?.question;
  return typeof name === 'string' && name ? name : undefined;
}

/** The text a place's field holds, when it is one. An objective, a segment or a pillar without field is its own title. */
export function fieldText(b: Board, entity: string, field?: string): string | undefined {
  if (entity === 'identity') return textOf(b.identity?.[field as keyof typeof b.identity]);
  const hit = find(b, entity);
  if (!hit) return undefined;
  if (field) return textOf(hit.entity[field]);
  return hit.list === 'channels' ? undefined : nameOf(b, entity);
}

const textOf = (v: unknown): string | undefined => typeof v === 'string' && v ? v : undefined;

/** Ids are random so that two people adding at the same time never meet on one. */
export function newId(prefix: string): string {
  const bits = crypto.getRandomValues(new Uint8Array(8));
  return `${prefix}-${Array.from(bits, (b) => (b % 36).toString(36)).join('')}`;
}

const aliases: Record<string, string> = { twitter: 'x', insta: 'instagram', lettre: 'newsletter', mailing: 'newsletter', boutique: 'store', magasin: 'store', shop: 'store', courriel: 'email', web: 'site' };

/** The kind a channel's name in a file suggests: « Page Facebook » is facebook. */
export function guessKind(name: string): string {
  const words = name.toLowerCase().split(/[^\p{L}]+/u);
  const kind = [...kinds.online, ...kinds.offline].find((k) => words.includes(k));
  return kind ?? words.map((w) => aliases[w]).find((k) => k) ?? 'other';
}

/** Case and accents set aside. */
export const folded = (s: string): string => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The board's channel a file means by a name: its name or id, else the only one of the kind it suggests. */
export function matchChannel(channels: Channel[], name: string): Channel | undefined {
  const same = channels.find((c) => folded(c.name) === folded(name) || folded(c.id) === folded(name));
  const kind = guessKind(name);
  const alike = channels.filter((c) => c.kind === kind);
  return same ?? (kind !== 'other' && alike.length === 1 ? alike[0] : undefined);
}
