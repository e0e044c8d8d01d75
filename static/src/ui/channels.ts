import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon, kindIcon } from '../icons.ts';
import type { Channel } from '../engine/types.ts';
import { arrive } from './arrival.ts';
import { kinds, newId } from './board.ts';
import { channelCard } from './channel.ts';
import { grip, landing } from './desk/drag.ts';
import { ordering } from './desk/entities.ts';
import { objectives } from './objectives.ts';
import { domId, View } from './view.ts';

/** The company's objectives, then its channels, each asked which of them it serves. */
@customElement('unisson-channels')
export class ChannelsScreen extends View {
  @state() private open = new Set<string>();
  @state() private picking = false;

  // What one is led to must be open to be seen.
  protected override willUpdate(): void {
    const id = this.app.arrival?.id;
    if (id && this.board.channels?.some((c) => c.id === id)) this.open.add(id);
  }

  protected override render(): TemplateResult {
    const channels = this.board.channels ?? [];
    return html`
      <header class="opening">
        <h1 tabindex="-1">${this.t('ui.channels.title')}</h1>
        <p class="lede">${this.t('ui.channels.lede')}</p>
      </header>
      ${objectives(this.app)}
      <section class="channels" aria-labelledby="channels-title">
        <h2 id="channels-title">${this.t('ui.channels.list')}</h2>
        ${channels.length ? nothing : html`<p class="nothing">${this.t('ui.channels.none')}</p>`}
        <div class="list">${channels.map((c) => this.dragged(c))}</div>
        ${this.picking || !channels.length ? this.picker() : html`
          <button type="button" class="plain" @click=${this.pick}>${icon('plus')}${this.t('ui.channels.add')}</button>`}
      </section>`;
  }

  private dragged(c: Channel): TemplateResult {
    const order = ordering(this.app, 'channels');
    const zone = landing((d) => d.list === 'channels' && d.id !== c.id, (d) => order.onto(d, c));
    const handle = grip({ list: 'channels', id: c.id });
    return html`
      <div class="drags" draggable=${this.open.has(c.id) ? 'false' : 'true'} @dragstart=${handle.start} @dragend=${handle.end} @dragover=${zone.over} @dragleave=${zone.leave} @drop=${zone.drop}>
        ${channelCard(this.app, c, this.open.has(c.id), (on) => this.toggle(c.id, on))}</div>`;
  }

  private picker(): TemplateResult {
    const group = (name: keyof typeof kinds) => html`
      <div role="group" aria-labelledby=${`kinds-${name}`}>
        <h4 id=${`kinds-${name}`}>${this.t(`ui.kinds.${name}`)}</h4>
        <ul class="kinds">${kinds[name].map((k) => html`
          <li><button type="button" class="kind" @click=${() => this.add(k)}>${icon(kindIcon(k))}${this.t(`ui.kind.${k}`)}</button></li>`)}
        </ul>
      </div>`;
    return html`
      <div class="picker">
        <h3 id="picker" tabindex="-1">${this.t('ui.channels.pick')}</h3>
        ${group('online')}${group('offline')}
      </div>`;
  }

  private pick = (): void => {
    this.picking = true;
    void this.focusLater('picker');
  };

  private add(kind: string): void {
    const id = newId(kind);
    const channel: Channel = { id, name: this.t(`ui.kind.${kind}`), kind };
    this.app.write((m) => m.put('channels', channel));
    this.picking = false;
    this.toggle(id, true);
    void this.focusLater(domId('at', id, 'name'));
  }

  private toggle(id: string, on: boolean): void {
    if (this.open.has(id) === on) return;
    this.open = new Set(this.open);
    if (on) this.open.add(id);
    else this.open.delete(id);
  }

  protected override async updated(): Promise<void> {
    await Promise.all(Array.from(this.querySelectorAll<View>('unisson-tokens, unisson-text'), (e) => e.updateComplete));
    arrive(this.app, this, 'channels');
  }
}
