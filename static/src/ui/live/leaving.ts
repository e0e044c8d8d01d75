import { openModel } from '../../engine/model.ts';
import { isEmpty } from '../board.ts';
import type { App } from '../app.ts';
import { download } from '../download.ts';

/** A copy of the shared board for oneself: as a file, and as the board of this device where there was none. */
export async function keepCopy(app: App): Promise<void> {
  if (!app.model) return;
  download(app, '.json', 'application/json', app.model.export());
  const own = openModel('board');
  await own.ready;
  const free = isEmpty(own.board());
  if (free) own.load(app.board);
  own.close();
  app.say(free ? 'ui.live.copy.kept' : 'ui.live.copy.file');
}
