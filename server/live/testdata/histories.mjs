// Real Yjs clients against a running server: histories BASE FIRST LAST. Each seed is a board of its own, with clients that edit, lose their
// connection and come back; then every replica, a fresh joiner and what the server exports must be equal. Prints one line of JSON a seed.
import { createRequire } from 'node:module'

const need = createRequire(new URL('../../../static/package.json', import.meta.url))
const Y = need('yjs')
const WebSocket = need('ws')
const { WebsocketProvider } = need('y-websocket')
const { Awareness } = need('y-protocols/awareness')
console.error = () => {} // y-websocket tells every lost connection

const [base, first, last] = process.argv.slice(2)

const random = seed => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

const words = ['mot ', 'é', '🌱', '👩‍🚒', 'long ruban ', '\n', '한', 'x']

function edit (doc, roll) {
  const n = k => Math.floor(roll() * k)
  doc.transact(() => {
    for (let i = 1 + n(3); i > 0; i--) {
      const text = doc.getText('notes'); const list = doc.getArray('list'); const map = doc.getMap('map')
      switch (n(9)) {
        case 0: case 1: text.insert(n(text.length + 1), words[n(words.length)]); break
        case 2: if (text.length > 3) { const at = n(text.length - 2); text.delete(at, 1 + n(2)) } break
        case 3: list.insert(n(list.length + 1), [n(1000), words[n(words.length)]]); break
        case 4: if (list.length > 0) list.delete(n(list.length), 1); break
        case 5: map.set('k' + n(6), { n: n(100), s: words[n(words.length)] }); break
        case 6: map.delete('k' + n(6)); break
        case 7: { const m = new Y.Map(); m.set('t', new Y.Text(words[n(words.length)])); doc.getMap('things').set('t' + n(5), m); break }
        case 8: { const m = doc.getMap('things').get('t' + n(5)); if (m) { const t = m.get('t'); t.insert(n(t.length + 1), words[n(words.length)]) } break }
      }
    }
  })
}

const seen = doc => JSON.stringify([doc.getText('notes').toString(), doc.getArray('list').toJSON(), Object.entries(doc.getMap('map').toJSON()).sort(), Object.entries(doc.getMap('things').toJSON()).sort()])

/** Resolves once ask() holds, asked again whenever something may have changed. */
const until = (what, ask, on) => new Promise((resolve, reject) => {
  const late = setTimeout(() => reject(new Error('waited for: ' + what)), 60_000)
  const look = () => { if (ask()) { clearTimeout(late); stop.forEach(f => f()); resolve() } }
  const stop = on.map(([of, name]) => { of.on(name, look); return () => of.off(name, look) })
  look()
})

function join (board, role, doc) {
  return new WebsocketProvider(base.replace(/^http/, 'ws') + '/sync', board.id, doc, {
    WebSocketPolyfill: WebSocket, protocols: ['unisson.v1', 'unisson.bearer.' + board.tokens[role]], disableBc: true, maxBackoffTime: 200,
    awareness: new Awareness(doc)
  })
}

const leave = async p => { p.awareness.destroy(); p.destroy() }

async function history (seed) {
  const roll = random(seed); const n = k => Math.floor(roll() * k)
  const board = await (await fetch(base + '/api/v1/boards', { method: 'POST' })).json()
  const people = []
  for (let i = 2 + n(3); i > 0; i--) {
    const doc = new Y.Doc()
    people.push({ doc, provider: join(board, n(2) ? 'editor' : 'facilitator', doc) })
  }
  for (let step = 10 + n(30); step > 0; step--) {
    const p = people[n(people.length)]
    switch (n(8)) {
      case 0: p.provider.disconnect(); break
      case 1: p.provider.connect(); break
      case 2: if (p.provider.ws && p.provider.ws.readyState === 1) p.provider.ws.terminate(); break
      case 3: await new Promise(resolve => setImmediate(resolve)); break
      default: edit(p.doc, roll)
    }
  }
  for (const p of people) p.provider.connect()
  const docs = people.map(p => p.doc)
  const whole = new Y.Doc()
  const all = () => {
    for (const d of docs) Y.applyUpdate(whole, Y.encodeStateAsUpdate(d, Y.encodeStateVector(whole)))
    const want = seen(whole)
    return docs.every(d => seen(d) === want)
  }
  for (const p of people) await until('sync', () => p.provider.synced, [[p.provider, 'sync']])
  await until('equal replicas of seed ' + seed, all, docs.map(d => [d, 'update']))
  const fresh = new Y.Doc(); const watcher = join(board, 'viewer', fresh)
  const want = seen(whole)
  await until('a fresh joiner of seed ' + seed, () => watcher.synced && seen(fresh) === want, [[fresh, 'update'], [watcher, 'sync']])
  const exported = new Y.Doc()
  const answer = await fetch(base + '/api/v1/boards/' + board.id + '?format=update', { headers: { authorization: 'Bearer ' + board.tokens.viewer } })
  Y.applyUpdate(exported, new Uint8Array(await answer.arrayBuffer()))
  for (const p of [...people.map(p => p.provider), watcher]) leave(p)
  // Once nobody is in it, the board rests on the disk without what was deleted; it must read the same.
  const again = new Y.Doc(); const later = join(board, 'viewer', again)
  await until('the board read again, seed ' + seed, () => later.synced && seen(again) === want, [[again, 'update'], [later, 'sync']])
  await leave(later)
  return { seed, people: people.length, bytes: Y.encodeStateAsUpdate(whole).length, exported: seen(exported) === want }
}

for (let seed = Number(first); seed < Number(last); seed += 8) {
  const batch = []
  for (let s = seed; s < Math.min(seed + 8, Number(last)); s++) batch.push(history(s))
  for (const line of await Promise.all(batch)) console.log(JSON.stringify(line))
}
process.exit(0)
