import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../../icons.ts';
import type { Finding, Picture, Report } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { evidence, shape } from '../finding.ts';
import { stepInWords } from '../next.ts';
import { quotation } from '../quote.ts';
import { href } from '../route.ts';
import { scoreBar } from '../score.ts';
import { View } from '../view.ts';
import '../pictures/figure.ts';
import { graph } from '../pictures/graph.ts';
import { mirror } from '../pictures/mirror.ts';
import { turns } from '../pictures/timeline.ts';

const findingsShown = 12;
const quotesShown = 2;

/** The board before a room: one thing at a time, in large type, by the arrow keys. */
export class Present extends View {
  @state() private at = Math.max(0, Number(location.hash.split('/')[2] ?? 1) - 1 || 0);
  private readonly off = new AbortController();
  private shown = -1;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', (e) => this.key(e), { signal: this.off.signal });
    this.cover(true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.off.abort();
    this.cover(false);
    if (document.fullscreenElement) void document.exitFullscreen();
  }

  /** What lies under the presentation is out of reach. */
  private cover(on: boolean): void {
    for (const e of document.querySelectorAll<HTMLElement>('.skip, .masthead, .colophon')) e.inert = on;
  }

  private key(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const act: Record<string, () => void> = {
      ArrowRight: () => this.go(1), ArrowDown: () => this.go(1), PageDown: () => this.go(1), ' ': () => this.go(1),
      ArrowLeft: () => this.go(-1), ArrowUp: () => this.go(-1), PageUp: () => this.go(-1),
      Home: () => this.go(-Infinity), End: () => this.go(Infinity), f: () => this.full(), F: () => this.full(), Escape: () => this.app.to('report'),
    };
    const press = act[e.key];
    if (!press || (e.key === ' ' && (e.target as Element).closest('button, a, summary'))) return;
    e.preventDefault();
    press();
  }

  private go(by: number): void {
    this.at = Math.max(0, Math.min(this.slides().length - 1, this.at + by));
    history.replaceState(history.state, '', href('present', String(this.at + 1)));
  }

  private full(): void {
    void (document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen()).catch(() => {}); // where a browser refuses, the page fills its window all the same
  }

  /** Each slide is drawn when it is shown. */
  private slides(): (() => TemplateResult)[] {
    const { app } = this;
    const { report, board } = app;
    const picture = app.picture();
    if (app.empty || !report || app.room?.hides) return [];
    const findings = report.causes.flatMap((c) => c.findings.map((i) => report.findings[i]!)).filter((f) => !f.dismissed).slice(0, findingsShown);
    return [
      () => this.opening(report),
      ...findings.map((f) => () => this.finding(f)),
      ...(picture?.channels.length ? [
        () => this.picture('mirror', html`<div class="whole">${mirror(app, picture, { size: { width: 1000, height: 520 }, id: 'presented', wall: true })}</div>`),
        () => this.picture('graph', html`<div class="whole">${graph(app, picture)}</div>`),
        ...(this.voices(picture) ? [() => this.picture('timeline', html`<unisson-timeline .app=${app}></unisson-timeline>${turns(app, report)}`)] : []),
      ] : []),
      ...(app.next?.length ? [() => this.steps(report)] : []),
      ...(board.identity?.sentence ? [() => html`<h1 tabindex="-1" class="last" lang=${board.lang ?? nothing}>${board.identity!.sentence}</h1>`] : []),
    ];
  }

  private voices = (p: Picture): boolean => p.channels.some((c) => c.register.length);

  private opening(report: Report): TemplateResult {
    const { identity, lang } = this.board;
    return html`
      <h1 tabindex="-1">${identity?.name || report.board || this.t('ui.report.title')}</h1>
      ${identity?.sentence ? html`<blockquote class="identity" lang=${lang ?? nothing}>${identity.sentence}</blockquote>` : nothing}
      <div class="figures sheet">${scoreBar(this.app, report)}<p class="label">${this.t('score.label')}</p></div>`;
  }

  private finding(f: Finding): TemplateResult {
    const { quotes } = evidence(this.app, f);
    return html`
      <article class="shown ${f.severity}">
        <p class="severity">${shape(f.severity)}${this.t(`severity.${f.severity}`)}</p>
        <h1 tabindex="-1">${this.t(`${f.rule}.sentence`, f.args)}</h1>
        <div class="quotes">${quotes.slice(0, quotesShown).map(quotation)}</div>
        <div class="remedy"><p class="label">${this.t('ui.remedy')}</p><p>${this.t(`${f.rule}.remedy`)}</p></div>
      </article>`;
  }

  private picture(which: 'mirror' | 'graph' | 'timeline', drawn: TemplateResult): TemplateResult {
    return html`<h1 tabindex="-1">${this.t(`ui.${which}`)}</h1><p class="why">${this.t(`ui.${which}.why`)}</p>${drawn}`;
  }

  private steps(report: Report): TemplateResult {
    return html`<h1 tabindex="-1">${this.t('next.title')}</h1><ol class="todo">${this.app.next!.map((n) => html`<li>${stepInWords(this.app, report, n)}</li>`)}</ol>`;
  }

  protected override render(): TemplateResult {
    const slides = this.slides();
    const at = Math.min(this.at, slides.length - 1);
    return html`
      <div class="stage">${slides[at]?.() ?? (this.app.room?.hides ? this.app.room.curtain() : html`<h1 tabindex="-1">${this.t(this.app.empty ? 'ui.present.empty' : 'ui.pictures.wait')}</h1>`)}</div>
      <nav class="bar-of" aria-label=${this.t('ui.page.present')}>
        <button type="button" class="plain" ?disabled=${at <= 0} @click=${() => this.go(-1)}>${icon('left')}${this.t('ui.present.back')}</button>
        <button type="button" class="plain" ?disabled=${at >= slides.length - 1} @click=${() => this.go(1)}>${this.t('ui.present.next')}${icon('right')}</button>
        <span class="at">${slides.length ? this.t('ui.present.at', { at: at + 1, of: slides.length }) : nothing}</span>
        <span class="keys">${this.t('ui.present.keys')}</span>
        <button type="button" class="quiet" @click=${() => this.full()}>${this.t('ui.present.full')}</button>
        <a href=${href('report')}>${this.t('ui.present.leave')}</a>
      </nav>`;
  }

  /** What is new is what a screen reader says next. */
  protected override updated(): void {
    if (this.app.arrival?.screen === 'present') this.app.arrival = undefined;
    const heading = this.querySelector<HTMLElement>('.stage h1');
    const now = heading ? this.at : -1;
    if (this.shown === now) return;
    this.shown = now;
    heading?.focus({ preventScroll: true });
    this.querySelector('.stage')?.scrollTo(0, 0);
  }
}

customElements.define('unisson-present', Present);

export const page = (app: App): TemplateResult => html`<unisson-present .app=${app}></unisson-present>`;
