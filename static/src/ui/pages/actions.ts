import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { localDay } from '../../engine/day.ts';
import { icon } from '../../icons.ts';
import type { Entity } from '../../engine/types.ts';
import { about } from '../about.ts';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { newId } from '../board.ts';
import { desk } from '../desk/desk.ts';
import { grip, landing } from '../desk/drag.ts';
import type { Moves } from '../desk/entities.ts';
import { entities } from '../desk/fields.ts';
import { findingsAt } from '../desk/flags.ts';
import { isDay, monthOf, shifted, weeks } from '../desk/months.ts';
import { href } from '../route.ts';
import { View } from '../view.ts';

/** Actions on a calendar, and the same as a list: what is planned, what merely reacts, and which objective each serves. */
@customElement('unisson-actions')
class Actions extends View {
  @state() private month = '';

  protected override willUpdate(): void {
    const actions = this.board.actions ?? [];
    const led = this.app.arrival?.screen === 'actions' && actions.find((a) => a.id === this.app.arrival!.id);
    if (led && isDay(led.date)) this.month = monthOf(led.date);
    // The month of the last dated action, else that of the board's day: where there is something to see.
    if (!this.month) this.month = monthOf(actions.map((a) => a.date).filter(isDay).sort().at(-1) ?? this.board.asOf ?? localDay());
  }

  protected override render(): TemplateResult {
    const actions = this.board.actions ?? [];
    const sorted = [...actions].sort((a, b) => (String(a.date ?? '~') < String(b.date ?? '~') ? -1 : String(a.date ?? '~') > String(b.date ?? '~') ? 1 : a.id < b.id ? -1 : 1));
    return html`
      <header class="opening"><h1 tabindex="-1">${this.t('ui.actions.title')}</h1><p class="lede">${this.t('ui.actions.lede')}</p></header>
      ${actions.length ? this.calendar(sorted) : nothing}
      <section aria-labelledby="actions-title">
        <h2 id="actions-title">${this.t('ui.actions.list')}</h2>
        <unisson-entities .app=${this.app} .kind=${entities.actions} .items=${sorted.map((entity) => ({ entity, apart: !entity.objective && !entity.exempt }))} .says=${this.says} .moves=${this.moves}></unisson-entities>
      </section>`;
  }

  private says = (a: Entity): unknown => {
    const channels = (a.channels as string[] | undefined)?.map((c) => this.app.name(c)) ?? [];
    return [
      isDay(a.date) ? this.t('ui.date', { date: a.date }) : this.t('ui.actions.undated'), a.trigger ? this.t(`ui.o.trigger.${a.trigger as string}`) : '', channels.join(', '),
      a.objective ? this.t('ui.actions.serves', { objective: this.app.name(String(a.objective)) }) : this.t('ui.actions.servesNothing'),
    ].filter(Boolean).join(' · ');
  };

  private calendar(actions: Entity[]): TemplateResult {
    const { month } = this;
    const on = new Map<string, Entity[]>();
    for (const a of actions) if (isDay(a.date)) on.set(a.date.slice(0, 10), [...(on.get(a.date.slice(0, 10)) ?? []), a]);
    const undated = actions.filter((a) => !isDay(a.date));
    const tray = landing((d) => d.list === 'actions', (d) => this.toDay(d.id, undefined));
    const title = this.t('ui.actions.month', { month: this.t(`ui.month.${Number(month.slice(5))}`), year: month.slice(0, 4) });
    return html`
      <section class="calendar" aria-labelledby="month-title">
        <header>
          <h2 id="month-title" aria-live="polite">${title}</h2>
          <p><button type="button" class="tool" aria-label=${this.t('ui.actions.before')} @click=${() => { this.month = shifted(month, -1); }}>${icon('left')}</button>
          <button type="button" class="tool" aria-label=${this.t('ui.actions.after')} @click=${() => { this.month = shifted(month, 1); }}>${icon('right')}</button></p>
        </header>
        <table>
          <caption class="unseen">${title}</caption>
          <thead><tr>${[1, 2, 3, 4, 5, 6, 7].map((d) => html`<th scope="col"><abbr title=${this.t(`ui.day.${d}`)}>${this.t(`ui.day.${d}`).slice(0, 2)}</abbr></th>`)}</tr></thead>
          <tbody>${weeks(month).map((week) => html`<tr>${week.map(({ date, inside }) => {
            const zone = landing((d) => d.list === 'actions', (d) => this.toDay(d.id, date));
            return html`<td class=${inside ? '' : 'outside'} @dragover=${zone.over} @dragleave=${zone.leave} @drop=${zone.drop} @dblclick=${(e: Event) => { if (e.target === e.currentTarget) this.addOn(date); }}>
              <time datetime=${date}>${Number(date.slice(8))}</time>${(on.get(date) ?? []).map((a) => this.chip(a))}</td>`;
          })}</tr>`)}</tbody>
        </table>
        ${undated.length ? html`
          <div class="tray" @dragover=${tray.over} @dragleave=${tray.leave} @drop=${tray.drop}><h3>${this.t('ui.actions.noDate')}</h3>${undated.map((a) => this.chip(a))}</div>` : nothing}
        <p class="legend-of"><span class="planned">${this.t('ui.actions.planned')}</span><span class="reactive">${this.t('ui.actions.reactive')}</span><span class="adrift">${this.t('ui.actions.servesNothing')}</span></p>
      </section>`;
  }

  private chip(a: Entity): TemplateResult {
    const handle = grip({ list: 'actions', id: a.id });
    const manner = a.trigger === undefined || a.trigger === 'planned' ? 'planned' : 'reactive';
    const adrift = !a.objective && !a.exempt;
    return html`<a class="chip ${manner} ${adrift ? 'adrift' : ''} ${findingsAt(this.app, a.id).length ? 'found' : ''}" draggable="true" data-about=${about(a.id)} href=${href('actions', a.id)} @dragstart=${handle.start} @dragend=${handle.end}><span>${a.title as string}</span></a>`;
  }

  private get moves(): Moves {
    return { label: this.t('ui.actions.toDay'), options: () => undefined, value: (a) => (isDay(a.date) ? a.date.slice(0, 10) : ''), move: (a, to) => this.toDay(a.id, to || undefined) };
  }

  private toDay(id: string, day: string | undefined): void {
    const a = this.board.actions?.find((x) => x.id === id);
    if (!a) return;
    const hour = isDay(a.date) ? a.date.slice(10) : '';
    this.app.act((m) => m.patch('actions', id, { date: day && day + hour }), day ? 'ui.actions.moved' : 'ui.actions.unmoved', { what: String(a.title), date: day ?? '' });
    if (day) this.month = monthOf(day);
  }

  private addOn(date: string): void {
    const id = newId('a');
    this.app.write((m) => m.put('actions', { id, title: this.t('ui.actions.untitled'), date }));
    this.app.to('actions', id, 'title');
  }

  protected override async updated(): Promise<void> {
    await Promise.all(Array.from(this.querySelectorAll<View>('unisson-entities'), (e) => e.updateComplete));
    arrive(this.app, this, 'actions');
  }
}

export const page = (app: App): TemplateResult => desk(app, 'actions', html`<unisson-actions .app=${app}></unisson-actions>`);
export type { Actions };
