import { html, nothing, type TemplateResult } from 'lit';
import { icon, kindIcon } from '../icons.ts';
import type { Finding, Report } from '../engine/types.ts';
import { download } from '../ui/download.ts';
import { evidence, shape } from '../ui/finding.ts';
import { addressOf } from '../ui/live/api.ts';
import { said } from '../ui/next.ts';
import { quotation } from '../ui/quote.ts';
import { scoreBar } from '../ui/score.ts';
import { checkFailed } from '../ui/summary.ts';
import { domId } from '../ui/view.ts';
import { resultOf } from './board.ts';
import type { FrameApp } from './app.ts';

const severities: Finding['severity'][] = ['critical', 'major', 'minor'];
const first = 3; // findings before the rest is asked for
const quotes = 2; // of each
const additions = 3;

export interface Shown { all: boolean; showAll: () => void }

/** The answer: how far the channels hold together, the first things that break and in which words, and what may be handed on. */
export function result(app: FrameApp, shown: Shown): TemplateResult {
  const { t, report, check, board } = app;
  const head = html`
    <header class="head">
      <p class="kicker">${app.mode === 'board' ? liveState(app) : t(app.mode === 'assess' ? 'ui.embed.result' : 'ui.report.title')}</p>
      <h1 tabindex="-1">${board.identity?.name || board.title || t('ui.embed.yours')}</h1>
      ${board.identity?.sentence ? html`<blockquote class="identity" lang=${board.lang ?? nothing}>${board.identity.sentence}</blockquote>` : nothing}
    </header>`;
  if (check.phase === 'failed' && !report) return html`${head}${checkFailed(app)}${again(app)}`;
  if (app.empty) return html`${head}<p class="nothing">${t(app.mode === 'assess' ? 'ui.report.blank' : app.mode === 'report' ? 'ui.embed.waiting' : 'ui.opening')}</p>${again(app)}`;
  if (app.hidden) return html`${head}<p class="nothing">${t('ui.embed.curtain')}</p>${channels(app)}${onward(app)}`;
  if (!report) return html`${head}<p class="wait">${t('ui.checking')}</p>`;
  const open = report.causes.flatMap((c) => c.findings.map((i) => report.findings[i]!)).filter((f) => !f.dismissed).sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const list = shown.all ? open : open.slice(0, first);
  return html`
    <div aria-busy=${check.phase === 'settled' ? 'false' : 'true'} class="answer">
      ${head}
      <section class="figures" aria-labelledby="score-title">
        <h2 id="score-title" class="unseen">${t('ui.score.title')}</h2>
        ${scoreBar(app, report)}
        <p class="aside">${t('score.label')} · ${t('score.coverage', { coverage: report.score.coverage })}</p>
      </section>
      <section aria-labelledby="breaks-title">
        <h2 id="breaks-title">${t(open.length ? 'ui.report.breaks' : 'ui.report.noBreak')}</h2>
        ${open.length ? nothing : html`<p class="nothing">${t('ui.report.noBreak.text')}</p>`}
        ${list.map((f) => finding(app, f))}
        ${open.length > list.length ? html`<p><button type="button" class="plain" @click=${shown.showAll}>${t('ui.embed.more', { n: open.length - list.length })}${icon('down')}</button></p>` : nothing}
      </section>
      ${app.mode === 'assess' ? precise(app) : nothing}
      ${handOver(app, report)}
      ${app.mode === 'board' ? channels(app) : nothing}
      ${onward(app)}
    </div>`;
}

function finding(app: FrameApp, f: Finding): TemplateResult {
  const { t } = app;
  const id = domId('at', f.key);
  const words = evidence(app, f).quotes.slice(0, quotes);
  return html`
    <article class="finding ${f.severity}" id=${id} aria-labelledby=${id + '.s'}>
      <p class="severity">${shape(f.severity)}${t(`severity.${f.severity}`)}</p>
      <h3 id=${id + '.s'}>${t(`${f.rule}.sentence`, f.args)}</h3>
      ${words.length ? html`<div class="quotes">${words.map((q) => quotation({ ...q, href: undefined }))}</div>` : nothing}
      <p class="remedy"><span class="label">${t('ui.remedy')}</span> ${t(`${f.rule}.remedy`)}</p>
    </article>`;
}

/** What would make the answer more exact, as the checker found by trying. */
function precise(app: FrameApp): unknown {
  const list = (app.next ?? []).flatMap((n) => (n.kind === 'add' ? [said(app.t, n.rules[0] ?? '', n.missing)] : [])).slice(0, additions);
  return html`
    ${list.length ? html`<section class="precise" aria-labelledby="precise-title"><h2 id="precise-title">${app.t('ui.embed.precise')}</h2><ul>${list.map((x) => html`<li>${x}</li>`)}</ul></section>` : nothing}
    ${again(app)}`;
}

const again = (app: FrameApp): unknown => app.mode === 'assess' ? html`<p><button type="button" class="quiet" @click=${() => app.turn(0)}>${icon('edit')}${app.t('ui.embed.again')}</button></p>` : nothing;

/** The one door: nothing of the score passes it before it is pressed, and what passes stands beside it. */
function handOver(app: FrameApp, report: Report): unknown {
  const { t } = app;
  if (!app.heard || app.mode === 'board') return nothing;
  const now = resultOf(report);
  const same = app.shared && JSON.stringify(app.shared) === JSON.stringify(now);
  const { critical, major, minor } = now.findings;
  const figure = now.single !== null ? t('score.single', { single: now.single }) : now.proven !== null ? t('score.interval', { proven: now.proven, possible: now.possible! }) : t('ui.embed.share.noscore');
  return html`
    <section class="share" aria-labelledby="share-title">
      <h2 id="share-title">${t('ui.embed.share.title', { who: app.agency })}</h2>
      <p>${t('ui.embed.share.what')}</p>
      <ul><li>${figure}</li><li>${t('ui.embed.share.counts', { n: critical + major + minor, critical })}</li><li>${t('ui.embed.share.dims', { n: now.dimensions.length })}</li></ul>
      <p class="aside">${t('ui.embed.share.not', { site: app.site ?? '' })}</p>
      <p><button type="button" class="main" id="share" ?disabled=${same || app.check.phase !== 'settled'} @click=${() => app.share()}>${t(app.shared && !same ? 'ui.embed.share.anew' : 'ui.embed.share', { who: app.agency })}</button></p>
      <p role="status" class="done">${same ? html`${icon('check')}${t('ui.embed.share.done', { who: app.agency })}` : nothing}</p>
    </section>`;
}

function onward(app: FrameApp): TemplateResult {
  const { t } = app;
  const [id = '', token = ''] = app.boardLink;
  return html`
    <p class="onward">
      ${app.mode === 'assess' ? html`<button type="button" class="quiet" @click=${() => download(app, '.json', 'application/json', app.model!.export())}>${icon('download')}${t('ui.embed.keep')}</button>` : nothing}
      <a href=${app.mode === 'board' ? addressOf(app.lang, id, token) : `/${app.lang}`} target="_blank" rel="noopener">${t(app.mode === 'board' ? 'ui.embed.openBoard' : 'ui.embed.whole')}${icon('right')}</a>
    </p>`;
}

function channels(app: FrameApp): unknown {
  const { t, board } = app;
  if (!board.channels?.length) return nothing;
  return html`
    <section aria-labelledby="channels-title"><h2 id="channels-title">${t('ui.channels.list')}</h2>
      <ul class="lines">${board.channels.map((c) => html`<li>${icon(kindIcon(c.kind))}<span><strong>${c.name}</strong> ${c.objectives?.length ? t('ui.channel.says.serves', { objectives: c.objectives.map((o) => app.name(o)) }) : c.objectives ? t('ui.channel.says.nothing') : nothing}</span></li>`)}</ul>
    </section>`;
}

function liveState({ t, live }: FrameApp): string {
  const s = live?.status();
  return !s || s.phase === 'connecting' ? t('ui.live.state.connecting') : s.phase === 'ended' ? t(`ui.embed.live.ended`) : t(`ui.embed.live.${s.phase}`);
}

