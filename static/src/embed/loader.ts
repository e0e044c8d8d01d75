/**
 * <unisson-check>: all that runs in an agency's page. It makes one frame, answers its hello when window, origin and instance are right, and
 * turns what comes through the port into events. It holds no text of the visitor's, and no score before they hand one over. What it knows lies
 * in the constructor's variables rather than in fields: they minify, and it must stay under 3 KiB.
 */
import type { UnissonBoard, UnissonCheckElement, UnissonResult } from '../../public/embed/v1.d.ts';
import type { Call, Calls, Said, ToHost } from './protocol.ts';

type Settle = [resolve: (value: never) => void, reject: (e: unknown) => void];

const home = new URL(import.meta.url).origin;
const told = ['preset', 'theme', 'title', 'channels', 'mode', 'board', 'accent'];
const looks = ['font', 'radius', 'surface', 'text'];
const patience = 20_000; // ms from the frame's load to its first word

const sheet = new CSSStyleSheet();
sheet.replaceSync(':host{display:block;position:relative}:host([hidden]),.on~slot{display:none}slot{position:absolute}iframe{display:block;width:100%;border:0;border-radius:var(--unisson-radius);visibility:hidden}.on{visibility:visible}');

class Check extends HTMLElement implements UnissonCheckElement {
  static observedAttributes = [...told, 'origin', 'lang', 'height'];
  ready!: Promise<void>;
  analyse; setChannels; getResult; focusFinding; exportBoard; reset;
  #open; #close; #configure; #heard;
  #on = false; // in the page

  constructor() {
    super();
    const frame = document.createElement('iframe');
    const root = this.attachShadow({ mode: 'open' });
    let id = ''; // of this instance, as long as its frame is the same
    let at = ''; // origin of the frame
    let port: MessagePort | undefined;
    let result: UnissonResult | null = null;
    let calls: Settle[] = [];
    let answered: (() => void) | undefined; // settles ready
    root.adoptedStyleSheets = [sheet];
    root.append(frame, document.createElement('slot'));

    const get = (name: string): string => this.getAttribute(name) || '';
    const wait = (): void => { this.ready = new Promise((done) => { answered = done; }); };
    const tell = ({ event, detail }: Said): unknown => this.dispatchEvent(new CustomEvent('unisson:' + event, { bubbles: true, composed: true, detail }));
    const fail = (code: string, message: unknown): unknown => tell({ event: 'error', detail: { code, message: message + '' } });

    /** Attributes, over which stand the page's style sheets. */
    const config = (): string => {
      const css = getComputedStyle(this);
      return new URLSearchParams([...told, ...looks].map((k) => [k, css.getPropertyValue('--unisson-' + k) || get(k)])) + '';
    };

    const hear = (m: ToHost): unknown => {
      if ('seq' in m) return m.fault ? calls[m.seq]![1](new DOMException(...m.fault)) : calls[m.seq]![0](m.value as never);
      if (m.event === 'looks') return this.#configure();
      if (m.event === 'resize') frame.style.height = m.detail.height + 'px';
      if (m.event === 'result') result = m.detail;
      if (m.event === 'ready') {
        frame.className = 'on';
        answered!();
        answered = undefined;
        if (m.detail.mode === 'report' && get('board')) given(get('board')).catch((e) => fail('board', e));
      }
      return tell(m);
    };

    /** The board of a report: an element of this page that holds it as JSON, or its address. */
    const given = async (where: string): Promise<void> =>
      this.analyse(JSON.parse(where[0] === '#' ? document.querySelector(where)!.textContent! : await (await fetch(where)).text()));

    const ask = async (call: keyof Calls, x?: unknown): Promise<never> => {
      await this.ready;
      return new Promise((...settle) => port!.postMessage({ seq: calls.push(settle) - 1, call, with: x } as Call));
    };

    this.#open = (): void => {
      this.#close();
      at = get('origin') || home;
      id = crypto.getRandomValues(new Uint32Array(4)).join('');
      frame.className = '';
      frame.referrerPolicy = 'no-referrer';
      frame.loading = (get('loading') || 'lazy') as 'lazy';
      frame.src = `${at}/embed/${/^fr/i.test(this.closest<HTMLElement>('[lang]')?.lang!) ? 'fr' : 'en'}${get('mode') === 'board' ? '?board=' + get('board').split('/')[0] : ''}#i=${id}&${config()}`;
      frame.onload = () => setTimeout(() => port || fail('absent', at), patience);
      this.#configure();
    };

    this.#close = (): void => {
      if (!answered) wait();
      port?.close();
      port = undefined;
      result = null;
      calls.map((c) => c[1](new DOMException('', 'AbortError')));
      calls = [];
    };

    this.#configure = (): void => {
      frame.style.minHeight = (parseInt(get('height')) || 420) + 'px';
      frame.title = 'Unisson ' + this.title;
      port?.postMessage({ config: config() });
    };

    /** A hello of our frame, and of nobody else. */
    this.#heard = ({ source, data, origin: from }: MessageEvent): void => {
      const of = origin === 'null' ? origin : at; // a page without an origin passes that on to its frames
      if (source !== frame.contentWindow || from !== of || data?.unisson !== id) return;
      this.#close(); // said again, the frame was loaded again
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = (m) => hear(m.data);
      (source as Window).postMessage(data, of === 'null' ? '*' : of, [channel.port2]);
    };

    wait();
    this.analyse = (board?: UnissonBoard) => ask('analyse', board);
    this.setChannels = (channels: unknown) => ask('setChannels', channels);
    this.getResult = () => result;
    this.exportBoard = () => ask('exportBoard');
    this.focusFinding = async (finding: string) => {
      const top = await ask('focusFinding', finding);
      if (top) scrollBy(0, frame.getBoundingClientRect().top + top);
    };
    this.reset = () => ask('reset', (result = null));
  }

  connectedCallback(): void {
    addEventListener('message', this.#heard);
    this.#on = true;
    this.#open();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#heard);
    this.#on = false;
    this.#close();
  }

  attributeChangedCallback(name: string): void {
    if (this.#on) /^[mob]|^l/.test(name) ? this.#open() : this.#configure(); // mode, origin, board, lang
  }
}

// Asked for twice (evergreen and fixed, or by two parts of a page), the first stays.
customElements.get('unisson-check') ?? customElements.define('unisson-check', Check);
