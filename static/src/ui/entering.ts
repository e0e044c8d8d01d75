import type { Board, Message, Preview } from '../engine/types.ts';
import type { App } from './app.ts';
import { guessKind, matchChannel, newId } from './board.ts';

/** Where the messages of a file's channel go: a channel's id, 'new:kind', 'skip', or '' when not said. The name '' stands for messages without a channel. */
export type Placing = Record<string, string>;

/** For each channel named in the file, what was already chosen, else the board's channel of that name, else a new one. */
export function placing(b: Board, p: Preview, chosen: Placing): Placing {
  return Object.fromEntries(p.channels.map((name) => [name, chosen[name] ?? matchChannel(b.channels ?? [], name)?.id ?? `new:${guessKind(name)}`]));
}

const destination = (m: Preview['messages'][number], places: Placing) => places[m.channel ?? ''] ?? '';

/** What would be added: messages that have somewhere to go and are not there already, word for word, on the same day. */
export function fresh(b: Board, p: Preview, places: Placing): Preview['messages'] {
  const signature = (channel: string, text: string, date = '') => `${channel}\n${date.slice(0, 10)}\n${text}`;
  const there = new Set((b.messages ?? []).map((m) => signature(m.channel, m.text, m.date)));
  return p.messages.filter((m) => {
    const to = destination(m, places);
    return to !== 'skip' && !there.has(signature(to, m.text, m.date));
  });
}

/** Adds them, with the channels they need, as one step of undo. */
export function enter(app: App, p: Preview, places: Placing): void {
  const list = fresh(app.board, p, places);
  const made = new Map<string, string>();
  app.act((m) => {
    const channelFor = (msg: Preview['messages'][number]): string => {
      const to = destination(msg, places);
      if (!to.startsWith('new:')) return to;
      const kind = to.slice(4);
      const key = msg.channel ?? to;
      const id = made.get(key) ?? newId(kind);
      if (!made.has(key)) {
        made.set(key, id);
        m.put('channels', { id, name: msg.channel ?? app.t(`ui.kind.${kind}`), kind });
      }
      return id;
    };
    for (const x of list) {
      const message: Message = { id: newId('m'), channel: channelFor(x), text: x.text };
      if (x.date) message.date = x.date;
      if (x.links?.length) message.links = x.links;
      if (x.lang) message.lang = x.lang;
      m.put('messages', message);
    }
    if (!app.board.lang) m.set('lang', app.lang);
  }, 'ui.import.added', { n: list.length });
}
