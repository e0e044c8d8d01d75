import type { Presence } from '../../engine/types.ts';
import type { Text } from '../editor/text.ts';
import type { Room } from './room.ts';

/** Where others write, shown over the fields of this page: a flag with their name, at their caret where the text wraps as here. */
export class Carets {
  private readonly layer = Object.assign(document.createElement('div'), { className: 'carets', ariaHidden: 'true' });
  private readonly mirror = Object.assign(document.createElement('div'), { className: 'caret-mirror' });
  private frame = 0;
  private readonly off = new AbortController();
  private readonly leave: () => void;

  constructor(private readonly room: Room) {
    this.layer.append(this.mirror);
    document.body.append(this.layer);
    const again = (): void => {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.draw());
    };
    this.leave = room.app.subscribe(again);
    addEventListener('scroll', again, { passive: true, signal: this.off.signal });
    addEventListener('resize', again, { signal: this.off.signal });
    addEventListener('input', again, { signal: this.off.signal });
  }

  close(): void {
    this.leave();
    this.off.abort();
    cancelAnimationFrame(this.frame);
    this.layer.remove();
  }

  private draw(): void {
    const flags = this.room.people.filter((p) => !p.self && p.at?.field).flatMap((p) => this.flag(p) ?? []);
    this.layer.replaceChildren(this.mirror, ...flags);
  }

  private flag(p: Presence): HTMLElement | undefined {
    const field = document.getElementById(p.at!.field!);
    const text = field?.closest('unisson-text');
    if (text && !(field instanceof HTMLTextAreaElement)) {
      const at = (text as Text).caretAt(p.at!.caret ?? 0);
      return at && flagAt(p, at.left, at.top, at.bottom - at.top);
    }
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !field.offsetParent) return undefined;
    const box = field.getBoundingClientRect();
    const { x, y, height } = this.place(field, p.at!.caret ?? field.value.length);
    return flagAt(p, box.left + Math.min(Math.max(0, x), box.width - 2), box.top + Math.min(Math.max(0, y), box.height - 4), height);
  }

  /** The caret's place in the field, px: a copy of the field that wraps its text the same way is measured. */
  private place(field: HTMLInputElement | HTMLTextAreaElement, caret: number): { x: number; y: number; height: number } {
    const style = getComputedStyle(field);
    for (const name of ['font', 'letterSpacing', 'padding', 'borderWidth', 'boxSizing', 'textIndent', 'textTransform', 'wordSpacing', 'lineHeight'] as const) this.mirror.style[name] = style[name];
    const one = field instanceof HTMLInputElement;
    this.mirror.style.width = `${field.offsetWidth}px`;
    this.mirror.style.whiteSpace = one ? 'pre' : 'pre-wrap';
    const mark = document.createElement('span');
    mark.textContent = '\u200b';
    this.mirror.replaceChildren(field.value.slice(0, caret), mark, field.value.slice(caret) || '\u200b');
    return { x: mark.offsetLeft - field.scrollLeft, y: mark.offsetTop - field.scrollTop, height: mark.offsetHeight };
  }
}

function flagAt(p: Presence, left: number, top: number, height: number): HTMLElement {
  const flag = Object.assign(document.createElement('span'), { className: `caret c${p.user.colour}`, textContent: p.user.name });
  flag.style.transform = `translate(${left}px, ${top}px)`;
  flag.style.setProperty('--line', `${height}px`);
  return flag;
}
