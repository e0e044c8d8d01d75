import type { Lang } from '../engine/types.ts';
import { recall } from './storage.ts';

/** An address that names a language is obeyed; elsewhere what was chosen before, else what the server made of the visitor's. */
export function language(): Lang {
  const asked = /^\/(fr|en)(?:\/|$)/.exec(location.pathname)?.[1] ?? recall('lang') ?? document.documentElement.lang;
  return asked === 'en' ? 'en' : 'fr';
}
