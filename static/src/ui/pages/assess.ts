import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { icon, kindIcon } from '../../icons.ts';
import type { App } from '../app.ts';
import { at, TITLE, WHY } from '../assess/fields.ts';
import { presetOf } from '../assess/presets.ts';
import { answer } from '../assess/questions.ts';
import { answered, forms, indexOf, sameStep, secondsFrom, stepsOf, summit, type Form, type Kind, type Memory, type Step } from '../assess/steps.ts';
import { adopt } from '../sheet.ts';
import { recall, remember } from '../storage.ts';
import { View } from '../view.ts';
import sheet from './assess.css?sheet';

adopt(sheet);

/**
 * The self-assessment: one question at a time. The address names the question, so that back, forward and a reload do what
 * one expects; #/assess alone takes up where one stood, #/assess/for/shop with the examples of a shop.
 */
export class Assess extends View {
  @state() private memory: Memory = recalled();
  @state() private resumed = false;
  private shown?: Step | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const { id, part } = this.app.route;
    if (id === 'for') this.keep({ ...(presetOf(part) && { preset: part! }) });
    this.resumed = (!id || id === 'for') && !!this.memory.at && this.memory.at.kind !== 'sentence';
  }

  private keep(fields: Partial<Memory>): void {
    this.memory = { ...this.memory, ...fields };
    remember('assess', JSON.stringify(this.memory));
  }

  /** The questions, and which of them is asked. */
  private where(): { list: Step[]; i: number; step: Step; form: Form } {
    const { id, part } = this.app.route;
    const asked = id && id !== 'for' ? { kind: id as Kind, ...(part && { of: part }) } : this.memory.at;
    const of = (form: Form): Step[] => stepsOf(this.board, { ...this.memory, form });
    const form: Form = asked && indexOf(of(this.memory.form), asked) < 0 && indexOf(of('full'), asked) >= 0 ? 'full' : this.memory.form; // an address may name any question
    const list = of(form);
    const i = Math.max(0, indexOf(list, asked));
    return { list, i, step: list[i]!, form };
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { step, form } = this.where();
    if (!sameStep(step, this.memory.at) || form !== this.memory.form) this.keep({ at: step, form });
  }

  protected override render(): TemplateResult {
    const { list, i, step } = this.where();
    const { app, memory } = this;
    const channel = this.board.channels?.find((c) => c.id === step.of);
    const done = answered(this.board, step, memory);
    const last = i === list.length - 1;
    const left = secondsFrom(list, i, memory.form);
    const whole = secondsFrom(list, 0, memory.form);
    return html`
      <div class="assessment">
        <form class="asking ${step.kind}" @submit=${this.submit} @keydown=${{ handleEvent: this.key, capture: true }}>
          <div class="way">
            <p id=${at('progress')}>${this.t('ui.assess.progress', { at: i + 1 })} <span>${this.t('ui.assess.left', { minutes: Math.max(1, Math.round(left / 60)) })}</span></p>
            <progress aria-labelledby=${at('progress')} max=${whole} value=${whole - left}></progress>
          </div>
          ${this.resumed ? html`<p class="aside resumed" role="status">${this.t('ui.assess.resumed')}</p>` : nothing}
          ${channel ? html`<p class="of">${icon(kindIcon(channel.kind))}${channel.name}</p>` : nothing}
          <h1 id=${TITLE} tabindex="-1">${this.t(`ui.assess.q.${step.kind}`)}</h1>
          <p class="lede" id=${WHY}>${this.t(`ui.assess.q.${step.kind}.why`)}</p>
          <div class="answer" role="group" aria-labelledby=${TITLE}>${keyed(`${step.kind}/${step.of ?? ''}`, answer({ app, board: this.board, memory, channel, remember: (f) => this.keep(f), next: () => this.go(1) }, step))}</div>
          <div class="turn">
            <button class=${step.kind === 'posts' && !done ? 'plain' : 'main'}>${this.t(last ? 'ui.assess.end' : done ? 'ui.assess.go' : 'ui.assess.skip')}${icon('right')}</button>
            ${i ? html`<button type="button" class="plain" @click=${() => this.go(-1)}>${icon('left')}${this.t('ui.assess.back')}</button>` : nothing}
            <span class="aside keys">${this.t(wide.has(step.kind) ? 'ui.assess.ctrlEnter' : 'ui.assess.enter')}</span>
          </div>
          <p class="aside skipping">${done ? nothing : this.t('ui.assess.skipping')}</p>
        </form>
        <aside class="so" aria-labelledby=${at('so')}>
          ${this.so()}
          <fieldset class="length"><legend>${this.t('ui.assess.form')}</legend>${forms.map((f) => html`
            <label class="choice"><input type="radio" name="form" .checked=${memory.form === f} @change=${() => this.take(f)}><span>${this.t(`ui.assess.form.${f}`)}</span></label>`)}</fieldset>
          <p><button type="button" class="quiet" @click=${() => app.to('report')}>${this.t('ui.assess.stop')}</button></p>
        </aside>
      </div>`;
  }

  /** What was said so far, as it will read. */
  private so(): TemplateResult {
    const { identity, channels = [], messages = [] } = this.board;
    const goal = summit(this.board);
    const count = new Map<string, number>();
    for (const m of messages) count.set(m.channel, (count.get(m.channel) ?? 0) + 1);
    return html`
      <h2 id=${at('so')}>${this.t('ui.assess.so')}</h2>
      ${identity?.sentence || goal || channels.length ? nothing : html`<p class="aside">${this.t('ui.assess.so.empty')}</p>`}
      ${identity?.sentence ? html`<blockquote lang=${this.board.lang ?? nothing}>${identity.sentence}</blockquote>` : nothing}
      ${goal?.title ? html`<dl><dt>${this.t('ui.assess.so.goal')}</dt><dd>${goal.title}</dd></dl>` : nothing}
      ${channels.length ? html`<h3>${this.t('ui.assess.so.channels')}</h3><ul>${channels.map((c) => html`
        <li>${icon(kindIcon(c.kind))}<span><strong>${c.name}</strong> <small>${[
          !c.objectives ? this.t('ui.assess.so.open') : c.objectives.length ? c.objectives.map((id) => this.app.name(id)).join(', ') : this.t('ui.assess.so.none'),
          ...(count.has(c.id) ? [this.t('ui.assess.so.posts', { n: count.get(c.id)! })] : []),
        ].join(' · ')}</small></span></li>`)}</ul>` : nothing}`;
  }

  private take(form: Form): void {
    const all = stepsOf(this.board, { ...this.memory, form: 'full' });
    this.keep({ form });
    const list = stepsOf(this.board, this.memory);
    const onward = all.slice(Math.max(0, indexOf(all, this.shown))); // the question asked, else the first after it that the form has
    this.show(onward.find((s) => indexOf(list, s) >= 0) ?? list.at(-1)!);
  }

  private show(step: Step): void {
    this.app.to('assess', step.kind, step.of);
  }

  private go(by: 1 | -1): void {
    this.resumed = false;
    const { list, i } = this.where();
    const to = list[i + by];
    if (to) this.show(to);
    else if (by > 0) this.app.to('report');
  }

  private submit = (e: Event): void => {
    e.preventDefault();
    this.onward();
  };

  /** What was pasted and can be added is added first: adding goes on by itself. */
  private onward(): void {
    const add = this.querySelector<HTMLButtonElement>('.answer .confirm .main:not(:disabled)');
    if (add) add.click();
    else this.go(1);
  }

  /** Enter goes on, where it is not needed for a new line or to add to a list. */
  private key = (e: KeyboardEvent): void => {
    if (e.key !== 'Enter' || e.isComposing) return;
    const target = e.target as HTMLElement;
    const free = target.matches('textarea.sentence') ? !e.shiftKey
      : target.matches('unisson-tokens input') && !(target as HTMLInputElement).value
      || target.matches('input[type="checkbox"], input[type="radio"], input[type="range"], input[type="date"]');
    if (!free && !(e.ctrlKey || e.metaKey)) return;
    e.preventDefault();
    e.stopPropagation();
    if (target.matches('input[type="text"], textarea')) target.dispatchEvent(new Event('change', { bubbles: true })); // a field tells its change when left
    this.onward();
  };

  protected override async updated(): Promise<void> {
    const { step } = this.where();
    if (sameStep(step, this.shown)) return;
    this.shown = step;
    this.app.arrival = undefined; // ours to arrive at: the answer's own field, which names its question
    const inner = this.querySelectorAll<View>('.answer unisson-tokens, .answer unisson-import');
    await Promise.all(Array.from(inner, (e) => e.updateComplete));
    const field = (step.kind !== 'aim' && (document.getElementById(at('decided')) ?? document.getElementById(at('add')))) || this.querySelector<HTMLElement>('.answer :is(input:checked, textarea)') || this.querySelector<HTMLElement>('.answer :is(input:not([type="file"]), select)');
    (field ?? this.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** Where Enter is a new line. */
const wide = new Set<Kind>(['bios', 'posts']);

/** What an older version or another hand has put there must not stop anybody. */
function recalled(): Memory {
  try {
    const m = JSON.parse(recall('assess') ?? '') as Partial<Memory>;
    return { form: forms.find((f) => f === m.form) ?? 'short', ...(presetOf(m.preset) && { preset: m.preset! }), ...(m.at && { at: m.at }) };
  } catch {
    return { form: 'short' };
  }
}

customElements.define('unisson-assess', Assess);

export const page = (app: App): TemplateResult => html`<unisson-assess .app=${app}></unisson-assess>`;
