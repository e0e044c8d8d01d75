/** Which fields of a board are shared types, and of what kind. What is not named here is a plain value. */
import type { Shape } from './fields.ts';
import type { List } from './types.ts';

export const boardShape: Shape = {
  samples: 'list', facts: 'list', dismissals: 'list:finding',
  'settings/lexicon/add/slang': 'set', 'settings/lexicon/add/bait': 'set', 'settings/lexicon/add/cliche': 'set', 'settings/lexicon/silence': 'set',
};

export const identityShape: Shape = {
  sentence: 'text', promise: 'text', values: 'set', sectorTerms: 'set', 'voice/wanted': 'set', 'voice/unwanted': 'set',
  terms: 'list:term', protected: 'list:term',
};

export const shapes: Record<List, Shape> = {
  pillars: { terms: 'list:term' },
  segments: { needs: 'list:id' },
  objectives: {},
  kpis: {},
  channels: { bio: 'text', domains: 'set', segments: 'set', objectives: 'set', answers: 'set', serves: 'list:channel+how' },
  actions: { channels: 'set', names: 'set' },
  messages: { text: 'body', landing: 'late' },
  decisions: { text: 'body', channels: 'set' },
  rounds: { answers: 'list' },
};

/** Order of members in an exported file, as people read them; the rest follows by name. */
export const fieldOrder = [
  'format', 'id', 'title', 'name', 'lang', 'asOf', 'kind', 'channel', 'date', 'text', 'sentence', 'promise', 'term', 'key', 'value', 'finding', 'reason',
  'identity', 'pillars', 'segments', 'objectives', 'kpis', 'channels', 'actions', 'messages', 'samples', 'facts', 'decisions', 'rounds', 'dismissals', 'settings',
];
