import type { Lang, Role } from '../../engine/types.ts';

/** What a server says of itself before a board goes there. */
export interface Operator { operator?: string; contact?: string; country?: string; legal?: string; retentionDays: number; live: boolean }
export interface Tokens { facilitator: string; editor: string; viewer: string }
/** tokens: those of the roles, as far as this person knows them. */
export interface Link { id: string; token: string; tokens?: Partial<Tokens> | undefined }

/** A request that was refused; its message is a sentence for the person, in their language. */
export class Refused extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

let ahead = 0; // ms

/** The time by the server’s clock: a countdown is everyone’s, and phones are minutes apart. */
export const now = (): number => Date.now() + ahead;

/** How far the server’s clock is ahead of this one’s, by the date of an answer, which counts in seconds: less than two is none. */
export function aheadOf(date: string | null, asked: number, answered: number): number {
  const off = Date.parse(date ?? '') + 500 - (asked + answered) / 2;
  return Math.abs(off) < 2000 || Number.isNaN(off) ? 0 : off;
}

/** Asks the server. status 0: it could not be reached. */
export async function ask<T>(lang: Lang, method: string, path: string, { token, body }: { token?: string; body?: unknown } = {}): Promise<T> {
  let answer: Response;
  const asked = Date.now();
  try {
    answer = await fetch(path, {
      method, cache: 'no-store',
      headers: { 'accept-language': lang, ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused('', 0);
  }
  if (answer.headers.has('date')) ahead = aheadOf(answer.headers.get('date'), asked, Date.now());
  const text = await answer.text();
  if (!answer.ok) {
    let detail = '';
    try {
      const problem = JSON.parse(text) as { detail?: string; title?: string };
      detail = problem.detail ?? problem.title ?? '';
    } catch { /* not ours: a proxy’s page */ }
    throw new Refused(detail, answer.status);
  }
  return (text ? JSON.parse(text) : undefined) as T;
}

/** #live/<board>/<token>: the secret stands after the #, which no server is sent. */
export function linkOf(hash: string): Link | undefined {
  const [, id, token] = /^#\/?live\/([\w-]{1,64})\/([\w-]{16,128})$/.exec(hash) ?? [];
  return id && token ? { id, token } : undefined;
}

export const addressOf = (lang: Lang, id: string, token: string): string => `${location.origin}/${lang}#live/${id}/${token}`;

const key = 'unisson.live';

/** The shared board this tab is in: it comes back after a reload and ends with the tab. */
export function recallLink(): Link | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Link ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberLink(link: Link | undefined): void {
  try {
    if (link) sessionStorage.setItem(key, JSON.stringify(link));
    else sessionStorage.removeItem(key);
  } catch { /* denied: the link has to be opened again */ }
}

export const roles: Role[] = ['facilitator', 'editor', 'viewer'];
