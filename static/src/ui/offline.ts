import { trusted } from '../engine/trusted.ts';
import type { App } from './app.ts';

let keeping: Promise<void> | undefined;

/** Keeps the page for the network’s absence, and offers a new version once it is there: it is taken when the person says so. Asked twice, it is done once. */
export const keepOffline = (app: App): Promise<void> => (keeping ??= keep(app));

async function keep(app: App): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const kept = await navigator.serviceWorker.register(trusted('/sw.js') as string);
    const offer = (): void => {
      const next = kept.waiting;
      if (!next || !navigator.serviceWorker.controller) return; // the first version has nobody to take over from
      app.say('ui.update', undefined, { id: 'ui.update.take', run: () => {
        navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
        next.postMessage('take over');
      } });
    };
    offer();
    kept.addEventListener('updatefound', () => kept.installing?.addEventListener('statechange', offer));
  } catch { /* refused in private windows and foreign frames: the page works with the network on */ }
}
