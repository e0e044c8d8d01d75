import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { icon } from '../icons.ts';
import type { Identity, Term } from '../engine/types.ts';
import { arrive } from './arrival.ts';
import type { Tokens } from './tokens.ts';
import './tokens.ts';
import { domId, valueOf, View } from './view.ts';

const at = (field: string) => domId('at', 'identity', field);

/** « Qui êtes-vous ? » — asked before anything else, each question with its reason. */
@customElement('unisson-identity')
export class IdentityScreen extends View {
  protected override render(): TemplateResult {
    const identity = this.board.identity ?? {};
    return html`
      <header class="opening">
        <h1 tabindex="-1" id=${domId('at', 'identity')}>${this.t('ui.identity.title')}</h1>
        <p class="lede">${this.t('ui.identity.lede')}</p>
      </header>
      <div class="questions">
        <div class="question">
          <label for=${at('name')}>${this.t('ui.identity.name')}</label>
          <p class="why" id="why-name">${this.t('ui.identity.name.why')}</p>
          <input id=${at('name')} type="text" autocomplete="organization" aria-describedby="why-name" .value=${live(identity.name ?? '')} @input=${this.set('name')}>
        </div>
        <div class="question">
          <label for=${at('sentence')}>${this.t('ui.identity.sentence')}</label>
          <p class="why" id="why-sentence">${this.t('ui.identity.sentence.why')}</p>
          <textarea id=${at('sentence')} class="sentence" rows="3" aria-describedby="why-sentence" placeholder=${this.t('ui.identity.sentence.hint')} .value=${live(identity.sentence ?? '')} @input=${this.set('sentence')}></textarea>
        </div>
        <div class="question">
          <label for=${at('terms')}>${this.t('ui.identity.terms')}</label>
          <p class="why" id="why-terms">${this.t('ui.identity.terms.why')}</p>
          <unisson-tokens .app=${this.app} .name=${at('terms')} .describedBy=${'why-terms'} .hint=${this.t('ui.identity.terms.hint')}
            .words=${(identity.terms ?? []).map((x) => x.term)} @words=${(e: CustomEvent<string[]>) => this.setTerms(e.detail)}></unisson-tokens>
          ${this.synonyms(identity.terms ?? [])}
        </div>
        <div class="question">
          <label for=${at('values')}>${this.t('ui.identity.values')} <span class="optional">${this.t('ui.optional')}</span></label>
          <p class="why" id="why-values">${this.t('ui.identity.values.why')}</p>
          <unisson-tokens .app=${this.app} .name=${at('values')} .describedBy=${'why-values'} .hint=${this.t('ui.identity.values.hint')}
            .words=${identity.values ?? []} @words=${(e: CustomEvent<string[]>) => this.write({ values: some(e.detail) })}></unisson-tokens>
        </div>
        <div class="question">
          <label for=${at('promise')}>${this.t('ui.identity.promise')} <span class="optional">${this.t('ui.optional')}</span></label>
          <p class="why" id="why-promise">${this.t('ui.identity.promise.why')}</p>
          <input id=${at('promise')} type="text" aria-describedby="why-promise" .value=${live(identity.promise ?? '')} @input=${this.set('promise')}>
        </div>
        ${this.address(identity)}
      </div>`;
  }

  private synonyms(terms: Term[]): unknown {
    if (!terms.length) return '';
    return html`
      <details class="more">
        <summary>${icon('down')}${this.t('ui.identity.synonyms')}</summary>
        <p class="why">${this.t('ui.identity.synonyms.why')}</p>
        <dl class="synonyms">${terms.map((term, i) => html`
          <div><dt><label for=${`synonyms-${i}`}>${term.term}</label></dt>
          <dd><input id=${`synonyms-${i}`} type="text" .value=${live((term.synonyms ?? []).join(', '))}
            @change=${(e: Event) => this.write({ terms: terms.map((x, j) => (i === j ? withSynonyms(x, words(valueOf(e))) : x)) })}></dd></div>`)}
        </dl>
      </details>`;
  }

  private address(identity: Identity): TemplateResult {
    const chosen = identity.voice?.address;
    return html`
      <fieldset class="question" id=${at('voice')} tabindex="-1">
        <legend>${this.t('ui.identity.address')} <span class="optional">${this.t('ui.optional')}</span></legend>
        <p class="why">${this.t('ui.identity.address.why')}</p>
        <div class="choices">${(['vous', 'tu', 'none'] as const).map((a) => html`
          <label class="choice"><input type="radio" name="address" .checked=${live(chosen === a)} @change=${() => this.write({ voice: { ...identity.voice, address: a } })}>${this.t(`ui.address.${a}`)}</label>`)}
        </div>
      </fieldset>`;
  }

  private set = (field: 'name' | 'sentence' | 'promise') => (e: Event): void => this.write({ [field]: valueOf(e) || undefined });

  private setTerms(list: string[]): void {
    const known = new Map((this.board.identity?.terms ?? []).map((x) => [x.term, x]));
    this.write({ terms: some(list.map((term) => known.get(term) ?? { term })) });
  }

  private write(fields: { [K in keyof Identity]: Identity[K] | undefined }): void {
    this.app.write((m) => m.setIdentity(fields as Partial<Identity>));
  }

  protected override async updated(): Promise<void> {
    await Promise.all(Array.from(this.querySelectorAll<Tokens>('unisson-tokens'), (e) => e.updateComplete));
    arrive(this.app, this, 'identity');
  }
}

const some = <T>(list: T[]): T[] | undefined => (list.length ? list : undefined);
const words = (s: string): string[] => s.split(/[,;]/).map((w) => w.trim()).filter((w) => w);
const withSynonyms = (t: Term, synonyms: string[]): Term => synonyms.length ? { ...t, synonyms } : { term: t.term };
