import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { icon, kindIcon } from '../icons.ts';
import type { Message } from '../engine/types.ts';
import { arrive } from './arrival.ts';
import { folded } from './board.ts';
import { pieces } from './excerpt.ts';
import { withMarks } from './quote.ts';
import { href, parseSpans } from './route.ts';
import { domId, valueOf, View } from './view.ts';

const page = 50;

/** The messages of the board, by channel, searched and paged: ten thousand of them cost what fifty do. */
@customElement('unisson-messages')
export class Messages extends View {
  @state() private channel = '';
  @state() private sought = '';
  @state() private at = 0;
  @state() private editing?: string | undefined;
  private list: Message[] = [];
  private listFor: unknown[] = [];

  /** A message one is led to is brought into view: its channel, no search, its page. */
  protected override willUpdate(): void {
    const { arrival } = this.app;
    if (arrival?.screen === 'posts' && arrival.id && arrival.id !== 'add') {
      const all = this.board.messages ?? [];
      const found = all.find((m) => m.id === arrival.id);
      if (found) {
        if (this.channel !== found.channel) this.channel = '';
        this.sought = '';
        this.at = Math.floor(this.select().indexOf(found) / page) * page;
      }
    }
    this.list = this.select();
    if (this.at >= this.list.length) this.at = Math.max(0, Math.floor((this.list.length - 1) / page) * page);
  }

  private select(): Message[] {
    const { messages = [] } = this.board;
    const key = [messages, this.channel, this.sought];
    if (key.some((k, i) => k !== this.listFor[i])) {
      const sought = folded(this.sought);
      this.list = messages.filter((m) => (!this.channel || m.channel === this.channel) && (!sought || folded(m.text).includes(sought)));
      this.listFor = key;
    }
    return this.list;
  }

  protected override render(): TemplateResult {
    const shown = this.list.slice(this.at, this.at + page);
    return html`
      <section class="messages" aria-labelledby="messages-title">
        <h2 id="messages-title">${this.t('ui.messages.title')}</h2>
        ${this.filters()}
        <p class="count" aria-live="polite">${this.t('ui.messages.count', { n: this.list.length })}</p>
        <ol class="texts" start=${this.at + 1}>${shown.map((m) => this.message(m))}</ol>
        ${this.list.length > page ? this.pages() : nothing}
      </section>`;
  }

  private filters(): TemplateResult {
    const { channels = [], messages = [] } = this.board;
    const counts = new Map<string, number>();
    for (const m of messages) counts.set(m.channel, (counts.get(m.channel) ?? 0) + 1);
    const choice = (id: string, name: string, n: number) => html`
      <label class="choice"><input type="radio" name="of-channel" .checked=${live(this.channel === id)} @change=${() => { this.channel = id; this.at = 0; }}><span>${name} <small>${this.app.t('ui.number', { n })}</small></span></label>`;
    return html`
      <div class="filters">
        <fieldset><legend class="unseen">${this.t('ui.messages.by')}</legend>
          <div class="choices">${choice('', this.t('ui.messages.all'), messages.length)}
            ${channels.filter((c) => counts.has(c.id)).map((c) => choice(c.id, c.name, counts.get(c.id)!))}</div>
        </fieldset>
        <label class="search"><span class="unseen">${this.t('ui.messages.search')}</span>${icon('search')}
          <input type="search" placeholder=${this.t('ui.messages.search')} .value=${live(this.sought)} @input=${(e: Event) => { this.sought = valueOf(e); this.at = 0; }}></label>
      </div>`;
  }

  private message(m: Message): TemplateResult {
    const id = domId('at', m.id);
    const { route } = this.app;
    const here = route.id === m.id;
    const channel = this.board.channels?.find((c) => c.id === m.channel);
    const lang = m.lang ?? channel?.lang ?? this.board.lang;
    return html`
      <li class="message ${here ? 'here' : ''}" id=${id} tabindex="-1">
        <p class="where">${icon(kindIcon(channel?.kind ?? ''))}<span>${channel?.name ?? m.channel}</span>
          ${m.date ? html`<time datetime=${m.date}>${this.t('ui.date', { date: m.date })}</time>` : nothing}</p>
        ${this.editing === m.id ? html`
          <label class="unseen" for=${id + '.text'}>${this.t('ui.messages.text')}</label>
          <textarea id=${id + '.text'} class="words" rows="4" lang=${lang ?? nothing} .value=${live(m.text)} @input=${(e: Event) => this.app.model?.patch('messages', m.id, { text: valueOf(e) })}
            @keydown=${(e: KeyboardEvent) => { if (e.key === 'Escape') this.finish(m); }}></textarea>`
          : html`<p class="text" lang=${lang ?? nothing}>${here ? withMarks(pieces(m.text, parseSpans(route.part))) : m.text}</p>`}
        <p class="acts">
          ${here && this.app.from ? html`<a class="back" href=${href('report', this.app.from)}>${icon('left')}${this.t('ui.messages.back')}</a>` : nothing}
          ${this.editing === m.id
            ? html`<button type="button" class="quiet" @click=${() => this.finish(m)}>${icon('check')}${this.t('ui.messages.done')}</button>`
            : html`<button type="button" class="quiet" id=${id + '.edit'} aria-describedby=${id} @click=${() => this.edit(m)}>${icon('edit')}${this.t('ui.edit')}</button>`}
          <button type="button" class="quiet" aria-describedby=${id} @click=${() => this.discard(m)}>${icon('trash')}${this.t('ui.delete')}</button>
        </p>
      </li>`;
  }

  private pages(): TemplateResult {
    const last = Math.floor((this.list.length - 1) / page) * page;
    const turn = (to: number) => {
      this.at = to;
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('.message')?.focus());
    };
    return html`
      <nav class="pages" aria-label=${this.t('ui.messages.pages')}>
        <button type="button" class="plain" ?disabled=${this.at === 0} @click=${() => turn(this.at - page)}>${icon('left')}${this.t('ui.messages.before')}</button>
        <span>${this.t('ui.messages.range', { from: this.at + 1, to: Math.min(this.at + page, this.list.length), n: this.list.length })}</span>
        <button type="button" class="plain" ?disabled=${this.at >= last} @click=${() => turn(this.at + page)}>${this.t('ui.messages.after')}${icon('right')}</button>
      </nav>`;
  }

  private edit(m: Message): void {
    this.editing = m.id;
    void this.focusLater(domId('at', m.id) + '.text');
  }

  private finish(m: Message): void {
    this.editing = undefined;
    void this.focusLater(domId('at', m.id) + '.edit');
  }

  private discard(m: Message): void {
    const next = this.list[this.list.indexOf(m) + 1] ?? this.list[this.list.indexOf(m) - 1];
    this.app.act((model) => model.drop('messages', m.id), 'ui.messages.removed');
    if (next) void this.focusLater(domId('at', next.id));
  }

  protected override updated(): void {
    if (this.app.arrival?.id) arrive(this.app, this, 'posts');
  }
}
