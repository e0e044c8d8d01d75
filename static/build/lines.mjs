// Go's linker puts into every module the tables that turn an address into a function's name, a file and a line. They are read when a
// crash prints its trace, and by nothing else: what unwinds stacks and finds pointers are other tables, which stay. A visitor cannot
// read such a trace, and with inlining on these tables are a sixth of the checker over the wire. So they are blanked, and the data,
// which the linker cuts into tens of thousands of pieces around short runs of zeros, is laid out in a few.
//
// The layout is that of runtime/symtab.go and internal/abi/symtab.go since Go 1.20 (magic number 0xfffffff1). Of another one this
// step keeps its hands off: the module is then larger, not wrong.

const magic = 0xfffffff1;
const inlined = 2; // index of the table of inlined calls among a function's tables (PCDATA_InlTreeIndex)
const gap = 512;   // bytes of zeros from which a new piece begins; beyond this nothing is won

/** The module without its tables of names and lines; undefined where they are laid out in a way not known here. */
export function withoutLines(module) {
  const sections = read(module);
  const data = sections.find(s => s.id === 11);
  const memory = data && image(data.body);
  const table = memory && locate(memory);
  if (!table) return undefined;
  blank(memory, table);
  data.body = pieces(memory);
  return Buffer.concat([module.subarray(0, 8), ...sections.filter(s => s.id !== 0).flatMap(s => [Buffer.from([s.id]), unsigned(s.body.length), s.body])]);
}

/** Blanks what a trace alone reads. Tables are shared between functions, so one that anything else refers to stays. */
function blank(memory, { header, functions }) {
  const [names, units, files, tables, end] = [32, 40, 48, 56, 64].map(at => header + word(memory, header + at));
  const records = Array.from({ length: functions }, (_, i) => end + memory.readUInt32LE(end + 8 * i + 4));
  const isRuntime = f => memory.toString('latin1', names + memory.readInt32LE(f + 4), names + memory.readInt32LE(f + 4) + 8) === 'runtime.';
  const ours = records.filter(isRuntime).map(f => names + memory.readInt32LE(f + 4)); // the scheduler knows its own goroutines by this prefix
  const kept = new Set(), gone = new Set();
  for (const f of records) {
    kept.add(memory.readUInt32LE(f + 16)); // of stack pointers
    const fields = [f + 20, f + 24];       // of files, of lines
    for (let k = 0; k < memory.readUInt32LE(f + 28); k++) {
      if (k === inlined) fields.push(f + 44 + 4 * k);
      else kept.add(memory.readUInt32LE(f + 44 + 4 * k));
    }
    for (const field of fields) {
      gone.add(memory.readUInt32LE(field));
      memory.writeUInt32LE(0, field); // "no table"
    }
    memory.writeInt32LE(0, f + 36); // first line
  }
  for (const offset of gone) if (offset && !kept.has(offset)) memory.fill(0, tables + offset, endOfTable(memory, tables + offset));
  memory.fill(0, names, units);
  for (const at of ours) memory.write('runtime.', at, 'latin1');
  memory.fill(0, units, tables); // which files each package has, and their names
}

/** A table is pairs of varints, a difference of value and one of address; a difference of 0 that is not the first ends it. */
function endOfTable(memory, at) {
  for (let first = true; first || memory[at]; first = false) {
    for (let k = 0; k < 2; k++) {
      while (memory[at] & 0x80) at++;
      at++;
    }
  }
  return at + 1;
}

/** Finds the header (magic, pointer size 8) whose functions refer back to it as they should. */
function locate(memory) {
  for (let header = 0; header + 72 <= memory.length; header += 8) {
    if (memory.readUInt32LE(header) !== magic || memory[header + 7] !== 8) continue;
    const functions = word(memory, header + 8);
    const list = header + word(memory, header + 64);
    if (functions < 1 || list + 8 * functions > memory.length) continue;
    const sound = i => {
      const f = list + memory.readUInt32LE(list + 8 * i + 4);
      return f + 44 <= memory.length && memory.readUInt32LE(f) === memory.readUInt32LE(list + 8 * i);
    };
    if (Array.from({ length: functions }, (_, i) => i).every(sound)) return { header, functions };
  }
  return undefined;
}

const word = (memory, at) => Number(memory.readBigUInt64LE(at));

// ---------- the binary format of WebAssembly ----------

function read(module) {
  const sections = [];
  for (const at = { i: 8 }; at.i < module.length;) {
    const id = module[at.i++];
    const size = varint(module, at);
    sections.push({ id, body: module.subarray(at.i, at.i + size) });
    at.i += size;
  }
  return sections;
}

/** What memory holds when the module starts; undefined for data of another kind than Go's linker writes. */
function image(body) {
  const at = { i: 0 };
  const parts = [];
  for (let n = varint(body, at); n > 0; n--) {
    if (body[at.i] !== 0 || body[at.i + 1] !== 0x41) return undefined; // active, at an i32.const
    at.i += 2;
    const offset = varint(body, at, true);
    at.i++; // end
    const size = varint(body, at);
    parts.push({ offset, bytes: body.subarray(at.i, at.i + size) });
    at.i += size;
  }
  const memory = Buffer.alloc(Math.max(...parts.map(p => p.offset + p.bytes.length)));
  for (const { offset, bytes } of parts) bytes.copy(memory, offset);
  return memory;
}

function pieces(memory) {
  const out = [];
  for (let i = 0; i < memory.length;) {
    while (i < memory.length && !memory[i]) i++;
    if (i === memory.length) break;
    let end = i + 1;
    for (let j = end; j < memory.length && j - end < gap; j++) if (memory[j]) end = j + 1;
    out.push(Buffer.from([0, 0x41]), signed(i), Buffer.from([0x0b]), unsigned(end - i), memory.subarray(i, end));
    i = end;
  }
  return Buffer.concat([unsigned(out.length / 5), ...out]);
}

/** LEB128. */
function varint(bytes, at, signed = false) {
  let value = 0n, shift = 0n, b;
  do {
    b = bytes[at.i++];
    value |= BigInt(b & 0x7f) << shift;
    shift += 7n;
  } while (b & 0x80);
  if (signed && b & 0x40) value -= 1n << shift;
  return Number(value);
}

function unsigned(n) {
  const out = [];
  for (; n > 0x7f; n = Math.floor(n / 0x80)) out.push(n % 0x80 | 0x80);
  return Buffer.from([...out, n]);
}

function signed(n) {
  const out = [];
  for (; n < -0x40 || n > 0x3f; n >>= 7) out.push(n & 0x7f | 0x80);
  return Buffer.from([...out, n & 0x7f]);
}
