import type { Live, Model } from '../engine/types.ts';
import type { UnissonChannel, UnissonResult } from '../../public/embed/v1.d.ts';
import { App, type Engine } from '../ui/app.ts';
import { isEmpty, newId } from '../ui/board.ts';
import { boardOf, channelsOf, isBoard, resultOf } from './board.ts';
import { Declined, Line } from './line.ts';
import { looksOf, wear } from './looks.ts';
import type { Held } from './memory.ts';
import { presets } from './presets.ts';
import type { Call } from './protocol.ts';

declare const EMBED: string; // the loader's version this frame was built with

export type Mode = 'assess' | 'report' | 'board';
export const steps = 3; // questions before the result

/** The state of one frame: a board that was never seen by the page around, and what the visitor let out of it. */
export class FrameApp extends App {
  readonly mode: Mode;
  step = 0;
  shared?: UnissonResult | undefined; // handed over last
  asked?: { answer: (yes: boolean) => void } | undefined; // the page around wants the texts
  brought?: { key: string; at: (top: number | undefined) => void } | undefined; // a finding the page around wants in view
  fault?: { code: string; text: string };
  live?: Live;
  hidden = false; // a shared board whose findings are not shown yet
  private config: URLSearchParams;
  private line?: Line;
  private held?: Promise<Held>;
  private opened?: Promise<Model>;

  constructor(engine: Engine, lang: 'fr' | 'en', private readonly address: { hash: string; search: string }) {
    super(engine, lang);
    this.config = new URLSearchParams(address.hash.slice(1));
    const mode = this.config.get('mode');
    this.mode = mode === 'report' || mode === 'board' ? mode : 'assess';
    this.look();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.look();
      this.line?.askLooks();
    });
  }

  /** The first words to the page around: the frame is drawn and can answer. */
  greet(drawn: () => void): void {
    this.line = new Line(this.config.get('i') ?? '', {
      joined: () => {
        this.line?.tell('ready', { version: EMBED, mode: this.mode });
        if (this.fault) this.line?.tell('error', { code: this.fault.code, message: this.t(this.fault.text) });
        drawn();
        this.tellStep();
        this.changed();
      },
      configured: (config) => this.configure(config),
      called: (call) => this.answer(call),
    });
  }

  // ---------- as the page around wants it ----------

  private look(): void {
    wear(looksOf(this.config));
  }

  private configure(config: string): void {
    const before = this.config.get('channels');
    this.config = new URLSearchParams(config);
    this.look();
    const channels = this.config.get('channels');
    if (channels && channels !== before) this.prefill(channelsOf(channels));
    this.changed();
  }

  /** Whoever gets the score, as a person would call them. */
  get agency(): string {
    return this.config.get('title')?.trim().slice(0, 60) || this.site || '';
  }

  /** The page around, as the browser names it: that name nobody can choose. */
  get site(): string | undefined {
    const { origin } = this.line ?? {};
    return origin && (origin === 'null' ? this.t('ui.embed.nowhere') : origin.replace(/^https?:\/\//, ''));
  }

  get heard(): boolean {
    return this.line?.joined ?? false;
  }

  /** Id and token of a shared board. */
  get boardLink(): string[] {
    return (this.config.get('board') ?? '').split('/');
  }

  get offered(): readonly string[] {
    const named = channelsOf(this.config.get('channels') ?? '')?.map((c) => c.kind) ?? [];
    return named.length ? [...new Set(named)] : presets[this.config.get('preset') ?? ''] ?? presets['']!;
  }

  // ---------- the board ----------

  override open(): Promise<Model> {
    this.opened ??= this.begin().then((model) => {
      this.model = model;
      model.subscribe(() => this.changed());
      this.prefill(channelsOf(this.config.get('channels') ?? ''));
      this.changed();
      return model;
    });
    this.opened.catch(() => {
      delete this.opened;
      this.trouble = 'engine';
      this.changed();
    });
    return this.opened;
  }

  private async begin(): Promise<Model> {
    const { hold, memory, watchLive } = await import('./memory.ts');
    if (this.mode === 'report') return memory();
    if (this.mode === 'board') return this.beginLive(watchLive);
    this.held ??= hold(`unisson:embed:${this.config.get('preset') ?? ''}`);
    return (await this.held).model;
  }

  /** The board the address names is the one whose list of sites the server has held this page against. */
  private async beginLive(watchLive: typeof import('./memory.ts').watchLive): Promise<Model> {
    const [id = '', token = ''] = this.boardLink;
    if (!id || new URLSearchParams(this.address.search).get('board') !== id) {
      this.fail('board', 'ui.embed.fault.link');
      throw new Error('no such board');
    }
    if (origin === 'null') {
      this.fail('sandbox', 'ui.embed.fault.sandbox');
      throw new Error('no origin');
    }
    const { model, live, shows } = watchLive(id, token);
    this.live = live;
    const follow = (): void => {
      this.hidden = !shows();
      this.changed();
    };
    live.subscribe(follow);
    model.doc.on('afterTransaction', follow);
    follow();
    return model;
  }

  /** Told when it happens, or once there is somebody to tell. */
  private fail(code: string, text: string): void {
    this.fault = { code, text };
    this.line?.tell('error', { code, message: this.t(text) });
  }

  /** A foreign frame fetches nothing ahead of time and installs nothing. */
  protected override provision(): void {}

  /** The visitor's own answer: from the first on, the board is kept on this device. */
  override write(f: (m: Model) => void): void {
    void this.held?.then((h) => h.keep());
    super.write(f);
  }

  /** Channels the page around knows of, unless the visitor has begun to name some. */
  private prefill(channels: UnissonChannel[] | undefined): void {
    const { model } = this;
    if (!channels?.length || !model) return;
    if (this.mode === 'report') {
      this.shared = undefined;
      return model.load(boardOf(channels, (k) => this.t(`ui.kind.${k}`)));
    }
    const named = channels.filter((c) => c.name);
    if (this.mode === 'assess' && !this.board.channels?.length) model.batch(() => {
      for (const { kind, name } of named) model.put('channels', { id: newId(kind), name: name!, kind });
    });
  }

  async erase(): Promise<void> {
    const held = await this.held;
    delete this.held;
    delete this.opened;
    delete this.model;
    delete this.report;
    delete this.next;
    this.shared = undefined;
    this.step = 0;
    if (held) await held.erase();
    this.recheck();
    await this.open();
    this.tellStep();
    this.changed();
  }

  // ---------- where the visitor is ----------

  turn(step: number): void {
    this.step = step;
    void this.watch();
    this.tellStep();
    this.changed();
  }

  private tellStep(): void {
    if (this.mode === 'assess') this.line?.tell('progress', { step: this.step, steps });
  }

  tellHeight(height: number): void {
    this.line?.tell('resize', { height });
  }

  // ---------- what leaves the frame ----------

  /** Pressed by the visitor, and by nobody else. */
  share(): void {
    if (!this.report) return;
    const result = resultOf(this.report);
    this.shared = result;
    this.line?.tell('result', result);
    this.line?.tell('share', { to: this.agency, result });
    this.changed();
  }

  private async answer({ call, with: x }: Call): Promise<unknown> {
    await this.open();
    if (this.mode === 'board' && call !== 'focusFinding') throw this.declined('NotSupportedError', 'ui.embed.fault.mode'); // it is nobody's own
    switch (call) {
      case 'analyse': return this.analyse(x);
      case 'setChannels': return this.setChannels(x);
      case 'focusFinding': return this.bring(String(x));
      case 'exportBoard': return this.exportBoard();
      case 'reset': return this.erase();
      default: throw this.declined('NotSupportedError', 'ui.embed.fault.call');
    }
  }

  private async analyse(board: unknown): Promise<void> {
    if (board === undefined || board === null) {
      if (isEmpty(this.board)) throw this.declined('InvalidStateError', 'ui.embed.fault.empty');
      if (this.mode === 'assess') this.turn(steps);
    } else {
      if (this.mode !== 'report') throw this.declined('NotSupportedError', 'ui.embed.fault.mode');
      if (!isBoard(board)) throw this.declined('DataError', 'ui.embed.fault.board');
      this.shared = undefined;
      this.model!.load(board);
    }
    await this.settled();
  }

  private async setChannels(x: unknown): Promise<void> {
    const channels = channelsOf(x);
    if (!channels) throw this.declined('DataError', 'ui.embed.fault.channels');
    this.prefill(channels);
    if (this.mode === 'report') await this.settled();
  }

  /** In a board the page around gave, a finding may be led to. Of the visitor's own, not even whether there is one is told. */
  private bring(key: string): Promise<number | undefined> | undefined {
    if (this.mode === 'assess' || !this.report?.findings.some((f) => f.key === key)) return undefined;
    return new Promise((at) => {
      this.brought = { key, at };
      this.changed();
    });
  }

  /** The texts leave once the visitor has said so, here. */
  private async exportBoard(): Promise<unknown> {
    if (isEmpty(this.board)) throw this.declined('InvalidStateError', 'ui.embed.fault.empty');
    if (this.asked) throw this.declined('InvalidStateError', 'ui.embed.fault.asked');
    const yes = await new Promise<boolean>((answer) => {
      this.asked = { answer };
      this.changed();
    });
    this.asked = undefined;
    this.changed();
    if (!yes) throw this.declined('NotAllowedError', 'ui.embed.fault.kept');
    return JSON.parse(this.model!.export());
  }

  private declined(code: Declined['code'], text: string): Declined {
    return new Declined(code, this.t(text));
  }

  /** Resolves with the report of what the board now holds. */
  private settled(): Promise<void> {
    void this.watch();
    return new Promise((done, failed) => {
      const look = (): boolean => {
        if (this.check.phase === 'settled') done();
        else if (this.check.phase === 'failed') {
          this.fail('checker', 'ui.check.failed');
          failed(this.declined('DataError', 'ui.embed.fault.board'));
        } else return false;
        return true;
      };
      if (look()) return;
      const leave = this.subscribe(() => { if (look()) leave(); });
    });
  }
}
