// Live boards beside their peers: ./build.sh bench sync. Drives the program and two well-known servers with real Yjs clients, one after
// the other, by the load driver of ../shared/bench/sync, and prints the table of figures. Servers run on one core, the driver on the other.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const driver = join(root, '../shared/bench/sync');
if (!existsSync(driver)) {
  console.log('The load driver (../shared/bench/sync) is not beside this clone: nothing to measure with.');
  process.exit(0);
}
const rounds = Number(process.argv[2] ?? 2);
const at = mkdtempSync(join(tmpdir(), 'unisson-sync-'));
copy(driver, at);
// Not cpSync: the driver may be read-only, and so would be its copy.
function copy(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name === 'node_modules') continue;
    if (statSync(join(from, name)).isDirectory()) copy(join(from, name), join(to, name));
    else copyFileSync(join(from, name), join(to, name));
  }
}
const npm = dir => execFileSync('npm', ['install', '--legacy-peer-deps', '--no-audit', '--no-fund'], { cwd: dir, stdio: 'ignore' });
npm(at);
for (const peer of readdirSync(join(at, 'peers'))) if (existsSync(join(at, 'peers', peer, 'package.json'))) npm(join(at, 'peers', peer));

const servers = [
  { name: 'y-websocket', port: 4021, dialect: 'y', run: ['node', 'peers/y-websocket-server/node_modules/@y/websocket-server/src/server.js'] },
  { name: 'Hocuspocus', port: 4022, dialect: 'hocus', run: ['node', 'peers/hocuspocus/server.mjs'] },
  { name: 'Unisson', port: 4023, dialect: 'unisson', run: [join(root, 'unisson'), 'serve', '--addr', '127.0.0.1:4023', '--data', 'data', '--max-conns-per-ip', '0', '--max-boards-per-ip', '0'] },
];
const taskset = spawnSync('taskset', ['-V']).status === 0 ? core => ['taskset', '-c', String(core)] : () => [];
const sleep = ms => new Promise(done => setTimeout(done, ms));
const rss = pid => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** One scenario against one fresh server. */
async function drive(server, scenario, ...args) {
  const [command, ...rest] = [...taskset(0), ...server.run];
  const child = spawn(command, rest, { cwd: at, env: { ...process.env, PORT: String(server.port), HOST: '127.0.0.1', NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', openSync(join(at, 'server.log'), 'w')] });
  const gone = new Promise(done => child.once('exit', done));
  try {
    await sleep(1500);
    if (child.exitCode !== null) throw new Error(`${server.name} does not start: ${readFileSync(join(at, 'server.log'), 'utf8').slice(-400)}`);
    const idle = rss(child.pid);
    const out = spawnSync([...taskset(1), 'node'][0], [...[...taskset(1), 'node'].slice(1), 'drive.mjs', scenario, ...args, '--url', `ws://127.0.0.1:${server.port}`, '--dialect', server.dialect, '--pid', String(child.pid)], { cwd: at, encoding: 'utf8', timeout: 120_000 });
    if (out.status !== 0) throw new Error(`${server.name}, ${scenario}: ${out.stderr.slice(-400)}`);
    return { ...JSON.parse(out.stdout.trim().split('\n').at(-1)), idle };
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

const middle = list => [...list].sort((a, b) => a - b)[list.length >> 1];
// Not a frame: ours may hold several edits. Of the edits, the part that had arrived when the driver stopped looking.
const perDelivery = r => r.cpuSec * 1e6 / (r.edits * (r.clients - 1) * r.latencyMs.n / r.expectSamples);
const scenarios = [
  { of: ['room', '--clients', '200', '--rate', '0.25', '--secs', '8'], rows: {
    'CPU per edit delivered, 200 on one board, 50 edits/s, µs': perDelivery,
    'p99 propagation there, ms': r => r.latencyMs.p99,
    'resident memory there over an idle process, MB': r => r.rssMB - r.idle } },
  { of: ['room', '--clients', '200', '--rate', '1', '--secs', '8'], rows: {
    'CPU per edit delivered there at 200 edits/s, µs': perDelivery,
    'p99 propagation at 200 edits/s, ms': r => r.latencyMs.p99 } },
  { of: ['idle', '--clients', '1000'], rows: { 'memory per idle connection, 1,000 boards, kB': r => r.kbPerConn } },
  { of: ['rooms', '--rooms', '100', '--clients', '4', '--rate', '0.5', '--secs', '10'], rows: { 'CPU, 100 boards × 4, 200 edits/s, 10 s, s': r => r.cpuSec } },
  { of: ['join', '--posts', '10000', '--chars', '200'], rows: {
    'memory added by a 10,000-post board, MB': r => r.docRssMB,
    '50 people join it at once: server CPU, s': r => r.storm.cpuSec } },
];
const table = new Map();
for (const { of, rows } of scenarios) {
  const results = servers.map(() => []);
  for (let round = 0; round < rounds; round++) for (const [i, s] of servers.entries()) {
    try {
      results[i].push(await drive(s, ...of));
    } catch (e) {
      console.error(e.message);
    }
  }
  for (const [name, read] of Object.entries(rows)) table.set(name, results.map(list => list.length ? middle(list.map(read)) : NaN));
}

/** What as many durable writes as there are edits in the row of 100 boards take of the processor, with nothing around them. */
function disk() {
  const program = `
    const { openSync, writeSync, fdatasyncSync } = require('node:fs');
    const f = openSync('disk', 'w');
    for (let i = 0; i < 4; i++) writeSync(f, Buffer.alloc(1 << 20));
    fdatasyncSync(f);
    const edit = Buffer.alloc(300);
    let done = 0;
    const before = process.cpuUsage();
    const tick = setInterval(() => {
      writeSync(f, edit, 0, 300, done * 300);
      if (process.argv[1] === 'durable') fdatasyncSync(f);
      if (++done < 2000) return;
      clearInterval(tick);
      const { user, system } = process.cpuUsage(before);
      console.log((user + system) / 1e6);
    }, 5);`;
  const [durable, not] = ['durable', 'not'].map(how => {
    const [command, ...rest] = [...taskset(0), 'node', '-e', program, how];
    return Number(execFileSync(command, rest, { cwd: at, encoding: 'utf8' }));
  });
  return durable - not;
}
const durable = disk();
rmSync(at, { recursive: true });

const width = Math.max(...[...table.keys()].map(k => k.length));
console.log(`\n${''.padEnd(width)}  ${servers.map(s => s.name.padStart(12)).join('')}      ours ÷ better peer`);
for (const [name, [y, h, ours]] of table) {
  const show = x => (Number.isNaN(x) ? '–' : x.toLocaleString('en', { maximumSignificantDigits: 3 })).padStart(12);
  console.log(`${name.padEnd(width)}  ${show(y)}${show(h)}${show(ours)}      ${(ours / Math.min(...[y, h].filter(x => !Number.isNaN(x)))).toFixed(2)}`);
}
console.log(`\nMedian of ${rounds} runs each, interleaved. Ours is durable before it is seen; the peers keep nothing.`);
console.log(`2,000 durable writes of 300 bytes, alone, take ${durable.toFixed(2)} s of this machine's processor now: as many as the row of 100 boards makes edits.`);
