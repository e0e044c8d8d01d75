import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { arrive } from './arrival.ts';
import './import.ts';
import './messages.ts';
import { domId, View } from './view.ts';

/** What the channels really say: brought in by paste or by file, then read, corrected or removed one by one. */
@customElement('unisson-posts')
export class PostsScreen extends View {
  @state() private adding = false;

  protected override willUpdate(): void {
    if (this.app.incoming.length || this.app.route.id === 'add') this.adding = true;
  }

  protected override render(): TemplateResult {
    const some = (this.board.messages?.length ?? 0) > 0;
    const adding = this.adding || !some;
    return html`
      <header class="opening">
        <h1 tabindex="-1">${this.t('ui.posts.title')}</h1>
        <p class="lede">${this.t('ui.posts.lede')}</p>
      </header>
      ${adding ? html`<unisson-import .app=${this.app} @done=${this.done}></unisson-import>` : html`
        <p><button id="add-posts" type="button" class="main" @click=${this.add}>${icon('plus')}${this.t('ui.posts.add')}</button></p>`}
      ${some ? html`<unisson-messages .app=${this.app}></unisson-messages>` : nothing}`;
  }

  private add = (): void => {
    this.adding = true;
    void this.focusLater(domId('at', 'add'));
  };

  private done = (): void => {
    this.adding = false;
    if (this.app.route.id === 'add') this.app.to('posts');
  };

  protected override updated(): void {
    const id = this.app.arrival?.id;
    if (!id || id === 'add' || !this.board.messages?.length) arrive(this.app, this, 'posts'); // to a message, its own list leads
  }
}
