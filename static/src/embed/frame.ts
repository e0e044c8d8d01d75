/** The frame's whole program: /embed/fr and /embed/en. */
import { assets } from '../engine/assets.ts';
import { formatter } from '../engine/format.ts';
import type { Importer, Teller } from '../engine/types.ts';
import type { Engine } from '../ui/app.ts';
import { FrameApp } from './app.ts';
import { Frame } from './view.ts';

const never = (what: string) => (): Promise<never> => Promise.reject(new Error(`a frame has no ${what}`));

const engine: Engine = {
  warm() {},
  provision() {},
  model: never('board of the page'),
  room: never('room'),
  checker: async (model) => (await import('../engine/checker.ts')).openChecker(model),
  importer: never('importer') as () => Promise<Importer>,
  teller: never('teller') as () => Promise<Teller>,
  texts: async (lang, name) => {
    const reply = await fetch(assets.texts[lang]);
    if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
    return formatter(lang, await reply.json() as Record<string, string>, name);
  },
};

async function main(): Promise<void> {
  const app = new FrameApp(engine, document.documentElement.lang === 'fr' ? 'fr' : 'en', { hash: location.hash, search: location.search });
  await app.speak(app.lang);
  document.querySelector('unisson-frame')!.remove();
  customElements.define('unisson-frame', Frame);
  const view = Object.assign(new Frame(), { app });
  document.body.append(view);
  await view.updateComplete;
  app.greet(() => view.measure());
  await app.open().catch(() => {}); // the app says it
  if (app.mode !== 'assess') void app.watch();
  document.documentElement.dataset.ready = '1';
}

void main();
