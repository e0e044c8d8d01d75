/** The questions of the self-assessment, in order, and what of a board answers each. Pure. */
import type { Board, Channel, Objective } from '../../engine/types.ts';
import { apex, kinds } from '../board.ts';
import { particulars, presetOf } from './presets.ts';

export const forms = ['short', 'full'] as const;
export type Form = (typeof forms)[number];

/** kind: which question; of: the channel it is asked about. */
export interface Step { kind: Kind; of?: string }
/** Where one stands, kept on the device beside the board. */
export interface Memory { form: Form; preset?: string; at?: Step }

export type Kind =
  | 'sentence' | 'name' | 'preset' | 'particulars' | 'promise' | 'values' | 'terms' | 'address' | 'goal' | 'parts' | 'proof' | 'channels' | 'aim' | 'brief' | 'owners'
  | 'segments' | 'needs' | 'audiences' | 'answers' | 'serves' | 'bios' | 'pillars' | 'kpis' | 'actions' | 'decisions' | 'posts' | 'estimate';
type About = 'channels' | 'speakers';
interface Question { kind: Kind; full?: true; seconds: number; each?: About; when?: (b: Board, m: Memory) => boolean }

/** seconds: what an answer takes somebody who knows it; what is left to do is told from them. */
const questions: readonly Question[] = [
  { kind: 'sentence', seconds: 25 },
  { kind: 'name', seconds: 5 },
  { kind: 'preset', seconds: 5 },
  { kind: 'particulars', seconds: 8, when: (b, m) => m.form === 'full' || !!presetOf(m.preset)?.settings.length || answered(b, { kind: 'particulars' }, m) },
  { kind: 'promise', full: true, seconds: 12 },
  { kind: 'values', full: true, seconds: 12 },
  { kind: 'terms', seconds: 15 },
  { kind: 'address', full: true, seconds: 4, when: (b) => b.lang === 'fr' },
  { kind: 'goal', seconds: 15 },
  { kind: 'parts', seconds: 15, when: (b) => !!summit(b) },
  { kind: 'proof', full: true, seconds: 25, when: (b) => !!b.objectives?.length },
  { kind: 'channels', seconds: 15 },
  { kind: 'aim', seconds: 8, each: 'channels' },
  { kind: 'brief', full: true, seconds: 12, when: (b) => !!b.channels?.length },
  { kind: 'owners', full: true, seconds: 12, when: (b) => (b.channels?.length ?? 0) > 2 && !b.identity?.solo },
  { kind: 'segments', full: true, seconds: 20 },
  { kind: 'needs', full: true, seconds: 25, when: (b) => !!b.segments?.length },
  { kind: 'audiences', full: true, seconds: 15, when: (b) => !!b.channels?.length && !!b.segments?.length },
  { kind: 'answers', full: true, seconds: 12, when: (b) => !!b.channels?.length && !!b.segments?.some((s) => s.needs?.length) },
  { kind: 'serves', full: true, seconds: 20, when: (b) => (b.channels?.length ?? 0) > 1 },
  { kind: 'bios', full: true, seconds: 35, when: (b) => speakers(b).length > 0 },
  { kind: 'pillars', full: true, seconds: 25 },
  { kind: 'kpis', full: true, seconds: 25 },
  { kind: 'actions', full: true, seconds: 35 },
  { kind: 'decisions', full: true, seconds: 15 },
  { kind: 'posts', seconds: 20, each: 'speakers' },
  { kind: 'estimate', seconds: 5 },
];

/** The goal: the apex, or where nothing hangs from anything yet, what was written first. */
export const summit = ({ objectives }: Board): Objective | undefined => apex(objectives) ?? objectives?.find((o) => !o.parent);

/** Channels that have texts one could paste: a counter or a search engine does not post. */
export function speakers(b: Board): Channel[] {
  return (b.channels ?? []).filter((c) => c.kind !== 'search' && (c.online ?? (kinds.online as readonly string[]).includes(c.kind)));
}

/** The questions this board calls for: those about channels once for each of them. */
export function stepsOf(b: Board, m: Memory): Step[] {
  const about: Record<About, (b: Board) => Channel[]> = { channels: (x) => x.channels ?? [], speakers };
  return questions.filter((q) => (m.form === 'full' || !q.full) && (q.when?.(b, m) ?? true))
    .flatMap((q) => q.each ? about[q.each](b).map((c) => ({ kind: q.kind, of: c.id })) : [{ kind: q.kind }]);
}

export const sameStep = (a: Step | undefined, b: Step | undefined): boolean => !!a && a.kind === b?.kind && a.of === b.of;

/** Where a step stands among them. About a channel that is gone, or none: its kind's first. -1: this board does not call for it. */
export function indexOf(list: Step[], at: Step | undefined): number {
  const exact = list.findIndex((s) => sameStep(s, at));
  return exact >= 0 ? exact : list.findIndex((s) => s.kind === at?.kind);
}

const usual = 3; // channels, until one has been named

/** Seconds that the questions from `at` on take; while no channel is named yet, those about channels are counted for a few. */
export function secondsFrom(list: Step[], at: number, form: Form): number {
  const rest = list.slice(at);
  const cost = (kind: Kind): number => questions.find((q) => q.kind === kind)!.seconds;
  const named = list.some((s) => s.kind === 'aim') || !rest.some((s) => s.kind === 'channels');
  const toCome = named ? [] : questions.filter((q) => q.each || (form === 'full' && q.full && !list.some((s) => s.kind === q.kind) && q.kind !== 'address'));
  return rest.reduce((sum, s) => sum + cost(s.kind), 0) + toCome.reduce((sum, q) => sum + q.seconds * (q.each ? usual : 1), 0);
}

/** Whether the board holds an answer, « none » being one. */
export function answered(b: Board, { kind, of }: Step, m?: Memory): boolean {
  const { identity = {}, channels = [], objectives = [], segments = [] } = b;
  const channel = channels.find((c) => c.id === of);
  switch (kind) {
    case 'sentence': case 'name': case 'promise': return !!identity[kind];
    case 'values': case 'terms': return !!identity[kind]?.length;
    case 'preset': return !!m?.preset;
    case 'particulars': return particulars.some((p) => (p === 'newsroom' ? b.settings?.newsroom : identity[p]));
    case 'address': return !!identity.voice?.address;
    case 'goal': return !!summit(b)?.title;
    case 'parts': return objectives.some((o) => o.parent);
    case 'proof': return objectives.some((o) => o.proof || o.horizon);
    case 'channels': return channels.length > 0;
    case 'aim': return channel?.objectives !== undefined;
    case 'brief': return channels.some((c) => c.strategy !== undefined);
    case 'owners': return channels.some((c) => c.owner);
    case 'needs': return segments.some((s) => s.needs !== undefined);
    case 'audiences': return channels.some((c) => c.segments !== undefined);
    case 'answers': return channels.some((c) => c.answers !== undefined);
    case 'serves': return channels.some((c) => c.serves !== undefined);
    case 'bios': return channels.some((c) => c.bio);
    case 'segments': case 'pillars': case 'kpis': case 'actions': case 'decisions': return b[kind] !== undefined;
    case 'posts': return !!b.messages?.some((x) => x.channel === of);
    case 'estimate': return b.declared !== undefined;
  }
}

/** « The trade: hand, tool, material » is a pillar and its words. */
export function pillarOf(text: string): { name: string; terms?: { term: string }[] } {
  const [, name = '', words = ''] = /^([^:]*):?([^]*)$/.exec(text)!;
  const terms = [...new Set(words.split(/[,;]/).map((w) => w.trim()).filter((w) => w))].map((term) => ({ term }));
  return { name: name.trim(), ...(terms.length && { terms }) };
}
