import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import type { App } from './app.ts';
import './channels.ts';
import './identity.ts';
import './posts.ts';
import './report.ts';
import { href, type Screen } from './route.ts';
import { summary } from './summary.ts';

/** The four screens of a board: loaded after the landing, all at once, so that moving between them never waits. */
export function screen(app: App, at: Screen): TemplateResult {
  void app.watch();
  if (at === 'report') return html`<unisson-report .app=${app}></unisson-report>`;
  return html`
    <div class="desk">
      <div class="work">${
        at === 'identity' ? html`<unisson-identity .app=${app}></unisson-identity>`
        : at === 'channels' ? html`<unisson-channels .app=${app}></unisson-channels>`
        : html`<unisson-posts .app=${app}></unisson-posts>`}
        ${next(app, at)}
      </div>
      ${summary(app)}
    </div>`;
}

const after: Partial<Record<Screen, Screen>> = { identity: 'channels', channels: 'posts', posts: 'report' };

function next(app: App, at: Screen): unknown {
  const to = after[at];
  return to ? html`<p class="next"><a class="main button" href=${href(to)}>${app.t(`ui.next.${to}`)}${icon('right')}</a></p>` : nothing;
}
