import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openImporter } from '../src/engine/importer.ts';
import { LocalHost } from '../src/engine/local.ts';
import { HostError } from '../src/engine/protocol.ts';
import type { Importer } from '../src/engine/types.ts';
import { serveModule } from './module.ts';

let module: Awaited<ReturnType<typeof serveModule>>;
let importer: Importer;
before(async () => {
  module = await serveModule('importer');
  importer = openImporter(async () => {
    const host = new LocalHost();
    await host.ask('load', { url: module.url });
    return host;
  });
});
after(() => module.close());
const utf8 = new TextEncoder();

test('a file is understood, and again with other columns', async () => {
  const csv = utf8.encode('Date,Canal,Texte,Note\n2026-04-03,Insta,Nos vélos 🎉,x\n2026-04-04,Site,L’atelier ouvre,y\n');
  const first = await importer.read(csv, { name: 'posts.csv' });
  assert.equal(first.kind, 'csv');
  assert.equal(first.error, undefined);
  assert.deepEqual(first.columns?.names, ['Date', 'Canal', 'Texte', 'Note']);
  const again = await importer.read(csv, { as: 'csv', columns: { text: 2, date: 0, channel: 1, link: -1 } });
  assert.deepEqual(again.messages.map(m => [m.text, m.date, m.channel]), [['Nos vélos 🎉', '2026-04-03', 'Insta'], ['L’atelier ouvre', '2026-04-04', 'Site']]);
  assert.deepEqual(again.channels, ['Insta', 'Site']);
});

test('a board file comes back as a board', async () => {
  const preview = await importer.read(utf8.encode('{"format":"unisson/1","title":"É","x-own":{"a":[1]}}'), { name: 'b.json' });
  assert.deepEqual(preview.board, { format: 'unisson/1', title: 'É', 'x-own': { a: [1] } });
});

test('what is no text gets a sentence, not a crash', async () => {
  for (const bytes of [[], [0xff, 0xfe], [0x50, 0x4b, 3, 4, 0, 0], [0, 0, 0, 0], Array.from({ length: 5000 }, (_, i) => i % 256)]) {
    const { error, messages } = await importer.read(Uint8Array.from(bytes), {});
    assert.ok(messages.length || error?.what.startsWith('import.error.'), JSON.stringify(bytes.slice(0, 6)));
  }
  const deep = await importer.read(utf8.encode('{"format":"unisson/1","x":' + '['.repeat(100_000)), { name: 'x.json' });
  assert.ok(deep.error);
});

test('a module that cannot be had is said, and the next try may have it', async () => {
  let url = module.url.replace(/:\d+/, ':1');
  const late = openImporter(async () => {
    const host = new LocalHost();
    await host.ask('load', { url });
    return host;
  });
  await assert.rejects(late.read(utf8.encode('a'), {}), (e: unknown) => e instanceof HostError && e.failure.why === 'load');
  url = module.url;
  assert.ok((await late.read(utf8.encode('Un message\n\nUn autre\n'), {})).messages.length);
});
