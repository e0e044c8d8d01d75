import type { List } from '../../engine/types.ts';
import type { Screen } from '../route.ts';

/**
 * What can be edited of a board beside its central questions, as data: a new field is one line here and its texts,
 * `ui.f.<kind>.<path>` (and `.why`, a help that is shown where it exists), options `ui.o.<path>.<value>`.
 *
 * path: where the value lies in its entity, voice/person being the member person of the field voice. Fields that follow each
 * other inside one such object are drawn as one group, named ui.f.<kind>.<object>.
 */
export type Control =
  | 'line' | 'prose' | 'day' | 'number' | 'yesno' | 'words' | 'synonyms' | 'variants' | 'poles' | 'needs'
  | { of: readonly string[] }               // one of these values
  | { one: List } | { many: List | 'needs' }; // references
export interface Field { path: string; as: Control }

const f = (path: string, as: Control = 'line'): Field => ({ path, as });
const address: Control = { of: ['vous', 'tu', 'none'] };
const lang: Control = { of: ['fr', 'en'] };

/** The identity's fields in the order they are asked, in sections with a title ui.identity.<section>. */
export const identitySections: { id: string; fields: Field[] }[] = [
  { id: 'who', fields: [f('name'), f('sentence', 'prose'), f('terms', 'synonyms'), f('values', 'words'), f('promise', 'prose')] },
  { id: 'voice', fields: [f('voice/address', address), f('voice/person', { of: ['nous', 'on', 'je', 'we', 'i', 'none'] }), f('voice/wanted', 'words'), f('voice/unwanted', 'words')] },
  { id: 'names', fields: [f('protected', 'variants'), f('sectorTerms', 'words')] },
  { id: 'prism', fields: ['physique', 'personality', 'culture', 'relationship', 'reflection', 'selfImage'].map((x) => f(`facets/${x}`)) },
  { id: 'cases', fields: [f('solo', 'yesno'), f('multiEntity', 'yesno'), f('purePlayer')] },
];

/** A list of entities as people edit it. title: the field that names one. screen: the page where it stands. */
export interface Kind { list: List; title: string; screen: Screen; prefix: string; fields: Field[] }

export const entities = {
  pillars: { list: 'pillars', title: 'name', screen: 'identity', prefix: 'p', fields: [f('name'), f('terms', 'synonyms')] },
  segments: { list: 'segments', title: 'name', screen: 'audiences', prefix: 's', fields: [
    f('name'), f('needs', 'needs'), f('address', address), f('youngTone', 'yesno'), f('status', { of: ['now', 'later'] }),
  ] },
  objectives: { list: 'objectives', title: 'title', screen: 'objectives', prefix: 'o', fields: [
    f('title'), f('parent', { one: 'objectives' }), f('kind', { of: ['awareness', 'relationship', 'conversion', 'service', 'search', 'internal', 'other'] }),
    f('status', { of: ['active', 'planned', 'done', 'dropped'] }), f('segment', { one: 'segments' }), f('horizon', 'day'), f('notBefore', 'day'), f('pilotUntil', 'day'), f('proof'), f('poles', 'poles'),
  ] },
  kpis: { list: 'kpis', title: 'name', screen: 'objectives', prefix: 'k', fields: [
    f('name'), f('class', { of: ['vanity', 'behaviour', 'outcome', 'technical'] }), f('objective', { one: 'objectives' }), f('channel', { one: 'channels' }),
  ] },
  channels: { list: 'channels', title: 'name', screen: 'channels', prefix: 'c', fields: [
    f('url'), f('domains', 'words'), f('lang', lang), f('owner'), f('effort', 'number'), f('cadenceDays', 'number'), f('status', { of: ['active', 'sleeping', 'closed'] }), f('online', 'yesno'),
    f('answers', { many: 'needs' }), f('mandatory'), f('relationship'), f('clickableLinks', 'yesno'),
    f('strategy/title'), f('strategy/setsObjectives', 'yesno'), f('strategy/citesCommon', 'yesno'), f('strategy/agency'),
  ] },
  actions: { list: 'actions', title: 'title', screen: 'actions', prefix: 'a', fields: [
    f('title'), f('date', 'day'), f('trigger', { of: ['planned', 'reactive', 'trend', 'crisis', 'service', 'legal', 'recruitment'] }), f('objective', { one: 'objectives' }),
    f('channels', { many: 'channels' }), f('names', 'words'), f('exempt'), f('offline', 'yesno'), f('confidential', 'yesno'),
  ] },
  messages: { list: 'messages', title: 'text', screen: 'posts', prefix: 'm', fields: [
    f('channel', { one: 'channels' }), f('date', 'day'), f('pillar', { one: 'pillars' }), f('action', { one: 'actions' }), f('lang', lang), f('links', 'words'), f('landing'),
  ] },
  decisions: { list: 'decisions', title: 'text', screen: 'decisions', prefix: 'd', fields: [f('text', 'prose'), f('date', 'day'), f('channels', { many: 'channels' })] },
} as const satisfies Partial<Record<List, Kind>>;

/** Fields of a list without ids, whose items belong to a channel. */
export const factFields = [f('key'), f('subject'), f('value'), f('from', 'day'), f('to', 'day')];
export const sampleFields = [f('from', 'day'), f('to', 'day'), f('complete', 'yesno')];

/** What may be changed of many messages at once. */
export const bulkFields: Field[] = entities.messages.fields.filter((x) => ['channel', 'date', 'pillar', 'action', 'lang'].includes(x.path));

export type Kinds = keyof typeof entities;
export const kindOf = (list: string): Kind | undefined => (entities as Partial<Record<string, Kind>>)[list];

// A date is required of a decision and a channel of a message: these may be changed, not emptied.
const required = new Set(['messages/channel', 'decisions/date', 'channels/kind']);
export const isRequired = (kind: string, path: string): boolean => required.has(`${kind}/${path}`);
