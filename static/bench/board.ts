import { readFileSync } from 'node:fs';
import type { Board, Channel, Message } from '../src/engine/types.ts';

declare const PROJECT: string;

/**
 * A board of so many posts of about 200 characters, French and English, over so many channels; the same at every run.
 * The sentences are those of the sample boards; an invented word and a number in each post keep the stemmer's cache
 * as busy as a real board's rare words do.
 */
export function bigBoard(posts: number, channels: number, id = 'big'): Board {
  const pools = (['menuiserie-varenne', 'wrenfield-orchard'] as const).map(name => {
    const sample = JSON.parse(readFileSync(`${PROJECT}/static/samples/${name}.json`, 'utf8')) as Board;
    return { sample, sentences: sample.messages!.flatMap(m => m.text.match(/[^.!?]+[.!?]*/g)!.map(s => s.trim()).filter(Boolean)) };
  });
  const next = generator(42);
  const pick = <T>(list: T[]): T => list[Math.floor(next() * list.length)]!;
  const syllables = ['ba', 'lo', 'mi', 'ter', 'ran', 'sou', 'pli', 'ver', 'gan', 'del', 'fo', 'nue'];
  const of = (i: number) => pools[i % pools.length]!;
  const { sample } = pools[0]!;
  return {
    format: 'unisson/1', id, lang: 'fr', asOf: '2026-11-22', identity: sample.identity!, pillars: sample.pillars ?? [], segments: sample.segments ?? [], objectives: sample.objectives ?? [],
    channels: Array.from({ length: channels }, (_, i): Channel => {
      const { sample } = of(i);
      const like = sample.channels![i % sample.channels!.length]!;
      return { id: `c${i}`, name: `${like.name} ${i}`, kind: like.kind, lang: sample.lang!, bio: like.bio ?? '', serves: i ? [{ channel: 'c0' }] : [] };
    }),
    messages: Array.from({ length: posts }, (_, i): Message => {
      let text = '';
      while (text.length < 180) text += ` ${pick(of(i % channels).sentences)}`;
      return { id: `m${i}`, channel: `c${i % channels}`, date: `2026-0${1 + (i % 9)}-1${i % 10}`, text: `${text.trim()} ${pick(syllables)}${pick(syllables)}${pick(syllables)} ${i}` };
    }),
  };
}

/** Mulberry32: small, seeded, good enough to pick sentences. */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
