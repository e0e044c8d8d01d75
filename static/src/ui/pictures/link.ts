import { domId } from '../view.ts';

/**
 * One thing shown in several places is lit in all of them: what is under the pointer or has the focus says which channels (data-channel) or which
 * finding (data-finding) it is about. Only attributes are set: nothing is drawn again.
 */
export const channelsLit = (...ids: string[]): string => ids.map((id) => domId(id)).join(' ');

let lit: Element[] = [];
let about = '';

function light(e: Event): void {
  const from = e.target instanceof Element ? e.target.closest('[data-channel], [data-finding]') : null;
  const { channel = '', finding = '' } = (from as HTMLElement | SVGElement | null)?.dataset ?? {};
  if (about === `${finding} ${channel}`) return;
  about = `${finding} ${channel}`;
  for (const x of lit) x.removeAttribute('data-lit');
  // A finding lights itself and its channels; a channel lights itself, wherever it stands.
  const twins = finding ? [`[data-finding~="${CSS.escape(finding)}"]`] : [];
  for (const id of channel.split(' ')) if (id) twins.push(finding ? `[data-channel~="${CSS.escape(id)}"]:not([data-finding])` : `[data-channel~="${CSS.escape(id)}"]`);
  lit = twins.length ? [...document.querySelectorAll(twins.join())] : [];
  for (const x of lit) x.setAttribute('data-lit', '');
}

let listening = false;

export function listen(): void {
  if (listening) return;
  listening = true;
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, light, { passive: true });
}
