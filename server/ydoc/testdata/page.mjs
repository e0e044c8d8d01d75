// The page's own model over real Yjs, asked by the Go tests: one JSON request a line on standard input, one JSON answer a line on standard output.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const root = new URL('../../../static/', import.meta.url).pathname
const { build } = createRequire(root + 'package.json')('esbuild')
const bundle = await build({
  stdin: {
    contents: `export { openModel } from './src/engine/model.ts'
      export { boardShape, identityShape, shapes, fieldOrder } from './src/engine/shape.ts'
      export { LISTS } from './src/engine/types.ts'
      export * as Y from 'yjs'
      export { generateNKeysBetween } from 'fractional-indexing'`,
    resolveDir: root
  },
  bundle: true, write: false, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error'
})
const { openModel, boardShape, identityShape, shapes, fieldOrder, LISTS, Y, generateNKeysBetween } =
  await import('data:text/javascript;base64,' + Buffer.from(bundle.outputFiles[0].contents).toString('base64'))

console.log = console.error // standard output is for answers

const b64 = bytes => Buffer.from(bytes).toString('base64')
const bytes = text => new Uint8Array(Buffer.from(text, 'base64'))

const random = seed => () => { // mulberry32
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = (rnd, n) => Math.floor(rnd() * n)
const pick = (rnd, list) => list[below(rnd, list.length)]

const words = ['pain', 'été ', '🙂', '👩‍👩‍👧', 'x🙂y', '日本', '', 'une phrase un peu plus longue ', '\u0000\n\t"\\', '\u2028', '\ufffd', '𝒳', '\uffff', '\ue000', '\u007f']
const text = rnd => Array.from({ length: below(rnd, 5) }, () => pick(rnd, words)).join('')
const some = (rnd, of) => Array.from({ length: below(rnd, 5) }, () => of(rnd))
const number = rnd => pick(rnd, [0, 1, -0, -5, 63, 64, -64, 1e6, 2 ** 31, 2 ** 53, -(2 ** 31), 0.1, 0.5, 1e21, 1e-7, 1.5e300, -2.5e-12, 123456789.125])
const odd = rnd => pick(rnd, [
  () => text(rnd), () => number(rnd), () => null, () => true, () => [], () => ({}), () => [1, ['deux', { trois: 3, 10: 'dix', 9: 'neuf' }]],
  () => ({ a: { b: { c: text(rnd) } }, 2: [null, false] }), () => ({ '': '', '/': 1, '~': 2, '~1': 3 })
])()
const key = rnd => pick(rnd, ['x', 'x-é', 'a/b', '~', '~rank', '~0', '', '7', '10', 'zzz', 'constructor', '🙂', '\uffee'])
const id = rnd => pick(rnd, ['a', 'b', 'c', 'd', 'é', 'a/b', '1', '10', '9', '🙂', '\uffee'])
const term = rnd => ({ term: pick(rnd, ['pain', 'levain', 'été']), ...(rnd() < 0.6 && { synonyms: some(rnd, r => pick(r, ['mie', 'croûte', 'four'])) }), ...(rnd() < 0.1 && { x: odd(rnd) }) })

const maybe = (rnd, o) => Object.fromEntries(Object.entries(o).filter(() => rnd() < 0.5).map(([k, f]) => [k, f(rnd)]))
const extra = rnd => rnd() < 0.25 ? { [key(rnd)]: odd(rnd) } : {}
const refs = rnd => some(rnd, id)
const fields = {
  pillars: { name: text, terms: r => some(r, term) },
  segments: { name: text, address: r => pick(r, ['tu', 'vous']), youngTone: r => r() < 0.5, needs: r => some(r, q => ({ id: id(q), text: text(q) })) },
  objectives: { title: text, parent: id, poles: r => ({ [key(r)]: text(r), b: text(r) }) },
  kpis: { name: text, class: text },
  channels: {
    name: text, kind: text, bio: text, domains: r => some(r, text), segments: refs, objectives: refs, answers: refs, effort: number, cadenceDays: number,
    serves: r => some(r, q => ({ channel: id(q), how: pick(q, ['search', 'event']), ...(q() < 0.3 && { terms: some(q, term) }) })), strategy: r => maybe(r, { title: text, citesCommon: () => true })
  },
  actions: { title: text, channels: refs, names: r => some(r, text), date: text },
  messages: { channel: id, date: text, text, links: r => some(r, text), landing: text, pillar: id },
  decisions: { text, date: text, channels: refs },
  rounds: { question: text, answers: r => some(r, text) }
}
const identity = {
  name: text, sentence: text, promise: text, values: r => some(r, text), sectorTerms: r => some(r, text), terms: r => some(r, term),
  protected: r => some(r, q => ({ term: text(q), variants: some(q, text) })), voice: r => maybe(r, { address: () => 'tu', person: () => 'nous', wanted: q => some(q, text), unwanted: q => some(q, text) }),
  facets: r => maybe(r, { physique: text, culture: text }), solo: () => true
}
const settings = r => maybe(r, {
  rules: q => ({ ID1: pick(q, ['on', 'off']) }), weights: q => ({ ID: number(q) }),
  lexicon: q => maybe(q, { add: p => maybe(p, { slang: o => some(o, text), bait: o => some(o, text), cliche: o => some(o, text) }), silence: p => some(p, text) })
})
const sections = {
  title: text, lang: () => 'fr', asOf: text, settings, samples: r => some(r, q => ({ channel: id(q), from: text(q) })),
  facts: r => some(r, q => ({ key: text(q), value: text(q) })), dismissals: r => some(r, q => ({ finding: id(q), reason: text(q) })), 'x-tool': odd, 12: odd
}
const entity = (rnd, list) => ({ id: id(rnd), ...maybe(rnd, fields[list]), ...extra(rnd) })
const board = rnd => ({
  format: 'unisson/1', ...maybe(rnd, sections), ...(rnd() < 0.7 && { identity: { ...maybe(rnd, identity), ...extra(rnd) } }),
  ...Object.fromEntries(LISTS.filter(() => rnd() < 0.6).map(list => [list, some(rnd, r => entity(r, list))])), ...extra(rnd)
})

function edit (model, rnd) {
  const list = pick(rnd, LISTS)
  const there = (model.board()[list] ?? []).map(e => e.id)
  switch (below(rnd, 14)) {
    case 0: return model.set(...pick(rnd, Object.entries(sections).map(([k, f]) => [k, rnd() < 0.2 ? undefined : f(rnd)])))
    case 1: case 2: return model.setIdentity({ ...maybe(rnd, identity), ...extra(rnd) })
    case 3: case 4: case 5: return model.put(list, entity(rnd, list), rnd() < 0.4 && there.length ? pick(rnd, there) : undefined)
    case 6: case 7: case 8: case 9: {
      if (!there.length) return
      const fresh = entity(rnd, list)
      const gone = pick(rnd, Object.keys(fields[list]))
      return model.patch(list, pick(rnd, there), rnd() < 0.2 ? { [gone]: undefined } : fresh)
    }
    case 10: return there.length && model.drop(list, pick(rnd, there))
    case 11: return model.ask(list)
    case 12: return rnd() < 0.3 ? model.load(board(rnd)) : model.batch(() => { edit(model, rnd); edit(model, rnd) })
    case 13: return rnd() < 0.5 ? model.undo() : model.redo()
  }
}

const read = updates => {
  const doc = new Y.Doc()
  for (const u of updates) Y.applyUpdate(doc, u)
  return openModel('', { doc }).export()
}

const answers = {
  // A few people edit a board, and hear of each other late.
  history ({ seed, edits }) {
    const rnd = random(seed)
    const updates = []
    const people = Array.from({ length: 2 + below(rnd, 3) }, (_, i) => {
      const doc = new Y.Doc({ gc: rnd() < 0.7 })
      doc.clientID = 1 + i + 4 * below(rnd, i % 2 ? 50 : 1e9)
      doc.on('update', (u, origin) => { if (origin !== 'wire') updates.push(u) })
      return { doc, model: openModel('', { doc, typing: 0 }), heard: 0 }
    })
    const hear = (one, to) => { for (; one.heard < to; one.heard++) Y.applyUpdate(one.doc, updates[one.heard], 'wire') }
    if (rnd() < 0.5) {
      people[0].model.load(board(rnd))
      for (const one of people) hear(one, updates.length)
    }
    for (let n = 0; n < edits; n++) {
      const one = pick(rnd, people)
      edit(one.model, rnd)
      if (rnd() < 0.4) hear(pick(rnd, people), updates.length)
    }
    for (const one of people) hear(one, updates.length)
    const [first, ...others] = people.map(one => one.model.export())
    if (others.some(o => o !== first)) throw new Error(`the page disagrees with itself, seed ${seed}`)
    return { updates: updates.map(b64), state: b64(Y.encodeStateAsUpdate(people[0].doc)), board: b64(Buffer.from(first)) }
  },
  // What the page exports of a document made of these updates.
  read: ({ updates }) => b64(Buffer.from(read(updates.map(bytes)))),
  // What the page makes of a file, and its update.
  load ({ file, seed }) {
    const document = file === undefined ? board(random(seed)) : JSON.parse(Buffer.from(file, 'base64').toString())
    const doc = new Y.Doc()
    const model = openModel('', { doc })
    model.load(document)
    return { file: b64(Buffer.from(JSON.stringify(document))), board: b64(Buffer.from(model.export())), update: b64(Y.encodeStateAsUpdate(doc)) }
  },
  // How people go on with a board that was written here.
  goOn ({ seed, update, edits }) {
    const rnd = random(seed)
    const docs = [new Y.Doc(), new Y.Doc()]
    for (const doc of docs) Y.applyUpdate(doc, bytes(update))
    const models = docs.map(doc => openModel('', { doc, typing: 0 }))
    for (let n = 0; n < edits; n++) edit(pick(rnd, models), rnd)
    Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]))
    Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]))
    const [a, b] = models.map(m => m.export())
    if (a !== b) throw new Error('two who go on disagree')
    return { update: b64(Y.encodeStateAsUpdate(docs[0])), board: b64(Buffer.from(a)) }
  },
  shapes: () => ({
    board: Object.entries(boardShape), identity: Object.entries(identityShape),
    lists: LISTS.map(name => ({ name, shape: Object.entries(shapes[name]) })), fieldOrder
  }),
  ranks: ({ count }) => generateNKeysBetween(null, null, count)
}

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...question } = JSON.parse(line)
  let answer
  try {
    answer = { answer: answers[ask](question) }
  } catch (error) {
    answer = { error: String(error.stack) }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
