// Real Yjs, asked by the Go tests: one JSON request a line on standard input, one JSON answer a line on standard output.
import { createInterface } from 'node:readline'
import * as Y from '../../../static/node_modules/yjs/dist/yjs.mjs'
import * as encoding from '../../../static/node_modules/lib0/encoding.js'
import * as decoding from '../../../static/node_modules/lib0/decoding.js'

console.log = console.error // standard output is for answers

const b64 = bytes => Buffer.from(bytes).toString('base64')
const bytes = text => new Uint8Array(Buffer.from(text, 'base64'))

// mulberry32: small, seeded, good enough to choose what to type.
const random = seed => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = (rnd, n) => Math.floor(rnd() * n)
const pick = (rnd, list) => list[below(rnd, list.length)]

const words = ['a', 'mot', 'été', '日本', '🙂', '👩‍👩‍👧', 'x🙂y', '𝒳𝒴', 'une phrase un peu plus longue ', '\u0000', '\ufffd', '\ufeff']
const keys = ['k', 'clé', 'title', 'a', '🙂']
const value = rnd => pick(rnd, [
  () => below(rnd, 1e6), () => -below(rnd, 1e12), () => rnd(), () => pick(rnd, words), () => null, () => [undefined], () => true, () => false,
  () => [1, ['deux', { trois: 3 }]], () => ({ a: below(rnd, 9), b: [pick(rnd, words)] }), () => new Uint8Array([1, 2, 3, below(rnd, 256)]),
  () => [12345678901234567890n % 9007199254740993n]
])()

const nested = (rnd, depth) => {
  const type = pick(rnd, [() => new Y.Map(), () => new Y.Array(), () => new Y.Text()])()
  if (type instanceof Y.Text) type.insert(0, pick(rnd, words))
  else if (type instanceof Y.Array) type.push([value(rnd)])
  else {
    type.set(pick(rnd, keys), value(rnd))
    if (depth > 0) type.set('in', nested(rnd, depth - 1))
  }
  return type
}

// A type somewhere in the document: one of the roots, or what they hold.
const somewhere = (doc, rnd) => {
  let type = pick(rnd, [() => doc.getMap('map'), () => doc.getArray('array'), () => doc.getText('text'), () => doc.getArray('rows')])()
  for (let depth = 0; depth < 4 && rnd() < 0.6; depth++) {
    const inside = type instanceof Y.Map ? [...type.values()] : type instanceof Y.Array ? type.toArray() : []
    const types = inside.filter(v => v instanceof Y.AbstractType)
    if (types.length === 0) break
    type = pick(rnd, types)
  }
  return type
}

const edit = (doc, rnd) => {
  const type = somewhere(doc, rnd)
  if (type instanceof Y.Text) {
    if (type.length > 0 && rnd() < 0.35) {
      const at = below(rnd, type.length) // may well fall inside a surrogate pair
      type.delete(at, Math.min(type.length - at, 1 + below(rnd, 6)))
    } else {
      let at = below(rnd, type.length + 1)
      for (let n = 1 + below(rnd, 4); n > 0; n--) { // typed in a row
        const word = pick(rnd, words)
        type.insert(at, word)
        at += word.length
      }
    }
  } else if (type instanceof Y.Array) {
    if (type.length > 0 && rnd() < 0.3) {
      const at = below(rnd, type.length)
      type.delete(at, Math.min(type.length - at, 1 + below(rnd, 3)))
    } else {
      const at = rnd() < 0.5 ? type.length : below(rnd, type.length + 1)
      type.insert(at, rnd() < 0.5 ? [nested(rnd, 2)] : Array.from({ length: 1 + below(rnd, 3) }, () => value(rnd)))
    }
  } else {
    if (type.size > 0 && rnd() < 0.2) type.delete(pick(rnd, [...type.keys()]))
    else type.set(pick(rnd, keys), rnd() < 0.3 ? nested(rnd, 2) : value(rnd))
  }
}

const plain = v =>
  v === undefined ? { undefined: true }
    : typeof v === 'bigint' ? { bigint: String(v) }
      : v instanceof Uint8Array ? { bytes: [...v] }
      : v instanceof Y.Doc ? { doc: v.guid }
        : Array.isArray(v) ? v.map(plain)
          : v !== null && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map(k => [k, plain(v[k])]))
            : v

const roots = { map: 'getMap', array: 'getArray', text: 'getText', rows: 'getArray' }
const json = doc => JSON.stringify(Object.entries(roots).map(([name, get]) => plain(doc[get](name).toJSON())))

const load = (updates, clientID) => {
  const doc = new Y.Doc()
  if (clientID !== undefined) doc.clientID = clientID
  for (const u of updates) Y.applyUpdate(doc, u)
  return doc
}
const describe = doc => ({
  json: json(doc), vector: b64(Y.encodeStateVector(doc)), state: b64(Y.encodeStateAsUpdate(doc)),
  pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null
})

const answers = {
  // A few clients edit, and hear of each other late and out of order.
  history ({ seed, edits, gc = true }) {
    const rnd = random(seed)
    const updates = []
    const docs = Array.from({ length: 2 + below(rnd, 3) }, (_, i) => {
      const doc = new Y.Doc({ gc })
      doc.clientID = 1 + i + 4 * below(rnd, i % 2 ? 50 : 1e9)
      doc.on('update', (u, origin) => { if (origin !== 'remote') updates.push(u) })
      return { doc, heard: new Set() }
    })
    const hear = (one, i) => {
      if (one.heard.has(i)) return
      one.heard.add(i)
      Y.applyUpdate(one.doc, updates[i], 'remote')
    }
    for (let n = 0; n < edits; n++) {
      const one = pick(rnd, docs)
      if (rnd() < 0.3) one.doc.transact(() => { for (let k = 1 + below(rnd, 4); k > 0; k--) edit(one.doc, rnd) })
      else edit(one.doc, rnd)
      if (rnd() < 0.5) {
        const other = pick(rnd, docs)
        for (let k = below(rnd, 5); k > 0; k--) hear(other, below(rnd, updates.length))
      }
    }
    for (const one of docs) {
      for (let i = 0; i < updates.length; i++) hear(one, i)
      if (one.doc.store.pendingStructs !== null) Y.applyUpdate(one.doc, Y.mergeUpdates(updates), 'remote') // see united in yjs_test.go
    }
    const [first, ...others] = docs.map(one => json(one.doc))
    if (others.some(o => o !== first)) throw new Error(`Yjs disagrees with itself, seed ${seed}: ${first} ${others}`)
    return { updates: updates.map(b64), ...describe(docs[0].doc) }
  },

  // The document made of these updates, in this order; or one for each list of updates.
  load: ({ updates }) => describe(load(updates.map(bytes))),
  loads: ({ lists }) => lists.map(updates => describe(load(updates.map(bytes)))),

  // One who knows only some of the original (its clocks, its content) and one who holds what we made of it go on editing, each on its
  // own, and then hear of each other. The third is what comes of the original.
  later ({ seed, original, ours, stale, edits }) {
    const rnd = random(seed)
    const both = [load(stale.map(bytes), 4294967000), load(ours.map(bytes), 4294967001)]
    const spoken = both.map(doc => {
      const said = []
      doc.on('update', (u, origin) => { if (origin !== 'remote') said.push(u) })
      return said
    })
    for (let n = 0; n < edits; n++) edit(pick(rnd, both), rnd)
    for (const u of [...ours.map(bytes), ...spoken[1]]) Y.applyUpdate(both[0], u, 'remote')
    for (const u of spoken[0]) Y.applyUpdate(both[1], u, 'remote')
    const fresh = load([...original.map(bytes), ...spoken.flat()])
    return { stale: describe(both[0]), ours: describe(both[1]), fresh: describe(fresh), said: spoken.flat().map(b64) }
  },

  merge: ({ updates }) => ({ update: b64(Y.mergeUpdates(updates.map(bytes))) }),
  diff: ({ update, vector }) => ({ update: b64(Y.diffUpdate(bytes(update), bytes(vector))) }),
  vector: ({ update }) => ({ vector: b64(Y.encodeStateVectorFromUpdate(bytes(update))) }),
  // Why a document that holds `before` cannot take each of the updates, empty where it can.
  breaks: ({ before, updates }) => updates.map(update => {
    try {
      const doc = load(before.map(bytes))
      Y.applyUpdate(doc, bytes(update))
      json(doc)
      Y.mergeUpdates([Y.encodeStateAsUpdate(doc), bytes(update)])
      return ''
    } catch (error) {
      return String(error.stack)
    }
  }),

  // One document with every kind of content Yjs writes, collected or not.
  kinds () {
    const states = []
    for (const gc of [true, false]) {
      const doc = new Y.Doc({ gc })
      doc.clientID = 7
      doc.on('update', u => states.push(b64(u)))
      const text = doc.getText('text')
      text.insert(0, 'gras 🙂', { bold: true, size: { em: 2 } })
      text.format(1, 3, { bold: null, link: 'https://example.org/é' })
      text.insertEmbed(2, { image: 'data:,', deep: [[['é']]] })
      const map = doc.getMap('map')
      map.set('bytes', new Uint8Array([0, 255]))
      map.set('doc', new Y.Doc({ guid: 'inner', autoLoad: true, meta: { title: 'é', n: 1.5 } }))
      map.set('big', 1n << 62n)
      map.set('numbers', [0, -1, 63, 64, -64, 1e15, -1e15, 0.1, 0.5, 2 ** 53, NaN, Infinity, -0])
      for (const type of [new Y.Array(), new Y.Map(), new Y.Text('t'), new Y.XmlElement('p'), new Y.XmlFragment(), new Y.XmlHook('hook'), new Y.XmlText('x')]) map.set(type.constructor.name, type)
      doc.getArray('array').push([[undefined], null, true, false, '', 'é', {}, [], { a: { b: [new Uint8Array(2)] } }])
      doc.getArray('array').delete(2, 3)
      const inside = new Y.Map()
      doc.getArray('rows').push([inside])
      inside.set('deep', new Y.Text('inside'))
      doc.getArray('rows').delete(0, 1)
      doc.getXmlFragment('xml').insert(0, [new Y.XmlElement('div'), new Y.XmlText('t')])
      doc.getXmlFragment('xml').get(0).setAttribute('class', 'é')
      states.push(b64(Y.encodeStateAsUpdate(doc)))
    }
    // Old documents hold lists of JSON, and gaps are Skips.
    const old = new Y.Doc()
    old.clientID = 8
    const list = old.getArray('array')
    old.transact(tr => {
      new Y.Item(Y.createID(8, 0), null, null, null, null, list, null, new Y.ContentJSON([1, undefined, { a: [null] }, '\ud83d'])).integrate(tr, 0)
    })
    states.push(b64(Y.encodeStateAsUpdate(old)))
    const gap = new Y.Doc()
    gap.clientID = 9
    const parts = []
    gap.on('update', u => parts.push(u))
    for (const c of 'abcdef') gap.getText('text').insert(0, c)
    states.push(b64(Y.mergeUpdates([parts[0], parts[2], parts[5]])))
    const waiting = load([parts[0], parts[3]])
    states.push(b64(Y.encodeStateAsUpdate(waiting)))
    return { states }
  },

  // Ways to write something and to have it deleted, in documents that forget nothing by themselves.
  secrets () {
    const before = []
    const after = []
    const ways = [
      doc => { doc.getText('text').insert(0, 'some SECRET here'); return () => doc.getText('text').delete(5, 6) },
      doc => { doc.getMap('map').set('k', 'SECRET'); return () => doc.getMap('map').set('k', 'other') },
      doc => { doc.getMap('map').set('k', new Y.Map([['in', new Y.Text('SECRET')]])); return () => doc.getMap('map').delete('k') },
      doc => { doc.getArray('rows').push([new Y.Map([['SECRET', 1]])]); return () => doc.getArray('rows').delete(0, 1) },
      doc => { doc.getArray('rows').push([1, { SECRET: [] }, 3]); return () => doc.getArray('rows').delete(1, 1) },
      doc => { doc.getMap('map').set('doc', new Y.Doc({ guid: 'SECRET' })); return () => doc.getMap('map').delete('doc') },
      doc => { doc.getText('text').insertEmbed(0, { SECRET: 1 }); return () => doc.getText('text').delete(0, 1) },
      doc => { // typed into a row by one who does not know that it is deleted
        const row = new Y.Map()
        doc.getArray('rows').push([row])
        row.set('text', new Y.Text('x'))
        const other = load([Y.encodeStateAsUpdate(doc)])
        other.getArray('rows').get(0).get('text').insert(1, 'SECRET')
        const typed = Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc))
        return () => { doc.getArray('rows').delete(0, 1); return typed }
      }
    ]
    ways.forEach((way, i) => {
      const doc = new Y.Doc({ gc: false })
      doc.clientID = 10 + i
      const forget = way(doc)
      const state = Y.encodeStateAsUpdate(doc)
      const known = Y.encodeStateVector(doc)
      const said = forget()
      const typed = said instanceof Uint8Array ? said : null
      before.push(typed ?? state)
      const rest = Y.encodeStateAsUpdate(doc, known)
      after.push(typed ? Y.mergeUpdates([state, rest]) : rest)
    })
    return { before: before.map(b64), after: after.map(b64) }
  },

  // A board of posts, as large as one asks, and some who type into it.
  board ({ posts }) {
    const doc = new Y.Doc()
    doc.clientID = 77
    const list = doc.getArray('rows')
    doc.transact(() => {
      for (let i = 0; i < posts; i++) {
        const post = new Y.Map()
        list.push([post])
        post.set('id', `post-${i}`)
        post.set('text', new Y.Text('Une phrase comme on en lit sur les réseaux, ni courte ni très longue, avec un lien et un mot-clé. '.repeat(1 + i % 3)))
        post.set('channel', `channel-${i % 12}`)
        post.set('published', 1700000000 + i * 3600)
        post.set('tags', ['a', 'b'])
      }
    })
    return { state: b64(Y.encodeStateAsUpdate(doc)) }
  },
  typing ({ keystrokes }) {
    const updates = []
    const docs = Array.from({ length: 20 }, (_, i) => {
      const doc = new Y.Doc()
      doc.clientID = 1000 + i
      doc.on('update', u => updates.push(b64(u)))
      return doc
    })
    for (let n = 0; n < keystrokes; n++) {
      const text = docs[n % 20].getText(`text-${n % 20}`)
      text.insert(n % 7 === 6 ? 0 : text.length, 'abcdefghij'[n % 10])
    }
    return { updates }
  },

  awareness ({ present }) {
    const e = encoding.createEncoder()
    encoding.writeVarUint(e, present.length)
    for (const { client, clock, state } of present) {
      encoding.writeVarUint(e, client)
      encoding.writeVarUint(e, clock)
      encoding.writeVarString(e, JSON.stringify(state))
    }
    return { update: b64(encoding.toUint8Array(e)) }
  },
  presences ({ update }) {
    const d = decoding.createDecoder(bytes(update))
    return { present: Array.from({ length: decoding.readVarUint(d) }, () => ({ client: decoding.readVarUint(d), clock: decoding.readVarUint(d), state: JSON.parse(decoding.readVarString(d)) })) }
  }
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
