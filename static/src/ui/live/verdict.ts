/** What the preflight makes of its measures. */
export type Verdict = 'well' | 'slow' | 'failed';

const quick = 250, bearable = 1000; // ms: an edit there and back, kept on the server's disk

export interface Echo { median: number; worst: number; verdict: Verdict }

/** Of the times edits took to come back. */
export function echoOf(times: number[]): Echo {
  const sorted = [...times].sort((a, b) => a - b);
  const median = Math.round(sorted[Math.floor((sorted.length - 1) / 2)] ?? 0), worst = Math.round(sorted.at(-1) ?? 0);
  return { median, worst, verdict: !times.length ? 'failed' : median <= quick && worst <= bearable ? 'well' : median <= bearable ? 'slow' : 'failed' };
}

/** Sizes of the test card's lines, in hundredths of the page's text, the largest first. */
export const lines = [300, 240, 190, 150, 120, 100];

/** By how much the page is to be enlarged when this line is the smallest that reads from the back: nothing where the last does. */
export const zoomFor = (line: number): number => lines[line] ?? 100;
