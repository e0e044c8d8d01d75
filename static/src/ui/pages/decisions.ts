import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { localDay } from '../../engine/day.ts';
import type { Entity } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { desk } from '../desk/desk.ts';
import type { Moves } from '../desk/entities.ts';
import { entities } from '../desk/fields.ts';
import { View } from '../view.ts';

/** What was decided and when: a change of voice that a decision explains is no accident. */
@customElement('unisson-decisions')
class Decisions extends View {
  @state() private today = localDay();

  protected override render(): TemplateResult {
    const sorted = [...(this.board.decisions ?? [])].sort((a, b) => (String(a.date) < String(b.date) ? 1 : String(a.date) > String(b.date) ? -1 : a.id < b.id ? -1 : 1));
    return html`
      <header class="opening"><h1 tabindex="-1">${this.t('ui.decided.title')}</h1><p class="lede">${this.t('ui.decided.lede')}</p></header>
      <section aria-labelledby="decisions-title">
        <h2 id="decisions-title">${this.t('ui.decided.list')}</h2>
        <unisson-entities .app=${this.app} .kind=${entities.decisions} .items=${sorted.map((entity) => ({ entity }))} .adding=${{ fields: { date: this.board.asOf ?? this.today } }} .moves=${this.moves}
          .says=${(d: Entity) => [this.t('ui.date', { date: String(d.date) }), ...((d.channels as string[] | undefined) ?? []).map((c) => this.app.name(c))].join(' · ')}></unisson-entities>
      </section>`;
  }

  private get moves(): Moves {
    return {
      label: this.t('ui.f.decisions.date'), options: () => undefined, value: (d) => String(d.date).slice(0, 10),
      move: (d, to) => { if (to) this.app.act((m) => m.patch('decisions', d.id, { date: to + String(d.date).slice(10) }), 'ui.moved', { what: String(d.text) }); },
    };
  }

  protected override async updated(): Promise<void> {
    await Promise.all(Array.from(this.querySelectorAll<View>('unisson-entities'), (e) => e.updateComplete));
    arrive(this.app, this, 'decisions');
  }
}

export const page = (app: App): TemplateResult => desk(app, 'decisions', html`<unisson-decisions .app=${app}></unisson-decisions>`);
export type { Decisions };
