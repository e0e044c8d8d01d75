import { nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Picture } from '../../engine/types.ts';
import { adopt } from '../sheet.ts';
import { View } from '../view.ts';
import { mirror } from './mirror.ts';
import { sizeFor } from './scene.ts';
import { timeline } from './timeline.ts';
import sheet from './pictures.css?sheet';

adopt(sheet);

/** A picture that is drawn as wide as it may be. */
abstract class Wide extends View {
  @state() protected width = 0;
  private readonly sight = new ResizeObserver(([e]) => { this.width = Math.round(e!.contentRect.width); });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
  }
}

let made = 0;

/** `shown` is what the mirror is drawn from, where that is not the board as it stands; its glass is that of `like`, else of the board. */
export class MirrorFigure extends Wide {
  @property({ attribute: false }) shown?: Picture | undefined;
  @property({ type: Boolean }) wide = false;
  private readonly name = `mirror${++made}`;

  protected override render(): unknown {
    const now = this.app.picture();
    return this.width ? mirror(this.app, this.shown ?? now, { size: sizeFor(this.width, this.wide), like: now, id: this.name, wall: this.wide }) : nothing;
  }
}

export class TimelineFigure extends Wide {
  protected override render(): unknown {
    const [picture, { report }] = [this.app.picture(), this.app];
    return this.width && picture && report ? timeline(this.app, report, picture, this.width) : nothing;
  }
}

customElements.define('unisson-mirror', MirrorFigure);
customElements.define('unisson-timeline', TimelineFigure);
