// How the core's wasm modules are compiled, for the page and for its tests.
import { stemmerFlag } from './stemmer.mjs';

/** What is long and runs once a report is not inlined: 30 KiB less over the wire, less to compile at a start; a check of 10,000 posts takes 2 % longer, within what runs differ by. */
const long = ['report', 'rules', 'board', 'cbor', 'facts'].map(name => `-gcflags=unisson/core/${name}=-l`);

/** The flags of `go build`. go(args): runs the go command. */
export async function moduleFlags(root, scratch, go, fail) {
  return [await stemmerFlag(root, scratch, go, fail), '-trimpath', '-buildvcs=false', '-ldflags=-s -w', ...long];
}
