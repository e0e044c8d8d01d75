// Builds the page into dist/: `node build.mjs [--watch] [--keep-wasm]`.
//
//   --watch      builds again after each change, without minifying, compressing or holding to the budgets
//   --keep-wasm  leaves the wasm modules as the last build made them (for work on the page alone)
import { build as esbuild, transform } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, watch } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { loader } from './build/embed.mjs';
import { firstScreen, sampleReports } from './build/first.mjs';
import { gatherTexts } from './build/texts.mjs';
import { licences } from './build/licences.mjs';
import { withoutLines } from './build/lines.mjs';
import { moduleBuild } from './build/module.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');
const dist = join(here, 'dist');
const scratch = join(here, '.build');
const dev = process.argv.includes('--watch');
const KiB = 1024;

/** Over the wire, brotli 11: what a visitor waits for. Passing one fails the build. */
const budgets = { 'landing JS': 40 * KiB, CSS: 15 * KiB, 'checker wasm': 800 * KiB, 'importer wasm': 900 * KiB, 'teller wasm': 1100 * KiB, editor: 95 * KiB, 'embed loader': 1.5 * KiB, 'frame JS': 30 * KiB, 'frame CSS': 10 * KiB };
/** Of the loader, as it is before it is packed. */
const plainLoader = 3 * KiB;

/** A failure whose message is all there is to say. */
class Plain extends Error {}

async function main() {
  try {
    await page({ wasm: !process.argv.includes('--keep-wasm') });
  } catch (e) {
    if (!dev) throw e;
    tell(e);
  }
  if (dev) watchSources();
}

function tell(e) {
  console.error(e instanceof Plain || e.errors ? e.message : e);
}

async function page({ wasm }) {
  const started = performance.now();
  const out = new Output();
  const goroot = run('go', ['env', 'GOROOT'], 'Go is missing: install Go 1.26 (https://go.dev/dl).').trim();
  const modules = {};
  for (const name of ['checker', 'importer', 'teller']) modules[name] = await wasmModule(out, name, wasm && await moduleBuild(root, scratch, args => run('go', args, 'Go could not list its modules.'), fail));
  const texts = await gatherTexts(root, Plain);
  const assets = { ...modules, texts: {}, reports: {} };
  for (const lang of ['fr', 'en']) assets.texts[lang] = out.add(`texts-${lang}.json`, JSON.stringify(texts[lang]));
  const checker = out.files.get(modules.checker.slice(1));
  if (checker) for (const [id, json] of await sampleReports(here, scratch, goroot, checker)) assets.reports[id] = out.add(`report-${id}.json`, json);

  const pages = JSON.stringify((await listing(join(here, 'src/ui/pages'))).filter(f => f.endsWith('.ts')).map(f => basename(f, '.ts')));
  const worker = await bundle(out, { goroot, entry: 'src/engine/worker.ts', format: 'iife' });
  assets.worker = worker.url;
  const embed = await loader({ dev, fail });
  const define = { ASSETS: JSON.stringify(assets), PAGES: pages, EMBED: JSON.stringify(embed.latest) };
  // Apart: a frame on another site shares no cache with the page, and entries built together are cut into more, smaller scripts.
  const main = await bundle(out, { goroot, entry: 'src/main.ts', format: 'esm', define, first: ['src/main.ts', 'src/work.ts'] });
  const frame = await bundle(out, { goroot, entry: 'src/embed/frame.ts', format: 'esm', define, first: ['src/embed/frame.ts'] });
  const next = main.closure('src/work.ts').filter(u => u !== main.url && !main.eager.includes(u));
  const early = await bundle(out, { goroot, entry: 'src/early.ts', format: 'iife', define });
  const css = await bundle(out, { goroot, entry: 'src/styles/main.css' });
  const frameCSS = await bundle(out, { goroot, entry: 'src/embed/frame.css' });
  if (!dev && embed.bytes.length > plainLoader) fail(`The embed's loader takes ${embed.bytes.length} bytes of ${plainLoader}.`);
  out.page('embed/v1.js', embed.bytes);

  const template = await readFile(join(here, 'src/page.html'), 'utf8');
  const first = await firstScreen(here, scratch, define);
  for (const lang of ['fr', 'en']) {
    const text = id => escape(texts[lang][id] ?? fail(`static/src/texts has no “${id}” in ${lang}, which every page needs.`));
    out.page(`${lang}.html`, fill(template, {
      lang, next: next.join(' '), later: main.lazy.filter(u => !next.includes(u) && !main.samples.includes(u)).join(' '), title: text('page.title'), description: text('page.description'), noscript: text('page.noscript'), early: early.url, first: await first(lang, texts[lang]),
      head: [
        ...css.fonts.filter(f => /-latin-.*-normal/.test(f)).map(f => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${f}">`),
        `<link rel="stylesheet" href="${css.url}">`,
        // What makes the page live can wait for what makes it readable.
        `<script type="module" fetchpriority="low" src="${main.url}"></script>`,
        ...main.eager.map(u => `<link rel="modulepreload" fetchpriority="low" href="${u}">`),
        `<link rel="preload" as="fetch" fetchpriority="low" crossorigin href="${assets.texts[lang]}">`,
        '<link rel="manifest" href="/unisson.webmanifest">',
        ...(existsSync(join(here, 'public/favicon.svg')) ? ['<link rel="icon" href="/favicon.svg" type="image/svg+xml">'] : []),
      ].join('\n'),
    }));
  }
  const framed = await readFile(join(here, 'src/embed/frame.html'), 'utf8');
  for (const lang of ['fr', 'en']) out.page(`embed/${lang}.html`, fill(framed, {
    lang, title: escape(texts[lang]['embed.title']), noscript: escape(texts[lang]['ui.embed.noscript']),
    head: [
      `<link rel="stylesheet" href="${frameCSS.url}">`,
      `<script type="module" src="${frame.url}"></script>`,
      ...frame.eager.map(u => `<link rel="modulepreload" href="${u}">`),
      `<link rel="preload" as="fetch" crossorigin href="${assets.texts[lang]}">`,
    ].join('\n'),
  }));
  for (const name of await listing(join(here, 'public'))) out.page(name, await readFile(join(here, 'public', name)));
  out.page('licences.txt', await licences(here, goroot, [worker, main, css].flatMap(b => b.inputs)));

  const name = path => (/^(fr|en)\.html$/.test(path) ? path.slice(0, 2) : path);
  const files = [...out.files.keys()].filter(f => f !== 'licences.txt' && !f.startsWith('embed/')).sort().map(f => '/' + name(f));
  const version = sha256(Buffer.concat([...out.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bytes]) => Buffer.from(sha256(bytes))))).slice(0, 12);
  const offline = await esbuild({ entryPoints: [join(here, 'src/sw.ts')], bundle: true, write: false, format: 'iife', target: 'es2022', minify: !dev, define: { VERSION: JSON.stringify(version), FILES: JSON.stringify(files) } });
  out.page('sw.js', offline.outputFiles[0].contents);

  await out.write();
  const sizes = {
    'landing JS': sum([early.url, main.url, ...main.eager], u => out.wire(u)), CSS: out.wire(css.url),
    'checker wasm': modules.checker ? out.wire(modules.checker) : 0, 'importer wasm': modules.importer ? out.wire(modules.importer) : 0, 'teller wasm': modules.teller ? out.wire(modules.teller) : 0,
    'embed loader': out.wire('/embed/v1.js'), 'frame JS': sum([frame.url, ...frame.eager], u => out.wire(u)), 'frame CSS': out.wire(frameCSS.url),
    editor: sum(main.onlyOf('src/ui/editor/surface.ts'), u => out.wire(u)), worker: out.wire(worker.url), 'loaded later': sum(main.lazy, u => out.wire(u)), fonts: sum(css.fonts, u => out.wire(u)),
    'texts fr': out.wire(assets.texts.fr), 'texts en': out.wire(assets.texts.en),
  };
  report(sizes, performance.now() - started);
}

/** Compiles one wasm module, unless told to keep the last (how = false). Go's own cache makes this quick when nothing changed. */
async function wasmModule(out, name, how) {
  const file = join(scratch, `${name}.wasm`);
  if (how) run('go', ['build', ...how.flags, '-o', file, `./wasm/${name}`], `The ${name} did not compile to wasm.`, how.env);
  if (existsSync(file)) {
    const whole = await readFile(file);
    const bare = withoutLines(whole);
    if (!bare) console.warn(`${name}.wasm: this Go lays out its line tables in a way static/build/lines.mjs does not know; they stay.`);
    return out.add(`${name}.wasm`, bare ?? whole);
  }
  console.warn(`No ${name}.wasm from an earlier build: this page will say that it cannot be loaded.`);
  return '';
}

/** first: entries that are loaded before all others; each becomes one script with all it needs. */
async function bundle(out, { goroot, entry, format, define, first = [] }) {
  const path = join(here, entry);
  if (!existsSync(path)) fail(`static/${entry} is missing.`);
  const options = {
    entryPoints: [path], bundle: true, format, splitting: format === 'esm', write: false, metafile: true, absWorkingDir: here,
    outdir: join(dist, 'assets'), entryNames: '[name]-[hash]', chunkNames: 'chunk-[hash]', assetNames: '[name]-[hash]', publicPath: '/assets',
    target: 'es2022', minify: !dev, sourcemap: dev ? 'inline' : false, legalComments: 'none', charset: 'utf8', define, logLevel: 'silent',
    alias: { 'wasm_exec': join(goroot, 'lib/wasm/wasm_exec.js') },
    loader: { '.woff2': 'file', '.svg': 'text' }, plugins: [icons, sheets],
  };
  const result = await esbuild(first.length ? { ...options, plugins: [...options.plugins, after(first, (await esbuild(options)).metafile)] } : options);
  for (const w of result.warnings) console.warn(w.text, w.location?.file ?? '');
  for (const f of result.outputFiles) out.put(relative(dist, f.path), f.contents);
  const outputs = result.metafile.outputs;
  const url = name => '/' + relative(dist, join(here, name));
  const entryOf = of => Object.keys(outputs).find(n => outputs[n].entryPoint === of);
  const reached = (name, kinds, met = new Set()) => {
    for (const i of outputs[name].imports) if (!i.external && kinds.includes(i.kind) && !met.has(i.path)) reached(i.path, kinds, met.add(i.path));
    return met;
  };
  const loads = of => {
    const own = entryOf(of);
    const eager = reached(own, ['import-statement']);
    const later = [...reached(own, ['import-statement', 'dynamic-import'])].filter(n => n.endsWith('.js') && n !== own && !eager.has(n));
    return { url: url(own), eager: [...eager].map(url), lazy: later.map(url) };
  };
  const scripts = Object.keys(outputs).filter(n => n.endsWith('.js'));
  /** What a lazily loaded entry brings that no other entry does. */
  const onlyOf = of => {
    const whole = name => [name, ...reached(name, ['import-statement'])];
    const own = entryOf(of) ?? fail(`${of} is no chunk of its own.`);
    const others = new Set(scripts.filter(n => outputs[n].entryPoint && n !== own).flatMap(whole));
    return whole(own).filter(n => !others.has(n)).map(url);
  };
  /** Entries, and all they cannot run without. */
  const closure = (...ofs) => [...new Set(ofs.flatMap(of => [entryOf(of), ...reached(entryOf(of), ['import-statement'])]))].map(url);
  return {
    onlyOf, closure, ...loads(entry), samples: scripts.filter(n => outputs[n].entryPoint?.startsWith('samples/')).map(url),
    fonts: Object.keys(outputs).filter(n => n.endsWith('.woff2')).map(url), inputs: Object.keys(result.metafile.inputs),
  };
}

/**
 * A module goes into a chunk with those that the same entries need: what a dozen pages share in different ways becomes dozens of scripts of one
 * kilobyte. Here every later entry is made to need all of the earlier ones, which are there by then anyway.
 */
function after(first, { inputs, outputs }) {
  const reached = (name, met = new Set([name])) => {
    for (const i of inputs[name]?.imports ?? []) if (i.kind === 'import-statement' && !met.has(i.path)) reached(i.path, met.add(i.path));
    return met;
  };
  const needs = new Map();
  for (const entry of Object.values(outputs).map(o => o.entryPoint).filter(e => e?.endsWith('.ts'))) {
    const earlier = first.slice(0, first.includes(entry) ? first.indexOf(entry) : first.length);
    needs.set(join(here, entry), earlier.filter(f => !reached(f).has(entry)));
  }
  return {
    name: 'after',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => needs.get(path)?.length ? {
        loader: 'ts', contents: [await readFile(path, 'utf8'), ...needs.get(path).map(f => `import ${JSON.stringify(join(here, f))};`)].join('\n'),
      } : undefined);
    },
  };
}

/** An icon travels as its bare drawing: no comment, no class, no line breaks. */
const icons = {
  name: 'icons',
  setup(build) {
    build.onLoad({ filter: /\.svg$/ }, async ({ path }) => ({
      loader: 'text',
      contents: (await readFile(path, 'utf8')).replace(/<!--[^]*?-->/g, '').replace(/\s+class="[^"]*"/, '').replace(/\s+/g, ' ').replace(/> </g, '><').trim(),
    }));
  },
};

/** import sheet from './x.css?sheet': a style sheet as a string, for a page to adopt when it is loaded. */
const sheets = {
  name: 'sheets',
  setup(build) {
    build.onResolve({ filter: /\.css\?sheet$/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path.replace('?sheet', '')), namespace: 'sheet' }));
    build.onLoad({ filter: /.*/, namespace: 'sheet' }, async ({ path }) => ({
      loader: 'text', watchFiles: [path],
      contents: (await transform(await readFile(path, 'utf8'), { loader: 'css', minify: !dev, target: 'es2022' })).code,
    }));
  },
};

/** The files of dist, held in memory until all of them are there: a failed build leaves the last one whole. */
class Output {
  files = new Map();
  sizes = new Map();

  /** Adds an asset under a name that changes with its content; returns its URL. */
  add(name, data) {
    const bytes = Buffer.from(data);
    const ext = extname(name);
    return this.put(`assets/${basename(name, ext)}-${sha256(bytes).slice(0, 10)}${ext}`, bytes);
  }

  put(path, data) {
    this.files.set(path, Buffer.from(data));
    return '/' + path;
  }

  page(path, data) {
    if (this.files.has(path)) fail(`Two files want to be dist/${path}.`);
    this.files.set(path, Buffer.from(data));
  }

  wire(url) {
    return this.sizes.get(url.slice(1));
  }

  async write() {
    const list = {};
    const written = new Map();
    for (const [path, bytes] of [...this.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const packed = dev ? {} : await compressed(path, bytes);
      for (const [ext, data] of Object.entries(packed)) written.set(path + ext, data);
      written.set(path, bytes);
      this.sizes.set(path, packed['.br']?.length ?? bytes.length);
      list[path] = { size: bytes.length, sha256: sha256(bytes), immutable: /^assets\/|^embed\/v\d+\.\d+\.\d+\.js$/.test(path), ...(packed['.br'] && { br: packed['.br'].length, gz: packed['.gz'].length }) };
    }
    await rm(dist, { recursive: true, force: true });
    for (const [path, bytes] of written) {
      await mkdir(join(dist, path, '..'), { recursive: true });
      await writeFile(join(dist, path), bytes);
    }
    await writeFile(join(dist, 'assets.json'), JSON.stringify({ files: list }, null, 1) + '\n');
    await writeFile(join(dist, '.keep'), '');
  }
}

const compressible = new Set(['.html', '.js', '.css', '.json', '.wasm', '.svg', '.txt', '.webmanifest', '.xml']);

/** Brotli at its highest level takes seconds for a wasm module, so its results are kept by content. */
async function compressed(path, bytes) {
  if (!compressible.has(extname(path)) || bytes.length < 256) return {};
  const kept = join(scratch, 'packed', sha256(bytes));
  if (existsSync(kept + '.gz')) return { '.br': await readFile(kept + '.br'), '.gz': await readFile(kept + '.gz') };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await mkdir(join(scratch, 'packed'), { recursive: true });
  await writeFile(kept + '.br', br);
  await writeFile(kept + '.gz', gz);
  return { '.br': br, '.gz': gz };
}

function report(sizes, ms) {
  if (dev) return console.log(`built in ${Math.round(ms)} ms`);
  const width = Math.max(...Object.keys(sizes).map(k => k.length));
  for (const [what, n] of Object.entries(sizes)) console.log(`${what.padEnd(width)}  ${(n / KiB).toFixed(1).padStart(6)} KiB${budgets[what] ? ` of ${budgets[what] / KiB}` : ''}`);
  const over = Object.keys(budgets).filter(what => sizes[what] > budgets[what]);
  if (over.length) fail(`Over budget (brotli): ${over.map(what => `${what} ${(sizes[what] / KiB).toFixed(1)} KiB of ${budgets[what] / KiB}`).join(', ')}.`);
}

/** Changes come in bursts (an editor's save is three events): the build waits for the burst to end. */
function watchSources() {
  let timer;
  let go = false;
  let running = Promise.resolve();
  const changed = file => {
    go ||= file.endsWith('.go');
    clearTimeout(timer);
    timer = setTimeout(() => {
      const wasm = go;
      go = false;
      running = running.then(() => page({ wasm })).catch(tell);
    }, 60);
  };
  for (const dir of [join(here, 'src'), join(here, 'public'), join(root, 'core'), join(root, 'wasm')]) {
    if (existsSync(dir)) watch(dir, { recursive: true }, (_, file) => file && !/_test\.go$|~$|\.swp$/.test(file) && changed(file));
  }
}

function run(command, args, trouble, env = {}) {
  try {
    return execFileSync(command, args, { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (e) {
    return fail(`${trouble}\n${e.stderr ?? e.message}`);
  }
}

async function listing(dir) {
  if (!existsSync(dir)) return [];
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter(e => e.isFile()).map(e => relative(dir, join(e.parentPath ?? e.path, e.name))).sort();
}

const sum = (list, size) => list.reduce((total, item) => total + size(item), 0);
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
const escape = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
const fill = (template, values) => template.replace(/\{\{(\w+)\}\}/g, (_, key) => values[key]);

function fail(message) {
  throw new Plain(message);
}

main().catch(e => {
  tell(e);
  process.exitCode = 1;
});
