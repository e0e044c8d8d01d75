import type * as Y from 'yjs';
import { openLive } from '../../engine/live.ts';
import type { Code, Live, Model, Presence, Role, Round, Session } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { href, parseRoute, type Route } from '../route.ts';
import { recall, remember } from '../storage.ts';
import { domId } from '../view.ts';
import { ask, now, rememberLink, type Link, type Operator, type Tokens } from './api.ts';
import { bar, curtain, voteOn } from './bar.ts';
import { beforeOf, type Before } from './before.ts';
import { Carets } from './carets.ts';
import './look.ts';
import { tally, voteKey } from './votes.ts';

export const colours = 8;
const leadingEvery = 300; // ms between two looks at what the facilitator has in view

/**
 * A board shared with others: who is there, what the facilitator set for everyone, what this person may do. What everyone shares beside
 * the board lies in the document's root map `workshop`, which is no part of the board and of nobody's undo. What holds only while somebody
 * is there (the hand, where one leads) is told in their presence and never stored.
 */
export class Room {
  readonly live: Live;
  readonly shared: Y.Map<unknown>;
  name = recall('live.name') ?? '';
  colour = Number(recall('live.colour') ?? Math.floor(Math.random() * colours)) % colours;
  peeking = false;    // a facilitator looks behind the curtain, alone
  following = true;   // where the facilitator leads, once they do
  private led = '';   // where one was led last
  private route: Route | undefined;
  private writing = false; // in the field that has the focus
  private becoming = false;
  private came = false;
  readonly drafts = new Map<string, string>(); // answers begun and not sent, by their round: one may be led elsewhere meanwhile
  private readonly taken = new Set<string>(); // rounds whose answers this page has put into the board
  private readonly voter = voterOf();
  private readonly off = new AbortController();
  private readonly carets: Carets;
  private readonly leaveApp: () => void;
  private tick: ReturnType<typeof setInterval> | undefined;
  private look: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly app: App, readonly model: Model, public link: Link) {
    this.live = openLive(model.doc, { id: link.id, token: link.token });
    this.shared = model.doc.getMap('workshop');
    this.carets = new Carets(this);
    model.refused = () => this.refused();
    this.live.subscribe(() => this.heard());
    this.shared.observe(() => {
      this.keepTime();
      app.changed();
    });
    this.leaveApp = app.subscribe(() => {
      if (app.route !== this.route) this.moved();
      this.noteBeginning();
    });
    const on = { signal: this.off.signal };
    addEventListener('focusin', (e) => this.at(e.target), on);
    addEventListener('beforeinput', (e) => this.refuse(e), { ...on, capture: true });
    addEventListener('focusout', () => { this.writing = false; }, on);
    addEventListener('scroll', () => this.lookAgain(), { ...on, passive: true });
    document.addEventListener('selectionchange', () => this.at(document.activeElement), on);
    void ask(app.lang, 'GET', '/api/v1/server').catch(() => {}); // for its clock
    if (this.name) this.enter(this.name, this.colour);
    this.moved();
    this.keepTime();
  }

  private heard(): void {
    const { session: s, app, model } = this;
    this.came ||= this.live.status().phase === 'shared';
    model.readOnly = this.out || !!s && !this.writes;
    if (s?.you && !this.name) this.enter(s.you.name, this.colour);
    if (s && !s.you && this.name) void this.become();
    const me = this.me;
    if (me && s?.you && me.person !== s.you.id) this.live.present({ person: s.you.id });
    this.takeAnswers();
    this.takeDown();
    this.follow();
    app.changed();
  }

  // ---------- who one is ----------

  get session(): Session | undefined { return this.live.session(); }
  get role(): Role | undefined { return this.session?.role; }
  get leads(): boolean { return this.role === 'facilitator'; }
  get writes(): boolean { return this.leads || (this.role === 'editor' && !this.session?.locked); }
  /** What people type to come in, while it opens. */
  get code(): Code | undefined {
    const code = this.session?.code;
    return code && Date.parse(code.expires) > now() ? code : undefined;
  }
  get ended(): boolean { return this.live.status().phase === 'ended'; }
  /** The link opens this board no more, or never did. One that is full stays open to read. */
  get out(): boolean { return this.ended && this.live.status().reason !== 'full'; }
  /** Whether the board has come, from the server or from this device: until then nobody writes into a blank one. */
  get arrived(): boolean { return this.came || !this.app.empty || this.shared.size > 0; }

  enter(name: string, colour: number): void {
    this.name = name.trim().slice(0, 40);
    this.colour = colour;
    remember('live.name', this.name);
    remember('live.colour', String(colour));
    this.appear();
    this.app.changed();
  }

  /** A page on the wall is nobody: whoever opened it is there already. */
  private appear(): void {
    const { screen, id } = this.app.route;
    this.live.present({ user: screen === 'workshop' && id === 'wall' || !this.name ? undefined : { name: this.name, colour: this.colour } } as never);
  }

  /** Whoever came by a link that several hold is given one of their own: it can be taken back without the others losing theirs. */
  private async become(): Promise<void> {
    if (this.becoming) return;
    this.becoming = true;
    try {
      const { token } = await this.ask<{ token: string }>('POST', '/people', { name: this.name, role: this.role });
      this.keepLink({ token });
      this.live.renew(token);
    } catch { /* a full board: the shared link goes on working, but its holder cannot answer a round */ }
  }

  keepLink(changed: Partial<Link>): void {
    this.link = { ...this.link, ...changed };
    rememberLink(this.link);
  }

  private get me(): Presence | undefined { return this.live.people().find((p) => p.self); }

  /** Everybody once, however many of their tabs are open: the one in which they write, else the first. */
  get people(): Presence[] {
    const all = this.live.people(), own = this.session?.you?.id;
    const byPerson = new Map<string, Presence>();
    for (const p of all) {
      const key = p.person ?? `client ${p.client}`;
      const known = byPerson.get(key);
      if (p.person === own && own && !p.self && all.some((x) => x.self)) continue;
      if (!known || !known.self && !known.at?.field && p.at?.field) byPerson.set(key, p);
    }
    return [...byPerson.values()];
  }

  // ---------- the hand ----------

  get raised(): boolean { return !!this.me?.hand; }
  raise(): void {
    this.live.present({ hand: this.raised ? undefined : now() });
  }

  /** Hands, the first raised first. */
  get hands(): Presence[] { return this.people.filter((p) => p.hand).sort((a, b) => a.hand! - b.hand!); }

  lower({ client, hand }: Presence): void {
    const up = new Set(this.live.people().filter((p) => p.hand).map((p) => String(p.client)));
    const before = Object.entries(this.me?.lowers ?? {}).filter(([c]) => up.has(c));
    this.live.present({ lowers: { ...Object.fromEntries(before), [client]: hand! } });
  }

  /** Whoever facilitates has given this person the floor. */
  private takeDown(): void {
    const { me } = this;
    if (me?.hand && this.live.people().some((p) => (p.lowers?.[me.client] ?? 0) >= me.hand!)) this.live.present({ hand: undefined });
  }

  // ---------- where everyone is ----------

  private moved(): void {
    this.route = this.app.route;
    const { screen, id } = this.route;
    this.appear();
    this.live.present({ at: { screen, id }, ...(this.leading && { leads: location.hash || href('landing') }) });
  }

  private at(element: EventTarget | null): void {
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) || !element.id.startsWith('at.')) return;
    this.here(element.id, element.type === 'text' || element instanceof HTMLTextAreaElement ? element.selectionStart ?? undefined : undefined);
  }

  /** Tells the others in which field, and where in it, this person writes. */
  here(field: string, caret: number | undefined): void {
    const { screen, id } = this.app.route;
    const mine = this.me?.at;
    if (mine?.field !== field || mine.caret !== caret) this.live.present({ at: { screen, id, field, caret } });
  }

  /** Who may not write sees so at the first key, not after the fact. */
  private refuse(e: Event): void {
    this.writing = true;
    if (!this.session || this.writes || !(e.target as HTMLElement).id?.startsWith('at.')) return;
    e.preventDefault();
    this.refused();
  }

  private refused(): void {
    this.app.say(this.out ? `ui.live.state.ended.${this.live.status().reason ?? 'unknown'}` : this.session?.locked ? 'ui.live.locked' : 'ui.live.viewing');
  }

  /** Whether this page is the one everybody follows. */
  get leading(): boolean { return !!this.me?.leads; }
  lead(on: boolean): void {
    this.live.present({ leads: on ? location.hash || href('landing') : undefined });
  }

  /** Who leads now, somebody else than this page. */
  get leader(): Presence | undefined { return this.live.people().find((p) => !p.self && p.leads); }
  get astray(): boolean {
    const where = this.leader?.leads;
    return !!where && (where !== this.led || parseRoute(where).screen !== this.app.route.screen);
  }

  /** What the leader has before their eyes is where the others are taken: a finding, a channel, a text. */
  private lookAgain(): void {
    if (!this.leading || this.look !== undefined) return;
    this.look = setTimeout(() => {
      this.look = undefined;
      if (!this.leading) return;
      const where = inView(this.app);
      if (this.me?.leads !== where) this.live.present({ leads: where });
    }, leadingEvery);
  }

  /** Nobody is led away from a text they are writing. */
  private follow(): void {
    const where = this.leader?.leads;
    if (!where) this.following = true;
    if (!where || this.leads || !this.following || where === this.led || this.writing) return;
    this.join();
  }

  /** Goes where the leader is. */
  join(): void {
    const where = this.leader?.leads;
    if (!where) return;
    this.following = true;
    this.led = where;
    const { screen, id, part } = parseRoute(where);
    history.replaceState(history.state, '', href(screen, id, part)); // Back leads out of the workshop, not through it
    this.app.to(screen, id, part);
  }

  // ---------- what is set for everyone ----------

  get hides(): boolean { return !this.shared.get('shown') && !this.peeking; }
  show(on: boolean): void {
    this.peeking = false;
    this.shared.set('shown', on);
  }

  get step(): number { return Number(this.shared.get('step') ?? -1); }
  begin(step: number, minutes: number): void {
    this.shared.set('step', step);
    this.time(minutes);
  }

  get ends(): number | undefined { return this.shared.get('ends') as number | undefined; }
  time(minutes: number | undefined): void {
    if (minutes) this.shared.set('ends', now() + 60_000 * minutes);
    else this.shared.delete('ends');
  }

  /** The clock is drawn each second while it runs, and for nobody otherwise. */
  private keepTime(): void {
    clearInterval(this.tick);
    const runs = (): boolean => !!this.ends && this.ends > now() - 1000;
    if (runs()) this.tick = setInterval(() => {
      this.app.changed();
      if (!runs()) clearInterval(this.tick);
    }, 1000);
  }

  votes(finding: string): number { return this.ballot.find(([f]) => f === finding)?.[1] ?? 0; }
  get ballot(): [finding: string, votes: number][] { return tally(this.shared.keys()); }
  voted(finding: string): boolean { return this.shared.has(voteKey(finding, this.voter)); }
  vote(finding: string): void {
    const key = voteKey(finding, this.voter);
    if (this.shared.has(key)) this.shared.delete(key);
    else this.shared.set(key, true);
  }

  // ---------- before and after ----------

  get before(): Before | undefined { return this.shared.get('before') as Before | undefined; }

  /** The first settled report after a board goes live is where its workshop begins. */
  private noteBeginning(): void {
    const { app } = this;
    if (this.leads && !this.before && app.check.phase === 'settled' && this.live.status().phase === 'shared' && !app.empty) this.beginAnew();
  }

  beginAnew(): void {
    if (this.app.report) this.shared.set('before', beforeOf(this.app.report, new Date(now()).toISOString()));
  }

  // ---------- a blind round ----------

  /** The question being asked, until its answers are shown. */
  get asked(): Round | undefined {
    const round = this.session?.round;
    return round && !round.answers ? round : undefined;
  }

  /** What was answered enters the board once, by a facilitator's page; taking it out again is theirs to do. */
  private takeAnswers(): void {
    const round = this.session?.round;
    if (!round?.answers || !this.leads || !this.came || this.taken.has(round.id)) return;
    this.taken.add(round.id);
    const { id, question, answers } = round;
    if (this.shared.get('round') === id) return;
    this.shared.set('round', id);
    if (!this.app.board.rounds?.some((r) => r.id === id)) this.model.put('rounds', { id, question, answers });
  }

  // ---------- the server ----------

  /** A route of this board. Rejects with a Refused whose message is a sentence. */
  ask<T>(method: string, path = '', body?: unknown): Promise<T> {
    return ask<T>(this.app.lang, method, `/api/v1/boards/${this.link.id}${path}`, { token: this.link.token, body });
  }

  leave(): void {
    rememberLink(undefined);
    location.assign(`/${this.app.lang}`);
  }

  close(): void {
    this.off.abort();
    this.leaveApp();
    clearInterval(this.tick);
    clearTimeout(this.look);
    this.carets.close();
    this.live.close();
  }

  // ---------- what the page draws of it ----------

  bar(): unknown { return bar(this); }
  curtain(): unknown { return curtain(this); }
  voteOn(finding: string): unknown { return voteOn(this, finding); }
}

/** The address of what stands in the upper half of the window: a finding, a channel, a text of this screen, else the screen. */
function inView({ route: { screen }, report, board }: App): string {
  const keys = screen === 'report' ? report?.findings.map((f) => f.key) : screen === 'channels' ? board.channels?.map((c) => c.id) : screen === 'posts' ? board.messages?.map((m) => m.id) : undefined;
  const byId = new Map(keys?.map((k) => [domId('at', k), k]));
  let seen: string | undefined;
  for (const e of document.querySelectorAll('main [id^="at."]')) {
    const key = byId.get(e.id);
    if (key === undefined) continue;
    if (e.getBoundingClientRect().top > innerHeight / 2) break;
    seen = key;
  }
  return href(screen, scrollY > 0 ? seen : undefined);
}

/** One voice a device: enough to count hands in a room, and no account. */
function voterOf(): string {
  let id = recall('live.voter');
  if (!id) remember('live.voter', (id = crypto.randomUUID()));
  return id;
}

export function enterRoom(app: App, model: Model, link: Link): Room {
  rememberLink(link);
  if (location.hash.includes(link.token)) history.replaceState(null, '', `/${app.lang}${href('workshop')}`); // the secret leaves the address bar, and screenshots
  return new Room(app, model, link);
}

/** Takes the open board live: the same document, with its history, goes to the server. */
export async function goLive(app: App, model: Model): Promise<Room> {
  const { id, tokens } = await ask<{ id: string; tokens: Tokens }>(app.lang, 'POST', '/api/v1/boards', { body: {} });
  model.keepAs(`live:${id}`);
  const shared = model.doc.getMap('workshop');
  model.doc.transact(() => [...shared.keys()].forEach((k) => shared.delete(k))); // what an earlier workshop left
  const name = recall('live.name');
  const own = name && (await ask<{ token: string }>(app.lang, 'POST', `/api/v1/boards/${id}/people`, { token: tokens.facilitator, body: { name, role: 'facilitator' } })).token;
  return enterRoom(app, model, { id, token: own || tokens.facilitator, tokens });
}

export const operatorOf = (app: App): Promise<Operator> => ask<Operator>(app.lang, 'GET', '/api/v1/server');
