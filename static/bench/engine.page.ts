/** The engine without the page's interface, with what bench.ts asks of it inside the browser. */
import { openChecker } from '../src/engine/checker.ts';
import { startHost } from '../src/engine/host.ts';
import { openModel } from '../src/engine/model.ts';
import type { Board, Checker, CheckerState, Message, Model } from '../src/engine/types.ts';

let model: Model;
let checker: Checker;

/** The next state that fits; a failure ends the measuring. */
function state(fits: (s: CheckerState) => boolean): Promise<CheckerState> {
  return new Promise((found, failed) => {
    const leave = checker.subscribe(s => {
      if (s.phase === 'failed') failed(new Error(s.error));
      else if (!fits(s)) return;
      else found(s);
      leave();
    });
  });
}

const settled = (s: CheckerState): boolean => s.phase === 'settled';

export const bench = {
  /** Milliseconds from navigation to a checker that can be asked. */
  async ready(): Promise<number> {
    const host = await startHost('checker')();
    const at = performance.now();
    host.close();
    return at;
  },

  /** Loads a board into a fresh model; says when the first findings and when the whole report came, after the load. */
  async load(board: Board): Promise<{ first: number; whole: number; json: string }> {
    model = openModel('bench');
    await model.ready;
    checker = openChecker(model);
    await state(settled);
    const start = performance.now();
    let first: number | undefined;
    const watch = checker.subscribe(s => { if (s.report?.findings.length && s.report.board) first ??= performance.now() - start; });
    const done = state(s => settled(s) && s.report?.board === board.id);
    model.load(board);
    const { bytes } = await done;
    const whole = performance.now() - start;
    watch();
    return { first: first ?? whole, whole, json: new TextDecoder().decode(bytes) };
  },

  /** Types n letters, one post after another: milliseconds from each edit to its report of the whole board (a draft, where statistics over all texts wait for a pause), and from the last to the settled one. */
  async edits(n: number): Promise<{ times: number[]; settled: number }> {
    const times: number[] = [];
    let start = 0;
    for (let i = 0; i < n; i++) {
      const messages = model.board().messages as Message[];
      const m = messages[(i * 7919) % messages.length]!;
      await new Promise(idle => setTimeout(idle)); // the page rests between two keys
      start = performance.now();
      const before = checker.state.report;
      const done = state(s => s.report !== before);
      model.patch('messages', m.id, { text: `${m.text} ${String.fromCharCode(97 + (i % 26))}` });
      await done;
      times.push(performance.now() - start);
    }
    if (!settled(checker.state)) await state(settled);
    return { times, settled: performance.now() - start };
  },
};
Object.assign(globalThis, { bench });
