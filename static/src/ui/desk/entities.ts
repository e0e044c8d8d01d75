import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Entity, List } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import { about } from '../about.ts';
import { adder } from '../adder.ts';
import { newId } from '../board.ts';
import type { App } from '../app.ts';
import { domId, View } from '../view.ts';
import { choose, type Choice } from './choose.ts';
import { grip, landing, type Dragged } from './drag.ts';
import type { Kind } from './fields.ts';
import { flags, tally } from './flags.ts';
import { form, ofEntity } from './form.ts';
import { removeFrom } from './removing.ts';

/** How something is moved, by dragging or by its *Move…* button. */
export interface Moves { label: string; options(e: Entity): Choice[] | undefined; value(e: Entity): string; move(e: Entity, to: string): void }

/**
 * Entities of one list, each closed to a line and edited in place: their fields, what the report holds against them, moving,
 * removing, adding. Which of them, in what order and how deep is for the page to say.
 */
@customElement('unisson-entities')
export class Entities extends View {
  @property({ attribute: false }) kind!: Kind;
  @property({ attribute: false }) items: { entity: Entity; depth?: number; apart?: boolean }[] = [];
  @property({ attribute: false }) says: (e: Entity) => unknown = () => nothing;
  @property({ attribute: false }) within: (e: Entity) => unknown = () => nothing; // beneath the fields
  @property({ attribute: false }) moves?: Moves;
  @property({ attribute: false }) adding: { fields?: Record<string, unknown>; hint?: string } | undefined = {};
  @property({ attribute: false }) drop?: (d: Dragged, onto: Entity) => void;
  @property({ attribute: false }) accepts: (d: Dragged, onto: Entity) => boolean = (d, onto) => d.list === this.kind.list && d.id !== onto.id;
  @state() private open = new Set<string>();

  // What one is led to must be open to be seen.
  protected override willUpdate(): void {
    const { arrival } = this.app;
    if (arrival?.id && arrival.screen === this.kind.screen && this.items.some(({ entity }) => entity.id === arrival.id || holds(entity, arrival.id!))) {
      this.open.add(this.items.find(({ entity }) => entity.id === arrival.id || holds(entity, arrival.id!))!.entity.id);
    }
  }

  protected override render(): TemplateResult {
    const { list } = this.kind;
    return html`
      ${this.items.length ? html`<div class="entities">${this.items.map((i) => this.row(i))}</div>` : html`<p class="nothing">${this.t(`ui.none.${list}`)}</p>`}
      ${this.adding ? adder(this.app, { id: `new-${list}${this.id ? '-' + this.id : ''}`, label: this.t(`ui.new.${list}`), hint: this.adding.hint ?? this.hint(`ui.new.${list}.hint`), add: (text) => this.add(text) }) : nothing}`;
  }

  private row({ entity: e, depth = 0, apart = false }: { entity: Entity; depth?: number; apart?: boolean }): TemplateResult {
    const { list } = this.kind;
    const name = this.nameOf(e);
    const open = this.open.has(e.id);
    const zone = landing((d) => !!this.drop && this.accepts(d, e), (d) => this.drop!(d, e));
    const handle = grip({ list, id: e.id });
    return html`
      <div class="entity drags ${apart ? 'apart' : ''}" data-depth=${Math.min(depth, 4)} data-about=${about(e.id)} @dragover=${zone.over} @dragleave=${zone.leave} @drop=${zone.drop}>
        ${this.moves ? html`<button type="button" class="tool grip" draggable="true" aria-label=${this.t('ui.move', { what: name })} title=${this.t('ui.move.title')} @dragstart=${handle.start} @dragend=${handle.end} @click=${() => this.move(e)}>${icon('grip')}</button>` : nothing}
        <details .open=${live(open)} @toggle=${(ev: Event) => { if (ev.target === ev.currentTarget) this.toggle(e.id, (ev.target as HTMLDetailsElement).open); }}>
          <summary id=${domId('at', e.id)}><h3 class="name">${name}</h3><span class="says">${this.says(e)}</span>${tally(this.app, e.id)}${icon('down')}</summary>
          ${open ? html`
            <div class="body">
              ${flags(this.app, e.id)}
              <div class="fields">${form(this.app, ofEntity(this.app, list, e), this.kind.fields)}</div>
              ${this.within(e)}
              <p class="ends"><button type="button" class="quiet" @click=${() => this.discard(e)}>${icon('trash')}${this.t('ui.delete')}<span class="unseen"> ${name}</span></button></p>
            </div>` : nothing}
        </details>
      </div>`;
  }

  private hint(id: string): string {
    const text = this.t(id);
    return text === id ? '' : text;
  }

  private nameOf(e: Entity): string {
    return String(e[this.kind.title] ?? '').trim() || this.t('ui.untitled');
  }

  /** Opens one of them, for whatever stands inside it. */
  show(id: string): void {
    this.toggle(id, true);
  }

  private toggle(id: string, on: boolean): void {
    if (this.open.has(id) === on) return;
    this.open = new Set(this.open);
    if (on) this.open.add(id);
    else this.open.delete(id);
  }

  private add(text: string): void {
    const { list, prefix, title } = this.kind;
    const id = newId(prefix);
    this.app.write((m) => m.put(list, { id, [title]: text, ...this.adding?.fields }));
    this.toggle(id, true);
    void this.focusLater(domId('at', id));
  }

  private async move(e: Entity): Promise<void> {
    const { moves } = this;
    if (!moves) return;
    const options = moves.options(e);
    const to = await choose(this.app, { title: this.t('ui.move', { what: this.nameOf(e) }), label: moves.label, value: moves.value(e), ...(options && { options }) });
    if (to === undefined || to === moves.value(e)) return;
    moves.move(e, to);
    void this.focusLater(domId('at', e.id));
  }

  private discard(e: Entity): void {
    const at = this.items.findIndex((i) => i.entity.id === e.id);
    const next = this.items[at + 1] ?? this.items[at - 1];
    this.app.act((m) => removeFrom(m, this.board, this.kind.list, e), 'ui.removed', { what: this.nameOf(e) });
    void this.focusLater(next ? domId('at', next.entity.id) : `new-${this.kind.list}${this.id ? '-' + this.id : ''}`);
  }
}

const holds = (e: Entity, id: string): boolean => Array.isArray(e.needs) && e.needs.some((n: { id: string }) => n.id === id);

/** Moving within a list: before another, or last. */
export function ordering(app: App, list: List): Moves & { onto(d: Dragged, onto: Entity): void } {
  const all = (): Entity[] => (app.board[list] as Entity[] | undefined) ?? [];
  const nameOf = (e: Entity): string => String(e.name ?? e.title ?? e.text ?? e.id);
  const put = (id: string, before: string | undefined): void => {
    const e = all().find((x) => x.id === id);
    if (e) app.act((m) => m.move(list, id, before), 'ui.moved', { what: nameOf(e) });
  };
  return {
    label: app.t('ui.move.before'),
    options: (e) => [...all().filter((x) => x.id !== e.id).map((x) => ({ value: x.id, label: app.t('ui.move.beforeOne', { what: nameOf(x) }) })), { value: '~last', label: app.t('ui.move.last') }],
    value: (e) => all()[all().findIndex((x) => x.id === e.id) + 1]?.id ?? '~last',
    move: (e, to) => put(e.id, to === '~last' ? undefined : to),
    onto: (d, onto) => put(d.id, onto.id),
  };
}
