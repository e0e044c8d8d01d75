import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { arrive } from '../arrival.ts';
import { View } from '../view.ts';
import { agenda } from './agenda.ts';
import { decisions, round, summary } from './gather.ts';
import { entrance, opening, type Opening } from './opening.ts';
import { doors, keys, people, stage } from './panel.ts';

/** The workshop: how to open one, alone; then how to hold it, together. */
export class Workshop extends View {
  @state() opening: Opening = { phase: 'asking' };
  @state() code: { code: string; expires: string } | undefined;
  @state() failure = ''; // a sentence

  protected override render(): TemplateResult {
    const { room } = this.app;
    if (!room) return html`<div class="sheet workshop">${opening(this)}${agenda(this)}</div>`;
    if (!room.name) return html`<div class="sheet workshop">${entrance(this, room)}</div>`;
    return html`
      <div class="sheet workshop">
        <h1 tabindex="-1">${this.t('ui.live.title')}</h1>
        ${this.failure ? html`<p class="refusal" role="alert">${this.failure}</p>` : nothing}
        ${room.leads ? html`${doors(this, room)}${stage(this, room)}` : nothing}
        ${round(this, room)}
        ${agenda(this)}
        ${decisions(this, room)}
        ${room.leads ? people(this, room) : nothing}
        ${summary(this, room)}
        ${room.leads ? keys(this, room) : nothing}
      </div>`;
  }

  protected override updated(): void {
    arrive(this.app, this, 'workshop');
  }

  /** Does what may fail, and says why it did. */
  attempt = async (act: () => Promise<unknown>): Promise<void> => {
    this.failure = '';
    try {
      await act();
    } catch (e) {
      this.failure = (e instanceof Error && e.message) || this.t('ui.live.unreachable');
    }
    this.requestUpdate();
  };
}

customElements.define('unisson-workshop', Workshop);
