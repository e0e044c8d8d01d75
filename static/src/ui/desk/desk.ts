import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../app.ts';
import { href, type Screen } from '../route.ts';
import { adopt } from '../sheet.ts';
import { summary } from '../summary.ts';
import sheet from './desk.css?sheet';

adopt(sheet);

/** The parts of a board, in the order they build on each other. */
const rooms: Screen[] = ['identity', 'audiences', 'objectives', 'channels', 'actions', 'posts', 'decisions', 'settings'];

/** Where a board is written: the way between its parts, one of them, and the report in the margin. */
export function desk(app: App, at: Screen, work: unknown): TemplateResult {
  return html`
    <div class="desk">
      <div class="work">
        <nav class="rooms" aria-label=${app.t('ui.rooms')}>
          <ul>${rooms.map((r) => html`<li><a href=${href(r)} aria-current=${r === at ? 'page' : nothing}>${app.t(`ui.room.${r}`)}</a></li>`)}</ul>
          <button type="button" class="quiet find" @click=${() => void openFind(app)}>${app.t('ui.find.open')} <kbd>Ctrl K</kbd></button>
        </nav>
        ${work}
      </div>
      ${app.room?.hides ? nothing : summary(app)}
    </div>`;
}

/** Search over the whole board, loaded when first asked for. */
export async function openFind(app: App): Promise<void> {
  if (!app.model) return;
  try {
    (await import('./find.ts')).openFind(app);
  } catch {
    app.say('ui.live.unreachable');
  }
}
