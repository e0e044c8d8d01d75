import type { Board, Entity, List, Model } from '../../engine/types.ts';

/** Fields that point to an entity of a list, by the list they stand in: one reference, or several. */
const pointing: Partial<Record<List, Partial<Record<List, string[]>>>> = {
  objectives: { objectives: ['parent'], channels: ['objectives'], kpis: ['objective'], actions: ['objective'] },
  segments: { channels: ['segments'], objectives: ['segment'] },
  pillars: { messages: ['pillar'] },
  actions: { messages: ['action'] },
};

/** An entity goes, and whoever pointed to it points to nothing false afterwards; what hung from an objective moves up to its parent. */
export function removeFrom(m: Pick<Model, 'patch' | 'drop'>, board: Board, list: List, e: Entity): void {
  for (const [other, fields] of Object.entries(pointing[list] ?? {}) as [List, string[]][]) {
    for (const x of (board[other] as Entity[] | undefined) ?? []) for (const f of fields) {
      const value = x[f];
      if (value === e.id) m.patch(other, x.id, { [f]: list === 'objectives' && f === 'parent' ? e.parent : undefined });
      else if (Array.isArray(value) && value.includes(e.id)) m.patch(other, x.id, { [f]: value.filter((v) => v !== e.id) });
    }
  }
  const gone = new Set(((e.needs as { id: string }[] | undefined) ?? []).map((n) => n.id));
  if (gone.size) for (const c of board.channels ?? []) if (c.answers?.some((a) => gone.has(a))) m.patch('channels', c.id, { answers: c.answers.filter((a) => !gone.has(a)) });
  m.drop(list, e.id);
}
