import { assets } from './engine/assets.ts';
import type { Host } from './engine/protocol.ts';
import type { Importer, Teller } from './engine/types.ts';
import { kept } from './engine/kept.ts';
import { startHost } from './engine/host.ts';
import { samples } from './samples.ts';
import { App, type Engine } from './ui/app.ts';
import { language } from './ui/language.ts';
import { Shell } from './ui/shell.ts';
import { follow, pressed, wayTo } from './ui/still.ts';
import { linkOf, recallLink } from './ui/live/api.ts';
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
  const [{ whole }, checker] = await Promise.all([import('./work.ts'), host]);
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
  model: async (name) => (await import('./work.ts')).openModel(name),
  room: async (app, model, link) => (await import('./ui/live/room.ts')).enterRoom(app, model, link),
  checker: async (model) => {
    const { openChecker } = await import('./work.ts');
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

/** The still page can be read meanwhile, and what is pressed on it is not lost. */
async function untilHad(get: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await get();
    } catch {
      await new Promise((again) => {
        addEventListener('online', again, { once: true });
        setTimeout(again, 3000);
      });
    }
  }
}

/** Resolves once the still page can be read: nothing may come before that. At once where it is not to be, or nobody looks. */
function painted(): Promise<unknown> {
  if ('elsewhere' in document.documentElement.dataset || document.hidden) return Promise.resolve();
  return new Promise((done) => {
    new PerformanceObserver(done).observe({ type: 'paint', buffered: true });
    setTimeout(done, 1000); // an older browser does not tell
  });
}

/**
 * The page takes the place of the still one. It is drawn out of sight, then shown in a task of its own: each takes a slow phone a tenth of a
 * second, and a finger that comes between them is not kept waiting for both.
 */
async function enliven(app: App): Promise<void> {
  customElements.define('unisson-app', Shell);
  const still = document.getElementById('still')!;
  const shell = Object.assign(new Shell(), { app, hidden: app.route.screen === 'landing' });
  document.body.append(shell);
  await shell.updateComplete;
  if (shell.hidden) await new Promise((next) => setTimeout(next));
  const focused = still.contains(document.activeElement) ? wayTo(document.activeElement!, still) : undefined;
  const press = still.getAttribute(pressed)?.split(' ').map(Number);
  still.remove();
  shell.hidden = false;
  if (app.route.screen !== 'landing') return;
  if (focused) (follow(focused, shell) as HTMLElement | undefined)?.focus();
  if (press) (follow(press, shell) as HTMLElement | undefined)?.click();
}

const alive = (): void => { document.documentElement.dataset.ready = '1'; };

/** A first visit is left in peace until somebody stirs, or has had the time to read: who leaves at once has fetched a page, not a checker. */
const stirred = (): Promise<unknown> => new Promise((go) => {
  for (const sign of ['pointermove', 'pointerdown', 'keydown', 'scroll', 'click']) addEventListener(sign, go, { once: true, capture: true, passive: true });
  setTimeout(go, 2000);
});

const idle = (): Promise<unknown> => new Promise((now) => (globalThis.requestIdleCallback ?? setTimeout)(now));

async function main(): Promise<void> {
  const link = linkOf(location.hash);
  const app = new App(engine, language(), link ?? recallLink());
  addEventListener('hashchange', () => { if (linkOf(location.hash)) location.reload(); }); // another board
  app.setTheme(app.theme);
  await Promise.all([untilHad(() => app.speak(app.lang)), painted()]);
  await enliven(app);
  const starts = app.route.screen === 'landing' && !link && !recallLink() && await kept('board') === false;
  if (starts) {
    alive();
    await stirred();
  } else {
    await new Promise(requestAnimationFrame); // drawn before the board is opened: on the landing it only tells whether there is one to come back to
  }
  await idle();
  const sparing = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (!sparing) warm();
  const ahead = host;
  await app.open().catch(() => {}); // the app says it
  alive();
  await practise(app, ahead).catch(() => {}); // whoever asks for a report hears of it
  if (!sparing && app.empty) await import('./ui/offline.ts').then((m) => m.keepOffline(app)).catch(() => {}); // else a board’s first report sees to it, and the next visit
}

void main();
