import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { linkAbout } from './about.ts';
import type { App } from './app.ts';
import './channels.ts';
import { desk } from './desk/desk.ts';
import './identity.ts';
import './posts.ts';
import './report.ts';
import { href, isPage, type Screen } from './route.ts';

export { openFind } from './desk/desk.ts';

/** The screens of a board: loaded after the landing, all at once, so that moving between them never waits. */
export function screen(app: App, at: Screen): TemplateResult {
  void app.watch();
  linkAbout();
  const { room } = app;
  if (at === 'workshop' || (room && (!room.name || !room.arrived) && !isPage(at))) return workshop(app);
  if (isPage(at)) return page(app, at);
  if (at === 'report') return room?.hides ? html`<div class="sheet">${room.curtain()}</div>` : html`<unisson-report .app=${app}></unisson-report>`;
  return desk(app, at, html`${
    at === 'identity' ? html`<unisson-identity .app=${app}></unisson-identity>`
    : at === 'channels' ? html`<unisson-channels .app=${app}></unisson-channels>`
    : html`<unisson-posts .app=${app}></unisson-posts>`}
    ${next(app, at)}`);
}

type Page = (app: App) => TemplateResult;
const pages = new Map<string, Page>();

/** A page is one file that exports `page`; a heading without an element of its own around it gets its focus here. */
function page(app: App, at: Screen): TemplateResult {
  const draw = pages.get(at);
  if (draw) return draw(app);
  (import(`./pages/${at}.ts`) as Promise<{ page: Page }>).then((m) => {
    pages.set(at, m.page);
    app.changed();
  }, () => app.say('ui.live.unreachable'));
  return html`<p class="wait">${app.t('ui.opening')}</p>`;
}

/** Loaded by those who go there. */
function workshop(app: App): TemplateResult {
  if (customElements.get('unisson-workshop')) return html`<unisson-workshop .app=${app}></unisson-workshop>`;
  import('./live/workshop.ts').then(() => app.changed(), () => app.say('ui.live.unreachable'));
  return html`<p class="wait">${app.t('ui.opening')}</p>`;
}

const after: Partial<Record<Screen, Screen>> = { identity: 'channels', channels: 'posts', posts: 'report' };

function next(app: App, at: Screen): unknown {
  const to = after[at];
  return to ? html`<p class="next"><a class="main button" href=${href(to)}>${app.t(`ui.next.${to}`)}${icon('right')}</a></p>` : nothing;
}
