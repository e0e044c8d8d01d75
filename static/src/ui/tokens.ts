import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { View } from './view.ts';

/** A list of words: typed one after the other (Enter or a comma adds), each removable. Tells `change` with the list. */
@customElement('unisson-tokens')
export class Tokens extends View {
  @property({ attribute: false }) words: string[] = [];
  @property({ attribute: false }) name = ''; // id of the input, for its label
  @property({ attribute: false }) describedBy = '';
  @property({ attribute: false }) hint = ''; // an example, shown while empty

  protected override render(): TemplateResult {
    return html`
      <div class="tokens" @click=${(e: Event) => { if (e.target === e.currentTarget) this.input.focus(); }}>
        <ul>${this.words.map((w, i) => html`
          <li><span>${w}</span><button type="button" class="tool" aria-label=${this.t('ui.remove', { what: w })} @click=${() => this.takeOut(i)}>${icon('close')}</button></li>`)}
        </ul>
        <input id=${this.name} type="text" autocomplete="off" aria-describedby=${this.describedBy} placeholder=${this.words.length ? '' : this.hint}
          @keydown=${this.key} @change=${this.add} @paste=${this.paste}>
      </div>`;
  }

  private get input(): HTMLInputElement {
    return this.querySelector('input')!;
  }

  private key = (e: KeyboardEvent): void => {
    if (e.isComposing) return;
    if (e.key === 'Enter' || e.key === ',') {
      e.preventDefault();
      this.add();
    } else if (e.key === 'Backspace' && !this.input.value && this.words.length) {
      this.takeOut(this.words.length - 1);
    }
  };

  // A pasted list becomes words at once; a single word may still be completed.
  private paste = (e: ClipboardEvent): void => {
    const text = e.clipboardData?.getData('text') ?? '';
    if (!/[,;\n]/.test(text)) return;
    e.preventDefault();
    this.input.value += text;
    this.add();
  };

  private add = (): void => {
    const typed = this.input.value.split(/[,;\n]/).map((w) => w.trim()).filter((w) => w);
    this.input.value = '';
    const fresh = [...new Set(typed)].filter((w) => !this.words.includes(w));
    if (fresh.length) this.tell([...this.words, ...fresh]);
  };

  private takeOut(i: number): void {
    this.tell(this.words.filter((_, at) => at !== i));
    this.input.focus();
  }

  private tell(words: string[]): void {
    this.words = words;
    this.dispatchEvent(new CustomEvent<string[]>('words', { detail: words }));
  }
}
