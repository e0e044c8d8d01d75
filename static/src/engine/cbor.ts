/**
 * Plain values as CBOR (RFC 8949), the part of it the core reads: definite lengths, text keys, shortest integers, doubles
 * for every other number. Strings are written as UTF-8; half a surrogate pair becomes U+FFFD.
 */

const utf8 = new TextEncoder();

/** An upper bound of the encoded size, in bytes: what to reserve before `encode`. */
export function bound(value: unknown): number {
  switch (typeof value) {
    case 'string': return 9 + 3 * value.length;
    case 'number': return 9;
    case 'object':
      if (value === null) return 1;
      if (value instanceof Uint8Array) return 9 + value.length;
      if (Array.isArray(value)) return value.reduce<number>((n, v) => n + bound(v), 9);
      return Object.entries(value).reduce((n, [k, v]) => (v === undefined ? n : n + bound(k) + bound(v)), 9);
    default: return 1;
  }
}

/** Writes the value at the start of `into`, which must hold bound(value) bytes. Returns the bytes written. Members that are undefined are left out. */
export function encode(value: unknown, into: Uint8Array): number {
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  let at = 0;

  function head(major: number, n: number): void {
    const m = major << 5;
    if (n < 24) into[at++] = m | n;
    else if (n < 0x100) { into[at++] = m | 24; into[at++] = n; }
    else if (n < 0x10000) { into[at++] = m | 25; view.setUint16(at, n); at += 2; }
    else if (n < 0x100000000) { into[at++] = m | 26; view.setUint32(at, n); at += 4; }
    else { into[at++] = m | 27; view.setBigUint64(at, BigInt(n)); at += 8; }
  }

  // The length stands before the text and is known after it: the text is written where a head of the likely size would
  // end, and moved when the guess was wrong (only where the number of code units and of bytes differ in class).
  function text(s: string): void {
    const guess = headSize(s.length);
    const { written } = utf8.encodeInto(s, into.subarray(at + guess));
    const size = headSize(written);
    if (size !== guess) into.copyWithin(at + size, at + guess, at + guess + written);
    head(3, written);
    at += written;
  }

  function number(x: number): void {
    if (Number.isSafeInteger(x) && !Object.is(x, -0)) return x < 0 ? head(1, -1 - x) : head(0, x);
    into[at++] = 0xfb;
    view.setFloat64(at, x);
    at += 8;
  }

  function any(x: unknown): void {
    if (typeof x === 'string') text(x);
    else if (typeof x === 'number') number(x);
    else if (typeof x === 'boolean') into[at++] = x ? 0xf5 : 0xf4;
    else if (x === null || x === undefined) into[at++] = 0xf6;
    else if (x instanceof Uint8Array) { head(2, x.length); into.set(x, at); at += x.length; }
    else if (Array.isArray(x)) { head(4, x.length); x.forEach(any); }
    else if (typeof x === 'object') {
      const members = Object.entries(x).filter(([, v]) => v !== undefined);
      head(5, members.length);
      for (const [k, v] of members) { text(k); any(v); }
    } else throw new TypeError(`CBOR here has no ${typeof x}`);
  }

  any(value);
  return at;
}

const headSize = (n: number): number => (n < 24 ? 1 : n < 0x100 ? 2 : n < 0x10000 ? 3 : 5);
