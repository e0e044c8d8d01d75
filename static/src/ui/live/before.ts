import type { Finding, Report } from '../../engine/types.ts';

/** Where a workshop began: small enough to lie in the shared document, so that everyone sees the same before and after. */
export interface Before { at: string; score: Score; findings: Known[] }
type Known = Pick<Finding, 'key' | 'rule' | 'args'>;
type Score = Pick<Report['score'], 'proven' | 'possible' | 'single'>;
export interface Since { before: Score; after: Score; gone: Known[]; fresh: Known[]; stayed: number }

const most = 200; // findings kept

const open = (report: Report): Finding[] => report.findings.filter((f) => !f.dismissed);

export function beforeOf(report: Report, at: string): Before {
  const { proven, possible, single } = report.score;
  return { at, score: { proven, possible, single }, findings: open(report).slice(0, most).map(({ key, rule, args }) => ({ key, rule, args })) };
}

export function sinceThen(before: Before, report: Report): Since {
  const now = open(report), keys = new Set(now.map((f) => f.key)), then = new Set(before.findings.map((f) => f.key));
  const { proven, possible, single } = report.score;
  return {
    before: before.score, after: { proven, possible, single },
    gone: before.findings.filter((f) => !keys.has(f.key)),
    fresh: before.findings.length < most ? now.filter((f) => !then.has(f.key)) : [], // beyond, not all that was there is known
    stayed: now.filter((f) => then.has(f.key)).length,
  };
}
