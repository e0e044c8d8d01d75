import type { ArgValue, Board, Change, Checker, CheckerState, Diff, Format, Importer, Known, Lang, List, Model, Names, Next, Picture, Report, Teller } from '../engine/types.ts';
import { isEmpty, listOf, nameOf } from './board.ts';
import type { Link } from './live/api.ts';
import type { Room } from './live/room.ts';
import { href, parseRoute, type Route, type Screen } from './route.ts';
import { forgetReport, lately, rememberReport } from './lately.ts';
import { momentOf, rememberMoment } from './moment.ts';
import { recall, remember } from './storage.ts';

/** What the page needs from the engine, loaded when first asked for so that the landing paints before any of it. */
export interface Engine {
  /** Begins to fetch everything below, for a visitor who is about to open a board. */
  warm(): void;
  /** Fetches the scripts of what may come after the first report. */
  provision(): void;
  model(name: string): Promise<Model>;
  room(app: App, model: Model, link: Link): Promise<Room>;
  checker(model: Model): Promise<Checker>;
  importer(): Promise<Importer>;
  teller(): Promise<Teller>;
  texts(lang: Lang, name: Names): Promise<Format>;
}

export type Theme = 'auto' | 'light' | 'dark';
export interface Notice { text: string; act?: { label: string; run: () => void } }
/** The board as it was: kept on this device beside it, never in it. diff: what has changed since, once asked for. */
export interface Moment { at: string; board: Board; diff?: Diff | 'failed'; of?: Board; picture?: Picture | 'failed' | 'asked' }
export interface Incoming { bytes: Uint8Array; name?: string; pasted?: string }

/**
 * The page's one state: the open board, its report, where one is, and what was just said to the person.
 * Views read it and are told when any of it changed; nothing else is shared between them.
 */
export class App {
  lang: Lang;
  t: Format = (id) => id;
  theme: Theme = asTheme(recall('theme'));
  route: Route = parseRoute(location.hash);
  arrival?: Route | undefined; // where focus must go once that is on the page
  from?: string; // key of the finding whose evidence one has gone to see
  model?: Model;
  room?: Room; // where the board is shared with others
  check: CheckerState = { phase: 'starting' };
  report?: Report; // the last one: it stays while the next is being made
  next?: Next[]; // what to do next, of the last report of which that is known
  moment?: Moment; // a moment of the board that was kept, to compare with
  notice?: Notice | undefined;
  incoming: Incoming[] = []; // files not yet looked at, the first of them on show
  trouble?: 'engine' | undefined; // what keeps the board from opening
  private checker?: Checker;
  private opening?: Promise<Model>;
  private watching?: Promise<void>;
  private own = false; // the open board is that of this device: what is kept beside it is of it
  private outdated?: Report | undefined; // of a board that was replaced: a checker at work repeats its last report until the next
  private provisioned = false;
  private pictures: { of?: Report; now?: Picture; after: Map<Next, Picture | null> } = { after: new Map() };
  private readonly views = new Set<() => void>();

  /** link: the shared board the address or this tab names, in place of the one of this device. */
  constructor(private readonly engine: Engine, lang: Lang, private readonly link?: Link) {
    this.lang = lang;
    if (this.route.id) this.arrival = this.route;
    addEventListener('hashchange', () => this.go(parseRoute(location.hash)));
  }

  subscribe(f: () => void): () => void {
    this.views.add(f);
    return () => this.views.delete(f);
  }

  changed(): void {
    for (const f of this.views) f();
  }

  // ---------- language and theme ----------

  async speak(lang: Lang): Promise<void> {
    this.t = await this.engine.texts(lang, (id, argument) => this.name(id, listOf[argument]));
    this.lang = lang;
    document.documentElement.lang = lang;
    this.changed();
  }

  async switchLang(lang: Lang): Promise<void> {
    remember('lang', lang);
    await this.speak(lang);
    history.replaceState(history.state, '', `/${lang}${location.hash}`);
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    remember('theme', theme === 'auto' ? undefined : theme);
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    this.changed();
  }

  // ---------- the board ----------

  get board(): Board {
    return this.model?.board() ?? { format: 'unisson/1' };
  }

  get empty(): boolean {
    return isEmpty(this.board);
  }

  /** What people call an entity of the board. */
  name(id: string, list?: List): string {
    if (id === 'identity') return this.t('ui.name.identity');
    return nameOf(this.board, id, list) ?? id;
  }

  warm(): void {
    if (!this.checker) this.engine.warm();
  }

  /** Opens the board kept on this device. Asked twice, it opens once. */
  open(): Promise<Model> {
    this.opening ??= this.takeUp();
    this.opening.catch(() => {
      delete this.opening;
      this.trouble = 'engine';
      this.changed();
    });
    return this.opening;
  }

  private async takeUp(): Promise<Model> {
    const beside = this.link ? undefined : Promise.all([momentOf(), lately()]); // of the board of this device, and read while it is
    const model = await this.engine.model(this.link ? `live:${this.link.id}` : 'board');
    await model.ready;
    this.model = model;
    if (this.link) {
      this.room = await this.engine.room(this, model, this.link);
      this.route = parseRoute(location.hash);
    }
    const [moment, known] = await beside ?? [];
    if (moment) this.moment = moment;
    if (!this.check.report) Object.assign(this, known?.(model));
    this.own = !this.link;
    model.subscribe((_: Change) => this.changed());
    this.trouble = undefined;
    this.changed();
    return model;
  }

  /** Has the board checked from now on. */
  watch(): Promise<void> {
    this.watching ??= this.open().then(async (model) => {
      this.checker = await this.engine.checker(model);
      this.checker.subscribe((s) => {
        this.settle(s);
        if (s.phase === 'settled') this.provision();
        if (this.own) rememberReport(model, s);
      });
      this.settle(this.checker.state);
    }).catch((e: unknown) => {
      delete this.watching;
      this.settle({ phase: 'failed', error: e instanceof Error ? e.message : String(e) });
    });
    return this.watching;
  }

  /** Once the first report is there, what the next steps need is fetched too: the page then works with the network off. */
  protected provision(): void {
    if (this.provisioned) return;
    this.provisioned = true;
    this.engine.provision();
    void this.importer().then((i) => i.preload(), () => { this.provisioned = false; });
    void import('./offline.ts').then((m) => m.keepOffline(this), () => {});
  }

  /** After a failure: a new checker over the same board. */
  recheck(): void {
    this.checker?.close();
    delete this.checker;
    delete this.watching;
    this.settle({ phase: 'starting' });
    void this.watch();
  }

  importer(): Promise<Importer> {
    return this.engine.importer();
  }

  private settle(s: CheckerState): void {
    // What is said again is the same to whoever is trying a step of it.
    this.check = s.next && JSON.stringify(s.next) === JSON.stringify(this.next) ? { ...s, next: this.next! } : s;
    if (s.report && s.report !== this.outdated) this.report = s.report;
    if (this.check.next) this.next = this.check.next;
    this.changed();
  }

  // ---------- what one takes away ----------

  /** The report as Markdown. Rejects with the id of a sentence. */
  async markdown(): Promise<string> {
    return (await this.engine.teller()).markdown(this.board, this.lang);
  }

  async changes(): Promise<string> {
    return (await this.engine.teller()).changes(this.moment!.board, this.board, this.lang);
  }

  /** Keeps the board as it is now; a moment kept before gives way. */
  keepMoment(): void {
    this.moment = { at: new Date().toISOString(), board: structuredClone(this.board) };
    rememberMoment(this.moment);
    this.say('ui.moment.kept');
  }

  forgetMoment(): void {
    const was = this.moment;
    delete this.moment;
    rememberMoment(undefined);
    this.say('ui.moment.forgotten', undefined, { id: 'ui.undo', run: () => {
      if (was) this.moment = was;
      rememberMoment(was);
      this.hush();
    } });
  }

  /** Compares the board with the moment kept; asked again for the same two, it has nothing to do. */
  compare(): void {
    const { moment, board } = this;
    if (!moment || moment.of === board) return;
    moment.of = board;
    void this.engine.teller().then((t) => t.compare(moment.board, board)).catch(() => 'failed' as const).then((diff) => {
      if (moment.of !== board) return; // it changed meanwhile
      moment.diff = diff;
      this.changed();
    });
  }

  // ---------- what the pictures are drawn from ----------

  /** Of the board as it now stands; of a moment ago while that is being found out, undefined before. */
  picture(): Picture | undefined {
    const { pictures, report, checker } = this;
    if (checker && report && pictures.of !== report && this.check.phase === 'settled') {
      this.pictures = { of: report, ...(pictures.now && { now: pictures.now }), after: new Map() };
      this.ask(checker.picture(), (now) => { if (now && this.pictures.of === report) this.pictures.now = now; });
    }
    return this.pictures.now;
  }

  /** As it would be after a step of `next`; null where nothing was tried, and until it is known. */
  pictureAfter(step: Next): Picture | null {
    this.picture(); // those kept are of this very report
    const { after } = this.pictures;
    const at = this.check.next?.indexOf(step) ?? -1;
    if (!step.tried || at < 0) return null;
    if (!after.has(step)) {
      after.set(step, null);
      if (this.checker) this.ask(this.checker.picture(at + 1), (p) => { after.set(step, p); });
    }
    return after.get(step) ?? null;
  }

  /** Of the moment that was kept. */
  pictureThen(): Picture | 'failed' | undefined {
    const { moment } = this;
    if (!moment) return undefined;
    if (!moment.picture) {
      moment.picture = 'asked';
      this.ask(this.engine.teller().then((t) => t.picture(moment.board)).catch(() => 'failed' as const), (p) => { moment.picture = p; });
    }
    return moment.picture === 'asked' ? undefined : moment.picture;
  }

  // A module that broke is noticed, and started again, by the next edit.
  private ask<T>(answer: Promise<T>, keep: (x: T) => void): void {
    void answer.then((x) => { keep(x); this.changed(); }, () => {});
  }

  // ---------- where one is ----------

  to(screen: Screen, id?: string, part?: string): void {
    const target = href(screen, id, part);
    if (location.hash !== target) history.pushState(null, '', target);
    this.go(parseRoute(target));
  }

  private go(route: Route): void {
    const moved = route.screen !== this.route.screen;
    this.route = route;
    this.arrival = route;
    if (moved) this.notice = undefined;
    this.changed();
  }

  // ---------- what is said ----------

  say(id: string, args?: Record<string, ArgValue>, act?: { id: string; run: () => void }): void {
    this.notice = { text: this.t(id, args), ...(act && { act: { label: this.t(act.id), run: act.run } }) };
    this.changed();
  }

  hush(): void {
    this.notice = undefined;
    this.changed();
  }

  // ---------- acts on the whole board ----------

  /** A first answer also says which language the board is in: that of the page it was begun on. */
  write(f: (m: Model) => void): void {
    const m = this.model;
    if (!m) return;
    if (this.board.lang) return f(m);
    m.batch(() => {
      m.set('lang', this.lang);
      f(m);
    });
  }

  /** One step of many changes, said aloud, with its undo beside it. */
  act(f: (m: Model) => void, said: string, args?: Record<string, ArgValue>): void {
    const m = this.model;
    if (!m) return;
    if (m.readOnly) return m.refused?.();
    m.batch(() => f(m));
    this.say(said, args, { id: 'ui.undo', run: () => this.undo() });
  }

  undo(): void {
    if (!this.model?.canUndo()) return;
    this.model.undo();
    this.say('ui.undone', undefined, { id: 'ui.redo', run: () => this.redo() });
  }

  redo(): void {
    if (!this.model?.canRedo()) return;
    this.model.redo();
    this.say('ui.redone', undefined, { id: 'ui.undo', run: () => this.undo() });
  }

  /** known: what is already known of that very board, shown until the checker has its own say. */
  async load(board: Board, then: Screen = 'report', known?: Known): Promise<void> {
    const model = await this.open();
    if (model.readOnly) return model.refused?.();
    const replaced = !this.empty;
    void this.watch();
    model.load(board);
    this.forget();
    Object.assign(this, known);
    this.to(then);
    if (replaced) this.say('ui.replaced', undefined, { id: 'ui.undo', run: () => this.undo() });
  }

  private forget(): void {
    this.outdated = this.check.report;
    delete this.report;
    delete this.next;
  }

  startOver(): void {
    if (this.model?.readOnly) return this.model.refused?.();
    this.model?.clear();
    remember('assess', undefined); // the next one begins at the first question
    forgetReport();
    this.forget();
    this.to('landing');
    this.say('ui.cleared', undefined, { id: 'ui.undo', run: () => this.undo() });
  }

  /** A file, to be read and shown before anything of it enters the board. */
  receive(incoming: Incoming): void {
    this.incoming.push(incoming);
    void this.watch();
    this.to('posts', 'add');
    this.changed();
  }
}

const asTheme = (s: string | undefined): Theme => s === 'light' || s === 'dark' ? s : 'auto';
