import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { RuleState, Settings } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { desk } from '../desk/desk.ts';
import { day } from '../desk/form.ts';
import '../tokens.ts';
import { checkedOf, domId, valueOf, View } from '../view.ts';

/** What each side of the score weighs where a board says nothing: core/score. */
const usual: Record<string, number> = { identity: 20, strategy: 20, synergy: 15, audience: 15, voice: 15, bridge: 10, time: 5 };
const kinds = ['slang', 'bait', 'cliche'] as const;
const at = (field: string): string => domId('at', 'settings', field);

/** How this board is read: its day and language, the words that mean something else here, the checks that are off, and what each side weighs. */
@customElement('unisson-settings')
class SettingsPage extends View {
  protected override render(): TemplateResult {
    const { board } = this;
    const settings = board.settings ?? {};
    return html`
      <header class="opening"><h1 tabindex="-1" id=${domId('at', 'settings')}>${this.t('ui.settings.title')}</h1><p class="lede">${this.t('ui.settings.lede')}</p></header>
      <section aria-labelledby="of-board-title">
        <h2 id="of-board-title">${this.t('ui.settings.board')}</h2>
        <div class="fields">
          ${this.question('name', html`<input id=${at('name')} type="text" .value=${live(board.title ?? '')} @input=${(e: Event) => this.app.write((m) => m.set('title', valueOf(e) || undefined))}>`)}
          ${this.question('lang', html`<select id=${at('lang')} aria-describedby=${at('lang') + '-why'} @change=${(e: Event) => this.app.model?.set('lang', valueOf(e) || undefined)}>
            <option value="" ?selected=${!board.lang}>${this.t('ui.unsaid')}</option>${(['fr', 'en'] as const).map((l) => html`<option value=${l} ?selected=${board.lang === l}>${this.t(`ui.o.lang.${l}`)}</option>`)}</select>`)}
          ${this.question('asOf', day(at('asOf'), board.asOf ?? '', (x) => this.app.write((m) => m.set('asOf', x))))}
          ${this.question('newsroom', html`<select id=${at('newsroom')} aria-describedby=${at('newsroom') + '-why'} @change=${(e: Event) => this.write({ newsroom: valueOf(e) === '' ? undefined : valueOf(e) === 'yes' })}>
            <option value="" ?selected=${settings.newsroom === undefined}>${this.t('ui.unsaid')}</option><option value="yes" ?selected=${settings.newsroom === true}>${this.t('ui.yes')}</option><option value="no" ?selected=${settings.newsroom === false}>${this.t('ui.no')}</option></select>`)}
        </div>
      </section>
      <section aria-labelledby="lexicon-title">
        <h2 id="lexicon-title">${this.t('ui.settings.lexicon')}</h2>
        <p class="why">${this.t('ui.settings.lexicon.why')}</p>
        ${kinds.map((k) => this.question(`lexicon.${k}`, html`<unisson-tokens .app=${this.app} .name=${at(`lexicon.${k}`)} .describedBy=${at(`lexicon.${k}`) + '-why'} .words=${settings.lexicon?.add?.[k] ?? []}
          @words=${(e: CustomEvent<string[]>) => this.write({ lexicon: { ...settings.lexicon, add: { ...settings.lexicon?.add, [k]: e.detail } } })}></unisson-tokens>`))}
        ${this.question('lexicon.silence', html`<unisson-tokens .app=${this.app} .name=${at('lexicon.silence')} .describedBy=${at('lexicon.silence') + '-why'} .words=${settings.lexicon?.silence ?? []}
          @words=${(e: CustomEvent<string[]>) => this.write({ lexicon: { ...settings.lexicon, silence: e.detail } })}></unisson-tokens>`)}
      </section>
      ${this.rules(settings)}
      ${this.weights(settings)}`;
  }

  private question(name: string, control: unknown): TemplateResult {
    const why = this.t(`ui.settings.${name}.why`);
    return html`<div class="question"><label for=${at(name)}>${this.t(`ui.settings.${name}`)}</label>
      ${why === `ui.settings.${name}.why` ? nothing : html`<p class="why" id=${at(name) + '-why'}>${why}</p>`}${control}</div>`;
  }

  private rules(settings: Settings): unknown {
    const rules = this.app.report?.rules ?? [];
    if (!rules.length) return html`<p class="wait">${this.t('ui.checking')}</p>`;
    const off = rules.filter((r) => settings.rules?.[r.id] === 'off').length;
    return html`
      <section aria-labelledby="rules-title">
        <h2 id="rules-title">${this.t('ui.settings.rules')}</h2>
        <p class="why">${this.t('ui.settings.rules.why')}</p>
        <p class="count" role="status">${off ? this.t('ui.settings.off', { n: off }) : this.t('ui.settings.allOn', { n: rules.length })}</p>
        ${[...new Set(rules.map((r) => r.dim))].map((dim) => html`
          <fieldset class="rules"><legend>${this.t(`dim.${dim}`)}</legend>
            <ul>${rules.filter((r) => r.dim === dim).map((r) => this.rule(r, settings))}</ul></fieldset>`)}
      </section>`;
  }

  private rule(r: RuleState, settings: Settings): TemplateResult {
    const id = at(`rules.${r.id}`);
    const set = (on: boolean): void => {
      const { [r.id]: _, ...rest } = settings.rules ?? {};
      this.app.act((m) => m.set('settings', { ...settings, rules: on ? rest : { ...rest, [r.id]: 'off' } }), on ? 'ui.settings.on.said' : 'ui.settings.off.said', { what: this.t(`${r.id}.name`) });
    };
    return html`<li>
      <label class="choice"><input id=${id} type="checkbox" .checked=${live(settings.rules?.[r.id] !== 'off')} @change=${(e: Event) => set(checkedOf(e))}><span>${this.t(`${r.id}.name`)} <small>${r.id} · ${this.t(`severity.${r.severity}`)}</small></span></label>
      <details class="more"><summary>${icon('down')}${this.t('ui.settings.rule.why')}<span class="unseen"> ${this.t(`${r.id}.name`)}</span></summary><p class="why">${this.t(`${r.id}.why`)}</p></details></li>`;
  }

  private weights(settings: Settings): TemplateResult {
    const own = settings.weights ?? {};
    const weight = (side: string): number => Math.max(0, own[side] ?? usual[side]!);
    const sides = Object.keys(usual);
    const total = sides.reduce((sum, side) => sum + weight(side), 0);
    return html`
      <section aria-labelledby=${at('weights')}>
        <h2 id=${at('weights')} tabindex="-1">${this.t('ui.settings.weights')}</h2>
        <p class="why" id=${at('weights') + '-why'}>${this.t('ui.settings.weights.why')}</p>
        <ul class="weights">${sides.map((side) => html`
          <li><label for=${at(`weights.${side}`)}>${this.t(`dim.${side}`)}</label>
            <input id=${at(`weights.${side}`)} type="number" min="0" step="any" inputmode="decimal" aria-describedby=${at('weights') + '-why'} .value=${live(String(weight(side)))} @change=${(e: Event) => this.weigh(settings, side, e.target as HTMLInputElement)}>
            <small>${total ? this.t('ui.settings.weights.share', { x: weight(side) / total }) : nothing}</small></li>`)}
        </ul>
        <p role="status">${total ? nothing : this.t('ui.settings.weights.none')}</p>
        <p><button type="button" class="quiet" ?disabled=${!Object.keys(own).length} @click=${this.unweigh}>${icon('undo')}${this.t('ui.settings.weights.reset')}</button></p>
      </section>`;
  }

  /** A weight that is the usual one, or none at all, is not written: the board then follows ours. */
  private weigh(settings: Settings, side: string, input: HTMLInputElement): void {
    const n = input.value === '' ? usual[side]! : Number(input.value);
    if (!input.validity.valid || n < 0) return this.requestUpdate(); // back to what it was
    const { [side]: _, ...rest } = settings.weights ?? {};
    const weights = n === usual[side] ? rest : { ...rest, [side]: n };
    this.app.act((m) => m.set('settings', { ...settings, weights: Object.keys(weights).length ? weights : undefined }), 'ui.settings.weights.said', { what: this.t(`dim.${side}`), n });
    this.requestUpdate();
  }

  private unweigh = (): void => {
    const { weights: _, ...rest } = this.board.settings ?? {};
    this.app.act((m) => m.set('settings', rest), 'ui.settings.weights.reset.said');
    this.querySelector<HTMLElement>(`[id="${at('weights')}"]`)?.focus(); // the button is off now
  };

  private write(fields: { [K in keyof Settings]: Settings[K] | undefined }): void {
    this.app.write((m) => m.set('settings', { ...this.board.settings, ...fields }));
  }

  protected override async updated(): Promise<void> {
    await Promise.all(Array.from(this.querySelectorAll<View>('unisson-tokens'), (e) => e.updateComplete));
    arrive(this.app, this, 'settings');
  }
}

export const page = (app: App): TemplateResult => desk(app, 'settings', html`<unisson-settings .app=${app}></unisson-settings>`);
export type { SettingsPage };
