import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../../icons.ts';
import { arrive } from '../arrival.ts';
import { evidence } from '../finding.ts';
import { quotation } from '../quote.ts';
import { href, parseRoute } from '../route.ts';
import { scoreBar } from '../score.ts';
import { View } from '../view.ts';
import { addressOf } from './api.ts';
import { clock } from './bar.ts';
import { decisionsOf, facts } from './decisions.ts';
import { scoreText, sinceOf } from './minutes.ts';
import { qr } from './qr.ts';
import { readingOf, roundsOf } from './round.ts';
import { slideOf, slidesOf, type Slide } from './slides.ts';

const quotesShown = 3;
const forward = ['ArrowRight', 'PageDown', ' '], backward = ['ArrowLeft', 'PageUp'];

/** For the projector: large, without controls until somebody reaches for them. It goes with the workshop, or by the keys of a remote. */
export class Wall extends View {
  @state() private chosen: number | undefined; // by hand; otherwise what happens decides
  @state() private drawn = false; // the mirror can be
  private readonly off = new AbortController();
  private awake: WakeLockSentinel | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', (e) => this.key(e), { signal: this.off.signal });
    navigator.wakeLock?.request('screen').then((lock) => { this.awake = lock; }, () => {}); // a wall does not fall asleep, where the browser lets us
    void import('../pictures/figure.ts').then(() => { this.drawn = true; }, () => {}); // the wall has its words without it
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.off.abort();
    void this.awake?.release();
  }

  private get slides(): Slide[] {
    const { room, report } = this.app;
    const findings = report?.causes.flatMap((c) => c.findings.map((i) => report.findings[i]!)).filter((f) => !f.dismissed).map((f) => f.key) ?? [];
    return slidesOf({ shared: !!room, asked: !!room?.asked, rounds: roundsOf(this.app).map((r) => r.id), shown: !room?.hides && !this.app.empty, findings, mirror: this.drawn && !!this.app.picture()?.channels.length, since: !!sinceOf(this.app) });
  }

  protected override render(): TemplateResult {
    const { app, slides } = this;
    const { room } = app;
    const leads = (room?.leader ?? undefined)?.leads;
    const auto = slideOf(slides, { step: room?.step ?? -1, led: leads ? parseRoute(leads) : undefined });
    const at = Math.min(this.chosen ?? auto, slides.length - 1);
    const ends = room?.ends;
    return html`
      <div class="wall">
        ${ends ? clock(app, ends) : nothing}
        <div class="slide slide-${slides[at]!.kind}">${this.slide(slides[at]!)}</div>
        <nav class="reach" aria-label=${this.t('ui.wall.controls')}>
          <button type="button" class="tool" aria-label=${this.t('ui.wall.back')} ?disabled=${at === 0} @click=${() => this.go(at - 1)}>${icon('left')}</button>
          <span>${this.t('ui.wall.at', { n: at + 1, of: slides.length })}</span>
          <button type="button" class="tool" aria-label=${this.t('ui.wall.next')} ?disabled=${at === slides.length - 1} @click=${() => this.go(at + 1)}>${icon('right')}</button>
          ${this.chosen === undefined ? nothing : html`<button type="button" class="quiet" @click=${() => { this.chosen = undefined; }}>${this.t('ui.wall.auto')}</button>`}
          <button type="button" class="quiet" @click=${() => document.documentElement.requestFullscreen?.().catch(() => {})}>${this.t('ui.live.preflight.full')}</button>
          <a class="quiet" href=${href('workshop')}>${this.t('ui.wall.leave')}</a>
        </nav>
      </div>`;
  }

  private slide(s: Slide): unknown {
    switch (s.kind) {
      case 'door': return this.door();
      case 'question': return this.question();
      case 'answers': return this.answers(s.key!);
      case 'score': return this.score();
      case 'finding': return this.finding(s.key!);
      case 'mirror': return this.mirror();
      case 'decisions': return this.decisions();
      case 'since': return this.since();
    }
  }

  private door(): TemplateResult {
    const room = this.app.room!;
    const { code } = room;
    const token = room.link.tokens?.editor;
    return html`
      <h1 tabindex="-1">${this.board.identity?.name || this.t('ui.live.title')}</h1>
      <div class="way-in">
        <div>
          <p>${this.t('ui.wall.address', { address: location.host })}</p>
          ${code ? html`<p class="code" aria-label=${this.t('ui.live.code.is', { code: [...code.code].join(' ') })}>${code.code.slice(0, 3)} ${code.code.slice(3)}</p>` : html`<p class="aside">${this.t('ui.wall.noCode')}</p>`}
          <p role="status">${this.t('ui.live.people', { n: room.people.length })}</p>
        </div>
        ${token ? html`<figure class="qr">${qr(addressOf(this.app.lang, room.link.id, token))}<figcaption>${this.t('ui.live.qr')}</figcaption></figure>` : nothing}
      </div>`;
  }

  private question(): TemplateResult {
    const room = this.app.room!;
    const asked = room.asked!;
    return html`
      <h1 tabindex="-1">${asked.question}</h1>
      <p class="large" role="status">${asked.answered ? this.t('ui.round.answered', { n: asked.answered, people: room.people.length }) : this.t('ui.round.silent')}</p>
      <p>${this.t('ui.round.secret')}</p>`;
  }

  private answers(id: string): TemplateResult {
    const r = roundsOf(this.app).find((x) => x.id === id)!;
    const read = readingOf(this.app, id);
    const shared = read?.words.filter((w) => w.answers > 1).slice(0, 8) ?? [];
    return html`
      <h1 tabindex="-1">${r.question}</h1>
      <ul class="voices">${r.answers.map((a) => html`<li><blockquote>${a}</blockquote></li>`)}</ul>
      ${read?.agreement === undefined ? nothing : html`<p class="large">${this.t('ui.round.agreement', { agreement: read.agreement })}</p>`}
      ${shared.length ? html`<p>${this.t('ui.takeaway.words', { words: shared.map((w) => `${w.word} (${w.answers})`).join(', ') })}</p>` : nothing}`;
  }

  private score(): TemplateResult {
    const { report } = this.app;
    return html`
      <h1 tabindex="-1">${this.board.identity?.name || this.t('ui.report.title')}</h1>
      ${this.board.identity?.sentence ? html`<blockquote class="identity">${this.board.identity.sentence}</blockquote>` : nothing}
      ${report ? html`${scoreBar(this.app, report)}<p>${this.t('score.label')}</p>` : html`<p class="wait">${this.t('ui.checking')}</p>`}`;
  }

  private mirror(): TemplateResult {
    return html`
      <h1 tabindex="-1">${this.t('ui.mirror')}</h1>
      <p>${this.t('ui.mirror.why')}</p>
      <unisson-mirror .app=${this.app} wide></unisson-mirror>`;
  }

  private finding(key: string): unknown {
    const { app } = this;
    const f = app.report?.findings.find((x) => x.key === key);
    if (!f) return nothing;
    const votes = app.room?.votes(key) ?? 0;
    return html`
      <h1 tabindex="-1">${this.t(`${f.rule}.sentence`, f.args)}</h1>
      <div class="quotes">${evidence(app, f).quotes.slice(0, quotesShown).map(quotation)}</div>
      <p class="large">${this.t(`${f.rule}.remedy`)}</p>
      ${votes ? html`<p>${this.t('ui.live.votes', { n: votes })}</p>` : nothing}`;
  }

  private decisions(): TemplateResult {
    const list = decisionsOf(this.app);
    return html`
      <h1 tabindex="-1">${this.t('ui.decisions.title')}</h1>
      ${list.length ? html`<ol class="voices">${list.map((d) => html`<li><p class="large">${d.text}</p><p>${facts(this.app, d)}</p></li>`)}</ol>` : html`<p class="large">${this.t('ui.decisions.none')}</p>`}`;
  }

  private since(): unknown {
    const s = sinceOf(this.app);
    if (!s) return nothing;
    return html`
      <h1 tabindex="-1">${this.t('ui.takeaway.since')}</h1>
      <p class="change"><span>${scoreText(this.app, s.before)}</span> ${icon('right')} <span>${scoreText(this.app, s.after)}</span></p>
      <p class="large">${this.t('ui.wall.since', { gone: s.gone.length, fresh: s.fresh.length, stayed: s.stayed })}</p>`;
  }

  // ---------- by hand ----------

  private go(n: number): void {
    this.chosen = Math.max(0, Math.min(this.slides.length - 1, n));
  }

  private key(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey || (e.target as HTMLElement).matches?.('button, a, input, textarea, select, summary') && e.key === ' ') return;
    const { slides, app } = this;
    const leads = app.room?.leader?.leads;
    const at = this.chosen ?? slideOf(slides, { step: app.room?.step ?? -1, led: leads ? parseRoute(leads) : undefined });
    if (forward.includes(e.key)) this.go(at + 1);
    else if (backward.includes(e.key)) this.go(at - 1);
    else if (e.key === 'Home') this.chosen = undefined;
    else if (e.key === 'Escape' && !document.fullscreenElement) app.to('workshop');
    else return;
    e.preventDefault();
  }

  protected override updated(): void {
    arrive(this.app, this, 'workshop');
  }
}

customElements.define('unisson-wall', Wall);
