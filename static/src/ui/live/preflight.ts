import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import * as Y from 'yjs';
import { openLive } from '../../engine/live.ts';
import type { ArgValue, Live } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import { arrive } from '../arrival.ts';
import { href } from '../route.ts';
import { View } from '../view.ts';
import { ask, type Operator, type Tokens } from './api.ts';
import { qr } from './qr.ts';
import { echoOf, lines, zoomFor } from './verdict.ts';

/** What is tried by itself, then what only a person in the room can see. */
const tried = ['server', 'socket', 'echo', 'storage', 'cut'] as const;
const seen = ['phone', 'corners', 'colours', 'lines'] as const;
type Check = (typeof tried)[number] | (typeof seen)[number];
type Grade = 'waiting' | 'running' | 'asked' | 'well' | 'unsure' | 'failed';
interface Result { grade: Grade; text?: string; args?: Record<string, ArgValue> } // text: ui.preflight.<check>.<text>

const patience = 8000; // ms for a connection to open, and for an edit to come back
const echoes = 5;

/** Run in the room before the group comes: a trial board is opened, written to and deleted; each line says what to do where it fails. */
export class Preflight extends View {
  @state() private results = new Map<Check, Result>();
  @state() private smallest: number | undefined;
  private trial: { id: string; token: string; doc: Y.Doc; live: Live } | undefined;
  private readonly off = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', () => this.discard(), { signal: this.off.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.off.abort();
    this.discard();
  }

  protected override render(): TemplateResult {
    const running = [...this.results.values()].some((r) => r.grade === 'running');
    const bad = [...this.results.values()].filter((r) => r.grade === 'failed' || r.grade === 'unsure').length;
    const done = tried.every((c) => ['well', 'unsure', 'failed'].includes(this.of(c).grade)) && seen.every((c) => this.results.has(c));
    return html`
      <div class="sheet workshop preflight">
        <p class="back"><a href=${href('workshop')}>${icon('left')}${this.t('ui.live.open.title')}</a></p>
        <h1 tabindex="-1">${this.t('ui.preflight.title')}</h1>
        <p class="lede">${this.t('ui.preflight.lede')}</p>
        <section aria-labelledby="tried-title">
          <h2 id="tried-title">${this.t('ui.preflight.network')}</h2>
          <p class="acts"><button type="button" class="main" ?disabled=${running} @click=${() => this.run()}>${this.t(this.results.has('server') ? 'ui.preflight.again' : 'ui.preflight.run')}</button></p>
          <ul class="checks">${tried.map((c) => this.line(c))}</ul>
        </section>
        <section aria-labelledby="seen-title">
          <h2 id="seen-title">${this.t('ui.preflight.room')}</h2>
          <ul class="checks">${seen.map((c) => this.line(c))}</ul>
        </section>
        <p class="verdict" role="status">${done ? this.t(bad ? 'ui.preflight.left' : 'ui.preflight.ready', { n: bad }) : nothing}</p>
      </div>
      ${this.card()}`;
  }

  private of(c: Check): Result {
    return this.results.get(c) ?? { grade: 'waiting' };
  }

  private grade(c: Check, grade: Grade, text?: string, args?: Record<string, ArgValue>): void {
    this.results = new Map(this.results).set(c, { grade, ...(text && { text }), ...(args && { args }) });
  }

  private line(c: Check): TemplateResult {
    const r = this.of(c);
    const mark = r.grade === 'well' ? icon('check') : r.grade === 'failed' ? icon('close') : r.grade === 'unsure' ? icon('help') : html`<span class="blank" aria-hidden="true"></span>`;
    return html`
      <li class=${r.grade}>
        ${mark}
        <div>
          <h3>${this.t(`ui.preflight.${c}`)} <small role="status">${r.grade === 'waiting' || r.grade === 'asked' ? nothing : this.t(`ui.preflight.grade.${r.grade}`)}</small></h3>
          <p>${r.text ? this.t(`ui.preflight.${c}.${r.text}`, r.args) : this.t(`ui.preflight.${c}.what`)}</p>
          ${this.asking(c)}
        </div>
      </li>`;
  }

  // ---------- what is tried ----------

  private async run(): Promise<void> {
    this.discard();
    for (const c of tried) this.results.delete(c);
    this.grade('server', 'running');
    await Promise.all([this.storage(), this.network()]);
  }

  private async network(): Promise<void> {
    const { lang } = this.app;
    const began = performance.now();
    try {
      const { live } = await ask<Operator>(lang, 'GET', '/api/v1/server');
      if (!live) return this.grade('server', 'failed', 'none');
      this.grade('server', 'well', 'well', { ms: Math.round(performance.now() - began) });
      this.grade('socket', 'running');
      const { id, tokens } = await ask<{ id: string; tokens: Tokens }>(lang, 'POST', '/api/v1/boards', { body: {} });
      const doc = new Y.Doc();
      this.trial = { id, token: tokens.facilitator, doc, live: openLive(doc, { id, token: tokens.facilitator }) };
    } catch (e) {
      return this.grade('server', 'failed', e instanceof Error && e.message ? 'said' : 'failed', { said: e instanceof Error ? e.message : '' });
    }
    const { trial } = this;
    if (!(await until(trial.live, ({ phase }) => phase === 'shared'))) return this.grade('socket', 'failed', 'failed', { address: location.host });
    this.grade('socket', 'well', 'well');
    this.grade('echo', 'running');
    const times: number[] = [];
    for (let i = 0; i < echoes; i++) {
      const sent = performance.now();
      trial.doc.getMap('workshop').set('trial', i);
      if (!(await until(trial.live, ({ phase, waiting }) => phase === 'shared' && !waiting))) break;
      times.push(performance.now() - sent);
    }
    const { median, worst, verdict } = echoOf(times.length < echoes ? [] : times);
    this.grade('echo', verdict === 'slow' ? 'unsure' : verdict, verdict, { median, worst });
    if (this.trial === trial) this.awaitCut(trial.live, trial.doc);
  }

  /** The network is cut by hand, or the phone changes from one to another: an edit made meanwhile must arrive. */
  private awaitCut(live: Live, doc: Y.Doc): void {
    this.grade('cut', 'asked');
    let cut = false;
    live.subscribe(() => {
      const { phase, waiting } = live.status();
      if (phase === 'ended') return this.grade('cut', 'failed', 'failed');
      if (phase === 'offline' && !cut) {
        cut = true;
        this.grade('cut', 'asked', 'away');
        doc.getMap('workshop').set('trial', 'away');
      } else if (cut && phase === 'shared' && !waiting) this.grade('cut', 'well', 'well');
    });
  }

  private async storage(): Promise<void> {
    if (!this.app.model?.persistent) return this.grade('storage', 'failed', 'failed');
    const { quota = 0, usage = 0 }: StorageEstimate = await navigator.storage?.estimate?.().catch((): StorageEstimate => ({})) ?? {};
    const free = Math.floor((quota - usage) / 2 ** 20);
    this.grade('storage', quota && free < 50 ? 'unsure' : 'well', quota && free < 50 ? 'full' : 'well', { free });
  }

  /** The trial board goes when the page does; where the network is away, the server deletes it in its time. */
  private discard(): void {
    const { trial } = this;
    if (!trial) return;
    this.trial = undefined;
    trial.live.close();
    trial.doc.destroy();
    void fetch(`/api/v1/boards/${trial.id}`, { method: 'DELETE', keepalive: true, headers: { authorization: `Bearer ${trial.token}` } }).catch(() => {});
  }

  // ---------- what is seen ----------

  private asking(c: Check): unknown {
    if (c === 'cut') return this.of(c).grade === 'asked' ? html`<p><button type="button" class="quiet" @click=${() => this.grade('cut', 'unsure', 'skipped')}>${this.t('ui.preflight.cut.skip')}</button></p>` : nothing;
    if (!(seen as readonly string[]).includes(c)) return nothing;
    const card = c === 'corners' ? html`<p><button type="button" class="plain" @click=${this.openCard}>${this.t('ui.preflight.card')}</button></p>` : nothing;
    if (c === 'phone') {
      const address = `${location.origin}/${this.app.lang}${href('workshop', 'preflight')}`;
      return html`<figure class="qr">${qr(address)}<figcaption>${address}</figcaption></figure>${this.yesNo(c)}`;
    }
    if (c === 'lines') return html`<fieldset class="choices"><legend class="unseen">${this.t('ui.preflight.lines')}</legend>${lines.map((_, i) => html`
      <label class="choice"><input type="radio" name="smallest" .checked=${this.smallest === i} @change=${() => this.read(i)}>${this.t('ui.preflight.line', { n: i + 1 })}</label>`)}</fieldset>`;
    return html`${card}${this.yesNo(c)}`;
  }

  private yesNo(c: Check): TemplateResult {
    const { grade } = this.of(c);
    return html`<fieldset class="choices"><legend class="unseen">${this.t(`ui.preflight.${c}`)}</legend>${(['well', 'failed'] as const).map((g) => html`
      <label class="choice"><input type="radio" name=${`seen-${c}`} .checked=${grade === g} @change=${() => this.grade(c, g, g)}>${this.t(`ui.preflight.${g === 'well' ? 'yes' : 'no'}`)}</label>`)}</fieldset>`;
  }

  private read(line: number): void {
    this.smallest = line;
    const zoom = zoomFor(line);
    this.grade('lines', zoom > 100 ? 'unsure' : 'well', zoom > 100 ? 'unsure' : 'well', { zoom: zoom / 100 });
  }

  // ---------- the test card ----------

  private card(): TemplateResult {
    return html`
      <dialog class="testcard" aria-labelledby="card-title" @close=${() => { if (document.fullscreenElement) void document.exitFullscreen(); }}>
        ${['nw', 'ne', 'sw', 'se'].map((x) => html`<span class="corner ${x}" aria-hidden="true"></span>`)}
        <h2 id="card-title">${this.t('ui.preflight.card.title')}</h2>
        <ol>${lines.map((size, i) => html`<li .style=${`font-size: ${size}%`}><small>${i + 1}</small> ${this.t('ui.preflight.card.line')}</li>`)}</ol>
        <ul class="swatches">${(['holds', 'breaks', 'unknown'] as const).map((x) => html`<li><span class=${x} aria-hidden="true"></span>${this.t(`ui.preflight.card.${x}`)}</li>`)}</ul>
        <form method="dialog"><button class="plain">${this.t('ui.close')}</button></form>
      </dialog>`;
  }

  private openCard = (): void => {
    const card = this.querySelector<HTMLDialogElement>('dialog.testcard')!;
    card.showModal();
    void card.requestFullscreen?.().catch(() => {}); // refused in a frame: the card is as large as the window
  };

  protected override updated(): void {
    arrive(this.app, this, 'workshop');
  }
}

/** Waits for a state of the connection, with patience; false when it did not come. */
function until(live: Live, holds: (s: ReturnType<Live['status']>) => boolean): Promise<boolean> {
  if (holds(live.status())) return Promise.resolve(true);
  return new Promise((done) => {
    const end = (well: boolean): void => {
      clearTimeout(late);
      leave();
      done(well);
    };
    const late = setTimeout(() => end(false), patience);
    const leave = live.subscribe(() => {
      const s = live.status();
      if (holds(s)) end(true);
      else if (s.phase === 'ended') end(false);
    });
  });
}

customElements.define('unisson-preflight', Preflight);
