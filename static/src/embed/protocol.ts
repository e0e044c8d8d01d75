/** What crosses between a host page's element and the frame. The first two messages go from window to window; all others through one port. */
import type { UnissonEvents } from '../../public/embed/v1.d.ts';

/** Frame to host, then host to frame with the port: the number of this very instance, which the host put in the frame's address. */
export interface Hello { unisson: string }

export interface Calls { analyse: unknown; setChannels: unknown; focusFinding: unknown; exportBoard: null; reset: null }
export type Call = { [K in keyof Calls]: { seq: number; call: K; with: Calls[K] } }[keyof Calls];

/** config: as it stands in the frame's address after the #. */
export type ToFrame = Call | { config: string };

export type EventName = keyof UnissonEvents extends `unisson:${infer K}` ? K : never;
export type Said = { [K in EventName]: { event: K; detail: UnissonEvents[`unisson:${K}`] } }[EventName];

/** looks: the frame asks how it should look now, since the device went dark or light. fault: message and name of a DOMException. */
export type ToHost = Said | { event: 'looks' } | { seq: number; value?: unknown; fault?: [message: string, name: string] };
