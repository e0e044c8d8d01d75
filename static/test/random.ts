/** Seeded randomness for tests (mulberry32), so that a failure can be met again. */
export interface Random { (): number; int(n: number): number; pick<T>(from: readonly T[]): T; shuffle<T>(list: T[]): T[] }

export function random(seed: number): Random {
  let s = seed >>> 0;
  const next = (): number => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (n: number): number => Math.floor(next() * n);
  const shuffle = <T>(list: T[]): T[] => {
    for (let i = list.length - 1; i > 0; i--) {
      const j = int(i + 1);
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
    return list;
  };
  return Object.assign(next, { int, pick: <T>(from: readonly T[]): T => from[int(from.length)]!, shuffle });
}
