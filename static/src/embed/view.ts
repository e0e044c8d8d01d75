import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { domId, View } from '../ui/view.ts';
import { steps, type FrameApp } from './app.ts';
import { questions } from './assess.ts';
import { result } from './result.ts';

const narrowest = 120; // px
const settleAfter = 250; // ms a smaller height must last before the page around takes it

/** What a visitor of another site sees: three questions and their answer, or a report, or a board as it is being worked on. */
export class Frame extends View {
  declare app: FrameApp;
  private all = false; // every finding, not only the first
  private erasing = false;
  private shown = 0; // step
  private height = 0; // as told last
  private shrinking: ReturnType<typeof setTimeout> | undefined;
  private readonly watcher = new ResizeObserver(() => this.measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
  }

  /** Growing is told at once, so that nothing is cut off; shrinking only when it lasts, so that nothing jumps. */
  measure(): void {
    if (innerWidth < narrowest) return; // hidden by the page around, for now
    const now = (): number => Math.ceil(this.getBoundingClientRect().height);
    clearTimeout(this.shrinking);
    const tell = (): void => {
      this.height = now();
      this.app.tellHeight(this.height);
    };
    if (now() > this.height) tell();
    else if (now() < this.height) this.shrinking = setTimeout(() => { if (now() < this.height) tell(); }, settleAfter);
  }

  protected override render(): TemplateResult {
    const { app } = this;
    return html`
      <main>
        ${app.trouble ? html`<div class="trouble" role="alert"><p>${this.t(app.fault?.text ?? 'ui.embed.trouble')}</p><button type="button" class="plain" @click=${() => location.reload()}>${this.t('ui.trouble.reload')}</button></div>` : nothing}
        <div role="status">${app.asked ? this.asking(app.asked) : nothing}</div>
        ${app.mode === 'assess' && app.step < steps ? questions(app) : result(app, { all: this.all, showAll: this.showAll })}
      </main>
      ${this.foot()}`;
  }

  /** The page around asks for the texts: said politely, at the top, and the visitor goes on where they were. */
  private asking({ answer }: NonNullable<FrameApp['asked']>): TemplateResult {
    return html`
      <section class="asking" aria-labelledby="asking-title">
        <h2 id="asking-title">${this.t('ui.embed.asking', { who: this.app.agency })}</h2>
        <p>${this.t('ui.embed.asking.what', { site: this.app.site ?? '' })}</p>
        <p class="acts">
          <button type="button" class="plain" @click=${() => answer(true)}>${this.t('ui.embed.asking.yes')}</button>
          <button type="button" class="plain" @click=${() => answer(false)}>${this.t('ui.embed.asking.no')}</button>
        </p>
      </section>`;
  }

  private foot(): TemplateResult {
    const { app } = this;
    return html`
      <footer>
        <p class="privacy">${icon(app.mode === 'board' ? 'people' : 'check')}<span>${this.t(app.mode === 'board' ? 'ui.embed.privacy.board' : app.shared ? 'ui.embed.privacy.shared' : 'ui.embed.privacy')}</span></p>
        ${app.mode !== 'assess' || app.empty ? nothing : this.erasing ? html`
          <p class="erasing">${this.t('ui.embed.erase.sure')}
            <button type="button" class="link" id="erase-yes" @click=${this.erase}>${this.t('ui.embed.erase.yes')}</button>
            <button type="button" class="link" @click=${() => this.askErase(false)}>${this.t('ui.embed.erase.no')}</button></p>`
          : html`<p><button type="button" class="quiet" id="erase" @click=${() => this.askErase(true)}>${this.t('ui.embed.erase')}</button></p>`}
        <p class="by"><a href=${`/${app.lang}`} target="_blank" rel="noopener">Unisson</a></p>
      </footer>`;
  }

  private askErase(on: boolean): void {
    this.erasing = on;
    this.requestUpdate();
    void this.focusLater(on ? 'erase-yes' : 'erase');
  }

  private erase = (): void => {
    this.erasing = false;
    void this.app.erase();
  };

  private showAll = (): void => {
    this.all = true;
    this.requestUpdate();
  };

  /** Focus follows the visitor's own press, and only while it is in this frame: a page around never loses it to us. */
  protected override updated(): void {
    const { app } = this;
    if (this.shown !== app.step) {
      this.shown = app.step;
      this.all = false;
      if (document.hasFocus()) this.querySelector<HTMLElement>('h1')?.focus();
    }
    if (app.brought) this.bring(app.brought);
  }

  private bring({ key, at }: NonNullable<FrameApp['brought']>): void {
    const find = (): HTMLElement | null => document.getElementById(domId('at', key));
    if (!find() && !this.all) return this.showAll();
    this.app.brought = undefined;
    const found = find();
    this.querySelector('.brought')?.classList.remove('brought');
    found?.classList.add('brought');
    found?.scrollIntoView({ block: 'nearest' });
    at(found ? found.getBoundingClientRect().top + scrollY : undefined);
  }
}
