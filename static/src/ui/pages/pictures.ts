import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../../icons.ts';
import type { Next, Picture, Report } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { stepInWords } from '../next.ts';
import { href } from '../route.ts';
import { View } from '../view.ts';
import { between } from '../pictures/between.ts';
import '../pictures/figure.ts';
import { all, framed } from '../pictures/frame.ts';
import { graph, graphInWords, graphLegend } from '../pictures/graph.ts';
import { cracksOf, groupsOf } from '../pictures/scene.ts';
import { table } from '../pictures/table.ts';
import { timelineInWords, timelineLegend, turns } from '../pictures/timeline.ts';
import { mirrorInWords, mirrorLegend } from '../pictures/words.ts';

/** The whole board at a glance: the mirror with what a repair would change in it, the graph, the table, the timeline. */
export class Pictures extends View {
  @state() private over?: Next | undefined;   // under the pointer or in focus
  @state() private chosen?: Next | undefined; // pressed: it stays

  protected override updated(): void {
    arrive(this.app, this, 'pictures');
  }

  protected override render(): TemplateResult {
    const { app } = this;
    const picture = app.picture();
    const { report } = app;
    if (app.room?.hides) return html`<div class="sheet">${app.room.curtain()}</div>`;
    if (app.empty || (report && picture && !picture.channels.length)) return this.blank();
    if (!report || !picture) return html`<p class="wait">${this.t('ui.pictures.wait')}</p>`; // without a heading: who comes for the graph arrives once it is there
    return html`
      <div class="pictures">
        <h1 tabindex="-1">${this.t('ui.pictures.title')}</h1>
        <p class="lede">${this.t('ui.pictures.lede')}</p>
        <nav class="ways" aria-label=${this.t('ui.pictures.nav')}>
          ${all.map((w) => html`<a href=${href('pictures', w)}>${this.t(`ui.${w}`)}</a>`)}
          <a href=${href('present')}>${icon('right')}${this.t('ui.present.open')}</a>
        </nav>
        ${this.mirror(report, picture)}
        ${between(app, picture)}
        ${framed(app, 'table', table(app, report, picture))}
        ${framed(app, 'graph', graph(app, picture), html`${graphLegend(app)}${graphInWords(app, picture)}`)}
        ${framed(app, 'timeline', html`<unisson-timeline .app=${app}></unisson-timeline>`, html`${turns(app, report)}${timelineLegend(app)}${timelineInWords(app, picture)}`)}
      </div>`;
  }

  private blank(): TemplateResult {
    return html`
      <div class="pictures">
        <h1 tabindex="-1">${this.t('ui.pictures.title')}</h1>
        <p class="lede">${this.t('ui.pictures.blank')}</p>
        <p class="next"><a class="main button" href=${href(this.app.board.identity?.sentence ? 'channels' : 'identity')}>${this.t('ui.pictures.act')}${icon('right')}</a></p>
        <section class="picture"><unisson-mirror .app=${this.app}></unisson-mirror></section>
      </div>`;
  }

  private mirror(report: Report, picture: Picture): TemplateResult {
    const { app } = this;
    const step = this.over ?? this.chosen;
    const after = step && app.pictureAfter(step);
    return framed(app, 'mirror', html`
      <div class="beside">
        <unisson-mirror .app=${app} .shown=${after ?? undefined}></unisson-mirror>
        ${this.whatIf(report, picture, step, after)}
      </div>`, html`${mirrorLegend(app)}${mirrorInWords(app, after ?? picture)}`);
  }

  /** Over a repair, or on it, the mirror shows the board after it. Pressed, it stays so. */
  private whatIf(report: Report, picture: Picture, step: Next | undefined, after: Picture | null | undefined): TemplateResult {
    const { app } = this;
    const steps = (app.next ?? []).filter((n) => n.kind === 'repair');
    const over = (n: Next | undefined) => () => { this.over = n; };
    return html`
      <section class="whatif" aria-labelledby="whatif">
        <h3 id="whatif">${this.t('ui.whatif')}</h3>
        <p class="aside">${this.t(steps.length ? 'ui.whatif.how' : 'ui.whatif.none')}</p>
        <ol>${steps.map((n) => html`
          <li><button type="button" aria-pressed=${this.chosen === n ? 'true' : 'false'}
            @pointerenter=${over(n)} @pointerleave=${over(undefined)} @focus=${over(n)} @blur=${over(undefined)} @click=${() => { this.chosen = this.chosen === n ? undefined : n; }}>
            ${stepInWords(app, report, n)}</button></li>`)}
        </ol>
        <p class="says" role="status">${!step ? nothing : after ? this.t('ui.whatif.after', { groups: groupsOf(after), cracks: cracksOf(after, picture), before: cracksOf(picture) }) : step.tried ? nothing : this.t('ui.whatif.words')}</p>
      </section>`;
  }
}

customElements.define('unisson-pictures', Pictures);

export const page = (app: App): TemplateResult => html`<unisson-pictures .app=${app}></unisson-pictures>`;
