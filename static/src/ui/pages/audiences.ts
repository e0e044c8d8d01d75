import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Channel, Segment } from '../../engine/types.ts';
import { about } from '../about.ts';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { desk } from '../desk/desk.ts';
import { ordering } from '../desk/entities.ts';
import { entities } from '../desk/fields.ts';
import { checkedOf, View } from '../view.ts';

/** Publics and what they need; then who is served by which channel, and which channel answers which need. */
@customElement('unisson-audiences')
class Audiences extends View {
  protected override render(): TemplateResult {
    const segments = this.board.segments ?? [];
    const order = ordering(this.app, 'segments');
    return html`
      <header class="opening"><h1 tabindex="-1">${this.t('ui.audiences.title')}</h1><p class="lede">${this.t('ui.audiences.lede')}</p></header>
      <section aria-labelledby="segments-title">
        <h2 id="segments-title">${this.t('ui.audiences.list')}</h2>
        <unisson-entities .app=${this.app} .kind=${entities.segments} .items=${segments.map((entity) => ({ entity }))} .moves=${order} .drop=${order.onto} .says=${this.says}></unisson-entities>
      </section>
      ${segments.length && this.board.channels?.length ? this.coverage(segments, this.board.channels) : nothing}`;
  }

  private says = (s: Segment): unknown => {
    const served = (this.board.channels ?? []).filter((c) => c.segments?.includes(s.id)).map((c) => c.name);
    return [s.needs?.length ? this.t('ui.audiences.needs', { n: s.needs.length }) : '', served.length ? this.t('ui.audiences.by', { channels: served }) : this.t('ui.audiences.byNone')].filter(Boolean).join(' · ');
  };

  /** A table: a row a public or a need, a column a channel, a box where they meet. */
  private coverage(segments: Segment[], channels: Channel[]): TemplateResult {
    const box = (c: Channel, field: 'segments' | 'answers', id: string, name: string): TemplateResult => html`
      <td><label class="box"><input type="checkbox" aria-label=${this.t(`ui.audiences.box.${field}`, { channel: c.name, what: name })} .checked=${live(!!c[field]?.includes(id))}
        @change=${(e: Event) => this.app.write((m) => m.patch('channels', c.id, { [field]: checkedOf(e) ? [...(c[field] ?? []), id] : (c[field] ?? []).filter((x) => x !== id) }))}></label></td>`;
    return html`
      <section aria-labelledby="coverage-title">
        <h2 id="coverage-title">${this.t('ui.audiences.coverage')}</h2>
        <p class="why">${this.t('ui.audiences.coverage.why')}</p>
        <div class="scroll" role="region" tabindex="0" aria-label=${this.t('ui.audiences.table')}>
          <table class="grid">
            <thead><tr><td></td>${channels.map((c) => html`<th scope="col" data-about=${about(c.id)}>${c.name}</th>`)}</tr></thead>
            ${segments.map((s) => html`<tbody>
              <tr class="head" data-about=${about(s.id)}><th scope="row">${s.name}</th>${channels.map((c) => box(c, 'segments', s.id, s.name))}</tr>
              ${(s.needs ?? []).map((n) => html`<tr data-about=${about(n.id)}><th scope="row" class="need">${n.text}${n.outOfScope ? html` <small>${this.t('ui.audiences.declined')}</small>` : nothing}</th>${channels.map((c) => box(c, 'answers', n.id, n.text))}</tr>`)}
            </tbody>`)}
          </table>
        </div>
      </section>`;
  }

  protected override async updated(): Promise<void> {
    await Promise.all(Array.from(this.querySelectorAll<View>('unisson-entities'), (e) => e.updateComplete));
    arrive(this.app, this, 'audiences');
  }
}

export const page = (app: App): TemplateResult => desk(app, 'audiences', html`<unisson-audiences .app=${app}></unisson-audiences>`);
export type { Audiences };
