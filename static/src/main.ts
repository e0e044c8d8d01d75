import { assets } from './engine/assets.ts';
import type { Host } from './engine/protocol.ts';
import type { Importer, Lang, Teller } from './engine/types.ts';
import { startHost } from './engine/host.ts';
import { App, type Engine } from './ui/app.ts';
import { Shell } from './ui/shell.ts';
import { linkOf, recallLink } from './ui/live/api.ts';
import { recall } from './ui/storage.ts';
import { localDay } from './engine/day.ts';
import { formatter } from './engine/format.ts';

let importer: Promise<Importer> | undefined;
let teller: Promise<Teller> | undefined;
let host: Promise<Host> | undefined; // a checker's, started ahead of time

/**
 * Fetches what a board needs, all at once: scripts that ask for each other one after the other would cost a round trip each. The checker goes
 * first, since it takes longest. What only comes after a first report is left out: a browser has six connections where the server speaks HTTP/1.1.
 */
function warm(): void {
  if (host) return;
  host = startHost('checker')();
  host.catch(() => {}); // who asks for it hears of it
  preload('next');
}

/** Once nothing else is to be done, a sample is checked behind the scenes: the first report somebody waits for comes in half the time. */
async function practise(app: App, host: Promise<Host> | undefined): Promise<void> {
  if (!host || !app.empty) return;
  const [{ samples }, { whole }, checker] = await Promise.all([import('./ui/landing.ts'), import('./engine/outbox.ts'), host]);
  const board = await samples.find((s) => s.lang === app.lang)!.load();
  await idle();
  if (app.empty) await checker.ask('warm', { board: whole(board, localDay) }); // nobody has opened a board meanwhile
}

/** Scripts of a list the build wrote in the page. */
function preload(list: 'next' | 'later'): void {
  for (const url of document.documentElement.dataset[list]?.split(' ') ?? []) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: url }));
  }
}

const engine: Engine = {
  warm,
  provision: () => preload('later'),
  model: async (name) => (await import('./engine/model.ts')).openModel(name),
  room: async (app, model, link) => (await import('./ui/live/room.ts')).enterRoom(app, model, link),
  checker: async (model) => {
    const { openChecker } = await import('./engine/checker.ts');
    return openChecker(model, {
      start() {
        const ready = host;
        host = undefined;
        return ready ?? startHost('checker')();
      },
    });
  },
  importer: () => (importer ??= import('./engine/importer.ts').then((m) => m.openImporter())),
  teller: () => (teller ??= import('./engine/teller.ts').then((m) => m.openTeller())),
  texts: async (lang, name) => {
    const reply = await fetch(assets.texts[lang]);
    if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
    return formatter(lang, await reply.json() as Record<string, string>, name);
  },
};

/** An address that names a language is obeyed; elsewhere what was chosen before, else what the server made of the visitor's. */
function language(): Lang {
  const asked = /^\/(fr|en)(?:\/|$)/.exec(location.pathname)?.[1] ?? recall('lang') ?? document.documentElement.lang;
  return asked === 'en' ? 'en' : 'fr';
}

const idle = (): Promise<unknown> => new Promise((now) => (globalThis.requestIdleCallback ?? setTimeout)(now));

async function main(): Promise<void> {
  const link = linkOf(location.hash);
  const app = new App(engine, language(), link ?? recallLink());
  addEventListener('hashchange', () => { if (linkOf(location.hash)) location.reload(); }); // another board
  app.setTheme(app.theme);
  await app.speak(app.lang);
  // Defined only now: an element of the document would be upgraded before it could be given its app.
  document.querySelector('unisson-app')!.remove();
  customElements.define('unisson-app', Shell);
  document.body.append(Object.assign(new Shell(), { app }));
  // The board is opened once the page is drawn: on the landing it only tells whether there is one to come back to.
  await new Promise(requestAnimationFrame);
  await idle();
  if (!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData) warm();
  const ahead = host;
  await app.open().catch(() => {}); // the app says it
  document.documentElement.dataset.ready = '1';
  await practise(app, ahead).catch(() => {}); // whoever asks for a report hears of it
}

void main();
