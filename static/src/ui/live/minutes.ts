import { html, nothing, type TemplateResult } from 'lit';
import { localDay } from '../../engine/day.ts';
import type { Finding } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import type { App } from '../app.ts';
import { download } from '../download.ts';
import { href } from '../route.ts';
import { sinceThen, type Since } from './before.ts';
import { decisionsOf, facts, voted } from './decisions.ts';
import { markdownOf, type Minutes } from './markdown.ts';
import { readingOf, roundsOf } from './round.ts';
import type { Workshop } from './workshop.ts';

type Say = Pick<Finding, 'rule' | 'args'>;

export function minutesOf(app: App): Minutes {
  const { t, board, room, report } = app;
  const sentence = (f: Say): string => t(`${f.rule}.sentence`, f.args);
  const taken = decisionsOf(app);
  const since = sinceOf(app);
  const votes = voted(app, room);
  const next = report && (!room || !room.hides) ? report.causes.slice(0, 3).flatMap((c) => report.findings[c.findings[0] ?? -1] ?? []) : [];
  return {
    title: t('ui.takeaway.heading', { name: board.identity?.name || board.title || t('ui.name.board') }),
    date: localDay(),
    sections: [
      { title: t('ui.decisions.title'), ...(!taken.length && { text: t('ui.decisions.none') }), items: taken.map((d) => ({ text: d.text, aside: facts(app, d) })) },
      ...(board.identity?.sentence ? [{ title: t('ui.takeaway.identity'), items: [{ text: board.identity.sentence, quote: true }] }] : []),
      ...roundsOf(app).map((r) => {
        const read = readingOf(app, r.id);
        const shared = read?.words.filter((w) => w.answers > 1).map((w) => w.word).slice(0, 8) ?? [];
        const said = [read?.agreement === undefined ? '' : t('ui.round.agreement', { agreement: read.agreement }), shared.length ? t('ui.takeaway.words', { words: shared.join(', ') }) : ''].filter((x) => x).join(' ');
        return { title: r.question ?? t('ui.round.title'), ...(said && { text: said }), items: r.answers.map((a) => ({ text: a, quote: true })) };
      }),
      ...(votes.length ? [{ title: t('ui.votes.title'), items: votes.map((v) => ({ text: sentence(v.finding), aside: t('ui.live.votes', { n: v.votes }) })) }] : []),
      ...(since ? change(app, since) : []),
      ...(next.length ? [{ title: t('ui.takeaway.next'), items: next.map((f) => ({ text: sentence(f), aside: t(`${f.rule}.remedy`) })) }] : []),
    ],
  };
}

/** What has changed since the workshop began; nothing while findings are kept for later. */
export function sinceOf({ room, report }: App): Since | undefined {
  return room?.before && report && !room.hides ? sinceThen(room.before, report) : undefined;
}

export const scoreText = ({ t }: App, s: Since['before']): string =>
  s.proven === null ? t('ui.moment.noScore') : s.single === null ? `${s.proven}–${s.possible}` : String(s.single);

function change(app: App, s: Since): Minutes['sections'] {
  const { t } = app;
  const list = (title: string, all: Say[]) => all.length ? [{ title: t(title, { n: all.length }), items: all.map((f) => ({ text: t(`${f.rule}.sentence`, f.args) })) }] : [];
  return [
    { title: t('ui.takeaway.since'), text: t('ui.moment.scores', { before: scoreText(app, s.before), after: scoreText(app, s.after) }) + (s.gone.length + s.fresh.length ? '' : ` ${t('ui.moment.same')}`), items: [] },
    ...list('ui.moment.gone', s.gone), ...list('ui.moment.new', s.fresh),
  ];
}

/** The sheet to read together at the end, to print and to take away. */
export function minutes(page: Workshop): TemplateResult {
  const { app } = page;
  const { t, room } = app;
  const m = minutesOf(app);
  const dated = t('ui.takeaway.dated', { date: m.date });
  return html`
    <div class="sheet workshop minutes">
      <p class="back"><a href=${room ? href('workshop') : href('workshop', 'rehearsal')}>${icon('left')}${t(room ? 'ui.live.title' : 'ui.rehearsal.title')}</a></p>
      <h1 tabindex="-1">${m.title}</h1>
      <p class="aside">${dated}</p>
      <p class="acts">
        <button type="button" class="main" @click=${() => {
          download(app, `-${t('ui.takeaway.name')}.md`, 'text/markdown', markdownOf(m, dated));
          app.say('ui.exported');
        }}>${icon('download')}${t('ui.takeaway.markdown')}</button>
        <button type="button" class="plain" @click=${() => print()}>${icon('print')}${t('ui.takeaway.print')}</button>
        ${room?.leads && room.before ? html`<button type="button" class="quiet" @click=${() => room.beginAnew()}>${t('ui.takeaway.anew')}</button>` : nothing}
      </p>
      ${m.sections.map((s) => html`
        <section><h2>${s.title}</h2>
          ${s.text ? html`<p>${s.text}</p>` : nothing}
          ${s.items.length ? html`<ul>${s.items.map((i) => html`<li>${i.quote ? html`<blockquote>${i.text}</blockquote>` : html`<p>${i.text}</p>`}${i.aside ? html`<p class="aside">${i.aside}</p>` : nothing}</li>`)}</ul>` : nothing}
        </section>`)}
    </div>`;
}

/** The way to that sheet, from the workshop. */
export function summary({ app: { t } }: Workshop): TemplateResult {
  return html`
    <section aria-labelledby="takeaway-title">
      <h2 id="takeaway-title">${t('ui.takeaway.title')}</h2>
      <p>${t('ui.takeaway.why')}</p>
      <p class="acts"><a class="plain button" href=${href('workshop', 'minutes')}>${t('ui.takeaway.open')}${icon('right')}</a></p>
    </section>`;
}
