import { defaultRangeExtractor, observeWindowOffset, observeWindowRect, Virtualizer, windowScroll, type Range, type VirtualItem } from '@tanstack/virtual-core';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon, kindIcon } from '../icons.ts';
import type { Message } from '../engine/types.ts';
import { about, relight } from './about.ts';
import { arrive } from './arrival.ts';
import { askChanges } from './desk/bulk.ts';
import { choose } from './desk/choose.ts';
import { grip, landing } from './desk/drag.ts';
import { entities } from './desk/fields.ts';
import { findingsAt, flags } from './desk/flags.ts';
import { form, ofEntity } from './desk/form.ts';
import { everything, listing, retouched, Selection, type By, type Filter, type Only } from './desk/listing.ts';
import { marksIn, spansOf } from './editor/places.ts';
import { preload, type Text } from './editor/text.ts';
import { pieces } from './excerpt.ts';
import { withMarks } from './quote.ts';
import { href, parseSpans } from './route.ts';
import { domId, valueOf, View } from './view.ts';

const guess = 132; // px of a message nobody has measured yet
const leap = 10;   // messages a page key passes

/**
 * The messages of the board: found, chosen, moved, written in place. Only those near the window are drawn, so that ten thousand
 * of them cost what a screenful does; a screen reader is told of all, and the search looks through all.
 */
@customElement('unisson-messages')
export class Messages extends View {
  @state() private filter: Filter = everything;
  @state() private editing?: string | undefined;
  @state() private chosen = new Selection();
  @state() private dragging = false;
  private current?: string | undefined; // the one the arrow keys stand on
  private list: Message[] = [];
  private made: { messages: Message[]; filter: Filter; report: unknown } | undefined; // what the list was made from
  private rows!: Virtualizer<Window, HTMLElement>;
  private margin = 0;
  private unmount?: () => void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.rows = new Virtualizer<Window, HTMLElement>(this.options());
    this.unmount = this.rows._didMount();
    (globalThis.requestIdleCallback ?? setTimeout)(preload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unmount?.();
  }

  private options() {
    return {
      count: this.list.length, getScrollElement: () => window, observeElementRect: observeWindowRect, observeElementOffset: observeWindowOffset, scrollToFn: windowScroll,
      estimateSize: () => guess, overscan: 6, scrollMargin: this.margin, initialRect: { width: innerWidth, height: innerHeight }, initialOffset: () => scrollY,
      getItemKey: (i: number) => this.list[i]?.id ?? i, // a new function each time: what is kept drawn is no part of what the range is remembered by
      rangeExtractor: (r: Range) => this.range(r), scrollPaddingStart: 112, scrollPaddingEnd: 72, onChange: () => this.requestUpdate(),
    };
  }

  /** What is written in, or stood on, stays drawn however far one scrolls: focus is never lost to scrolling. */
  private range(r: Range): number[] {
    const kept = [this.current, this.editing].map((id) => (id ? this.list.findIndex((m) => m.id === id) : -1)).filter((i) => i >= 0);
    return [...new Set([...defaultRangeExtractor(r), ...kept])].sort((a, b) => a - b);
  }

  /** A message one is led to is brought into view, whatever was sought or filtered before. */
  protected override willUpdate(): void {
    const { arrival } = this.app;
    const led = arrival?.screen === 'posts' && arrival.id !== 'add' ? arrival.id : undefined;
    if (led && this.board.messages?.some((m) => m.id === led)) {
      this.current = led;
      if (!this.select().some((m) => m.id === led)) this.filter = { ...everything, by: this.filter.by };
    }
    this.list = this.select();
    this.chosen = this.chosen.within(this.board.messages ?? []);
    if (!this.list.some((m) => m.id === this.current)) this.current = this.list[0]?.id;
    this.rows.setOptions(this.options());
  }

  private select(): Message[] {
    const messages = this.board.messages ?? [];
    const { filter, made } = this;
    const report = filter.only === 'found' ? this.app.report : undefined;
    if (made?.messages === messages && made.filter === filter && made.report === report) return this.list;
    const same = made?.filter === filter && made.report === report ? retouched(made.messages, messages, this.list, filter) : undefined;
    this.list = same ?? listing(messages, filter, (id) => findingsAt(this.app, id).length > 0);
    this.made = { messages, filter, report };
    return this.list;
  }

  protected override render(): TemplateResult {
    const items = this.rows.getVirtualItems();
    const n = this.chosen.ids.size;
    return html`
      <section class="messages" aria-labelledby="messages-title">
        <h2 id="messages-title">${this.t('ui.messages.title')}</h2>
        ${this.filters()}
        <div class="picked ${n ? 'some' : ''}">
          <p class="count" role="status">${this.t('ui.messages.count', { n: this.list.length })}${n ? ` · ${this.t('ui.bulk.chosen', { n })}` : ''}</p>
          <button type="button" class="quiet" ?disabled=${!this.list.length} @click=${() => { this.chosen = this.chosen.all(this.list); }}>${this.t('ui.bulk.all', { n: this.list.length })}</button>
          ${n ? html`
            <button type="button" class="plain" id="bulk-edit" @click=${() => void this.changeChosen()}>${icon('edit')}${this.t('ui.bulk.edit')}</button>
            <button type="button" class="plain" id="bulk-delete" @click=${() => this.discard([...this.chosen.ids])}>${icon('trash')}${this.t('ui.delete')}</button>
            <button type="button" class="quiet" @click=${() => { this.chosen = new Selection(); void this.focusRow(); }}>${this.t('ui.bulk.none')}</button>` : nothing}
        </div>
        <p class="unseen" id="messages-keys">${this.t('ui.messages.keys')}</p>
        <ol class="texts" role="list" aria-labelledby="messages-title" aria-describedby="messages-keys" .style=${`height:${this.rows.getTotalSize()}px`}>
          ${repeat(items, (i) => this.list[i.index]?.id, (i) => (this.list[i.index] ? this.message(this.list[i.index]!, i) : nothing))}
        </ol>
        ${this.dragging ? this.rail() : nothing}
      </section>`;
  }

  private filters(): TemplateResult {
    const { channels = [], messages = [] } = this.board;
    const counts = new Map<string, number>();
    for (const m of messages) counts.set(m.channel, (counts.get(m.channel) ?? 0) + 1);
    const by = (f: Partial<Filter>): void => { this.filter = { ...this.filter, ...f }; };
    const one = <K extends string>(id: string, label: string, value: K, options: [K, string][], set: (v: K) => void) => html`
      <label class="filter"><span>${label}</span><select id=${id} @change=${(e: Event) => set(valueOf(e) as K)}>${options.map(([v, text]) => html`<option value=${v} ?selected=${v === value}>${text}</option>`)}</select></label>`;
    return html`
      <div class="filters">
        <label class="search"><span class="unseen">${this.t('ui.messages.search')}</span>${icon('search')}
          <input type="search" placeholder=${this.t('ui.messages.search')} .value=${live(this.filter.sought)} @input=${(e: Event) => by({ sought: valueOf(e) })}></label>
        ${one('filter-channel', this.t('ui.messages.by'), this.filter.channel, [['', this.t('ui.messages.allOf', { n: messages.length })], ...channels.filter((c) => counts.has(c.id)).map((c): [string, string] => [c.id, this.t('ui.messages.ofChannel', { channel: c.name, n: counts.get(c.id)! })])], (channel) => by({ channel }))}
        ${one<Only>('filter-only', this.t('ui.messages.only'), this.filter.only, (['', 'found', 'undated', 'loose'] as const).map((o) => [o, this.t(`ui.messages.only.${o || 'all'}`)]), (only) => by({ only }))}
        ${one<By>('filter-by', this.t('ui.messages.order'), this.filter.by, (['board', 'newest', 'oldest'] as const).map((o) => [o, this.t(`ui.messages.order.${o}`)]), (order) => by({ by: order }))}
      </div>`;
  }

  private message(m: Message, row: VirtualItem): TemplateResult {
    const id = domId('at', m.id);
    const { route } = this.app;
    const here = route.id === m.id;
    const editing = this.editing === m.id;
    const channel = this.board.channels?.find((c) => c.id === m.channel);
    const lang = m.lang ?? channel?.lang ?? this.board.lang;
    const picked = this.chosen.ids.has(m.id);
    const tab = this.current === m.id ? 0 : -1;
    const found = findingsAt(this.app, m.id);
    const spans = here && route.part ? parseSpans(route.part) : spansOf(m.text, marksIn(m.text, { list: 'messages', id: m.id, field: 'text' }, found));
    const handle = grip({ list: 'messages', id: m.id }, (on) => { this.dragging = on; });
    return html`
      <li class="message drags ${here ? 'here' : ''} ${picked ? 'picked-one' : ''} ${editing ? 'open' : ''}" id=${id} tabindex=${tab} role="listitem" aria-setsize=${this.list.length} aria-posinset=${row.index + 1} data-index=${row.index}
        data-about=${about(m.id, ...found)} .style=${`transform:translateY(${row.start - this.margin}px)`} @keydown=${(e: KeyboardEvent) => this.key(e, m)} @focusin=${() => this.stand(m)}>
        <label class="pick"><input type="checkbox" tabindex=${tab} aria-label=${this.t('ui.bulk.pick')} aria-describedby=${id + '.said'} .checked=${live(picked)} @click=${(e: MouseEvent) => this.pick(m, e.shiftKey)}></label>
        <p class="where">${icon(kindIcon(channel?.kind ?? ''))}<span>${channel?.name ?? m.channel}</span>
          ${m.date ? html`<time datetime=${m.date}>${this.t('ui.date', { date: m.date })}</time>` : nothing}
          ${m.pillar ? html`<small>${this.app.name(m.pillar)}</small>` : nothing}${m.action ? html`<small>${this.app.name(m.action)}</small>` : nothing}</p>
        ${editing ? html`
          <unisson-text class="message-text" .app=${this.app} .name=${id + '.text'} .label=${this.t('ui.messages.text')} .language=${lang ?? ''} .of=${{ list: 'messages', id: m.id, field: 'text' }}
            @leave=${(e: Event) => { e.preventDefault(); this.finish(m); }}></unisson-text>
          <div class="fields">${form(this.app, ofEntity(this.app, 'messages', m), entities.messages.fields)}</div>`
          : html`<p class="text" id=${id + '.said'} lang=${lang ?? nothing} @click=${(e: MouseEvent) => this.clicked(m, e)}>${withMarks(pieces(m.text, spans))}</p>`}
        ${flags(this.app, m.id)}
        <p class="acts">
          ${here && this.app.from ? html`<a class="back" tabindex=${tab} href=${href('report', this.app.from)}>${icon('left')}${this.t('ui.messages.back')}</a>` : nothing}
          ${editing
            ? html`<button type="button" class="quiet" id=${id + '.done'} @click=${() => this.finish(m)}>${icon('check')}${this.t('ui.messages.done')}</button>`
            : html`<button type="button" class="quiet" id=${id + '.edit'} tabindex=${tab} aria-describedby=${id + '.said'} @click=${() => this.edit(m)}>${icon('edit')}${this.t('ui.edit')}</button>`}
          <button type="button" class="quiet" tabindex=${tab} aria-describedby=${id + '.said'} @click=${() => this.discard([m.id])}>${icon('trash')}${this.t('ui.delete')}</button>
          <button type="button" class="quiet grip" tabindex=${tab} draggable="true" aria-describedby=${id + '.said'} @dragstart=${handle.start} @dragend=${handle.end} @click=${() => void this.move(m)}>${icon('grip')}${this.t('ui.move.title')}</button>
        </p>
      </li>`;
  }

  /** Where a message may be dropped while one is dragged: the channels, at hand wherever one has scrolled to. */
  private rail(): TemplateResult {
    return html`<div class="rail" aria-hidden="true">${(this.board.channels ?? []).map((c) => {
      const zone = landing((d) => d.list === 'messages', (d) => this.rechannel(this.chosen.ids.has(d.id) ? [...this.chosen.ids] : [d.id], c.id));
      return html`<span @dragover=${zone.over} @dragleave=${zone.leave} @drop=${zone.drop}>${icon(kindIcon(c.kind))}${c.name}</span>`;
    })}</div>`;
  }

  // ---------- keys and choice ----------

  private stand(m: Message): void {
    if (this.current === m.id) return;
    this.current = m.id;
    this.requestUpdate();
  }

  private key(e: KeyboardEvent, m: Message): void {
    if (e.target !== e.currentTarget) return;
    const at = this.list.indexOf(m);
    const step: Partial<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + leap, PageUp: at - leap, Home: 0, End: this.list.length - 1 };
    const to = step[e.key];
    if (to !== undefined) {
      const next = this.list[Math.max(0, Math.min(this.list.length - 1, to))]!;
      if (e.shiftKey) this.chosen = (this.chosen.anchor === undefined ? this.chosen.toggle(m.id) : this.chosen).extend(this.list, next.id);
      this.current = next.id;
      void this.focusRow();
    } else if (e.key === ' ') this.pick(m, e.shiftKey);
    else if (e.key === 'Enter') this.edit(m);
    else if (e.key === 'Delete') this.discard(this.chosen.ids.has(m.id) ? [...this.chosen.ids] : [m.id]);
    else if (e.key === 'Escape' && this.chosen.ids.size) this.chosen = new Selection();
    else if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'a') this.chosen = this.chosen.all(this.list);
    else return;
    e.preventDefault();
  }

  private pick(m: Message, range: boolean): void {
    this.chosen = range ? this.chosen.extend(this.list, m.id) : this.chosen.toggle(m.id);
  }

  /** Focus goes to the message stood on, which is drawn first where it was not. */
  private async focusRow(): Promise<void> {
    const { current } = this;
    if (!current) return;
    this.requestUpdate();
    await this.updateComplete;
    document.getElementById(domId('at', current))?.focus({ preventScroll: true });
    const at = this.list.findIndex((m) => m.id === current);
    if (at >= 0) this.rows.scrollToIndex(at); // past the bars that stay in sight above and below
  }

  // ---------- acts ----------

  private clicked(m: Message, e: MouseEvent): void {
    if (!getSelection()?.isCollapsed || e.detail !== 1) return; // words are being chosen, not a place
    this.edit(m, e);
  }

  private edit(m: Message, e?: MouseEvent): void {
    const at = e && document.caretPositionFromPoint?.(e.clientX, e.clientY);
    const said = document.getElementById(domId('at', m.id) + '.said');
    let offset: number | undefined;
    if (at && said?.contains(at.offsetNode)) {
      const before = document.createRange();
      before.setStart(said, 0);
      before.setEnd(at.offsetNode, at.offset);
      offset = before.toString().length;
    }
    this.current = this.editing = m.id;
    void this.updateComplete.then(async () => {
      const text = this.querySelector<Text>(`#${CSS.escape(domId('at', m.id))} unisson-text`);
      await text?.updateComplete;
      text?.enter(offset);
    });
  }

  private finish(m: Message): void {
    this.editing = undefined;
    void this.focusLater(domId('at', m.id));
  }

  private discard(ids: string[]): void {
    const gone = new Set(ids);
    const at = this.list.findIndex((m) => gone.has(m.id));
    const next = this.list.slice(at).find((m) => !gone.has(m.id)) ?? this.list.slice(0, at).findLast((m) => !gone.has(m.id));
    this.app.act((model) => ids.forEach((id) => model.drop('messages', id)), ids.length === 1 ? 'ui.messages.removed' : 'ui.bulk.removed', { n: ids.length });
    this.current = next?.id;
    void this.focusRow();
  }

  private async changeChosen(): Promise<void> {
    const ids = [...this.chosen.ids];
    const fields = await askChanges(this.app, ids.length);
    if (fields) this.app.act((m) => ids.forEach((id) => m.patch('messages', id, fields)), 'ui.bulk.done', { n: ids.length });
  }

  private rechannel(ids: string[], channel: string): void {
    this.app.act((m) => ids.forEach((id) => m.patch('messages', id, { channel })), 'ui.bulk.moved', { n: ids.length, channel: this.app.name(channel) });
  }

  private async move(m: Message): Promise<void> {
    const ids = this.chosen.ids.has(m.id) ? [...this.chosen.ids] : [m.id];
    const to = await choose(this.app, { title: this.t('ui.bulk.move', { n: ids.length }), label: this.t('ui.f.messages.channel'), value: m.channel, options: (this.board.channels ?? []).map((c) => ({ value: c.id, label: c.name })) });
    if (to && to !== m.channel) this.rechannel(ids, to);
    void this.focusLater(domId('at', m.id));
  }

  // ---------- after each drawing ----------

  protected override updated(): void {
    this.rows._willUpdate();
    const list = this.querySelector('ol')!;
    const margin = Math.round(list.getBoundingClientRect().top + scrollY);
    if (Math.abs(margin - this.margin) > 1) {
      this.margin = margin;
      this.requestUpdate();
    }
    for (const li of list.querySelectorAll<HTMLElement>(':scope > li')) this.rows.measureElement(li);
    relight();
    const led = this.app.arrival?.id;
    if (!led) return;
    arrive(this.app, this, 'posts');
    const at = this.list.findIndex((m) => m.id === led);
    if (at >= 0 && !this.app.arrival) this.rows.scrollToIndex(at, { align: 'center' });
  }
}
