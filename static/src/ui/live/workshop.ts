import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Role } from '../../engine/types.ts';
import { arrive } from '../arrival.ts';
import { icon } from '../../icons.ts';
import { href } from '../route.ts';
import { recall } from '../storage.ts';
import { View } from '../view.ts';
import { agenda } from './agenda.ts';
import { decisions, ranking } from './decisions.ts';
import './look.ts';
import { minutes, summary } from './minutes.ts';
import { closed, coming, entrance, opening, type Opening } from './opening.ts';
import { doors, keys, leaving, people, stage } from './panel.ts';
import './preflight.ts';
import { colours } from './room.ts';
import { paperRound, round } from './round.ts';
import './wall.ts';

/** The workshop: how to open one, alone; then how to hold it, together. */
export class Workshop extends View {
  @state() opening: Opening = { phase: 'asking' };
  @state() invited: { name: string; role: Role; address: string } | undefined;
  @state() chosen: ReadonlySet<string> = new Set(); // words of answers, to be said to be one
  @state() deciding: string | undefined; // key of the finding a decision is about
  @state() private failure: { where: string; text: string } | undefined; // a sentence, and beside what
  readonly colour = Number(recall('live.colour') ?? Math.floor(Math.random() * colours)) % colours;
  readonly figures = new Map<string, number>(); // agreement of each round when it was first read here

  protected override render(): TemplateResult {
    const { app } = this;
    const { room, route: { id } } = app;
    if (room && (room.ended && (!room.arrived || id !== 'minutes'))) return html`<div class="sheet workshop">${closed(this, room)}</div>`;
    if (room && !room.name && id !== 'wall') return html`<div class="sheet workshop">${entrance(this, room)}</div>`;
    if (room && !room.arrived) return html`<div class="sheet workshop">${coming(this, room)}</div>`;
    switch (id) {
      case 'preflight': return html`<unisson-preflight .app=${app}></unisson-preflight>`;
      case 'minutes': return minutes(this);
      case 'wall': return html`<unisson-wall .app=${app}></unisson-wall>`;
      case 'rehearsal': if (!room) return this.rehearsal();
    }
    if (!room) return html`<div class="sheet workshop">${opening(this)}</div>`;
    const script = agenda(this), asking = round(this, room);
    return html`
      <div class="sheet workshop ${room.leads ? 'held' : ''}">
        <h1 tabindex="-1">${this.t('ui.live.title')}</h1>
        ${room.leads ? html`<div class="front">${doors(this, room)}${stage(this, room)}</div>` : nothing}
        <div class="course">
          ${room.asked ? html`${asking}${script}` : html`${script}${asking}`}
          ${ranking(this, room)}
          ${decisions(this, room)}
          ${summary(this)}
        </div>
        <div class="back-office">
          ${room.leads ? html`${people(this, room)}${keys(this, room)}` : nothing}
          ${leaving(this, room)}
        </div>
      </div>`;
  }

  private rehearsal(): TemplateResult {
    return html`
      <div class="sheet workshop">
        <p class="back"><a href=${href('workshop')}>${icon('left')}${this.t('ui.live.open.title')}</a></p>
        <h1 tabindex="-1">${this.t('ui.rehearsal.title')}</h1>
        <p class="lede">${this.t('ui.rehearsal.lede')}</p>
        ${agenda(this)}
        ${paperRound(this)}
        ${decisions(this)}
        ${summary(this)}
      </div>`;
  }

  protected override updated(): void {
    if (!this.querySelector('unisson-preflight, unisson-wall')) arrive(this.app, this, 'workshop');
  }

  /** A word of the answers is chosen, or let go; none: all are. */
  choose(word?: string): void {
    const next = new Set(word === undefined ? [] : this.chosen);
    if (word !== undefined && !next.delete(word)) next.add(word);
    this.chosen = next;
  }

  /** The next decision is about a finding. */
  decide(finding: string | undefined): void {
    this.deciding = finding;
    if (finding) void this.focusLater('decision-text');
  }

  /** Does what may fail, and says beside it why it did. */
  attempt = async (where: string, act: () => Promise<unknown>): Promise<void> => {
    this.failure = undefined;
    try {
      await act();
    } catch (e) {
      this.failure = { where, text: (e instanceof Error && e.message) || this.t('ui.live.unreachable') };
    }
    this.requestUpdate();
  };

  refusal(where: string): unknown {
    return this.failure?.where === where ? html`<p class="refusal" role="alert">${this.failure.text}</p>` : nothing;
  }
}

customElements.define('unisson-workshop', Workshop);
