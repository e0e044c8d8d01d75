import { steps } from './script.ts';

/** What a wall can show, one at a time. key: of the finding, or of the round. */
export interface Slide { kind: 'door' | 'question' | 'answers' | 'score' | 'finding' | 'mirror' | 'decisions' | 'since'; key?: string }

/** What is known of a workshop that decides what the wall shows. */
export interface Stage { shared: boolean; asked: boolean; rounds: string[]; shown: boolean; findings: string[]; mirror: boolean; since: boolean }

const findingsMost = 12;

/** All that can be shown now, in the order of the script. Findings only once they are shown to everyone. */
export function slidesOf(s: Stage): Slide[] {
  return [
    ...(s.shared ? [{ kind: 'door' as const }] : []),
    ...(s.asked ? [{ kind: 'question' as const }] : []),
    ...s.rounds.map((key) => ({ kind: 'answers' as const, key })),
    ...(s.shown ? [{ kind: 'score' as const }, ...(s.mirror ? [{ kind: 'mirror' as const }] : []), ...s.findings.slice(0, findingsMost).map((key) => ({ kind: 'finding' as const, key }))] : []),
    { kind: 'decisions' },
    ...(s.since ? [{ kind: 'since' as const }] : []),
  ];
}

/** Which of them goes by itself with what happens: a question that waits, what the facilitator has in view, the step of the script. */
export function slideOf(slides: Slide[], { step, led }: { step: number; led?: { screen: string; id?: string } | undefined }): number {
  const at = (kind: Slide['kind'], key?: string): number => slides.findLastIndex((s) => s.kind === kind && (!key || s.key === key));
  const finding = led?.screen === 'report' && led.id ? at('finding', led.id) : -1;
  const wanted = [
    at('question'), finding, led?.screen === 'report' ? at('score') : -1,
    ...((preferred[steps[step]?.id ?? 'welcome'] ?? []).map((kind) => at(kind))),
  ];
  return Math.max(0, wanted.find((i) => i >= 0) ?? 0);
}

const preferred: Partial<Record<string, Slide['kind'][]>> = {
  welcome: ['door'], round: ['answers', 'door'], words: ['answers'], findings: ['score'], decisions: ['decisions'], close: ['since', 'decisions'],
};
