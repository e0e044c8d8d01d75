import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { App } from '../app.ts';
import { toPoints } from '../../engine/codepoints.ts';
import { excerpt } from '../excerpt.ts';
import { withMarks } from '../quote.ts';
import { View, valueOf } from '../view.ts';
import { seek, spansIn, type Hit } from './seek.ts';

const most = 40;

/** Search over the whole board: names and texts, from any screen, and a way there. */
@customElement('unisson-find')
class Find extends View {
  @state() private sought = '';
  @state() private at = 0;
  private found: { hits: Hit[]; total: number } = { hits: [], total: 0 };

  protected override render(): TemplateResult {
    this.found = seek(this.board, this.sought, most);
    const { hits, total } = this.found;
    const active = hits[this.at];
    return html`
      <dialog class="finder" aria-labelledby="find-title" @keydown=${this.escape} @close=${() => this.remove()} @click=${(e: MouseEvent) => { if (e.target === e.currentTarget) this.dialog.close(); }}>
        <h2 id="find-title" class="unseen">${this.t('ui.find.title')}</h2>
        <input id="find-what" type="search" role="combobox" autocomplete="off" aria-label=${this.t('ui.find.title')} aria-expanded=${hits.length ? 'true' : 'false'} aria-controls="find-hits" aria-autocomplete="list"
          aria-activedescendant=${active ? `find-${this.at}` : nothing} placeholder=${this.t('ui.find.hint')} .value=${this.sought} @input=${(e: Event) => { this.sought = valueOf(e); this.at = 0; }} @keydown=${this.key}>
        <p class="aside" role="status">${this.sought.trim() ? this.t('ui.find.count', { n: total, shown: hits.length }) : this.t('ui.find.how')}</p>
        <ul id="find-hits" role="listbox" aria-label=${this.t('ui.find.title')}>${hits.map((h, i) => html`
          <li id=${`find-${i}`} role="option" aria-selected=${i === this.at ? 'true' : 'false'} @mousemove=${() => { this.at = i; }} @click=${() => this.go(h)}>
            <small>${this.t(`ui.find.in.${h.list}`)}${h.name && h.name !== h.text ? ` · ${h.name}` : ''}</small>
            <span>${withMarks(excerpt(h.text, spansIn(h.text, this.sought).map(([a, b]) => [toPoints(h.text, a), toPoints(h.text, b)])))}</span></li>`)}
        </ul>
      </dialog>`;
  }

  /** A search field keeps the first Escape for itself, to empty itself: here one closes. */
  private escape = (e: KeyboardEvent): void => {
    if (e.key !== 'Escape') return;
    e.preventDefault();
    this.dialog.close();
  };

  private get dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!;
  }

  private key = (e: KeyboardEvent): void => {
    const { hits } = this.found;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
    if (step && hits.length) {
      e.preventDefault();
      this.at = Math.max(0, Math.min(hits.length - 1, this.at + step));
      void this.updateComplete.then(() => this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
    } else if (e.key === 'Enter' && hits[this.at]) {
      e.preventDefault();
      this.go(hits[this.at]!);
    }
  };

  private go(h: Hit): void {
    this.dialog.close();
    this.app.to(...h.at);
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
    this.querySelector<HTMLInputElement>('#find-what')!.focus();
  }
}

export function openFind(app: App): void {
  if (document.querySelector('dialog[open]')) return;
  document.body.append(Object.assign(document.createElement('unisson-find') as Find, { app }));
}
