/** Addresses of what the page fetches by itself, known once it is built. */
import type { Lang } from './types.ts';

export interface Assets { checker: string; importer: string; teller: string; worker: string; texts: Record<Lang, string>; reports: Record<string, string> }

declare const ASSETS: Assets;

export const assets: Assets = typeof ASSETS === 'undefined' ? { checker: '', importer: '', teller: '', worker: '', texts: { fr: '', en: '' }, reports: {} } : ASSETS;
