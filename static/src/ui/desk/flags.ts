import { html, nothing, type TemplateResult } from 'lit';
import type { Finding, Report } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { aboutFinding, shape } from '../finding.ts';
import { href } from '../route.ts';

/** Findings of a report by what they name: `<entity>`, `<entity>\n<field>`; a message counts as an entity. */
type Index = Map<string, Finding[]>;
const indexed = new WeakMap<Report, Index>();
const none: Finding[] = [];

function indexOf(report: Report): Index {
  let index = indexed.get(report);
  if (index) return index;
  index = new Map();
  const add = (key: string, f: Finding): void => {
    const there = index!.get(key);
    if (!there) index!.set(key, [f]);
    else if (there.at(-1) !== f) there.push(f);
  };
  for (const f of report.findings) {
    if (f.dismissed) continue;
    for (const p of f.places) {
      const id = p.message ?? p.entity;
      if (!id) continue;
      add(id, f);
      if (p.field) add(`${id}\n${p.field}`, f);
    }
  }
  indexed.set(report, index);
  return index;
}

/** What the report holds against an entity, or against one field of it; nothing while a room's findings are hidden. */
export function findingsAt(app: App, id: string, field?: string): Finding[] {
  if (!app.report || app.room?.hides) return none;
  return indexOf(app.report).get(field === undefined ? id : `${id}\n${field}`) ?? none;
}

/** One finding in a line, leading to the whole of it. */
export const flag = (app: App, f: Finding): TemplateResult => html`
  <a class="flag ${f.severity}" data-about=${aboutFinding(app, f)} href=${href('report', f.key)}>${shape(f.severity)}<span><span class="unseen">${app.t(`severity.${f.severity}`)}. </span>${app.t(`${f.rule}.sentence`, f.args)}</span></a>`;

const flagsFirst = 2;

/** The findings at an entity or a field: the first of them said, the rest counted. */
export function flags(app: App, id: string, field?: string): unknown {
  const list = findingsAt(app, id, field);
  if (!list.length) return nothing;
  return html`<ul class="flags">${list.slice(0, flagsFirst).map((f) => html`<li>${flag(app, f)}</li>`)}
    ${list.length > flagsFirst ? html`<li><a class="flag" href=${href('report', list[flagsFirst]!.key)}>${app.t('ui.flags.more', { n: list.length - flagsFirst })}</a></li>` : nothing}</ul>`;
}

/** How many findings, for a line that has no room to say them. */
export function tally(app: App, id: string): unknown {
  const list = findingsAt(app, id);
  if (!list.length) return nothing;
  const worst = (['critical', 'major', 'minor'] as const).find((s) => list.some((f) => f.severity === s))!;
  return html`<span class="tally-of ${worst}">${shape(worst)}${list.length}<span class="unseen"> ${app.t('ui.flags.count', { n: list.length })}</span></span>`;
}
