/** The reports of the sample boards, for the page to show while its checker is still starting. Run by the build alone. */
import { LocalHost } from './engine/local.ts';
import { whole } from './engine/outbox.ts';
import { samples } from './samples.ts';

/** By the sample's id, what the checker at an address says of it: its report, byte for byte, and what to do next. */
export async function reports(url: string): Promise<[id: string, json: string][]> {
  const host = new LocalHost();
  await host.ask('load', { url });
  const out: [string, string][] = [];
  for (const { id, load } of samples) {
    const board = await load();
    if (!board.asOf) throw new Error(`The sample ${id} has no day of its own (asOf): its report would change with the days.`);
    const answer = await host.ask('check', { change: whole(board, () => board.asOf!), report: true });
    out.push([id, `{"report":${new TextDecoder().decode(answer!.bytes)},"next":${JSON.stringify(await host.ask('next', null))}}`]);
  }
  host.close();
  return out;
}
