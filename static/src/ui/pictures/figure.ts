import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../../icons.ts';
import type { Picture } from '../../engine/types.ts';
import { adopt } from '../sheet.ts';
import { View } from '../view.ts';
import { exporting } from './export.ts';
import { listen } from './link.ts';
import { mirror } from './mirror.ts';
import type { Size } from './scene.ts';
import sheet from './pictures.css?sheet';

adopt(sheet);
listen();

let made = 0;

/** The mirror, as wide as it may be. `shown` is what it is drawn from, where that is not the board as it stands; its glass is then that of the board. */
export class MirrorFigure extends View {
  @property({ attribute: false }) shown?: Picture | undefined;
  @property({ attribute: false }) like?: Picture | undefined;
  @property({ type: Boolean }) tall = false;
  @state() private width = 0;
  private readonly name = `mirror${++made}`;
  private readonly sight = new ResizeObserver(([e]) => { this.width = Math.round(e!.contentRect.width); });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
  }

  protected override render(): unknown {
    const now = this.app.picture();
    if (!this.width) return nothing;
    return mirror(this.app, this.shown ?? now, { size: sizeFor(this.width, this.tall), like: this.like ?? now, id: this.name });
  }
}

/** Wide where there is room, upright on a phone. */
export function sizeFor(width: number, tall = false): Size {
  return { width, height: Math.round(width * (tall ? 0.56 : width < 480 ? 1.15 : width < 720 ? 0.8 : 0.62)) };
}

customElements.define('unisson-mirror', MirrorFigure);

/** A picture with its title, what it is for, and its files to take away. */
export function framed(app: View['app'], which: 'mirror' | 'graph' | 'table' | 'timeline', picture: TemplateResult, more: unknown = nothing): TemplateResult {
  const { t } = app;
  return html`
    <section class="picture" aria-labelledby=${`at.${which}`}>
      <header><h2 id=${`at.${which}`} tabindex="-1">${t(`ui.${which}`)}</h2>${which === 'table' ? nothing : exporting(app, which)}</header>
      <p class="why">${t(`ui.${which}.why`)}</p>
      ${picture}
      ${more}
    </section>`;
}

export const folded = (title: string, inside: unknown): TemplateResult => html`<details class="more"><summary>${icon('down')}${title}</summary>${inside}</details>`;
