/** A vote is a key of the shared map, so that two people voting at once both count: what for, and whose. */
const prefix = 'vote:', between = '\n';

export const voteKey = (finding: string, voter: string): string => prefix + finding + between + voter;

/** How many votes each finding has, the most first. */
export function tally(keys: Iterable<string>): [finding: string, votes: number][] {
  const count = new Map<string, number>();
  for (const k of keys) {
    if (!k.startsWith(prefix)) continue;
    const finding = k.slice(prefix.length, k.lastIndexOf(between));
    count.set(finding, (count.get(finding) ?? 0) + 1);
  }
  return [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
