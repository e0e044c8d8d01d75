import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { state } from 'lit/decorators.js';
import { presets } from '../../embed/presets.ts';
import { asking, attributesOf, frame, listening, looks, modes, policy, reporting, script, styleOf, type Choices } from '../../embed/snippet.ts';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { linkOf } from '../live/api.ts';
import { href } from '../route.ts';
import { adopt } from '../sheet.ts';
import { valueOf, View } from '../view.ts';
import sheet from './embed.css?sheet';

adopt(sheet);

const colours = ['accent', 'surface', 'text'] as const;
const attributes = ['board', 'channels', 'preset', 'mode', 'lang', 'theme', 'accent', 'height', 'loading', 'title', 'origin'];
const events = ['ready', 'resize', 'progress', 'result', 'share', 'error'];
const methods = ['ready', 'analyse', 'setChannels', 'getResult', 'focusFinding', 'exportBoard', 'reset'];

/** Where an agency makes its embed, sees it, and takes its lines; and all there is to know to write them by hand. */
export class Embedding extends View {
  @state() private choices!: Choices;
  @state() private release?: { version: string; integrity: string };
  @state() private origins?: string; // one a line, of the shared board
  private asked = false;

  override connectedCallback(): void {
    super.connectedCallback();
    const { lang } = this.app;
    this.choices = { lang, mode: 'assess', preset: '', theme: 'auto', title: '', act: this.t('ui.build.act.default'), board: this.ownBoard(), height: '', looks: {} };
    const loader = '/embed/v1.js';
    import(loader).catch(() => this.app.say('ui.build.unreachable'));
    fetch('/embed/versions.json').then((r) => r.json() as Promise<{ latest: string; integrity: Record<string, string> }>)
      .then(({ latest, integrity }) => { this.release = { version: latest, integrity: integrity[latest]! }; }, () => {});
  }

  /** The link to read the board that is open here, where this device holds one. */
  private ownBoard(): string {
    const { id, tokens } = this.app.room?.link ?? {};
    return id && tokens ? `${id}/${tokens.viewer}` : '';
  }

  protected override render(): TemplateResult {
    const { origin } = location;
    const c = this.choices;
    return html`<div class="embedding">
      <header class="opening"><h1 tabindex="-1">${this.t('ui.build.title')}</h1><p class="lede">${this.t('ui.build.lede')}</p></header>
      <div class="builder">
        <form @submit=${(e: Event) => e.preventDefault()}>${this.what(c)}${this.appearance(c)}${this.words(c)}</form>
        <section class="seen" aria-labelledby="seen-title"><h2 id="seen-title">${this.t('ui.build.seen')}</h2>
          <unisson-check id="preview" loading="eager"></unisson-check></section>
      </div>
      <section class="doc" aria-labelledby="take-title">
        <h2 id="take-title">${this.t('ui.build.take')}</h2>
        ${this.snippet('script', script(c, origin))}
        ${this.release ? this.snippet('fixed', script(c, origin, this.release)) : nothing}
        ${this.snippet('iframe', frame(c, origin))}
        <p><a href=${href('dpo')}>${this.t('ui.build.dpo')}</a></p>
      </section>
      <section class="doc" aria-labelledby="hand-title">
        <h2 id="hand-title">${this.t('ui.build.hand')}</h2>
        <p>${this.t('ui.build.hand.text')} <a href="/embed/v1.d.ts">v1.d.ts</a></p>
        ${this.catalogue('attributes', attributes)}
        <p class="why">${this.t('ui.build.variables')} <code>--unisson-accent</code> <code>--unisson-font</code> <code>--unisson-radius</code> <code>--unisson-surface</code> <code>--unisson-text</code></p>
        ${this.catalogue('events', events)}
        ${this.catalogue('methods', methods)}
        ${this.snippet('listening', listening())}
        ${this.snippet('asking', asking())}
        ${this.snippet('reporting', reporting(origin, c.lang))}
        ${this.snippet('policy', policy(origin))}
        ${this.snippet('oembed', `${origin}/oembed?url=${encodeURIComponent(`${origin}/${c.lang}`)}&format=json`)}
      </section>
    </div>`;
  }

  // ---------- choosing ----------

  private what(c: Choices): TemplateResult {
    return html`
      <fieldset><legend>${this.t('ui.build.what')}</legend>
        <div class="choices column">${modes.map((m) => html`
          <label class="choice"><input type="radio" name="mode" .checked=${live(c.mode === m)} @change=${() => this.choose({ mode: m })}><span>${this.t(`ui.build.mode.${m}`)}</span></label>`)}</div>
        ${c.mode === 'assess' ? this.select('preset', Object.keys(presets), c.preset) : nothing}
        ${c.mode === 'report' ? html`<p class="why">${this.t('ui.build.mode.report.how')}</p>` : nothing}
        ${c.mode === 'board' ? this.sharedBoard(c) : nothing}
        ${this.select('lang', ['fr', 'en'], c.lang)}
      </fieldset>`;
  }

  private sharedBoard(c: Choices): TemplateResult {
    const { room } = this.app;
    if (room?.leads && this.origins === undefined && !this.asked) {
      this.asked = true;
      room.ask<{ origins: string[] }>('GET', '/frames').then((r) => { this.origins = r.origins.join('\n'); }, (e: Error) => this.app.say(e.message || 'ui.live.unreachable'));
    }
    return html`
      <div class="field"><label for="b-board">${this.t('ui.build.board')}</label>
        <input id="b-board" type="text" autocomplete="off" placeholder=${`${location.origin}/${c.lang}#live/…`} .value=${live(c.board)} @change=${(e: Event) => this.setBoard(valueOf(e))}>
        <p class="why">${this.t('ui.build.board.why')}</p></div>
      ${room?.leads ? html`
        <div class="field"><label for="b-origins">${this.t('ui.build.origins')}</label>
          <textarea id="b-origins" rows="3" placeholder="https://agence.example" .value=${this.origins ?? ''} @change=${(e: Event) => this.setOrigins(valueOf(e))}></textarea>
          <p class="why">${this.t('ui.build.origins.why')}</p></div>` : html`<p class="why">${this.t('ui.build.origins.elsewhere')}</p>`}`;
  }

  private setBoard(typed: string): void {
    const link = linkOf(typed.slice(Math.max(0, typed.indexOf('#'))));
    this.choose({ board: link ? `${link.id}/${link.token}` : /^[\w-]+\/[\w-]{16,}$/.test(typed.trim()) ? typed.trim() : '' });
  }

  private setOrigins(typed: string): void {
    this.origins = typed;
    const list = typed.split(/\s+/).filter((x) => x);
    this.app.room?.ask('PUT', '/frames', { origins: list }).then(() => this.app.say('ui.build.origins.kept'), (e: Error) => this.app.say(e.message || 'ui.live.unreachable'));
  }

  private appearance(c: Choices): TemplateResult {
    const look = (k: (typeof looks)[number], value: string): void => {
      const { [k]: _, ...rest } = c.looks;
      this.choose({ looks: value ? { ...rest, [k]: value } : rest });
    };
    return html`
      <fieldset><legend>${this.t('ui.build.looks')}</legend>
        ${this.select('theme', ['auto', 'light', 'dark'], c.theme)}
        ${colours.map((k) => html`
          <div class="field"><label for=${`b-${k}`}>${this.t(`ui.build.${k}`)}</label>
            <div class="colour">
              <input type="color" aria-label=${this.t('ui.build.pick', { what: this.t(`ui.build.${k}`) })} .value=${live(/^#[0-9a-f]{6}$/i.test(c.looks[k] ?? '') ? c.looks[k]! : '#777777')} @input=${(e: Event) => look(k, valueOf(e))}>
              <input id=${`b-${k}`} type="text" autocomplete="off" spellcheck="false" placeholder="#0b6e99" .value=${c.looks[k] ?? ''} @change=${(e: Event) => look(k, valueOf(e).trim())}>
            </div></div>`)}
        ${(['radius', 'font'] as const).map((k) => html`
          <div class="field"><label for=${`b-${k}`}>${this.t(`ui.build.${k}`)}</label>
            <input id=${`b-${k}`} type="text" autocomplete="off" spellcheck="false" placeholder=${k === 'radius' ? '8px' : 'Georgia'} .value=${c.looks[k] ?? ''} @change=${(e: Event) => look(k, valueOf(e).trim())}></div>`)}
        <p class="why">${this.t('ui.build.looks.why')}</p>
      </fieldset>`;
  }

  private words(c: Choices): TemplateResult {
    return html`
      <fieldset><legend>${this.t('ui.build.words')}</legend>
        <div class="field"><label for="b-title">${this.t('ui.build.name')}</label>
          <input id="b-title" type="text" maxlength="60" autocomplete="organization" .value=${live(c.title)} @input=${(e: Event) => this.choose({ title: valueOf(e) })}>
          <p class="why">${this.t('ui.build.name.why')}</p></div>
        <div class="field"><label for="b-act">${this.t('ui.build.act')}</label>
          <input id="b-act" type="text" maxlength="80" autocomplete="off" .value=${live(c.act)} @input=${(e: Event) => this.choose({ act: valueOf(e) })}>
          <p class="why">${this.t('ui.build.act.why')}</p></div>
      </fieldset>`;
  }

  private select(name: 'preset' | 'lang' | 'theme', values: string[], chosen: string): TemplateResult {
    return html`
      <div class="field"><label for=${`b-${name}`}>${this.t(`ui.build.${name}`)}</label>
        <select id=${`b-${name}`} @change=${(e: Event) => this.choose({ [name]: valueOf(e) })}>${values.map((v) => html`<option value=${v} ?selected=${v === chosen}>${this.t(`ui.build.${name}.${v || 'any'}`)}</option>`)}</select></div>`;
  }

  private choose(some: Partial<Choices>): void {
    this.choices = { ...this.choices, ...some };
  }

  // ---------- taking and knowing ----------

  private snippet(id: string, text: string): TemplateResult {
    return html`
      <div class="snippet"><h3 id=${`snippet-${id}`}>${this.t(`ui.build.snippet.${id}`)}</h3>
        <p class="why">${this.t(`ui.build.snippet.${id}.why`)}</p>
        <pre data-snippet=${id} tabindex="0" role="region" aria-labelledby=${`snippet-${id}`} lang="zxx">${text}</pre>
        <button type="button" class="quiet" aria-describedby=${`snippet-${id}`} @click=${() => this.copy(text)}>${this.t('ui.build.copy')}</button></div>`;
  }

  private catalogue(what: 'attributes' | 'events' | 'methods', names: string[]): TemplateResult {
    const shown = (n: string): string => what === 'events' ? `unisson:${n}` : what === 'methods' && n !== 'ready' ? `${n}()` : n;
    return html`
      <table class="catalogue" data-catalogue=${what}>
        <caption class="unseen">${this.t(`ui.build.${what}`)}</caption>
        <thead><tr><th scope="col">${this.t(`ui.build.${what}`)}</th><th scope="col">${this.t('ui.build.means')}</th></tr></thead>
        <tbody>${names.map((n) => html`<tr><th scope="row"><code>${shown(n)}</code></th><td>${this.t(`ui.build.${what}.${n}`)}</td></tr>`)}</tbody>
      </table>`;
  }

  private copy(text: string): void {
    navigator.clipboard.writeText(text).then(() => this.app.say('ui.build.copied'), () => this.app.say('ui.build.uncopied'));
  }

  /** The embed itself, as an agency's page would have it: the element learns of a colour through an attribute. */
  protected override updated(): void {
    arrive(this.app, this, 'embed');
    const seen = this.querySelector<HTMLElement>('#preview')!;
    const now = new Map(attributesOf(this.choices));
    seen.style.cssText = styleOf(this.choices);
    for (const k of ['mode', 'preset', 'board', 'theme', 'title', 'lang']) {
      const value = now.get(k) ?? null;
      if (value === seen.getAttribute(k)) continue;
      if (value === null) seen.removeAttribute(k);
      else seen.setAttribute(k, value);
    }
    seen.setAttribute('height', now.get('height') ?? '');
  }
}

customElements.define('unisson-embedding', Embedding);

export const page = (app: App): TemplateResult => html`<unisson-embedding .app=${app}></unisson-embedding>`;
