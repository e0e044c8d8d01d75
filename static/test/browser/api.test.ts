/**
 * The API as it describes itself: the description is one that an OpenAPI validator accepts, what it says of requests and answers is so on
 * the running server, and every example on the page does what stands there.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Browser } from 'playwright-core';
import { random } from '../random.ts';
import { accessibility, openPage, shot, startBrowser, startSite, type Site } from './harness.ts';

declare const PROJECT: string;

interface Schema {
  $ref?: string; const?: unknown; enum?: unknown[]; type?: string | string[]; properties?: Record<string, Schema>; required?: string[]; items?: Schema;
  additionalProperties?: Schema | boolean; minLength?: number; maxLength?: number; minimum?: number; maximum?: number; minItems?: number; maxItems?: number; anyOf?: Schema[]; oneOf?: Schema[];
}
interface Media { schema: Schema; example?: unknown; examples?: Record<string, { value: unknown }> }
interface Response { $ref?: string; headers?: Record<string, unknown>; content?: Record<string, Media> }
interface Parameter { $ref?: string; name: string; in: 'path' | 'query'; schema: Schema }
interface Operation { operationId: string; summary: string; description: string; security?: unknown[]; parameters?: Parameter[]; requestBody?: { required: boolean; content: Record<string, Media> }; responses: Record<string, Response> }
interface Description { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

let site: Site;
let browser: Browser;
let api: Description;
let ajv: Ajv2020;
const compiled = new Map<Schema, ValidateFunction>();

before(async () => {
  Object.assign(process.env, { UNISSON_MAX_BOARDS_PER_IP: '0', UNISSON_MAX_REQUESTS_PER_IP: '1000000' }); // one address asks much here
  site = await startSite();
  browser = await startBrowser();
  api = await (await fetch(`${site.origin}/api/v1/openapi.json`)).json() as Description;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(api, 'api');
});

after(async () => {
  await browser.close();
  await site.stop();
});

/** What a reference leads to. */
const at = <T extends { $ref?: string }>(x: T): T => {
  if (!x.$ref) return x;
  return at(x.$ref.slice(2).split('/').reduce<unknown>((o, step) => (o as Record<string, unknown>)[step.replace(/~1/g, '/').replace(/~0/g, '~')], api) as T);
};

/** References are resolved from the root of the description. */
const rooted = (x: unknown): unknown => Array.isArray(x) ? x.map(rooted)
  : typeof x === 'object' && x ? Object.fromEntries(Object.entries(x).map(([k, v]) => [k, k === '$ref' && typeof v === 'string' ? 'api' + v : rooted(v)])) : x;

function faults(schema: Schema, value: unknown): string {
  if (!compiled.has(schema)) compiled.set(schema, ajv.compile(rooted(schema) as object));
  const check = compiled.get(schema)!;
  return check(value) ? '' : ajv.errorsText(check.errors);
}

const operations = () => Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, op]) => ({ path, method, op })));

test('an OpenAPI validator accepts the description, and its examples are what its schemas say', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(api as unknown as Record<string, unknown>);
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, '3.1');
  let examples = 0;
  for (const { op } of operations()) {
    const medias = [op.requestBody?.content, ...Object.values(op.responses).map((r) => at(r).content)].flatMap((c) => Object.entries(c ?? {}));
    for (const [kind, media] of medias) {
      for (const example of [...('example' in media ? [media.example] : []), ...Object.values(media.examples ?? {}).map((e) => e.value)]) {
        examples++;
        assert.equal(faults(media.schema, example), '', `${op.operationId}, ${kind}`);
      }
    }
  }
  assert.ok(examples > 10);
});

test('the page tells every operation in both languages, in English as the description does', () => {
  const texts = JSON.parse(readFileSync(`${PROJECT}/static/src/texts/api.json`, 'utf8')) as Record<'fr' | 'en', Record<string, string>>;
  for (const { op } of operations()) {
    assert.equal(texts.en[`ui.api.op.${op.operationId}`], op.summary);
    assert.equal(texts.en[`ui.api.op.${op.operationId}.more`], op.description.replaceAll('`', ''));
    for (const id of [...Object.keys(op.responses).map((s) => `status.${s}`), ...(op.parameters ?? []).map((p) => `param.${at(p).name}`)]) {
      assert.ok(texts.fr[`ui.api.${id}`] && texts.en[`ui.api.${id}`], id);
    }
  }
});

/** A value that a schema allows, from a seed. */
function value(next: ReturnType<typeof random>, given: Schema, depth = 0): unknown {
  const schema = at(given);
  if ('const' in schema) return schema.const;
  if (schema.enum) return next.pick(schema.enum);
  const any = schema.anyOf ?? (schema.type ? undefined : schema.oneOf);
  if (any) return value(next, next.pick(any), depth);
  const type = Array.isArray(schema.type) ? next.pick(schema.type) : schema.type;
  switch (type) {
    case 'null': return null;
    case 'boolean': return next.int(2) === 1;
    case 'integer': case 'number': return Math.min(schema.maximum ?? Infinity, Math.max(schema.minimum ?? 0, next.int(100)));
    case 'array': return Array.from({ length: Math.min(schema.maxItems ?? 3, Math.max(schema.minItems ?? 0, depth > 6 ? 0 : next.int(4))) }, () => value(next, schema.items ?? {}, depth + 1));
    case 'object': {
      const out: Record<string, unknown> = {};
      for (const [name, of] of Object.entries(schema.properties ?? {})) {
        if (schema.required?.includes(name) || (depth < 6 && next.int(2))) out[name] = name === 'id' ? `i${next.int(1e9)}` : value(next, of, depth + 1);
      }
      return out;
    }
    default: {
      const text = Array.from({ length: next.int(9) }, () => next.pick(['canal', 'été', '日本', '« vous »', '🙂', 'e\u0301', '"', '\\', '\n', 'https://exemple.test'])).join(' ');
      return Array.from(text.padEnd(schema.minLength ?? 0, 'x')).slice(0, schema.maxLength ?? 300).join('');
    }
  }
}

interface Names { board: string; role: string; person: string; round: string; facilitator: string; personToken: string; code: string }

/** Sends a request the description allows and holds the answer to it. */
async function send(op: Operation, method: string, path: string, names: Names, query: Record<string, string>, body?: { kind: string; text: string }, token?: string): Promise<{ status: number; value: unknown }> {
  const url = new URL(site.origin + path.replace(/\{(\w+)\}/g, (_, name: keyof Names) => names[name]));
  for (const [k, v] of Object.entries(query)) url.searchParams.set(k, v);
  const answer = await fetch(url, { method: method.toUpperCase(), headers: { ...(body && { 'Content-Type': body.kind }), ...(token && { Authorization: `Bearer ${token}` }) }, ...(body && { body: body.text }) });
  const bytes = await answer.text();
  const what = `${method} ${path} ${JSON.stringify(query)} ${body?.text.slice(0, 300)}: ${answer.status} ${bytes.slice(0, 300)}`;
  assert.ok(op.responses[answer.status], `a status nobody described: ${what}`);
  const described = at(op.responses[answer.status]!);
  for (const header of Object.keys(described.headers ?? {})) assert.ok(answer.headers.get(header), `no ${header}: ${what}`);
  const kind = answer.headers.get('Content-Type')?.replace(/; charset=utf-8$/i, '') ?? '';
  if (!described.content) {
    assert.equal(bytes, '', what);
    return { status: answer.status, value: undefined };
  }
  const media = described.content[kind];
  assert.ok(media, `${kind} is not described: ${what}`);
  const json = /json$|json;/.test(kind) && !kind.includes('ndjson');
  const said: unknown = json ? JSON.parse(bytes) : bytes;
  if (kind !== 'application/octet-stream') assert.equal(faults(media.schema, said), '', what);
  if (kind.includes('ndjson')) {
    for (const line of bytes.split('\n').filter(Boolean)) {
      const { error } = JSON.parse(line) as { error?: string };
      assert.equal(faults({ $ref: `#/components/schemas/${error === undefined ? 'Report' : 'LineProblem'}` }, JSON.parse(line)), '', line);
    }
  }
  return { status: answer.status, value: said };
}

test('requests made from the description are answered as it says, and so are those it does not allow', async () => {
  const next = random(31);
  const created = async (): Promise<Names> => {
    const { path, method, op } = operations().find((o) => o.op.operationId === 'createBoard')!;
    const { value: made } = await send(op, method, path, {} as Names, {}, { kind: 'application/json', text: '{"name":"Essai"}' });
    const { id, tokens } = made as { id: string; tokens: Record<string, string> };
    const board: Names = { board: id, role: 'editor', person: '', round: '', facilitator: tokens.facilitator!, personToken: '', code: '' };
    const ask = async (name: string, body: unknown) => {
      const o = operations().find((x) => x.op.operationId === name)!;
      return (await send(o.op, o.method, o.path, board, {}, { kind: 'application/json', text: JSON.stringify(body) }, board.facilitator)).value as Record<string, string>;
    };
    ({ person: board.person, token: board.personToken } = await ask('addPerson', { name: 'Camille', role: 'editor' }) as { person: string; token: string });
    ({ id: board.round } = await ask('startRound', { question: 'Qui sommes-nous ?' }) as { id: string });
    ({ code: board.code } = await ask('makeCode', {}) as { code: string });
    return board;
  };
  let boards = 0;
  let sound = 0;
  for (const { path, method, op } of operations()) {
    const parameters = (op.parameters ?? []).map(at);
    const query = parameters.filter((p) => p.in === 'query');
    for (let round = 0; round < (op.requestBody ? 8 : 3); round++) {
      const names = op.security || op.operationId === 'joinByCode' ? await created() : {} as Names;
      const asked = Object.fromEntries(query.filter(() => next.int(2)).map((p) => [p.name, String(value(next, p.schema))]));
      const token = op.security ? (op.operationId === 'answerRound' ? names.personToken : names.facilitator) : undefined;
      if (op.parameters?.some((p) => at(p).name === 'role')) names.role = next.pick(['facilitator', 'editor', 'viewer']);
      let body: { kind: string; text: string } | undefined;
      if (op.requestBody) {
        const [kind, media] = next.pick(Object.entries(op.requestBody.content));
        let text = kind.includes('ndjson') ? String(media.example) : JSON.stringify(value(next, media.schema));
        if (op.operationId === 'joinByCode') text = JSON.stringify({ ...(JSON.parse(text) as object), code: names.code, name: 'Sacha' });
        body = { kind, text };
        if (kind.includes('ndjson')) delete asked.format;
      }
      const { status } = await send(op, method, path, names, asked, body, token);
      if (['check', 'createBoard'].includes(op.operationId)) {
        boards++;
        if (status < 300) sound++;
      }
      if (op.security) { // without its secret a board is not there
        const { status: shut } = await send(op, method, path, names, {}, body);
        assert.equal(shut, 404, `${method} ${path}`);
      }
    }
    const refused = op.requestBody ? [{ kind: 'application/json', text: '{"format":' }, { kind: 'text/csv', text: 'a;b' }, { kind: 'application/json', text: '{"format":"unisson/1","title":4}' }, { kind: 'application/json', text: '[]' }] : [];
    for (const body of refused) {
      const names = op.security ? await created() : {} as Names;
      const { status } = await send(op, method, path, names, {}, body, names.facilitator);
      assert.ok(status >= 400 || op.operationId === 'makeCode', `${method} ${path} took ${body.text}: ${status}`);
    }
    for (const p of query.filter((q) => q.name !== 'format' || op.operationId !== 'getBoard')) {
      const names = op.security ? await created() : {} as Names;
      const { status } = await send(op, method, path, names, { [p.name]: 'zanzibar' }, op.requestBody && { kind: 'application/json', text: '{"format":"unisson/1"}' }, names.facilitator);
      assert.equal(status, 400, `${p.name} of ${path}`);
    }
  }
  assert.ok(sound > boards / 2, `${sound} of ${boards} generated boards were taken`);
});

test('every example on the page does what stands there', async () => {
  const { page, faults: seen } = await openPage(browser, site, '/fr#/api');
  await page.locator('.reference section').first().waitFor();
  const examples = await page.locator('.reference pre code').allTextContents();
  assert.ok(operations().every(({ path, op }) => op.operationId === 'joinByCode' || examples.some((e) => e.includes(path.split('{')[0]!.replace(/\/$/, '')))));
  const dir = mkdtempSync(`${PROJECT}/static/.build/examples-`);
  try {
    const board = readFileSync(`${PROJECT}/core/testdata/boards/02-brasserie-des-trois-ponts.json`, 'utf8');
    writeFileSync(`${dir}/board.json`, board);
    writeFileSync(`${dir}/boards.jsonl`, (JSON.stringify(JSON.parse(board)) + '\n').repeat(3));
    mkdirSync(`${dir}/boards/deep`, { recursive: true });
    cpSync(`${dir}/board.json`, `${dir}/boards/deep/board.json`);
    symlinkSync(`${PROJECT}/static/.build/unisson-browser-test`, `${dir}/unisson`);
    const names: Record<string, string> = {};
    const [first, ...rest] = examples;
    assert.match(first!, /^UNISSON=http/);
    const run = (example: string): void => {
      const { status, stdout, stderr } = spawnSync('bash', ['-euc', `${first}\n${example}`], { cwd: dir, env: { ...process.env, ...names, PATH: `${dir}:${process.env.PATH}` }, encoding: 'utf8', timeout: 30_000 });
      assert.equal(status, 0, `${example}\n${stdout}\n${stderr}`);
      const deletes = example.includes('-X DELETE') || example.includes('-X PUT') || / [>-]o? ?\S+\.jsonl?|> /.test(example);
      assert.ok(stdout || deletes, `${example} says nothing`);
      const said = (() => { try { return JSON.parse(stdout) as Record<string, unknown>; } catch { return {}; } })();
      if (said.tokens) {
        const { facilitator, editor, viewer } = said.tokens as Record<string, string>;
        Object.assign(names, { BOARD: said.id, FACILITATOR: facilitator, EDITOR: editor, VIEWER: viewer });
      }
      if (said.person) Object.assign(names, { PERSON: said.person, PERSON_TOKEN: said.token });
      if (said.code) names.CODE = said.code as string;
      if (said.question) names.ROUND = said.id as string;
      if (said.role && !said.person && said.token) names[(said.role as string).toUpperCase()] = said.token as string;
    };
    const creates = rest.find((e) => e.endsWith('/api/v1/boards"'))!;
    for (const example of rest) {
      run(example);
      if (/-X DELETE .*\/boards\/\$BOARD"$/.test(example)) run(creates); // the page goes on with the board it had
    }
    assert.ok(rest.length >= operations().length + 6, `${rest.length} examples`);
  } finally {
    rmSync(dir, { recursive: true });
  }
  assert.deepEqual(seen(), []);
  await page.context().close();
});

test('the page of the API reads well at any width, in both languages, in light and dark', async () => {
  for (const [lang, colorScheme] of [['fr', 'light'], ['en', 'dark'], ['fr', 'dark'], ['en', 'light']] as const) {
    const { page, faults: seen, context } = await openPage(browser, site, `/${lang}#/api`, { colorScheme, viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'], reducedMotion: 'reduce' });
    await page.locator('.reference section').first().waitFor();
    assert.ok(!(await page.locator('.reference').innerText()).includes('ui.api.'), 'an id instead of a text');
    await page.locator('.reference details').evaluateAll((all) => all.forEach((d) => { (d as HTMLDetailsElement).open = true; }));
    await page.locator('.reference .example button').nth(1).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator('.reference pre code').nth(1).textContent());
    await page.locator('[role=status]').filter({ hasText: lang === 'fr' ? 'copié' : 'copied' }).waitFor();
    assert.deepEqual(await accessibility(page), [], `${lang} ${colorScheme}`);
    for (const width of [1280, 768, 320]) {
      await page.setViewportSize({ width, height: 900 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px scrolls sideways`);
      await page.locator('#op-reportBoard').scrollIntoViewIfNeeded();
      await shot(page, `api-${lang}-${colorScheme}-${width}`, false);
    }
    assert.deepEqual(seen(), []);
    await context.close();
  }
});
