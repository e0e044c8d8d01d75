/** Unisson in a page: <unisson-check>, its methods and its events. */

/** What the visitor chose to hand over: scores, never a text. Figures are whole numbers of 100; null where there is too little to say one. */
export interface UnissonResult {
  proven: number | null;
  possible: number | null;
  /** Set where the interval is one figure. */
  single: number | null;
  /** Share of the checks that could be made, 0 to 1. */
  coverage: number;
  /** Why there is no figure. */
  why?: 'coverage' | 'channels' | 'identity';
  /** proven and possible: 0 to 1. */
  /** How many findings there are, by severity. */
  findings: { critical: number; major: number; minor: number };
  dimensions: { id: string; counted: boolean; proven: number; possible: number }[];
}

/** A channel to name beforehand. posts and bio are read in report mode only. */
export interface UnissonChannel { kind: string; name?: string; bio?: string; posts?: string[] }

/** A board file: https://HOST/schema/unisson-1.json. */
export interface UnissonBoard { format: 'unisson/1'; [field: string]: unknown }

export interface UnissonEvents {
  /** The frame answers. */
  'unisson:ready': { version: string; mode: 'assess' | 'report' | 'board' };
  /** The frame has another height, which the element has taken. */
  'unisson:resize': { height: number };
  /** The visitor is at a step; 0 is the first, and steps is the result. */
  'unisson:progress': { step: number; steps: number };
  /** The score, after the visitor pressed “Send to …”. */
  'unisson:result': UnissonResult;
  /** The visitor pressed “Send to …”; to is the name the button bore. */
  'unisson:share': { to: string; result: UnissonResult };
  /** Something could not be done. code: absent (the frame does not answer), board, checker, sandbox. */
  'unisson:error': { code: string; message: string };
}

export interface UnissonCheckElement extends HTMLElement {
  /** Resolves once the frame answers. */
  readonly ready: Promise<void>;
  /** Shows the report of a board; without one, of what the visitor has answered. */
  analyse(board?: UnissonBoard): Promise<void>;
  /** Names channels, where the visitor has not named any. */
  setChannels(channels: UnissonChannel[]): Promise<void>;
  /** What the visitor last handed over; null before. */
  getResult(): UnissonResult | null;
  /** Brings a finding into view, of a board the page itself gave. */
  focusFinding(id: string): Promise<void>;
  /** Asks the visitor for the texts. Rejects with a DOMException: NotAllowedError where they decline. */
  exportBoard(): Promise<UnissonBoard>;
  /** Erases the answers and what was handed over. */
  reset(): Promise<void>;
}

type Listener<K extends keyof UnissonEvents> = CustomEvent<UnissonEvents[K]>;

declare global {
  interface HTMLElementTagNameMap { 'unisson-check': UnissonCheckElement }
  interface GlobalEventHandlersEventMap {
    'unisson:ready': Listener<'unisson:ready'>;
    'unisson:resize': Listener<'unisson:resize'>;
    'unisson:progress': Listener<'unisson:progress'>;
    'unisson:result': Listener<'unisson:result'>;
    'unisson:share': Listener<'unisson:share'>;
    'unisson:error': Listener<'unisson:error'>;
  }
}
