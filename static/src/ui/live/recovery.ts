import { linkOf, type Tokens } from './api.ts';

/** What one needs to come back, hand over or delete: nobody else has it. */
export interface Recovery { server: string; board: string; tokens: Partial<Tokens> & { facilitator: string } }

const format = 'unisson-live/1';

export const writeRecovery = (r: Recovery): string => JSON.stringify({ format, ...r }, null, 1) + '\n';

/** undefined: not a recovery file. */
export function readRecovery(text: string): Recovery | undefined {
  try {
    const { format: said, server, board, tokens } = JSON.parse(text) as Partial<Recovery> & { format?: string };
    if (said !== format || !server || !board || !linkOf(`#live/${board}/${tokens?.facilitator}`)) return undefined;
    return { server: new URL(server).origin, board, tokens: tokens! };
  } catch {
    return undefined;
  }
}
