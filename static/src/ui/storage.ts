/** Small choices (language, theme). Where the browser denies storage, they last as long as the page. */
const memory = new Map<string, string>();
const prefix = 'unisson.';

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(prefix + key) ?? memory.get(key);
  } catch {
    return memory.get(key);
  }
}

export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // Denied or full: the choice still holds until the page closes.
  }
  if (value === undefined) memory.delete(key);
  else memory.set(key, value);
}
