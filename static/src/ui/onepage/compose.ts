/** The strategy on one page and the agency's brief, from the board alone. Pure: what is missing is said, nothing is filled in. */
import type { Board, Channel, Format, Objective, Segment } from '../../engine/types.ts';
import { folded, outline } from '../board.ts';
import { summit } from '../assess/steps.ts';

export interface Aim { title: string; depth: number; apart: boolean; proof: string[]; channels: string[] }
export interface Means { name: string; kind: string; aims: string[]; apart: string[]; asked: boolean; audience: string[]; feeds: string[]; own: boolean }
export interface OnePage {
  name: string; sentence: string; promise: string; values: string[]; terms: string[];
  goal: string; aims: Aim[]; channels: Means[]; audiences: { name: string; needs: string[] }[]; pillars: { name: string; terms: string[] }[];
  missing: string[]; // ids of texts: ui.onepage.missing.<what>
}

const running = (o: Objective): boolean => o.status !== 'done' && o.status !== 'dropped';
const distinct = (list: string[]): string[] => [...new Map(list.map((x) => [folded(x), x])).values()];
const filled = (list: (string | undefined)[]): string[] => list.filter((x): x is string => !!x?.trim());

export function onePage(b: Board, t: Format): OnePage {
  const { identity = {}, segments = [], pillars = [], kpis = [] } = b;
  const channels = (b.channels ?? []).filter((c) => c.status !== 'closed');
  const objectives = (b.objectives ?? []).filter(running);
  const top = summit({ ...b, objectives });
  const title = new Map(objectives.map((o) => [o.id, o.title]));
  const isApart = (o: Objective): boolean => o !== top && (!o.parent || !title.has(o.parent));
  const proofOf = (o: Objective): string[] => distinct(filled([
    o.proof, ...kpis.filter((k) => k.objective === o.id).map((k) => String(k.name)), o.horizon && t('ui.onepage.by', { date: o.horizon }),
  ]));
  const aims = outline(objectives).filter((x) => x.objective.title.trim()).map(({ objective: o, depth }): Aim => ({
    title: o.title, depth, apart: isApart(o), proof: proofOf(o), channels: channels.filter((c) => c.objectives?.includes(o.id)).map((c) => c.name),
  }));
  const means = channels.map((c): Means => ({
    name: c.name, kind: c.kind, asked: c.objectives !== undefined,
    ...divided(c, objectives, isApart),
    audience: filled((c.segments ?? []).map((id) => segments.find((s) => s.id === id)?.name)),
    feeds: filled((c.serves ?? []).map((s) => channels.find((x) => x.id === s.channel)?.name)),
    own: !!c.strategy && !c.strategy.citesCommon && c.strategy.setsObjectives === true,
  }));
  return {
    name: identity.name ?? '', sentence: identity.sentence ?? '', promise: identity.promise ?? '', values: filled(identity.values ?? []), terms: filled((identity.terms ?? []).map((x) => x.term)),
    goal: top?.title ?? '', aims: aims.filter((a) => a.title !== top?.title || a.depth > 0), channels: means,
    audiences: segments.filter((s) => s.status !== 'later').map((s: Segment) => ({ name: s.name, needs: filled((s.needs ?? []).filter((n) => !n.outOfScope).map((n) => n.text)) })),
    pillars: pillars.map((p) => ({ name: p.name, terms: filled((p.terms ?? []).map((x) => x.term)) })),
    missing: [
      !identity.sentence && 'sentence', !top?.title && 'goal', !!top && !objectives.some((o) => o.parent) && 'parts', !channels.length && 'channels',
      channels.some((c) => c.objectives === undefined) && 'aims', !segments.length && 'audiences', objectives.length > 0 && !objectives.some((o) => proofOf(o).length) && 'proof',
    ].filter((x): x is string => typeof x === 'string'),
  };
}

function divided(c: Channel, objectives: Objective[], isApart: (o: Objective) => boolean): { aims: string[]; apart: string[] } {
  const mine = objectives.filter((o) => c.objectives?.includes(o.id) && o.title.trim());
  return { aims: mine.filter((o) => !isApart(o)).map((o) => o.title), apart: mine.filter(isApart).map((o) => o.title) };
}

/** A paragraph to paste into an agency's brief: who we are, what we are after, what each channel is for, what is not asked of it. */
export function brief(p: OnePage, t: Format): string {
  const placed = p.channels.filter((c) => c.aims.length);
  const apart = p.channels.filter((c) => c.apart.length);
  const idle = p.channels.filter((c) => c.asked && !c.aims.length && !c.apart.length);
  const open = p.channels.filter((c) => !c.asked);
  const names = (list: Means[]): string[] => list.map((c) => c.name);
  return [
    p.sentence ? t('ui.brief.who', { named: p.name ? 'yes' : 'no', name: p.name, sentence: ended(p.sentence) }) : t('ui.brief.noWho', { named: p.name ? 'yes' : 'no', name: p.name }),
    p.goal ? t('ui.brief.goal', { goal: p.goal }) : t('ui.brief.noGoal'),
    ...placed.map((c) => t('ui.brief.channel', { channel: c.name, aims: c.aims, forWhom: c.audience.length ? 'yes' : 'no', audience: c.audience })),
    apart.length ? t('ui.brief.apart', { channels: names(apart), aims: [...new Set(apart.flatMap((c) => c.apart))], n: apart.length }) : '',
    idle.length ? t('ui.brief.idle', { channels: names(idle), n: idle.length }) : '',
    open.length ? t('ui.brief.open', { channels: names(open), n: open.length }) : '',
    p.terms.length ? t('ui.brief.terms', { terms: p.terms }) : '',
    t('ui.brief.ask'),
  ].filter((s) => s).join(' ');
}

const ended = (s: string): string => (/[.?…»”]$/.test(s.trim()) ? s.trim() : `${s.trim()}.`);

/** The same page as Markdown. What people wrote is escaped, so that it reads as they wrote it. */
export function markdown(p: OnePage, t: Format): string {
  const list = (items: string[]): string => items.map((x) => `- ${x}`).join('\n');
  const section = (id: string, body: string): string => (body ? `## ${t(id)}\n\n${body}\n` : '');
  const detail = (label: string, items: string[]): string => (items.length ? `${t(label)}${t('ui.onepage.colon')}${items.map(plain).join(', ')}` : '');
  return [
    `# ${plain(p.name || t('ui.onepage.title'))}\n`,
    p.sentence ? `> ${plain(p.sentence)}\n` : '',
    list([detail('ui.onepage.promise', filled([p.promise])), detail('ui.onepage.values', p.values), detail('ui.onepage.terms', p.terms)].filter((x) => x)) + '\n',
    section('ui.onepage.goal', p.goal && plain(p.goal)),
    section('ui.onepage.aims', p.aims.map((a) => `${'  '.repeat(Math.max(0, a.depth - 1))}- ${plain(a.title)}${a.apart ? ` (${t('ui.onepage.apart')})` : ''}${[detail('ui.onepage.proof', a.proof), detail('ui.onepage.by.channels', a.channels)].filter((x) => x).map((x) => `; ${x}`).join('')}`).join('\n')),
    section('ui.onepage.channels', list(p.channels.map((c) => [`**${plain(c.name)}**${t('ui.onepage.colon')}${serving(c, t).map(plain).join(' ; ')}`, detail('ui.onepage.for', c.audience), detail('ui.onepage.feeds', c.feeds)].filter((x) => x).join('; ')))),
    section('ui.onepage.audiences', list(p.audiences.map((a) => plain(a.name) + (a.needs.length ? t('ui.onepage.colon') + a.needs.map(plain).join(', ') : '')))),
    section('ui.onepage.pillars', list(p.pillars.map((x) => plain(x.name) + (x.terms.length ? t('ui.onepage.colon') + x.terms.map(plain).join(', ') : '')))),
    section('ui.onepage.missing', list(p.missing.map((m) => t(`ui.onepage.missing.${m}`)))),
    section('ui.brief.title', plain(brief(p, t))),
  ].filter((s) => s.trim()).join('\n');
}

/** What a channel serves, as a reader is told: what hangs from nothing is named as such. */
export function serving(c: Means, t: Format): string[] {
  if (!c.asked) return [t('ui.onepage.unasked')];
  if (!c.aims.length && !c.apart.length) return [t('ui.onepage.serves.none')];
  return [...c.aims, ...c.apart.map((a) => t('ui.onepage.serves.apart', { aim: a }))];
}

const plain = (s: string): string => s.replace(/\s+/g, ' ').trim().replace(/([\\`*_[\]<>#|])/g, '\\$1');
