/** Ninety minutes, ready to hold. What is said, done and asked of everyone in each step is in the texts `ui.agenda.<id>`; go: where. */
export const steps = [
  { id: 'welcome', minutes: 5, go: ['workshop'] },
  { id: 'round', minutes: 15, go: ['workshop', 'round'] },
  { id: 'words', minutes: 10, go: ['workshop', 'round'] },
  { id: 'channels', minutes: 15, go: ['channels'] },
  { id: 'texts', minutes: 10, go: ['posts'] },
  { id: 'findings', minutes: 15, go: ['report'] },
  { id: 'decisions', minutes: 15, go: ['workshop', 'decisions'] },
  { id: 'close', minutes: 5, go: ['workshop', 'minutes'] },
] as const;

export const total = steps.reduce((n, s) => n + s.minutes, 0);

/** Minutes from the beginning to each step. */
export const begins = steps.map((_, i) => steps.slice(0, i).reduce((n, s) => n + s.minutes, 0));
