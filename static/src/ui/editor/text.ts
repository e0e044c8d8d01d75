import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Entity, Finding, List } from '../../engine/types.ts';
import { about, linkWithin, relight } from '../about.ts';
import { pieces } from '../excerpt.ts';
import { dismiss } from '../finding.ts';
import { findingsAt } from '../desk/flags.ts';
import { withMarks } from '../quote.ts';
import { adopt } from '../sheet.ts';
import { domId, valueOf, View } from '../view.ts';
import { card } from './card.ts';
import sheet from './editor.css?sheet';
import { fixesFor, marksIn, spansOf, type TextOf } from './places.ts';
import type { Mark, Surface } from './surface.ts';

adopt(sheet);

let rich: typeof import('./surface.ts') | undefined;
let loading: Promise<unknown> | undefined;

/** Fetches the writing surface, once. Where it cannot be had, a plain field serves, and the next one to write asks again. */
export function preload(): Promise<unknown> {
  return loading ??= import('./surface.ts').then((m) => { rich = m; }, () => { loading = undefined; });
}

/**
 * A text people write: at rest its words with what the report marks in them; under focus the same words on a surface that marks
 * findings as one types, with a card at the caret. The element of its `name` carries the text as `value` in every state.
 */
@customElement('unisson-text')
export class Text extends View {
  @property({ attribute: false }) of!: TextOf;
  @property({ attribute: false }) name = '';
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) describedBy = '';
  @property({ attribute: false }) hint = '';
  @property({ attribute: false }) language = '';
  @state() private phase: 'rest' | 'plain' | 'rich' = 'rest';
  @state() private found?: Mark | undefined; // what the caret stands in, with its finding's key
  @state() private top = 0;
  @state() private dismissing = false;
  private marked?: unknown; // the report the surface was marked from
  private surface?: Surface | undefined;
  private origin?: unknown;
  private composing = false; // an input method has a word under way in the plain field

  override connectedCallback(): void {
    super.connectedCallback();
    (globalThis.requestIdleCallback ?? setTimeout)(() => void preload());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.shut();
  }

  get value(): string {
    const { list, id, field } = this.of;
    const holder = list ? (this.board[list as List] as Entity[] | undefined)?.find((e) => e.id === id) : (this.board.identity as Record<string, unknown> | undefined);
    return String(holder?.[field] ?? '');
  }

  protected override render(): TemplateResult {
    const text = this.value;
    const described = this.describedBy || nothing;
    const lang = this.language || this.board.lang || nothing;
    if (this.phase === 'plain') return html`
      <textarea id=${this.name} class="prose" rows="3" lang=${lang} aria-label=${this.label} aria-describedby=${described} placeholder=${this.hint} .value=${live(text)}
        @input=${(e: Event) => this.write(valueOf(e))} @compositionstart=${() => { this.composing = true; }}
        @compositionend=${() => { this.composing = false; this.enrich(); }} @focusout=${this.left} @keydown=${(e: KeyboardEvent) => { if (e.key === 'Escape') this.leave(); }}></textarea>`;
    if (this.phase === 'rich') return html`
      <div class="rich prose" id=${this.name} lang=${lang} .value=${text} @focusout=${this.left}></div>
      ${this.current ? this.card(this.current) : nothing}
      <p class="unseen" role="status">${this.current ? this.t('ui.editor.here', { sentence: this.t(`${this.current.rule}.sentence`, this.current.args) }) : nothing}</p>`;
    const marks = marksIn(text, this.of, findingsAt(this.app, this.of.id));
    return html`
      <div class="rest prose" id=${this.name} role="textbox" aria-multiline="true" tabindex="0" lang=${lang} aria-label=${this.label} aria-describedby=${described} .value=${text}
        @focus=${() => this.enter()} @mousedown=${this.pressed}>${text ? withMarks(pieces(text, spansOf(text, marks))) : html`<span class="hint">${this.hint}</span>`}</div>`;
  }

  private card(f: Finding): TemplateResult {
    return html`<div @focusout=${this.left}>${card(this.app, f, this.of.id, {
      top: this.top, dismissing: this.dismissing, fixes: this.fixes(),
      fix: (right) => this.fix(right),
      startDismiss: () => { this.dismissing = true; void this.focusLater(domId('card', f.key) + '.reason'); },
      cancel: () => { this.dismissing = false; void this.focusLater(domId('card', f.key) + '.dismiss'); },
      dismiss: (reason) => {
        this.dismissing = false;
        this.surface?.focus(); // the card goes: focus must not go with it
        dismiss(this.app, f, reason);
      },
      leave: () => this.surface?.focus(),
    })}</div>`;
  }

  // ---------- in and out ----------

  /** Begins to write, the caret at an offset or at the end; what stands between it and the anchor is chosen. */
  enter(at?: number, anchor = at): void {
    if (this.phase !== 'rest') return this.surface?.focus(at, anchor);
    this.phase = rich ? 'rich' : 'plain';
    this.performUpdate();
    if (this.phase === 'rich') this.openSurface();
    if (this.surface) this.surface.focus(at ?? this.value.length, anchor);
    else {
      this.phase = 'plain';
      this.performUpdate();
      const area = this.querySelector('textarea')!;
      area.focus();
      area.setSelectionRange(at ?? area.value.length, at ?? area.value.length);
      if (!rich) void preload().then(() => this.enrich());
    }
  }

  /** The surface came while somebody writes in the plain field: it takes over, what is chosen still chosen, unless a word is being composed. */
  private enrich(): void {
    const area = this.querySelector('textarea');
    if (!rich || this.phase !== 'plain' || this.composing || document.activeElement !== area) return;
    const { selectionStart: from, selectionEnd: to, selectionDirection } = area!;
    this.phase = 'rest'; // as at the first entry
    if (selectionDirection === 'backward') this.enter(from, to);
    else this.enter(to, from);
  }

  private openSurface(): void {
    const parent = this.querySelector('.rich')!.attachShadow({ mode: 'open' });
    linkWithin(parent);
    const { list, id, field } = this.of;
    const { app } = this;
    this.surface = rich!.openSurface({
      parent, label: this.label, lang: this.language || this.board.lang || app.lang, hint: this.hint, described: this.t('ui.editor.keys'),
      text: (origin) => {
        this.origin = origin;
        return app.model?.text(list as List | undefined, id, field, origin);
      },
      readOnly: () => app.model?.readOnly ?? true,
      changed: () => { if (!this.board.lang || !list && !this.board.identity) app.write((m) => (list ? undefined : m.setIdentity({}))); }, // a first answer says more than itself
      moved: (head) => this.moved(head),
      undo: () => app.model?.undo(), redo: () => app.model?.redo(),
      fix: () => this.fixHere(),
      enter: () => this.intoCard(),
      leave: () => { this.leave(); return true; },
    });
    this.remark();
  }

  private pressed = (e: MouseEvent): void => {
    if (e.button !== 0) return;
    const at = offsetAt(this.querySelector('.rest')!, e.clientX, e.clientY);
    e.preventDefault(); // the element pressed is about to give way
    this.enter(this.value ? at : 0);
  };

  private left = (e: FocusEvent): void => {
    const to = e.relatedTarget as Node | null;
    if (to ? this.contains(to) : !document.hasFocus()) return;
    // What had focus may have given way to another part of this: a frame later it is known.
    if (to) this.rest();
    else requestAnimationFrame(() => { if (!this.contains(document.activeElement)) this.rest(); });
  };

  private rest(): void {
    this.shut();
    this.phase = 'rest';
  }

  /** Stops writing, by a key: whoever holds this text says where focus goes. */
  private leave(): void {
    if (!this.dispatchEvent(new CustomEvent('leave', { cancelable: true }))) return;
    (document.activeElement as HTMLElement | null)?.blur();
  }

  private shut(): void {
    if (this.origin) this.app.model?.release(this.origin);
    this.surface?.close();
    this.surface = undefined;
    this.origin = undefined;
    this.marked = undefined;
    this.found = undefined;
    this.dismissing = false;
  }

  private write(text: string): void {
    const { list, id, field } = this.of;
    const value = text || (field === 'text' ? '' : undefined);
    this.app.write((m) => (list ? m.patch(list as List, id, { [field]: value }) : m.setIdentity({ [field]: value })));
  }

  // ---------- findings ----------

  private get current(): Finding | undefined {
    const { found } = this;
    return found && findingsAt(this.app, this.of.id).find((f) => f.key === found.about);
  }

  /** The surface is marked anew when a report covers what it now holds; between reports its marks move with the text. */
  private remark(): void {
    const { report, check } = this.app;
    if (!this.surface || !report || check.behind || this.marked === report) return;
    this.marked = report;
    this.surface.mark(marksIn(this.value, this.of, findingsAt(this.app, this.of.id)).map((m) => ({ from: m.from, to: m.to, severity: m.finding.severity, about: m.finding.key, linked: about(m.finding) })));
    relight();
    this.moved(this.surface.head());
  }

  private moved(head: number): void {
    this.app.room?.here(this.name, head);
    const found = this.surface?.at(head);
    if (found?.about !== this.found?.about) this.dismissing = false;
    this.found = found;
    if (found) requestAnimationFrame(() => {
      const caret = this.surface?.caret(head);
      if (caret) this.top = Math.round(caret.bottom - this.getBoundingClientRect().top + 6);
    });
  }

  private fixes(): string[] {
    const { found, current } = this;
    return found && current ? fixesFor(this.value.slice(found.from, found.to), current, this.board.identity) : [];
  }

  private fixHere(): boolean {
    const fixes = this.fixes();
    if (fixes.length !== 1) return false;
    this.fix(fixes[0]!);
    return true;
  }

  /** Puts the right words in place of the marked ones: one step of undo, said aloud. */
  private fix(right: string): void {
    const { found, value: text } = this;
    if (!found) return;
    const { list, id, field } = this.of;
    const fixed = { [field]: text.slice(0, found.from) + right + text.slice(found.to) };
    this.app.act((m) => (list ? m.patch(list as List, id, fixed) : m.setIdentity(fixed)), 'ui.editor.fixed', { was: text.slice(found.from, found.to), right });
    this.surface?.focus();
  }

  private intoCard(): boolean {
    const first = this.querySelector<HTMLElement>('.at-caret :is(button, a)');
    first?.focus();
    return !!first;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.remark();
  }

  /** Where an offset stands in the window, for the carets of others. */
  caretAt(at: number): { left: number; top: number; bottom: number } | undefined {
    if (this.surface) return this.surface.caret(at);
    const walker = document.createTreeWalker(this.querySelector('.rest') ?? this, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent!.length;
      if (at > length) { at -= length; continue; }
      const range = document.createRange();
      range.setStart(node, at);
      return range.getBoundingClientRect();
    }
    return this.getBoundingClientRect();
  }
}

/** The offset in an element's text nearest to a point of the window. */
function offsetAt(root: Element, x: number, y: number): number | undefined {
  const at = document.caretPositionFromPoint?.(x, y);
  if (!at || !root.contains(at.offsetNode)) return undefined;
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(at.offsetNode, at.offset);
  return before.toString().length;
}
