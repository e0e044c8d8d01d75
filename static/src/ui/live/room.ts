import type * as Y from 'yjs';
import { openLive } from '../../engine/live.ts';
import type { Live, Model, Presence, Role, Session } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { href, parseRoute } from '../route.ts';
import { recall, remember } from '../storage.ts';
import { ask, rememberLink, type Link, type Operator, type Tokens } from './api.ts';
import { bar, curtain, voteOn } from './bar.ts';
import { Carets } from './carets.ts';

export const colours = 8;

/**
 * A board shared with others: who is there, what the facilitator set for everyone, what this person may do. What everyone shares beside
 * the board lies in the document's root map `workshop`, which is no part of the board and of nobody's undo.
 */
export class Room {
  readonly live: Live;
  readonly shared: Y.Map<unknown>;
  name = recall('live.name') ?? '';
  colour = Number(recall('live.colour') ?? Math.floor(Math.random() * colours)) % colours;
  peeking = false;    // a facilitator looks behind the curtain, alone
  following = true;   // where the facilitator leads, once they do
  private becoming = false;
  private readonly voter = voterOf();
  private readonly off = new AbortController();
  private readonly carets: Carets;
  private tick: ReturnType<typeof setInterval> | undefined;

  constructor(readonly app: App, readonly model: Model, public link: Link) {
    this.live = openLive(model.doc, { id: link.id, token: link.token });
    this.shared = model.doc.getMap('workshop');
    this.carets = new Carets(this);
    this.live.subscribe(() => {
      const s = this.live.session();
      model.readOnly = !!s && !this.writes;
      if (s?.you && !this.name) this.enter(s.you.name, this.colour);
      if (s && !s.you && this.name) void this.become();
      app.changed();
    });
    this.shared.observe(() => {
      this.follow();
      this.keepTime();
      app.changed();
    });
    const on = { signal: this.off.signal };
    addEventListener('hashchange', () => this.moved(), on);
    addEventListener('focusin', (e) => this.at(e.target), on);
    addEventListener('beforeinput', (e) => this.refuse(e), { ...on, capture: true });
    document.addEventListener('selectionchange', () => this.at(document.activeElement), on);
    if (this.name) this.enter(this.name, this.colour);
    this.moved();
    this.keepTime();
  }

  // ---------- who one is ----------

  get session(): Session | undefined { return this.live.session(); }
  get role(): Role | undefined { return this.session?.role; }
  get leads(): boolean { return this.role === 'facilitator'; }
  get writes(): boolean { return this.leads || (this.role === 'editor' && !this.session?.locked); }

  enter(name: string, colour: number): void {
    this.name = name.trim().slice(0, 40);
    this.colour = colour;
    remember('live.name', this.name);
    remember('live.colour', String(colour));
    this.live.present({ user: { name: this.name, colour } });
    this.app.changed();
  }

  /** Whoever came by a link that several hold is given one of their own: it can be taken back without the others losing theirs. */
  private async become(): Promise<void> {
    if (this.becoming) return;
    this.becoming = true;
    try {
      const { token } = await this.ask<{ token: string }>('POST', '/people', { name: this.name, role: this.role });
      this.link = { ...this.link, token };
      rememberLink(this.link);
      this.live.renew(token);
    } catch { /* a full board: the shared link goes on working, but its holder cannot answer a round */ }
  }

  get people(): Presence[] { return this.live.people(); }
  get raised(): boolean { return this.people.some((p) => p.self && p.hand); }
  raise(): void {
    this.live.present({ hand: this.raised ? undefined : Date.now() });
  }

  // ---------- where everyone is ----------

  private moved(): void {
    const { screen, id } = this.app.route;
    this.live.present({ at: { screen, id } });
    if (this.leads && this.shared.get('spotlight')) this.shared.set('spotlight', location.hash);
  }

  private at(element: EventTarget | null): void {
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) || !element.id.startsWith('at.')) return;
    this.here(element.id, element.type === 'text' || element instanceof HTMLTextAreaElement ? element.selectionStart ?? undefined : undefined);
  }

  /** Tells the others in which field, and where in it, this person writes. */
  here(field: string, caret: number | undefined): void {
    const { screen, id } = this.app.route;
    const mine = this.people.find((p) => p.self)?.at;
    if (mine?.field !== field || mine.caret !== caret) this.live.present({ at: { screen, id, field, caret } });
  }

  /** Who may not write sees so at the first key, not after the fact. */
  private refuse(e: Event): void {
    if (!this.session || this.writes || !(e.target as HTMLElement).id?.startsWith('at.')) return;
    e.preventDefault();
    this.app.say(this.session.locked ? 'ui.live.locked' : 'ui.live.viewing');
  }

  lead(on: boolean): void {
    if (on) this.shared.set('spotlight', location.hash || href('landing'));
    else this.shared.delete('spotlight');
  }

  private follow(): void {
    const where = this.shared.get('spotlight') as string | undefined;
    if (!where) this.following = true;
    else if (!this.leads && this.following && where !== location.hash) {
      const { screen, id, part } = parseRoute(where);
      this.app.to(screen, id, part);
    }
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
    if (minutes) this.shared.set('ends', Date.now() + 60_000 * minutes);
    else this.shared.delete('ends');
  }

  /** The clock is drawn each second while it runs, and for nobody otherwise. */
  private keepTime(): void {
    clearInterval(this.tick);
    if (this.ends && this.ends > Date.now() - 60_000) this.tick = setInterval(() => {
      this.app.changed();
      if (!this.ends || this.ends < Date.now() - 60_000) clearInterval(this.tick);
    }, 1000);
  }

  votes(finding: string): number {
    let n = 0;
    for (const k of this.shared.keys()) if (k.startsWith(`vote:${finding}\n`)) n++;
    return n;
  }
  voted(finding: string): boolean { return this.shared.has(`vote:${finding}\n${this.voter}`); }
  vote(finding: string): void {
    const key = `vote:${finding}\n${this.voter}`;
    if (this.shared.has(key)) this.shared.delete(key);
    else this.shared.set(key, true);
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
    clearInterval(this.tick);
    this.carets.close();
    this.live.close();
  }

  // ---------- what the page draws of it ----------

  bar(): unknown { return bar(this); }
  curtain(): unknown { return curtain(this); }
  voteOn(finding: string): unknown { return voteOn(this, finding); }
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
  model.doc.transact(() => [...shared.keys()].forEach((k) => shared.delete(k))); // what a rehearsal left
  const name = recall('live.name');
  const own = name && (await ask<{ token: string }>(app.lang, 'POST', `/api/v1/boards/${id}/people`, { token: tokens.facilitator, body: { name, role: 'facilitator' } })).token;
  return enterRoom(app, model, { id, token: own || tokens.facilitator, tokens });
}

export const operatorOf = (app: App): Promise<Operator> => ask<Operator>(app.lang, 'GET', '/api/v1/server');
