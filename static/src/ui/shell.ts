import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import type { Lang } from '../engine/types.ts';
import type { Theme } from './app.ts';
import { arrive } from './arrival.ts';
import { download } from './download.ts';
import { landing } from './landing.ts';
import { href, isPage, type Screen } from './route.ts';
import { recall, remember } from './storage.ts';
import { View } from './view.ts';

const steps: Screen[] = ['identity', 'channels', 'posts', 'report'];
const themes: { id: Theme; icon: 'auto' | 'sun' | 'moon' }[] = [{ id: 'auto', icon: 'auto' }, { id: 'light', icon: 'sun' }, { id: 'dark', icon: 'moon' }];
const biggest = 64 * 2 ** 20; // bytes of a file worth reading whole into memory

/** The frame around every screen: masthead, steps, what was just said, dialogs, and a page that takes dropped files. */
export class Shell extends View {
  @state() private screens?: typeof import('../work.ts');
  @state() private failed = false;
  @state() private dropping = false;
  private shown?: Screen;
  private shownLang?: Lang;
  private readonly asked = new Set<'help' | 'over'>();
  private readonly off = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    const on = { signal: this.off.signal };
    addEventListener('keydown', (e) => this.key(e), on);
    addEventListener('dragover', (e) => this.drag(e), on);
    addEventListener('dragleave', (e) => { if (!e.relatedTarget) this.dropping = false; }, on);
    addEventListener('drop', (e) => this.drop(e), on);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.off.abort();
  }

  protected override render(): TemplateResult {
    const { app } = this;
    const at = app.route.screen;
    return html`
      <a class="skip" href="#main" @click=${this.skip}>${this.t('ui.skip')}</a>
      <header class="masthead">
        <a class="wordmark" href=${href('landing')} aria-label=${this.t('ui.home')}>${mark}<span>Unisson</span></a>
        ${at === 'landing' ? html`<p class="motto">${this.t('ui.motto')}</p>` : this.steps(at)}
        <div class="tools">
          ${at === 'landing' ? nothing : this.boardTools()}
          ${this.languages()}${this.themes()}
        </div>
      </header>
      ${this.notices()}
      ${app.room?.bar() ?? nothing}
      <main id="main" tabindex="-1" class=${at}>${this.screen(at)}</main>
      <footer class="colophon">
        ${this.whereTextsAre()}
        <p><button class="quiet" type="button" @click=${() => this.ask('help')}>${this.t('ui.help')} <kbd>?</kbd></button></p>
        <p class="links">${['method', 'embed', 'api', 'privacy', 'accessibility', 'legal'].map((p) => html`<a href=${href(p)}>${this.t(`ui.page.${p}`)}</a> `)}<a href="/licences.txt">${this.t('ui.licences')}</a></p>
      </footer>
      <div class="said" role="status">${this.said()}</div>
      ${this.dropping ? html`<div class="dropping" aria-hidden="true"><p>${this.t('ui.drop')}</p></div>` : nothing}
      <dialog id="dialog-help" aria-labelledby="help-title">${this.asked.has('help') ? this.help() : nothing}</dialog>
      <dialog id="dialog-over" aria-labelledby="over-title">${this.asked.has('over') ? this.confirmation() : nothing}</dialog>`;
  }

  private whereTextsAre(): TemplateResult {
    const { room } = this.app;
    const shared = room && (!room.out || room.arrived); // a link that opens nothing has taken no text anywhere
    const said = !shared ? 'ui.privacy' : room.out ? 'ui.live.privacy.out' : 'ui.live.privacy';
    return html`<p class="privacy">${icon(shared ? 'people' : 'check')}${this.t(said)}</p>`;
  }

  private screen(at: Screen): unknown {
    if (at === 'landing') return landing(this.app);
    if (this.app.trouble || this.failed) return this.troubled();
    this.screens ?? this.loadScreens();
    if (!this.screens || !this.app.model) return html`<p class="wait">${this.t('ui.opening')}</p>`;
    return this.screens.screen(this.app, at);
  }

  private loadScreens(): void {
    import('../work.ts').then((m) => { this.screens = m; }, () => { this.failed = true; });
  }

  private troubled(): TemplateResult {
    return html`
      <section class="trouble" role="alert">
        <h1 tabindex="-1">${this.t('ui.trouble.title')}</h1>
        <p>${this.t('ui.trouble.safe')}</p>
        <p><button type="button" class="main" @click=${() => location.reload()}>${this.t('ui.trouble.reload')}</button></p>
      </section>`;
  }

  // ---------- masthead ----------

  private steps(at: Screen): TemplateResult {
    return html`
      <nav class="steps" aria-label=${this.t('ui.steps')}>
        <ol>${steps.map((s, i) => html`
          <li><a href=${href(s)} aria-current=${s === at ? 'step' : nothing}><span class="n">${i + 1}</span> <span>${this.t(`ui.step.${s}`)}</span></a></li>`)}
        </ol>
      </nav>`;
  }

  private boardTools(): TemplateResult {
    const m = this.app.model;
    return html`
      <button type="button" class="tool" ?disabled=${!m?.canUndo()} aria-label=${this.t('ui.undo')} title=${this.t('ui.undo')} @click=${() => this.app.undo()}>${icon('undo')}</button>
      <button type="button" class="tool" ?disabled=${!m?.canRedo()} aria-label=${this.t('ui.redo')} title=${this.t('ui.redo')} @click=${() => this.app.redo()}>${icon('redo')}</button>
      <details class="menu" @keydown=${closeOnEscape} @focusout=${closeOnLeave} @click=${closeOnChoice}>
        <summary class="tool">${this.t('ui.file')}${icon('down')}</summary>
        <ul>
          <li><a href=${href('workshop')}>${icon('people')}${this.t(this.app.room ? 'ui.step.workshop' : 'ui.together')}</a></li>
          <li><a href=${href('onepage')}>${icon('file')}${this.t('ui.page.onepage')}</a></li>
          <li><button type="button" ?disabled=${this.app.empty} @click=${this.exportBoard}>${icon('download')}${this.t('ui.export')}</button></li>
          <li><button type="button" ?disabled=${!this.app.report || this.app.room?.hides} @click=${this.exportMarkdown}>${icon('download')}${this.t('ui.export.markdown')}</button></li>
          <li><button type="button" ?disabled=${!this.app.check.bytes || this.app.room?.hides} @click=${this.exportReport}>${icon('download')}${this.t('ui.export.report')}</button></li>
          <li><button type="button" @click=${() => this.querySelector<HTMLInputElement>('#open-file')?.click()}>${icon('open')}${this.t('ui.open')}</button></li>
          <li><button type="button" ?disabled=${this.app.empty} @click=${this.printReport}>${icon('print')}${this.t('ui.print')}</button></li>
          ${this.app.room && !this.app.room.leads ? nothing : html`<li><button type="button" ?disabled=${this.app.empty} @click=${() => this.ask('over')}>${icon('restart')}${this.t('ui.startOver')}</button></li>`}
        </ul>
      </details>
      <input id="open-file" type="file" hidden aria-hidden="true" tabindex="-1" accept=".json,.csv,.tsv,.txt,.md,.xml,.rss,.atom" @change=${this.chosen}>`;
  }

  private languages(): TemplateResult {
    const other: Lang = this.app.lang === 'fr' ? 'en' : 'fr';
    return html`<a class="tool lang" href=${`/${other}${location.hash}`} hreflang=${other} lang=${other} @click=${(e: Event) => {
      e.preventDefault();
      void this.app.switchLang(other);
    }}>${other === 'fr' ? 'Français' : 'English'}</a>`;
  }

  private themes(): TemplateResult {
    const at = themes.findIndex((x) => x.id === this.app.theme);
    const next = themes[(at + 1) % themes.length]!;
    const label = this.t(`ui.theme.${this.app.theme}`);
    return html`<button type="button" class="tool theme" title=${label} aria-label=${label} @click=${() => this.app.setTheme(next.id)}>${icon(themes[at]!.icon)}</button>`;
  }

  // ---------- what is said ----------

  private notices(): unknown {
    const { app } = this;
    if (app.route.screen === 'landing' || !app.model || app.model.persistent) return nothing;
    return html`<p class="standing">${this.t('ui.memoryOnly')}</p>`;
  }

  private said(): unknown {
    const n = this.app.notice;
    if (!n) return nothing;
    return html`<p>${n.text}</p>
      ${n.act ? html`<button type="button" class="link" @click=${n.act.run}>${n.act.label}</button>` : nothing}
      <button type="button" class="tool" aria-label=${this.t('ui.close')} @click=${() => this.app.hush()}>${icon('close')}</button>`;
  }

  // ---------- dialogs ----------

  /** A dialog is drawn when it is first opened: few are, and the page is there sooner. */
  private async ask(name: 'help' | 'over'): Promise<void> {
    this.asked.add(name);
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLDialogElement>(`#dialog-${name}`)?.showModal();
  }

  private help(): TemplateResult {
    const rows: [string, string][] = [['Enter', 'next'], ['Ctrl Enter', 'next.wide'], ['Ctrl Z', 'undo'], ['Ctrl ⇧ Z', 'redo'], ['Ctrl K', 'find'], ['?', 'help'], ['Tab', 'tab'], ['Esc', 'escape']];
    return html`
      <h2 id="help-title">${this.t('ui.help.title')}</h2>
      <p>${this.t('ui.help.how')}</p>
      <table>
        <caption class="unseen">${this.t('ui.help.keys')}</caption>
        <tbody>${rows.map(([keys, what]) => html`
          <tr><th scope="row">${keys.split(' ').map((k) => html`<kbd>${k}</kbd> `)}</th><td>${this.t(`ui.key.${what}`)}</td></tr>`)}
        </tbody>
      </table>
      <label class="check"><input type="checkbox" .checked=${recall('keys') !== 'off'} @change=${(e: Event) => remember('keys', (e.target as HTMLInputElement).checked ? undefined : 'off')}>${this.t('ui.help.switch')}</label>
      <h3>${this.t('ui.help.private')}</h3>
      <p>${this.t('ui.help.privacy')}</p>
      <form method="dialog"><button class="main">${this.t('ui.close')}</button></form>`;
  }

  private confirmation(): TemplateResult {
    return html`
      <h2 id="over-title">${this.t('ui.over.title')}</h2>
      <p>${this.t(this.app.room ? 'ui.live.over.text' : 'ui.over.text')}</p>
      <form method="dialog">
        <button class="main" @click=${() => this.app.startOver()}>${this.t('ui.over.yes')}</button>
        <button class="plain">${this.t('ui.over.no')}</button>
      </form>`;
  }

  // ---------- acts ----------

  private skip = (e: Event): void => {
    e.preventDefault(); // the address after # is ours
    this.querySelector<HTMLElement>('#main')?.focus();
  };

  private exportBoard = (): void => {
    if (!this.app.model) return;
    download(this.app, '.json', 'application/json', this.app.model.export());
    this.app.say('ui.exported');
  };

  private exportReport = (): void => {
    const { bytes } = this.app.check;
    if (!bytes) return;
    download(this.app, `-${this.t('ui.export.name')}.json`, 'application/json', bytes as Uint8Array<ArrayBuffer>);
    this.app.say('ui.exported');
  };

  private exportMarkdown = (): void => {
    this.app.say('ui.export.writing');
    this.app.markdown().then((text) => {
      download(this.app, `-${this.t('ui.export.name')}.md`, 'text/markdown', text);
      this.app.say('ui.exported');
    }, (e: Error) => this.app.say(e.message));
  };

  private printReport = async (): Promise<void> => {
    this.app.to('report');
    await this.updateComplete;
    await this.querySelector<View>('unisson-report')?.updateComplete;
    print();
  };

  private chosen = (e: Event): void => {
    const input = e.target as HTMLInputElement;
    void this.take(input.files);
    input.value = ''; // so that the same file can be chosen again
  };

  private async take(files: FileList | null | undefined): Promise<void> {
    for (const file of files ?? []) {
      if (file.size > biggest) this.app.say('ui.import.tooBig', { file: file.name });
      else this.app.receive({ bytes: new Uint8Array(await file.arrayBuffer()), name: file.name });
    }
  }

  private drag(e: DragEvent): void {
    if (!e.dataTransfer?.types.includes('Files')) return;
    e.preventDefault();
    this.dropping = true;
  }

  private drop(e: DragEvent): void {
    if (!e.dataTransfer?.types.includes('Files')) return;
    e.preventDefault();
    this.dropping = false;
    void this.take(e.dataTransfer.files);
  }

  private key(e: KeyboardEvent): void {
    const target = e.target as HTMLElement;
    const typing = target.matches?.('textarea, select, [contenteditable], .rich, input:not([type=checkbox], [type=radio], [type=file], [type=button])');
    const finds = (e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k';
    if ((finds || (e.key === '/' && !typing && recall('keys') !== 'off')) && this.screens && !document.querySelector('dialog[open]')) {
      e.preventDefault();
      void this.screens.openFind(this.app);
      return;
    }
    if (typing || document.querySelector('dialog[open]')) return;
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'z') {
      e.preventDefault();
      if (e.shiftKey) this.app.redo();
      else this.app.undo();
    } else if (e.key === '?' && recall('keys') !== 'off') {
      e.preventDefault();
      void this.ask('help');
    }
  }

  // ---------- after each drawing ----------

  protected override updated(): void {
    const { app } = this;
    const at = app.route.screen;
    if (at === 'landing' || (isPage(at) && !this.querySelector('.desk'))) arrive(app, this, at); // a desk leads to what it holds itself
    if (this.shown === at && this.shownLang === app.lang) return;
    const here = at === 'landing' ? '' : `${this.t(isPage(at) ? `ui.page.${at}` : `ui.step.${at}`)} · `;
    document.title = here + this.t('page.title');
    this.shown = at;
    this.shownLang = app.lang;
  }
}

const closeOnEscape = (e: KeyboardEvent): void => {
  const menu = e.currentTarget as HTMLDetailsElement;
  if (e.key !== 'Escape' || !menu.open) return;
  menu.open = false;
  menu.querySelector('summary')?.focus();
};

const closeOnLeave = (e: FocusEvent): void => {
  const menu = e.currentTarget as HTMLDetailsElement;
  if (e.relatedTarget && !menu.contains(e.relatedTarget as Node)) menu.open = false;
};

const closeOnChoice = (e: Event): void => {
  if ((e.target as HTMLElement).closest('li')) (e.currentTarget as HTMLDetailsElement).open = false;
};

// Several strokes that become one.
const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path class="tones" d="M2 6c9 0 10 10 18 10M2 16h18M2 26c9 0 10-10 18-10"/><path class="one" d="M19 16h11"/></svg>`;
