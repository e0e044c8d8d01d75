import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon, kindIcon } from '../../icons.ts';
import type { App } from '../app.ts';
import { download } from '../download.ts';
import { brief, markdown, onePage, serving, type OnePage } from '../onepage/compose.ts';
import { href } from '../route.ts';
import { adopt } from '../sheet.ts';
import { View } from '../view.ts';
import sheet from './onepage.css?sheet';

adopt(sheet);

/** The strategy on one A4, social media inside it; beside it, what to paste into an agency's brief. */
export class OnePageScreen extends View {
  @state() private copied = false;

  protected override render(): TemplateResult {
    const { app } = this;
    if (app.room?.hides) return html`<div class="sheet">${app.room.curtain()}</div>`;
    if (app.empty) return html`
      <div class="sheet"><h1 tabindex="-1">${this.t('ui.page.onepage')}</h1><p class="lede">${this.t('ui.onepage.blank')}</p>
        <p class="next"><a class="main button" href=${href('assess')}>${this.t('ui.onepage.blank.act')}${icon('right')}</a></p></div>`;
    const p = onePage(this.board, app.t);
    return html`
      <div class="one-page">
        ${this.paper(p)}
        <aside class="to-take" aria-labelledby="brief-title">
          <div class="acts">
            <button type="button" class="main" @click=${() => print()}>${icon('print')}${this.t('ui.onepage.print')}</button>
            <button type="button" class="plain" @click=${() => this.save(p)}>${icon('download')}Markdown</button>
          </div>
          <section>
            <h2 id="brief-title">${this.t('ui.brief.title')}</h2>
            <p class="aside">${this.t('ui.brief.why')}</p>
            <blockquote class="brief" lang=${app.lang}>${brief(p, app.t)}</blockquote>
            <p><button type="button" class="plain" @click=${() => this.copy(p)}>${icon(this.copied ? 'check' : 'file')}${this.t(this.copied ? 'ui.brief.copied' : 'ui.brief.copy')}</button></p>
            <p class="unseen" role="status">${this.copied ? this.t('ui.brief.copied') : nothing}</p>
          </section>
          ${p.missing.length ? html`<section class="lacking"><h2>${this.t('ui.onepage.missing')}</h2>
            <ul>${p.missing.map((m) => html`<li><a href=${href('assess', question[m])}>${this.t(`ui.onepage.missing.${m}`)}</a></li>`)}</ul></section>` : nothing}
        </aside>
      </div>`;
  }

  private paper(p: OnePage): TemplateResult {
    const lang = this.board.lang ?? nothing;
    const short = (label: string, items: string[]): unknown => items.length ? html`<div><dt>${this.t(label)}</dt><dd lang=${lang}>${items.join(', ')}</dd></div>` : nothing;
    return html`
      <article class="a4" aria-labelledby="onepage-title">
        <header>
          <p class="kicker">${this.t('ui.onepage.title')}</p>
          <h1 id="onepage-title" tabindex="-1">${p.name || this.t('ui.onepage.noName')}</h1>
          ${p.sentence ? html`<blockquote class="identity" lang=${lang}>${p.sentence}</blockquote>` : html`<p class="hole">${this.t('ui.onepage.missing.sentence')}</p>`}
          <dl class="traits">${short('ui.onepage.promise', p.promise ? [p.promise] : [])}${short('ui.onepage.values', p.values)}${short('ui.onepage.terms', p.terms)}</dl>
        </header>
        <section class="apex"><h2>${this.t('ui.onepage.goal')}</h2>${p.goal ? html`<p lang=${lang}>${p.goal}</p>` : html`<p class="hole">${this.t('ui.onepage.missing.goal')}</p>`}</section>
        ${p.aims.length ? html`<section><h2>${this.t('ui.onepage.aims')}</h2>
          <ul class="aims">${p.aims.map((a) => html`
            <li class=${a.apart ? 'apart' : ''} data-depth=${Math.min(3, Math.max(1, a.depth))}><p lang=${lang}>${a.title}${a.apart ? html` <em>${this.t('ui.onepage.apart')}</em>` : nothing}</p>
              <p class="aside">${a.proof.length ? `${this.t('ui.onepage.proof')}${this.t('ui.onepage.colon')}${a.proof.join(', ')}` : this.t('ui.onepage.noProof')}</p></li>`)}</ul></section>` : nothing}
        ${p.channels.length ? html`<section><h2>${this.t('ui.onepage.channels')}</h2>
          <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.onepage.channels')}><table>
            <thead><tr><th scope="col">${this.t('ui.onepage.channel')}</th><th scope="col">${this.t('ui.onepage.serves')}</th><th scope="col">${this.t('ui.onepage.for')}</th><th scope="col">${this.t('ui.onepage.feeds')}</th></tr></thead>
            <tbody>${p.channels.map((c) => html`<tr class=${c.apart.length || (c.asked && !c.aims.length) ? 'off' : c.asked ? '' : 'open'}>
              <th scope="row">${icon(kindIcon(c.kind))} ${c.name}${c.own ? html` <em>${this.t('ui.onepage.own')}</em>` : nothing}</th><td>${serving(c, this.app.t).map((x) => html`<span>${x}</span>`)}</td><td>${c.audience.join(', ')}</td><td>${c.feeds.join(', ')}</td></tr>`)}</tbody>
          </table></div></section>` : nothing}
        <div class="pair-of">
          ${p.audiences.length ? html`<section><h2>${this.t('ui.onepage.audiences')}</h2><ul>${p.audiences.map((a) => html`<li lang=${lang}>${a.name}${a.needs.length ? html`<span class="aside"> ${a.needs.join(', ')}</span>` : nothing}</li>`)}</ul></section>` : nothing}
          ${p.pillars.length ? html`<section><h2>${this.t('ui.onepage.pillars')}</h2><ul>${p.pillars.map((x) => html`<li lang=${lang}>${x.name}${x.terms.length ? html`<span class="aside"> ${x.terms.join(', ')}</span>` : nothing}</li>`)}</ul></section>` : nothing}
        </div>
        <footer>${p.missing.length ? html`<p class="lacks">${this.t('ui.onepage.lacks', { what: p.missing.map((m) => this.t(`ui.onepage.lack.${m}`)).join(', ') })}</p>` : nothing}<p>${this.t('ui.onepage.made')}</p></footer>
      </article>`;
  }

  private save(p: OnePage): void {
    download(this.app, `-${this.t('ui.onepage.file')}.md`, 'text/markdown', markdown(p, this.app.t));
    this.app.say('ui.exported');
  }

  private copy(p: OnePage): void {
    navigator.clipboard.writeText(brief(p, this.app.t)).then(() => { this.copied = true; }, () => this.app.say('ui.brief.refused'));
  }
}

/** Where each lack is asked about. */
const question: Record<string, string> = { sentence: 'sentence', goal: 'goal', parts: 'parts', channels: 'channels', aims: 'aim', audiences: 'segments', proof: 'proof' };

customElements.define('unisson-onepage', OnePageScreen);

export const page = (app: App): TemplateResult => html`<unisson-onepage .app=${app}></unisson-onepage>`;
