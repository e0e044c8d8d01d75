/** What the page and the engine say to each other. The engine has no DOM; components have no Yjs, no worker and no wasm. */

export type Lang = 'fr' | 'en';

// ---------- the board, as in schema/unisson-1.json ----------

export interface Term { term: string; synonyms?: string[] }
export interface Identity {
  name?: string; sentence?: string; promise?: string; values?: string[]; facets?: Record<string, string>; terms?: Term[];
  voice?: { address?: 'tu' | 'vous' | 'none'; person?: string; wanted?: string[]; unwanted?: string[] };
  protected?: { term: string; variants?: string[] }[]; sectorTerms?: string[]; multiEntity?: boolean; purePlayer?: string; solo?: boolean;
}
export interface Entity { id: string; [field: string]: unknown }
export interface Pillar extends Entity { name: string; terms?: Term[] }
export interface Segment extends Entity { name: string; address?: string; youngTone?: boolean; status?: string; needs?: { id: string; text: string; outOfScope?: string }[] }
export interface Objective extends Entity { title: string; parent?: string; kind?: string; status?: string; horizon?: string; proof?: string; pilotUntil?: string }
export interface Serve { channel: string; how?: string; terms?: Term[] }
export interface Channel extends Entity {
  name: string; kind: string; online?: boolean; url?: string; domains?: string[]; lang?: Lang; bio?: string; segments?: string[]; reason?: string;
  objectives?: string[]; answers?: string[]; owner?: string; effort?: number; status?: string; mandatory?: string; serves?: Serve[];
  strategy?: { title?: string; citesCommon?: boolean; setsObjectives?: boolean; agency?: string };
}
export interface Message extends Entity { channel: string; text: string; date?: string; links?: string[]; lang?: Lang; pillar?: string; action?: string }
export interface Board {
  format: 'unisson/1'; id?: string; title?: string; lang?: Lang; asOf?: string; identity?: Identity;
  pillars?: Pillar[]; segments?: Segment[]; objectives?: Objective[]; kpis?: Entity[]; channels?: Channel[]; actions?: Entity[]; messages?: Message[];
  samples?: object[]; facts?: object[]; decisions?: Entity[]; rounds?: Entity[]; dismissals?: Dismissal[]; settings?: Settings;
  /** How coherent the visitor believed the organisation to be, 0…100, before reading. No part of what is checked. */
  declared?: number;
  [extra: string]: unknown;
}
export interface Settings {
  rules?: Record<string, 'on' | 'off'>; weights?: Record<string, number>; newsroom?: boolean;
  /** Words the board adds to the checker's lists, and terms it silences in them. */
  lexicon?: { add?: { slang?: string[]; bait?: string[]; cliche?: string[] }; silence?: string[] };
}
export interface Dismissal { finding: string; reason: string; date?: string }

/** Lists whose entities have an id. Everything else of a board is replaced whole. */
export const LISTS = ['pillars', 'segments', 'objectives', 'kpis', 'channels', 'actions', 'messages', 'decisions', 'rounds'] as const;
export type List = (typeof LISTS)[number];

// ---------- the report, as core/report writes it ----------

export type ArgValue = string | number | string[];
export interface Place { entity?: string; message?: string; field?: string; start?: number; end?: number }
export interface Finding { key: string; rule: string; severity: 'critical' | 'major' | 'minor'; places: Place[]; args: Record<string, ArgValue>; dismissed?: boolean }
export interface RuleState {
  id: string; dim: string; state: 'evaluated' | 'insufficient' | 'notApplicable' | 'dismissed'; severity: Finding['severity']; counts: 'required' | 'when used';
  objects: number; failing: number; unknown: number; dismissed: number; missing?: Missing[];
  notes?: (Missing & { places: Place[] })[]; // worth saying, accusing nobody
}
export interface Cause { kind: 'channel' | 'objective' | 'segment' | 'identity' | 'board'; entity?: string; findings: number[]; gain: number }
/** What to do next: a repair of a finding, or a piece of data to add. gain: points on proven; closes: points of the interval's width. */
export type Next =
  & { rules: string[]; gain: number; closes: number; tried?: true; together?: { dim: string; breaks: number; gain: number } }
  & ({ kind: 'repair'; cause: { kind: Cause['kind']; entity?: string }; finding: string } | { kind: 'add'; missing: Missing });
export interface Missing { what: string; args: Record<string, ArgValue> }
/** What changed between two moments of a board; findings by their keys. */
export interface Diff {
  before: Report['score']; after: Report['score']; new: Finding[]; gone: Finding[]; setAside: Finding[]; reopened: Finding[];
  kept: { key: string; rule: string; before: Finding['severity']; after: Finding['severity'] }[];
}
export interface Report {
  board: string; format: string;
  score: {
    proven: number | null; possible: number | null; single: number | null; coverage: number; evaluated: number; insufficient: number; dismissals: number;
    why?: 'coverage' | 'channels' | 'identity'; // why no number is shown
    dimensions: { id: string; weight: number; counted: boolean; proven: number; possible: number }[];
  };
  rules: RuleState[]; causes: Cause[]; findings: Finding[];
  file: { path: string; fault: string; value: string; list?: string }[];
  alignment: { channel: string; identity: number; bio?: number; promised?: number }[]; // 0…1, ranked: identity and texts, identity and bio, bio and texts
  contradictions?: { kind: string; about?: string; said: { channel: string; value: string; places: Place[] }[] }[];
  voice?: { coherence: number | null; interval?: Interval; channels: {
    id: string; belonging: number; interval: Interval; messages: number; state: 'insufficient' | 'indicative' | 'evaluated';
    marks?: { term: string; rate: number; elsewhere: number; g2: number; logRatio: number; places: Place[] }[];
  }[] };
  chimera?: { index: Interval; bodies: string[][] };
  timeline?: { channel: string; strength: number; changes: { before: string; strength: number; seasonal?: true; explainedBy: string | null }[] }[];
  duplicates?: { a: string; b: string; similarity: number }[];
  rounds?: RoundRead[];
}
/** A report and what to do next, read before anybody asked. */
export interface Known { report: Report; next: Next[] }
/** What the answers to one question have in common; no agreement where they are too few to compare. */
export interface RoundRead { id: string; answers: number; agreement?: number; words: { word: string; answers: number }[] }
export type Interval = [low: number, high: number];

// ---------- what the pictures are drawn from, as core/report writes it ----------

/** share: of the effort, 0…1; body: which group it belongs to; drift: of its register, in standard deviations, negative is more familiar; unknown: share of what it is compared on that cannot be judged, 0…1. */
export interface Shard {
  id: string; share: number; said: boolean; body: number; drift: number | null; unknown: number;
  with: string[]; // with each channel listed before it, four letters of y, n and ?: a common apex, one serves the other, a shared term, compatible voices
  holds: string[]; asks: string[];
  register: { month: string; messages: number; register: number }[];
}
export interface GraphNode { id: string; kind: 'apex' | 'objective' | 'channel' | 'action'; state: 'holds' | 'loose' | 'island' | 'unknown'; column: number; row: number }
export interface GraphEdge { from: number; to: number; kind: 'parent' | 'pursues' | 'serves' | 'takesPlace' | 'aims'; back?: true; through?: number[] }
export interface Picture { channels: Shard[]; graph: { columns: number; rows: number; nodes: GraphNode[]; edges: GraphEdge[] } }

// ---------- the model: one Y.Doc, seen as a board ----------

export interface Change { touched: Set<string> } // 'identity', 'channels', 'channels/insta', 'messages/m1', 'settings', 'dismissals', …

export interface Model {
  /** Resolves once IndexedDB (or memory, where storage is denied) has given back what was there. */
  readonly ready: Promise<void>;
  /** false: nothing survives this tab, and the page says so. */
  readonly persistent: boolean;
  /** The document itself, for whoever shares it. */
  readonly doc: import('yjs').Doc;
  /** State vector and what is deleted, as Yjs writes them: equal for equal documents, and for them alone. */
  snapshot(): Uint8Array;
  /** true: nothing is written here; what others write still comes. */
  readOnly: boolean;
  /** Is told of each edit that was not made for that reason. */
  refused?: (() => void) | undefined;
  /** Also keeps the document on this device under another name. */
  keepAs(name: string): void;
  /** A plain snapshot, cheap to call: unchanged entities keep their identity between calls. */
  board(): Board;
  subscribe(f: (c: Change) => void): () => void;
  /** One undoable step. */
  set(section: 'title' | 'lang' | 'asOf' | 'samples' | 'facts' | 'dismissals' | 'settings' | 'declared', value: unknown): void;
  setIdentity(fields: Partial<Identity>): void;            // undefined removes a field; texts are merged, not replaced
  put(list: List, entity: Entity, before?: string): void;  // insert or patch whole: fields absent from entity are removed
  patch(list: List, id: string, fields: Record<string, unknown>): void; // undefined removes
  drop(list: List, id: string): void;
  move(list: List, id: string, before?: string): void;     // before another entity, else last
  /**
   * The shared text of a field people write at length, for an editor that writes in it itself. Its edits carry `origin` and are this
   * person's to undo until the origin is released.
   */
  text(list: List | undefined, id: string, field: string, origin: unknown): import('yjs').Text | undefined;
  release(origin: unknown): void;
  ask(list: List): void;                                   // the list now exists, even empty: an answer, not an absence
  /** Many changes, one step (an import, a dismissal with its cascade). */
  batch(f: () => void): void;
  load(board: Board): void;                                // replaces everything, undoable
  clear(): void;                                           // start over, undoable
  export(): string;                                        // the board file, indented JSON, unknown fields kept
  undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean;
  close(): void;
}

// ---------- sharing a board ----------

export type Role = 'facilitator' | 'editor' | 'viewer';
/** waiting: edits made here that the server has not yet kept. reason: why it ended; or why it is away for a while (this device was too slow, the server restarts, too many people are there). */
export interface LiveStatus { phase: 'connecting' | 'shared' | 'offline' | 'ended'; waiting: number; reason?: 'revoked' | 'deleted' | 'unknown' | 'full' | 'slow' | 'restart' | 'crowd' }
/** Where a person is, and what they hold out to the others. Never stored. */
export interface Presence {
  client: number; self: boolean;
  user: { name: string; colour: number };                    // colour: of the eight, see styles/live.css
  person?: string | undefined;                               // whose token it is: a person may be there twice
  at?: { screen: string; id?: string | undefined; field?: string | undefined; caret?: number | undefined };
  hand?: number | undefined;                                 // when it was raised, ms since 1970 by the server’s clock
  leads?: string | undefined;                                // address everyone is led to
  lowers?: Record<string, number> | undefined;               // hands taken down: client, and when it was raised
}
export interface Person { id: string; role: Role; name: string; here?: boolean }
export interface Round { id: string; question: string; answered: number; yours?: string; answers?: string[] } // answers: once revealed, shuffled
export interface Code { code: string; expires: string }
/** What the server says of the session beside the document. people and code: to facilitators. here: connections. */
export interface Session { role: Role; locked: boolean; you?: { id: string; name: string } | null; people?: Person[]; here?: number; code?: Code; round?: Round | null; expires?: string }

export interface Live {
  readonly id: string;
  role(): Role | undefined;
  status(): LiveStatus;
  session(): Session | undefined;
  people(): Presence[];
  present(fields: Partial<Omit<Presence, 'client' | 'self'>>): void;
  subscribe(f: () => void): () => void;
  /** Goes on under another token. */
  renew(token: string): void;
  close(): void;
}

// ---------- the checker: a worker that holds a core Session ----------

export interface CheckerState {
  phase: 'starting' | 'checking' | 'settled' | 'failed'; error?: string; report?: Report; bytes?: Uint8Array; ms?: number;
  behind?: boolean; // something was written since what the report covers: its places may be off
  left?: number;    // entities still to be read: the report is of the others
  next?: Next[] | undefined; // a moment after the report has settled
}
export interface Checker {
  readonly state: CheckerState;
  subscribe(f: (s: CheckerState) => void): () => void;
  /** What the board as last reported is drawn from; with a place in its `next`, counted from 1, as it would be after that step, null where none was tried. */
  picture(step?: number): Promise<Picture | null>;
  close(): void;
}

// ---------- taking away ----------

/** Writes what people take away, with a module of its own that is loaded when first asked. */
export interface Teller {
  /** The report as Markdown. Rejects with the id of a sentence. */
  markdown(board: Board, lang: Lang): Promise<string>;
  compare(before: Board, after: Board): Promise<Diff>;
  changes(before: Board, after: Board, lang: Lang): Promise<string>;
  /** What a board is drawn from. */
  picture(board: Board): Promise<Picture>;
}

// ---------- importing ----------

/** What an importer understood, before anything enters the board. */
export interface Preview {
  kind: 'board' | 'csv' | 'feed' | 'lines' | 'paragraphs' | 'profile';
  messages: { text: string; date?: string; links?: string[]; channel?: string; lang?: Lang }[]; // channel: as named in the file
  channels: string[];                                        // distinct names found in the file, in order
  columns?: { names: string[]; text: number; date: number; channel: number; link: number; sample: string[][] }; // csv; -1 = none. Pass back to change the mapping
  dates?: 'dmy' | 'mdy' | 'iso' | 'ask';                     // 'ask': both readings fit
  skipped: { what: string; count: number; args: Record<string, ArgValue>; first?: string }[]; // ids of the texts: 'import.skip.empty', …
  board?: Board;                                             // kind board
  error?: ImportError;                                       // nothing could be read
}
export interface ImportError { what: string; args: Record<string, ArgValue> } // what: id of the texts, 'import.error.json', …; args: path, line, column, fault
export interface ImportOptions { name?: string; as?: Preview['kind']; columns?: { text: number; date: number; channel: number; link: number }; dates?: 'dmy' | 'mdy'; lang?: Lang }
export interface Importer {
  /** Loads the importers' module the first time. Rejects only when the module itself cannot be had. */
  read(bytes: Uint8Array, options: ImportOptions): Promise<Preview>;
  preload(): void;
}

// ---------- texts ----------

/** ICU subset: {x}, {x, number}, {x, percent}, {x, date}, {x, list}, {x, name}, {n, plural, one {…} other {…}}, {x, select, a {…} other {…}}. */
export type Format = (id: string, args?: Record<string, ArgValue>) => string;
/** What people call an entity. An id is its own within its list only; the argument that names it (objective, roots) tells which that is. */
export type Names = (id: string, argument: string) => string;
