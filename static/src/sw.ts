/**
 * The page with the network off, from the first visit on. Everything a version is made of is kept under its name, and served from there; a
 * new version waits until somebody takes it, so that nobody's page changes under their hands. What goes to the server (API, shared boards) never passes here.
 */
declare const VERSION: string;
declare const FILES: string[]; // addresses
interface Scope {
  addEventListener(type: string, f: (e: WorkerEvent) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
interface WorkerEvent { waitUntil(p: Promise<unknown>): void; respondWith(p: Promise<Response>): void; request: Request; data: unknown }

const scope = globalThis as unknown as Scope;
const name = `unisson-${VERSION}`;
const ours = new Set(FILES);

scope.addEventListener('install', e => e.waitUntil(install()));
scope.addEventListener('activate', e => e.waitUntil(clean().then(() => scope.clients.claim())));
scope.addEventListener('message', e => { if (e.data === 'take over') void scope.skipWaiting(); });
scope.addEventListener('fetch', e => {
  const { pathname, origin } = new URL(e.request.url);
  if (e.request.method !== 'GET' || origin !== location.origin) return;
  if (ours.has(pathname)) e.respondWith(kept(pathname, e.request));
  else if (e.request.mode === 'navigate' && pathname === '/') e.respondWith(fetch(e.request).catch(() => kept(navigator.language.startsWith('fr') ? '/fr' : '/en', e.request)));
});

/** What an older version already has under the same name (a name changes with its content) is not fetched again. */
async function install(): Promise<void> {
  const cache = await caches.open(name);
  for (const url of FILES) {
    const had = url.startsWith('/assets/') ? await caches.match(url) : undefined;
    if (had) await cache.put(url, had);
    else await cache.add(new Request(url, { cache: 'no-cache' }));
  }
}

async function clean(): Promise<void> {
  for (const other of await caches.keys()) if (other.startsWith('unisson-') && other !== name) await caches.delete(other);
}

async function kept(url: string, request: Request): Promise<Response> {
  return (await (await caches.open(name)).match(url, { ignoreVary: true })) ?? fetch(request);
}

export {};
