import { assets } from './engine/assets.ts';
import type { Board, Known, Lang } from './engine/types.ts';

export interface Sample { id: string; lang: Lang; load: () => Promise<Board> }

/** The sample boards, loaded when one is opened. Organisations and texts are invented. */
export const samples: Sample[] = [
  { id: 'varenne', lang: 'fr', load: () => import('../samples/menuiserie-varenne.json').then((m) => m.default as Board) },
  { id: 'wrenfield', lang: 'en', load: () => import('../samples/wrenfield-orchard.json').then((m) => m.default as Board) },
];

/** What the build has read of a sample, where that can be had: nobody then waits for a checker that is still starting. */
export async function known({ id }: Sample): Promise<Known | undefined> {
  try {
    const reply = await fetch(assets.reports[id]!);
    return reply.ok ? await reply.json() as Known : undefined;
  } catch {
    return undefined;
  }
}
