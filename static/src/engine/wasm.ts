/** One of the core's wasm modules, running. The other side of wasm/boundary. */
import 'wasm_exec';
import { bound, encode } from './cbor.ts';

/** The input was refused: nothing changed, and the module goes on. */
export class Refused extends Error {}

/** The module failed and must be started again. */
export class Broken extends Error {}

/** The module could not be had. */
export class NotLoaded extends Error {}

interface Go { env: Record<string, string>; importObject: WebAssembly.Imports; run(instance: WebAssembly.Instance): Promise<void>; exit(code: number): void; exited: boolean }
declare const Go: new () => Go;

interface Exports {
  memory?: WebAssembly.Memory;
  mem?: WebAssembly.Memory;
  buffer(n: number): number;
  output(): number;
  status(): number;
  [call: string]: unknown;
}

export class Module {
  readonly #go: Go;
  readonly #exports: Exports;

  private constructor(go: Go, instance: WebAssembly.Instance) {
    this.#go = go;
    this.#exports = instance.exports as unknown as Exports;
  }

  /** Fetches and starts a module. Rejects with NotLoaded. */
  static async load(url: string): Promise<Module> {
    try {
      const go = new Go();
      go.env.GOGC = '400'; // see wasm/boundary: garbage is collected between calls
      const { instance } = await instantiate(url, go.importObject);
      void go.run(instance); // settles when main returns, which it never does
      return new Module(go, instance);
    } catch (e) {
      throw new NotLoaded(`${url}: ${String(e)}`);
    }
  }

  /** Calls an exported function on a value sent as CBOR, written where the module reads it. The answer is a copy. */
  callValue(name: string, value: unknown, ...more: number[]): Uint8Array {
    const size = bound(value);
    return this.#call(name, size, into => encode(value, into), more);
  }

  /** Calls an exported function on bytes as they are. */
  callBytes(name: string, chunks: Uint8Array[], ...more: number[]): Uint8Array {
    const size = chunks.reduce((n, c) => n + c.length, 0);
    return this.#call(name, size, into => {
      let at = 0;
      for (const c of chunks) {
        into.set(c, at);
        at += c.length;
      }
      return size;
    }, more);
  }

  /** Calls an exported function that takes no input, only a number. */
  ask(name: string, x: number): Uint8Array {
    return this.#answer(name, [x]);
  }

  /** Collects garbage, where there is enough of it: for a moment in which nobody waits. */
  rest(): void {
    this.#guard(() => (this.#exports.rest as () => void)());
  }

  #call(name: string, size: number, fill: (into: Uint8Array) => number, more: number[]): Uint8Array {
    const at = this.#guard(() => this.#exports.buffer(size));
    if (!at) throw new Refused('too large');
    const written = fill(new Uint8Array(this.#memory(), at, size));
    return this.#answer(name, [written, ...more]);
  }

  #answer(name: string, args: number[]): Uint8Array {
    return this.#guard(() => {
      const length = (this.#exports[name] as (...args: number[]) => number)(...args);
      const answer = new Uint8Array(this.#memory(), this.#exports.output(), length).slice();
      switch (this.#exports.status()) {
        case 0: return answer;
        case 1: throw new Refused(new TextDecoder().decode(answer));
        default: throw new Broken(new TextDecoder().decode(answer));
      }
    });
  }

  // A trap (out of memory, a fatal error of Go's runtime) leaves nothing that can be called again.
  #guard<T>(f: () => T): T {
    if (this.#go.exited) throw new Broken('the module has ended');
    try {
      return f();
    } catch (e) {
      if (e instanceof Refused || e instanceof Broken) throw e;
      throw new Broken(String(e));
    }
  }

  #memory(): ArrayBuffer {
    return (this.#exports.mem ?? this.#exports.memory!).buffer as ArrayBuffer;
  }
}

/** Streaming where the server names the type right, which ours does; a stray proxy may not. */
async function instantiate(url: string, imports: WebAssembly.Imports): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  if (response.headers.get('content-type') === 'application/wasm') return WebAssembly.instantiateStreaming(response, imports);
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
