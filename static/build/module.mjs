// How the core's wasm modules are compiled, for the page and for its tests.
import { stemmerFlag } from './stemmer.mjs';

/** What is long and runs once a report is not inlined: 35 KiB less over the wire, less to compile at a start; a check of 10,000 posts takes 2 to 6 % longer, within what runs differ by. */
const long = ['report', 'rules', 'board', 'cbor', 'facts', 'duplicates', 'graph', 'timeline', 'voice', 'score'].map(name => `-gcflags=unisson/core/${name}=-l`);

/** The flags and the environment of `go build`. go(args): runs the go command. */
export async function moduleBuild(root, scratch, go, fail) {
  const flags = [await stemmerFlag(root, scratch, go, fail), '-trimpath', '-buildvcs=false', '-ldflags=-s -w', ...long];
  return { flags, env: { GOOS: 'js', GOARCH: 'wasm', ...olderCollector(go) } };
}

/**
 * Go 1.26 has a new garbage collector, made for many cores and vector instructions, and can still be built with the one before: on the one
 * thread of a module it collects as fast and is 9 KiB smaller over the wire. Later versions know no other.
 */
function olderCollector(go) {
  return /^go1\.26(\.|$)/.test(go(['env', 'GOVERSION']).trim()) ? { GOEXPERIMENT: 'nogreenteagc' } : {};
}
