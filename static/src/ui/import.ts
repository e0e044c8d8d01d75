import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { icon } from '../icons.ts';
import type { ImportOptions, Preview } from '../engine/types.ts';
import type { Incoming } from './app.ts';
import { kinds } from './board.ts';
import { enter, fresh, placing, type Placing } from './entering.ts';
import { previewed } from './preview.ts';
import { domId, valueOf, View } from './view.ts';

const encoder = new TextEncoder();

/** Reads a paste or a file, shows what was understood and what is left out, and adds it only when asked to. */
@customElement('unisson-import')
export class ImportPanel extends View {
  @property({ attribute: false }) channel = ''; // where posts go, when that is settled
  @state() private pasted = '';
  @state() private source?: Incoming | undefined;
  @state() private preview?: Preview | undefined;
  @state() private options: ImportOptions = {};
  @state() private target = ''; // a channel's id, 'new:kind', or '' = not said yet
  @state() private placing: Placing = {};
  @state() private unreadable = false;
  private asked = 0;

  protected override willUpdate(): void {
    const { incoming } = this.app;
    if (incoming.length > 1 && incoming[0] === this.source && this.useless) this.giveWay();
    if (incoming[0] && !this.source) void this.take(incoming[0]);
    if (this.channel) this.target = this.channel;
    else if (!this.target) this.target = this.board.channels?.length === 1 ? this.board.channels[0]!.id : '';
  }

  protected override render(): TemplateResult {
    const file = this.source?.name;
    return html`
      <section class="import" aria-labelledby="import-title">
        <h2 id="import-title" class=${this.board.messages?.length ? '' : 'unseen'}>${this.t('ui.import.title')}</h2>
        ${file ? html`<p class="file">${icon('file')}<strong>${file}</strong> <button type="button" class="quiet" @click=${this.another}>${this.t('ui.import.other')}</button></p>` : this.paste()}
        <div aria-live="polite">${this.outcome()}</div>
        ${this.preview && !this.preview.error ? this.confirm(this.preview) : nothing}
      </section>`;
  }

  private paste(): TemplateResult {
    return html`
      <div class="pastebox">
        <label for=${domId('at', 'add')}>${this.t('ui.import.paste')}</label>
        <p class="why" id="paste-why">${this.t('ui.import.paste.why')}</p>
        <textarea id=${domId('at', 'add')} class="words" rows="7" aria-describedby="paste-why" placeholder=${this.t('ui.import.paste.hint')} .value=${live(this.pasted)} @input=${this.typed}></textarea>
        <div class="orfile">
          <input id="pick-file" class="unseen" type="file" accept=".json,.csv,.tsv,.txt,.md,.xml,.rss,.atom" @change=${this.chosen}>
          <label for="pick-file" class="plain button">${icon('file')}${this.t('ui.import.choose')}</label>
          <p class="aside">${this.t('ui.import.formats')}</p>
        </div>
        <p class="names">${this.t('ui.import.names')}</p>
      </div>`;
  }

  private outcome(): unknown {
    if (this.unreadable) return html`<div class="trouble"><p><strong>${this.t('ui.import.unreadable')}</strong></p><p>${this.t('ui.import.unreadable.do')}</p>
      <button type="button" class="plain" @click=${() => this.read()}>${this.t('ui.retry')}</button></div>`;
    if (!this.preview) return nothing;
    return previewed(this.app, this.preview, {
      pasted: this.source?.pasted !== undefined,
      options: this.options,
      as: (as) => this.read({ ...this.options, as }),
      columns: (columns) => this.read({ ...this.options, columns }),
      dates: (dates) => this.read({ ...this.options, dates }),
      placing: this.placing,
      place: (name, to) => { this.placing = { ...this.placing, [name]: to }; },
      repeated: this.preview.messages.length - fresh(this.board, this.preview, this.places).length,
    });
  }

  private confirm(p: Preview): TemplateResult {
    if (p.board) return html`
      <div class="confirm">
        <p>${this.t(this.app.empty ? 'ui.import.board' : 'ui.import.board.replaces', { name: p.board.identity?.name || p.board.title || '', channels: p.board.channels?.length ?? 0, messages: p.board.messages?.length ?? 0 })}</p>
        ${this.app.room && !this.app.empty ? html`<p class="warning">${this.t('ui.live.replaces')}</p>` : nothing}
        <button type="button" class="main" @click=${() => this.openBoard(p)}>${this.t('ui.import.openBoard')}</button>
        <button type="button" class="plain" @click=${this.cancel}>${this.t('ui.cancel')}</button>
      </div>`;
    const list = fresh(this.board, p, this.places);
    const homeless = p.messages.some((m) => !m.channel) && !this.target;
    return html`
      <div class="confirm">
        ${p.messages.some((m) => !m.channel) && !this.channel ? this.destination() : nothing}
        <button type="button" class="main" ?disabled=${!list.length || homeless || p.dates === 'ask'} @click=${() => this.enter(p)}>${this.t('ui.import.add', { n: list.length })}</button>
        <button type="button" class="plain" @click=${this.cancel}>${this.t('ui.cancel')}</button>
        ${homeless ? html`<p class="aside">${this.t('ui.import.where')}</p>` : p.dates === 'ask' ? html`<p class="aside">${this.t('ui.import.dates.first')}</p>` : nothing}
      </div>`;
  }

  private destination(): TemplateResult {
    const channels = this.board.channels ?? [];
    return html`
      <label class="destination"><span>${this.t('ui.import.channel')}</span>
        <select @change=${(e: Event) => { this.target = valueOf(e); }}>
          <option value="" ?selected=${!this.target} disabled>${this.t('ui.choose')}</option>
          ${channels.map((c) => html`<option value=${c.id} ?selected=${this.target === c.id}>${c.name}</option>`)}
          <optgroup label=${this.t('ui.import.newChannel')}>
            ${[...kinds.online, ...kinds.offline].map((k) => html`<option value=${`new:${k}`} ?selected=${this.target === `new:${k}`}>${this.t(`ui.kind.${k}`)}</option>`)}
          </optgroup>
        </select>
      </label>`;
  }

  // ---------- reading ----------

  private typed = (e: Event): void => {
    this.pasted = valueOf(e);
    this.options = this.options.as ? { as: this.options.as } : {};
    this.source = this.pasted.trim() ? { bytes: encoder.encode(this.pasted), pasted: this.pasted } : undefined;
    if (this.source) void this.read();
    else this.forget();
  };

  private chosen = async (e: Event): Promise<void> => {
    const input = e.target as HTMLInputElement;
    for (const file of input.files ?? []) {
      const incoming = { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name };
      if (this.channel) this.app.incoming.push(incoming); // looked at here, where it was chosen
      else this.app.receive(incoming);
    }
    input.value = '';
    this.requestUpdate();
  };

  private async take(next: Incoming): Promise<void> {
    this.source = next;
    this.options = {};
    await this.read(next.name ? { name: next.name } : {});
  }

  /** Reads the source again under other options. Only the last reading asked for is shown. */
  private async read(options: ImportOptions = this.options): Promise<void> {
    const { source } = this;
    if (!source) return;
    const turn = ++this.asked;
    this.options = { ...options, lang: this.board.lang ?? this.app.lang };
    try {
      const preview = await (await this.app.importer()).read(source.bytes, this.options);
      if (turn !== this.asked) return;
      this.unreadable = false;
      this.preview = preview;
      this.placing = placing(this.board, preview, this.placing);
      if (preview.board && this.app.empty) await this.openBoard(preview);
    } catch {
      if (turn !== this.asked) return;
      this.unreadable = true;
      this.preview = undefined;
    }
  }

  private get places(): Placing {
    return { ...this.placing, '': this.target };
  }

  private enter(p: Preview): void {
    enter(this.app, p, this.places);
    this.finish();
  }

  private async openBoard(p: Preview): Promise<void> {
    this.finish();
    await this.app.load(p.board!);
  }

  private cancel = (): void => {
    this.finish();
    void this.focusLater(domId('at', 'add'));
  };

  private another = (): void => {
    this.putAway();
    void this.focusLater(domId('at', 'add'));
  };

  /** Nothing of it could be read. */
  private get useless(): boolean {
    return this.unreadable || !!this.preview?.error;
  }

  /** A file that gives nothing does not keep the next one waiting: whoever drops one mended sees that one. */
  private giveWay(): void {
    const file = this.source?.name ?? '';
    queueMicrotask(() => this.app.say('ui.import.passed', { file })); // not while this is being drawn
    this.app.incoming.shift();
    this.forget();
  }

  /** Done, unless another file is waiting. */
  private finish(): void {
    this.putAway();
    if (!this.app.incoming.length) this.dispatchEvent(new CustomEvent('done'));
  }

  private putAway(): void {
    if (this.source && this.app.incoming[0] === this.source) this.app.incoming.shift();
    this.forget();
    this.pasted = '';
    this.requestUpdate();
  }

  private forget(): void {
    this.asked++;
    this.source = undefined;
    this.preview = undefined;
    this.unreadable = false;
    this.placing = {};
  }
}
