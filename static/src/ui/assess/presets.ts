/** What an organisation of a kind often has: suggestions to take, change or leave, never written for anybody. */
import type { Lang } from '../../engine/types.ts';
import channels from './channels.json';
import table from './presets.json';

/** What may be true of an organisation and closes checks that would not fit it. */
export const particulars = ['solo', 'multiEntity', 'purePlayer', 'newsroom'] as const;
export type Particular = (typeof particulars)[number];

export interface Wording {
  name: string; what: string;
  goals: string[];     // the goal at the summit: one is taken
  parts: string[];     // objectives that lead there
  audiences: string[];
  pillars: string[];   // « name : words », as pillarOf reads it
}
export interface Preset { id: string; channels: string[]; settings: Particular[]; fr: Wording; en: Wording }

export const presets: Preset[] = table.map((p) => ({ ...p, channels: channels[p.id as keyof typeof channels] }) as Preset);

/** The preset of an id, as an address or an embed's attribute gives it; undefined for anything else. */
export const presetOf = (id: string | undefined): Preset | undefined => presets.find((p) => p.id === id);

/** What a preset suggests in one language; nothing without one. */
export function suggestions(preset: Preset | undefined, lang: Lang): Wording & { channels: string[]; settings: Particular[] } {
  const none: Wording = { name: '', what: '', goals: [], parts: [], audiences: [], pillars: [] };
  return { ...(preset?.[lang] ?? none), channels: preset?.channels ?? [], settings: preset?.settings ?? [] };
}
