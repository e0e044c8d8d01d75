/** Days of a month as a calendar shows them, without a clock and without a time zone: a day is what its date says. */
export interface Day { date: string; inside: boolean }

const pad = (n: number): string => String(n).padStart(2, '0');
const iso = (t: number): string => new Date(t).toISOString().slice(0, 10);

/** Weeks from Monday to Sunday that cover the month, YYYY-MM. */
export function weeks(month: string): Day[][] {
  const [year, m] = month.split('-').map(Number) as [number, number];
  const first = Date.UTC(year, m - 1, 1);
  const last = Date.UTC(year, m, 0);
  const dayMs = 86_400_000;
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * dayMs;
  const out: Day[][] = [];
  for (let at = monday; at <= last; at += 7 * dayMs) {
    out.push(Array.from({ length: 7 }, (_, i) => ({ date: iso(at + i * dayMs), inside: iso(at + i * dayMs).startsWith(month) })));
  }
  return out;
}

export function shifted(month: string, by: number): string {
  const [year, m] = month.split('-').map(Number) as [number, number];
  const n = year * 12 + m - 1 + by;
  return `${Math.floor(n / 12)}-${pad((n % 12) + 1)}`;
}

export const isDay = (s: unknown): s is string => typeof s === 'string' && /^\d{4}-\d\d-\d\d/.test(s);
export const monthOf = (date: string): string => date.slice(0, 7);
