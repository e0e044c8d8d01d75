import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon, kindIcon } from '../icons.ts';
import { localDay } from '../engine/day.ts';
import type { Cause, Finding, Next, Report, RuleState } from '../engine/types.ts';
import { arrive } from './arrival.ts';
import { beside } from './declared.ts';
import { dismiss, findingArticle, reasonOf } from './finding.ts';
import { measured } from './measured.ts';
import { nextSteps, said, scoreAfter, waiting, whereToAdd } from './next.ts';
import { pictured } from './pictured.ts';
import { href } from './route.ts';
import { formula, scoreBar } from './score.ts';
import { since } from './since.ts';
import { checkFailed } from './summary.ts';
import { messagesRead, underway } from './underway.ts';
import { domId, View } from './view.ts';

const causesFirst = 3;

/** The whole answer: how far the channels hold together, what breaks first and in which words, what holds, what is unknown. */
@customElement('unisson-report')
export class ReportScreen extends View {
  @state() private everything = false;
  @state() private unfolded = new Set<string>();
  @state() private tried?: Next | undefined; // the step the bar shows the score after
  @state() private dismissing?: string | undefined;
  private readonly off = new AbortController();
  private printing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // Paper has no disclosures: all of it is drawn before it is printed.
    addEventListener('beforeprint', () => this.forPaper(true), { signal: this.off.signal });
    addEventListener('afterprint', () => this.forPaper(false), { signal: this.off.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.off.abort();
  }

  private forPaper(on: boolean): void {
    this.printing = on;
    this.requestUpdate();
    this.performUpdate();
    for (const d of this.querySelectorAll('details')) d.open = on;
  }

  protected override willUpdate(): void {
    const { arrival, report } = this.app;
    if (arrival?.screen !== 'report' || !arrival.id || !report) return;
    const at = report.causes.findIndex((c) => c.findings.some((i) => report.findings[i]?.key === arrival.id));
    if (at >= causesFirst) this.everything = true;
  }

  protected override render(): TemplateResult {
    const { report, check, empty } = this.app;
    if (check.phase === 'failed' && !report) return html`<div class="sheet"><h1 tabindex="-1">${this.t('ui.report.title')}</h1>${checkFailed(this.app)}</div>`;
    if (empty) return this.blank();
    if (!report) return html`<div class="sheet"><h1 tabindex="-1">${this.t('ui.report.title')}</h1><p class="wait">${this.t('ui.checking')}</p></div>`;
    const causes = report.causes.filter((c) => c.findings.some((i) => !report.findings[i]?.dismissed));
    const shown = this.everything || this.printing ? causes : causes.slice(0, causesFirst);
    const calm = report.score.proven === null ? 'ui.report.noBreak.yet' : 'ui.report.noBreak';
    return html`
      <div class="reading-room">
      ${this.contents(report, causes)}
      <div class="sheet" aria-busy=${check.phase === 'starting' || check.phase === 'checking'}>
        ${check.phase === 'failed' ? checkFailed(this.app) : nothing}
        ${this.head(report)}
        ${this.figures(report)}
        ${nextSteps(this.app, report, this.app.next ?? [], { tried: this.tried, over: (n) => { this.tried = n; } })}
        <section class="breaks" aria-labelledby="breaks-title">
          <h2 id="breaks-title" tabindex="-1">${this.t(causes.length ? 'ui.report.breaks' : calm)}</h2>
          ${causes.length ? nothing : html`<p class="nothing">${this.t(`${calm}.text`)}</p>`}
          ${shown.map((c) => this.cause(report, c))}
          ${causes.length > shown.length ? html`<p><button type="button" class="plain" @click=${this.showRest}>${this.t('ui.report.rest', { n: causes.length - shown.length })}${icon('down')}</button></p>` : nothing}
        </section>
        ${pictured(this.app, this.tried)}
        ${this.holds(report)}
        ${this.unknown(report)}
        ${measured(this.app, report)}
        ${this.dismissed(report)}
        ${this.file(report)}
        ${since(this.app)}
        <p class="leave"><a href=${href('onepage')}>${icon('print')}${this.t('ui.onepage.link')}</a></p>
      </div>
      </div>`;
  }

  /** What the report holds, beside it: a long page needs a way about. */
  private contents(report: Report, causes: Cause[]): TemplateResult {
    const open = (c: Cause) => c.findings.flatMap((i) => report.findings[i] ?? []).filter((f) => !f.dismissed);
    const entry = (id: string, name: unknown, n: number) => html`<li><a href=${href('report', id)}><span>${name}</span> <small>${this.t('ui.number', { n })}</small></a></li>`;
    const part = (id: string, title: string, n: number) => (n ? entry(id, this.t(title), n) : nothing);
    return html`
      <nav class="contents" aria-labelledby="contents-title">
        <h2 id="contents-title">${this.t('ui.report.contents')}</h2>
        <ol>${causes.map((c) => entry(open(c)[0]!.key, this.causeName(c), open(c).length))}</ol>
        <ul>
          ${part('holds', 'ui.report.holds', held(report).length)}
          ${part('unknown', 'ui.report.unknown', waiting(report).length)}
          ${part('dismissed', 'ui.report.setAside', report.findings.filter((f) => f.dismissed).length)}
        </ul>
      </nav>`;
  }

  private causeName = (c: Cause): string => this.t(`plain.cause.${c.kind}`, { [c.kind]: c.entity ?? '' });

  private blank(): TemplateResult {
    return html`
      <div class="sheet">
        <h1 tabindex="-1">${this.t('ui.report.title')}</h1>
        <p class="lede">${this.t('ui.report.blank')}</p>
        <div class="bar ghost" aria-hidden="true"><div class="unsure"></div></div>
        <p class="next"><a class="main button" href=${href('identity')}>${this.t('ui.report.blank.act')}${icon('right')}</a></p>
      </div>`;
  }

  private head(report: Report): TemplateResult {
    const { identity, asOf, channels = [] } = this.board;
    return html`
      <header class="head">
        <p class="kicker">${this.t('ui.report.kicker', { date: asOf ?? localDay() })}</p>
        <h1 tabindex="-1">${identity?.name || report.board || this.t('ui.report.title')}</h1>
        ${identity?.sentence
          ? html`<blockquote class="identity" lang=${this.board.lang ?? nothing}>${identity.sentence}</blockquote>`
          : html`<p class="identity missing"><a href=${href('identity', 'identity', 'sentence')}>${this.t('ui.report.noSentence')}</a></p>`}
        <p class="aside">${this.t('ui.report.read', { channels: channels.length, messages: messagesRead(this.app) })} ${underway(this.app)}</p>
      </header>`;
  }

  private figures(report: Report): TemplateResult {
    const { score } = report;
    return html`
      <section class="figures" aria-labelledby="score-title">
        <h2 id="score-title" class="unseen">${this.t('ui.score.title')}</h2>
        ${scoreBar(this.app, report, this.tried && scoreAfter(report, this.tried))}
        ${beside(this.app, report)}
        <p class="label">${this.t('score.label')}</p>
        <p class="aside">${this.t('score.coverage', { coverage: score.coverage })}${score.dismissals ? html` · ${this.t('score.dismissals', { n: score.dismissals })}` : nothing}</p>
        ${score.proven === null ? nothing : formula(this.app, report)}
      </section>`;
  }

  // ---------- what breaks ----------

  private cause(report: Report, c: Cause): TemplateResult {
    const findings = c.findings.flatMap((i) => report.findings[i] ?? []).filter((f) => !f.dismissed);
    const channel = this.board.channels?.find((x) => x.id === c.entity);
    const gain = Math.round(c.gain);
    const title = `cause-${domId(c.kind, c.entity ?? '')}`;
    return html`
      <section class="cause" aria-labelledby=${title}>
        <header>
          <h3 id=${title}>${channel ? icon(kindIcon(channel.kind)) : nothing}${this.causeName(c)}</h3>
          <p class="aside">${this.t('ui.findings', { n: findings.length })}${gain >= 1 ? html` · <span class="gain">${this.t('ui.report.gain', { n: gain })}</span>` : nothing}</p>
        </header>
        ${findings.map((f) => this.finding(f))}
      </section>`;
  }

  private finding(f: Finding): TemplateResult {
    const id = domId('at', f.key);
    return findingArticle(this.app, f, {
      all: this.printing || this.unfolded.has(f.key),
      dismissing: this.dismissing === f.key,
      showAll: () => { this.unfolded = new Set(this.unfolded).add(f.key); void this.focusLater(id); },
      startDismiss: () => { this.dismissing = f.key; void this.focusLater(id + '.reason'); },
      cancel: () => { this.dismissing = undefined; void this.focusLater(id + '.dismiss'); },
      dismiss: (reason) => this.dismiss(f, reason),
    });
  }

  private showRest = (): void => {
    const { report } = this.app;
    this.everything = true;
    const first = report?.causes[causesFirst]?.findings[0];
    const key = first === undefined ? undefined : report?.findings[first]?.key;
    if (key) void this.focusLater(domId('at', key));
  };

  private dismiss(f: Finding, reason: string): void {
    this.dismissing = undefined;
    dismiss(this.app, f, reason);
    void this.focusLater('breaks-title');
  }

  private restore(key: string): void {
    const { dismissals = [] } = this.board;
    this.app.act((m) => m.set('dismissals', dismissals.filter((d) => d.finding !== key)), 'ui.finding.restored');
    void this.focusLater('breaks-title');
  }

  // ---------- what holds, what is unknown, what was set aside ----------

  private holds(report: Report): unknown {
    const list = held(report);
    if (!list.length) return nothing;
    const dims = [...new Set(list.map((r) => r.dim))];
    return html`
      <section class="holding" aria-labelledby="holds-title">
        <h2 id="holds-title" class="stop"><span id=${domId('at', 'holds')} tabindex="-1">${this.t('ui.report.holds')}</span></h2>
        <dl>${dims.map((d) => html`
          <div><dt>${this.t(`dim.${d}`)}</dt><dd><ul>${list.filter((r) => r.dim === d).map((r) => html`<li>${icon('check')}${this.t(`${r.id}.name`)}</li>`)}</ul></dd></div>`)}
        </dl>
        ${report.rules.flatMap((r) => (r.notes ?? []).map((n) => html`<p class="aside">${this.t(`${r.id}.note.${n.what}`, n.args)}</p>`))}
      </section>`;
  }

  private unknown(report: Report): unknown {
    const closed = report.rules.filter((r) => r.state === 'notApplicable');
    const open = waiting(report).length;
    if (!open && !closed.length) return nothing;
    return html`
      <section class="unknown" aria-labelledby="unknown-title">
        <h2 id="unknown-title" class="stop"><span id=${domId('at', 'unknown')} tabindex="-1">${this.t('ui.report.unknown')}</span></h2>
        ${open ? this.additions(report) : nothing}
        ${closed.length ? html`<p class="aside">${this.t('ui.report.closed', { names: closed.map((r) => this.t(`${r.id}.name`)).join(', ') })}</p>` : nothing}
      </section>`;
  }

  /** What would let a silent rule speak; first what would close most of the interval. */
  private additions(report: Report): TemplateResult {
    const rules = waiting(report).sort((a, b) => leverage(report, b) - leverage(report, a));
    return html`
      <ul class="additions">${rules.map((r) => html`
        <li><a href=${href(...whereToAdd(r.missing?.[0]))}>${this.t(`${r.id}.name`)}</a>
          ${(r.missing ?? []).map((m) => html`<p>${said(this.app.t, r.id, m)}</p>`)}</li>`)}
      </ul>`;
  }

  private dismissed(report: Report): unknown {
    const list = report.findings.filter((f) => f.dismissed);
    if (!list.length) return nothing;
    return html`
      <section class="aside-list" aria-labelledby="dismissed-title">
        <h2 id="dismissed-title" class="stop"><span id=${domId('at', 'dismissed')} tabindex="-1">${this.t('ui.report.dismissed', { n: list.length })}</span></h2>
        <ul>${list.map((f) => html`
          <li><p>${this.t(`${f.rule}.sentence`, f.args)}</p>
            <p class="aside">${this.t('ui.report.because', { reason: reasonOf(this.app, f.key) })}</p>
            <button type="button" class="quiet" @click=${() => this.restore(f.key)}>${icon('undo')}${this.t('ui.report.restore')}</button></li>`)}
        </ul>
      </section>`;
  }

  private file(report: Report): unknown {
    if (!report.file.length) return nothing;
    return html`
      <section class="aside-list" aria-labelledby="file-title">
        <h2 id="file-title">${this.t('plain.file')}</h2>
        <ul>${report.file.map((f) => html`<li><p>${this.t(`file.${f.fault}`, { path: f.path, value: f.value, list: f.list ?? '' })}</p></li>`)}</ul>
      </section>`;
  }

  protected override updated(): void {
    if (this.app.report || this.app.empty || !this.app.arrival?.id) arrive(this.app, this, 'report');
  }
}

const held = (report: Report): RuleState[] => report.rules.filter((r) => r.state === 'evaluated' && r.failing === 0 && r.objects > r.unknown);

const weights = { critical: 4, major: 2, minor: 1 };

/** How much of the score hangs on a rule nobody could check; rules that count only when used come last. */
function leverage({ score, rules }: Report, r: RuleState): number {
  const beside = rules.filter((x) => x.dim === r.dim && (x.state === 'evaluated' || x.counts === 'required'));
  const share = weights[r.severity] / Math.max(1, beside.reduce((sum, x) => sum + weights[x.severity], 0));
  const unknown = r.state === 'evaluated' ? r.unknown / Math.max(1, r.objects) : 1;
  return (score.dimensions.find((d) => d.id === r.dim)?.weight ?? 0) * share * unknown * (r.counts === 'required' ? 1 : 0.01);
}
