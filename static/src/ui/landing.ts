import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { known, samples, type Sample } from '../samples.ts';
import type { App } from './app.ts';
import { href } from './route.ts';
import { tie } from './tie.ts';

/** First a finding, as it reads on the sample of the visitor's language; then the first question. */
export function landing(app: App): TemplateResult {
  const { t } = app;
  const { room } = app;
  const kept = app.model && !app.empty;
  return html`
    <div class="cover" @pointerover=${() => app.watch()} @focusin=${() => app.watch()}>
      <section class="pitch">
        <h1 tabindex="-1">${t('ui.landing.title')}</h1>
        <p class="lede">${t('ui.landing.lede')}</p>
      </section>
      ${specimen(app)}
      <section class="ways" aria-label=${t('ui.landing.ways')}>
        <div class="start">
          ${kept ? html`<a class="main button" href=${href('report')}>${t('ui.landing.resume')}${icon('right')}</a>
            <a class="plain button" href=${href('assess')}>${t('ui.landing.edit')}</a>`
            : html`<a class="main button" href=${href('assess')}>${t('ui.landing.start')}${icon('right')}</a>`}
          ${room ? nothing : html`<p class="aside">${t('ui.landing.minutes')}</p>`}
        </div>
        ${room ? html`<p class="aside join"><a href=${href('workshop')}>${t('ui.landing.room')}</a></p>` : otherWays(app)}
      </section>
    </div>`;
}

/** Other ways to begin. Not on a board shared with others: an example opened there would take the place of everybody’s. */
function otherWays(app: App): TemplateResult {
  const { t } = app;
  return html`
        <p class="aside join"><a href=${href('workshop')}>${t('ui.landing.join')}</a>
          <span class="orfile"><input id="open-board" class="unseen" type="file" accept=".json" @change=${(e: Event) => void chosen(app, e.target as HTMLInputElement)}><label for="open-board" class="link">${t('ui.landing.open')}</label> ${t('ui.landing.drop')}</span></p>
        <div class="samples">
          <h2>${t('ui.landing.samples')}</h2>
          <ul>${samples.map((s) => html`
            <li><button type="button" class="sample" @click=${() => open(app, s)}>
              <span class="name">${t(`ui.sample.${s.id}.name`)}</span> <span class="what">${t(`ui.sample.${s.id}.what`)}</span>${icon('right')}
            </button></li>`)}
          </ul>
        </div>`;
}

function specimen({ t, lang }: App): TemplateResult {
  const quote = (n: number) => html`
    <figure class="quote short">
      <blockquote lang=${lang}>${n === 2 ? bait(t('ui.specimen.quote2'), t('ui.specimen.marks2')) : t('ui.specimen.quote1')}</blockquote>
      <figcaption>${t(`ui.specimen.source${n}`)}</figcaption>
    </figure>`;
  return html`
    <article class="specimen" aria-labelledby="specimen-title">
      <p class="kicker">${t('ui.specimen.kicker')}</p>
      <h2 id="specimen-title">${t('ui.specimen.title')}</h2>
      ${quote(1)}${quote(2)}
      <div class="remedy"><p class="label">${t('ui.remedy')}</p><p>${t('ui.specimen.remedy')}</p></div>
      <p class="from">${t('ui.specimen.from')}</p>
    </article>`;
}

/** A board somebody kept or was handed: it opens where files are read. */
async function chosen(app: App, input: HTMLInputElement): Promise<void> {
  for (const file of input.files ?? []) app.receive({ bytes: new Uint8Array(await file.arrayBuffer()), name: file.name });
  input.value = '';
}

/** The passages of a text, a line each, marked where they stand. */
function bait(text: string, passages: string): unknown[] {
  const out: unknown[] = [];
  let at = 0;
  for (const p of passages.split('\n')) {
    const found = text.indexOf(p, at);
    if (found < 0) continue;
    out.push(tie(text.slice(at, found)), html`<mark>${p}</mark>`);
    at = found + p.length;
  }
  return [...out, at < text.length ? tie(text.slice(at)) : nothing];
}

async function open(app: App, sample: Sample): Promise<void> {
  app.warm();
  app.open().catch(() => {}); // the app says it
  try {
    const [board, read] = await Promise.all([sample.load(), known(sample)]);
    await app.load(board, 'report', read);
  } catch {
    app.say('ui.sample.failed');
  }
}
