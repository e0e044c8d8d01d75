import { html, nothing, type TemplateResult } from 'lit';
import type { Missing, Next, Report, RuleState } from '../engine/types.ts';
import type { App } from './app.ts';
import { standsAt } from './board.ts';
import { href, type Screen } from './route.ts';

export interface Hover { tried?: Next | undefined; over(n: Next | undefined): void }

/** The few things that are worth most, each leading to where it is done. Over one, the bar shows the score after it. */
export function nextSteps(app: App, report: Report, list: Next[], { tried, over }: Hover): unknown {
  if (!list.length) return nothing;
  const { t } = app;
  return html`
    <section class="next-steps" aria-labelledby="next-title" aria-busy=${app.check.next ? 'false' : 'true'}>
      <h2 id="next-title">${t('next.title')}</h2>
      <ol>${list.map((n) => html`
        <li class=${tried === n ? 'tried' : nothing} @pointerenter=${() => over(n)} @pointerleave=${() => over(undefined)} @focusin=${() => over(n)} @focusout=${() => over(undefined)}>
          <a href=${whither(app, report, n)}>${what(app, report, n)}</a>
          <p class="aside">${brings(app, report, n)}</p>
        </li>`)}
      </ol>
      <p class="unseen" role="status">${tried ? after(app, report, tried) : nothing}</p>
    </section>`;
}

/** A finding that is about nothing but the board has its rule for a key. */
export const ruleOf = (key: string): string => key.split(':')[0]!;

function what({ t }: App, report: Report, n: Next): TemplateResult | string {
  if (n.kind === 'add') return said(t, n.rules[0] ?? '', n.missing);
  const f = report.findings.find((x) => x.key === n.finding);
  const cause = t(`plain.cause.${n.cause.kind}`, { [n.cause.kind]: n.cause.entity ?? '' });
  const object = objects.find((key) => f?.args[key] && f.args[key] !== n.cause.entity);
  return html`<strong>${object ? t(`next.about.${object}`, { cause, [object]: f!.args[object]! }) : cause}</strong> ${t(`${f?.rule ?? ruleOf(n.finding)}.remedy`)}`;
}

/** The arguments that name what a repair is made to, where its cause does not. */
const objects = ['action', 'objective', 'kpi', 'need', 'subject', 'question'] as const;

/** A step with what it brings. */
export const stepInWords = (app: App, report: Report, n: Next): TemplateResult => html`${what(app, report, n)} <span class="gain">${brings(app, report, n)}</span>`;

/** A rule may say in its own words what it misses. */
export function said(t: App['t'], rule: string, m: Missing): string {
  const own = `${rule}.missing.${m.what}`;
  const text = t(own, m.args);
  return text === own ? t(`missing.${m.what}`, m.args) : text;
}

/** Points on a score nobody is shown say nothing. */
function brings({ t }: App, { score }: Report, n: Next): string {
  const gain = n.together ? t('next.together', { gain: n.together.gain, breaks: n.together.breaks, side: t(`dim.${n.together.dim}`) }) : n.gain > 0 ? t('next.gain', { gain: n.gain }) : '';
  return [score.proven !== null ? gain : '', n.closes > 0 ? t('next.closes', { closes: n.closes }) : ''].filter(Boolean).join(' · ');
}

/** The score as it would be after it. */
export function scoreAfter({ score }: Report, n: Next): { proven: number; possible: number } | undefined {
  if (score.proven === null || score.possible === null) return undefined;
  const gain = n.together?.gain ?? n.gain;
  const proven = Math.min(100, score.proven + gain);
  return { proven, possible: Math.max(proven, Math.min(100, score.possible + gain - n.closes)) };
}

function after(app: App, report: Report, n: Next): string {
  const s = scoreAfter(report, n);
  return s ? app.t('ui.next.after', { proven: Math.round(s.proven), possible: Math.round(s.possible) }) : '';
}

function whither(app: App, report: Report, n: Next): string {
  if (n.kind === 'repair') {
    if (report.findings.some((f) => f.key === n.finding && !f.dismissed)) return href('report', n.finding);
    const at = n.cause.entity && standsAt(app.board, n.cause.entity);
    return n.cause.kind === 'identity' ? href('identity') : at ? href(at[0], at[1]) : href('channels');
  }
  return href(...whereToAdd(n.missing));
}

const where: Record<string, Screen> = {
  terms: 'identity', sentence: 'identity', pillars: 'identity', protected: 'identity', sentenceLang: 'identity',
  texts: 'posts', speaking: 'posts', textsElsewhere: 'posts', posts: 'posts', postsInAll: 'posts', postsElsewhere: 'posts', datedPosts: 'posts', address: 'posts', landings: 'posts', twinTexts: 'posts', dates: 'posts', shortLinks: 'posts',
  needs: 'audiences', segments: 'audiences', answeredNeeds: 'audiences', objectives: 'objectives', apex: 'objectives', moreObjectives: 'objectives', poles: 'objectives', kpis: 'objectives', kpiClass: 'objectives', proof: 'objectives',
  actions: 'actions', offlineActions: 'actions', asOf: 'settings',
};
const parts: Partial<Record<string, string>> = { sentence: 'sentence', sentenceLang: 'sentence', terms: 'terms', pillars: 'pillars', protected: 'protected' };
const ofChannel: Partial<Record<string, string>> = { bioWords: 'bio', sample: 'samples', strategyAnswers: 'strategy' };

export function whereToAdd(m: Missing | undefined): [Screen, string?, string?] {
  const what = m?.what ?? '';
  const screen = where[what] ?? 'channels';
  const named = m?.args[screen === 'channels' ? 'channel' : screen === 'objectives' ? (what === 'kpiClass' ? 'kpi' : 'objective') : ''];
  if (screen === 'identity') return ['identity', 'identity', parts[what]];
  return typeof named === 'string' ? [screen, named, ofChannel[what]] : [screen];
}

/** What would let a silent rule speak, said under its name. */
export const waiting = (report: Report): RuleState[] => report.rules.filter((r) => r.state === 'insufficient' || r.missing?.length);
