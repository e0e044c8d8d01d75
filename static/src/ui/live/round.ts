import { html, nothing, type TemplateResult } from 'lit';
import type { Round } from '../../engine/types.ts';
import { icon } from '../../icons.ts';
import type { App } from '../app.ts';
import { grouped } from './terms.ts';
import type { Room } from './room.ts';
import { valueOf } from '../view.ts';
import type { Workshop } from './workshop.ts';

const fewAnswers = 5; // below which authors can be guessed
const wordsShown = 24;
const questions = ['who', 'one', 'never', 'first'];

export interface Kept { id: string; question?: string; answers: string[] }
export const roundsOf = ({ board }: App): Kept[] => (board.rounds ?? []) as unknown as Kept[];

/** A blind round: everyone answers for themselves; the server shows all answers at once, without names, and not before. */
export function round(page: Workshop, room: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const { asked } = room;
  return html`
    <section class="round" aria-labelledby="at.round">
      <h2 id="at.round" tabindex="-1">${t('ui.round.title')}</h2>
      ${asked ? open(page, room, asked) : room.leads ? html`
        <p class="aside">${t('ui.round.why')}</p>
        ${asking(page, t('ui.round.ask'), (question) => page.attempt('round', () => room.ask('POST', '/rounds', { question })))}`
      : roundsOf(app).length ? nothing : html`<p class="aside">${t('ui.round.none')}</p>`}
      ${page.refusal('round')}
      ${results(page)}
    </section>`;
}

function open(page: Workshop, room: Room, asked: Round): TemplateResult {
  const { t } = page.app;
  return html`
    <p class="question">${asked.question}</p>
    <p role="status" class="tally">${asked.answered ? t('ui.round.answered', { n: asked.answered, people: room.people.length }) : t('ui.round.silent')}</p>
    ${room.role === 'viewer' ? html`<p class="aside">${t('ui.round.viewer')}</p>` : html`
      <form class="join" @submit=${(e: SubmitEvent) => {
        e.preventDefault();
        const text = String(new FormData(e.target as HTMLFormElement).get('answer')).trim();
        void page.attempt('round', async () => {
          await room.ask('PUT', `/rounds/${asked.id}/answer`, { text });
          room.drafts.delete(asked.id);
          page.app.say('ui.round.sent');
        });
      }}>
        <label for="round-answer">${t('ui.round.answer')}</label>
        <textarea id="round-answer" name="answer" rows="3" required maxlength="2000" aria-describedby="round-secret" .value=${room.drafts.get(asked.id) ?? asked.yours ?? ''} @input=${(e: Event) => room.drafts.set(asked.id, valueOf(e))}></textarea>
        <button type="submit" class="main">${t(asked.yours ? 'ui.round.change' : 'ui.round.send')}</button>
        <p class="aside" id="round-secret">${asked.yours ? html`${icon('check')} ${t('ui.round.yours')} ` : nothing}${t('ui.round.secret')} ${room.people.length < fewAnswers ? t('ui.round.guess', { n: fewAnswers }) : nothing}</p>
      </form>`}
    ${room.leads ? html`
      ${asked.answered < fewAnswers ? html`<p class="warning">${t('ui.round.few', { n: fewAnswers })}</p>` : nothing}
      <p class="acts"><button type="button" class="plain" ?disabled=${!asked.answered} @click=${() => page.attempt('round', () => room.ask('POST', `/rounds/${asked.id}/reveal`))}>${t('ui.round.reveal')}</button></p>` : nothing}`;
}

function asking({ app: { t } }: Workshop, label: string, ask: (question: string) => unknown, more: unknown = nothing): TemplateResult {
  return html`
    <form class="join" @submit=${(e: SubmitEvent) => {
      e.preventDefault();
      ask(String(new FormData(e.target as HTMLFormElement).get('question')).trim());
    }}>
      <label for="round-question">${t('ui.round.question')}</label>
      <input id="round-question" name="question" type="text" required maxlength="200" pattern=".*\\S.*" autocomplete="off" .value=${t('ui.round.who')}>
      <p class="suggestions">${questions.map((q) => html`<button type="button" class="quiet" @click=${(e: Event) => {
        const input = (e.target as HTMLElement).closest('form')!.querySelector('input')!;
        input.value = t(`ui.round.${q}`);
        input.focus();
      }}>${t(`ui.round.${q}`)}</button>`)}</p>
      ${more}
      <button type="submit" class="plain">${label}</button>
    </form>`;
}

/** Alone, or where no network will do: the answers gathered on paper, a line each. */
export function paperRound(page: Workshop): TemplateResult {
  const { app } = page;
  const { t } = app;
  const keep = (question: string): void => {
    const field = page.querySelector<HTMLTextAreaElement>('#paper-answers')!;
    const answers = field.value.split('\n').map((a) => a.trim()).filter((a) => a);
    if (!answers.length) return;
    app.write((m) => m.put('rounds', { id: `r${crypto.randomUUID().slice(0, 8)}`, question, answers }));
    field.value = '';
  };
  return html`
    <section class="round" aria-labelledby="at.round">
      <h2 id="at.round" tabindex="-1">${t('ui.round.title')}</h2>
      <p class="aside">${t('ui.round.paper')}</p>
      ${asking(page, t('ui.round.paper.keep'), keep, html`
        <label for="paper-answers">${t('ui.round.paper.answers')}</label>
        <textarea id="paper-answers" rows="4" required></textarea>`)}
      ${results(page)}
    </section>`;
}

// ---------- what was answered ----------

export function results(page: Workshop): unknown {
  return roundsOf(page.app).toReversed().map((r) => answers(page, r));
}

function answers(page: Workshop, r: Kept): TemplateResult {
  const { app } = page;
  const { t } = app;
  return html`
    <div class="answers">
      <h3>${r.question}</h3>
      <ul>${r.answers.map((a) => html`<li><blockquote>${a}</blockquote></li>`)}</ul>
      ${agreement(page, r)}
      ${grouping(page, r)}
      ${!app.room || app.room.leads ? html`<p><button type="button" class="quiet" @click=${() => app.act((m) => m.drop('rounds', r.id), 'ui.round.dropped')}>${icon('trash')}${t('ui.round.drop')}</button></p>` : nothing}
    </div>`;
}

export const readingOf = ({ report }: App, id: string) => report?.rounds?.find((x) => x.id === id);

/** The checker’s figure; once words are grouped, from where it came. */
function agreement(page: Workshop, r: Kept): unknown {
  const { app: { t, report }, figures } = page;
  const read = readingOf(page.app, r.id);
  if (!read) return nothing;
  if (read.agreement === undefined) return html`<p class="aside">${t('ui.round.tooFew')}</p>`;
  if (!figures.has(r.id)) figures.set(r.id, read.agreement);
  const was = figures.get(r.id)!;
  const apart = report?.findings.some((f) => f.key === `ID4:${r.id}`);
  return html`
    <p class="agreement" role="status"><strong>${t('ui.round.agreement', { agreement: read.agreement })}</strong> ${was === read.agreement ? nothing : html`<span>${t('ui.round.moved', { was })}</span> `}${t(apart ? 'ui.round.apart' : 'ui.round.together')}</p>
    <div class="gauge ${apart ? 'apart' : ''}" aria-hidden="true"><span .style=${`width: ${Math.round(100 * read.agreement)}%`}></span></div>`;
}

/** Words of the answers, the most shared first: those that mean one thing are said to be one, and count as such from then on. */
function grouping(page: Workshop, r: Kept): unknown {
  const { app } = page;
  const { t } = app;
  const words = readingOf(app, r.id)?.words.slice(0, wordsShown) ?? [];
  if (!words.length) return nothing;
  const chosen = words.filter((w) => page.chosen.has(w.word)).map((w) => w.word);
  const writes = !app.room || app.room.writes;
  return html`
    <p class="aside">${t(writes ? 'ui.round.words' : 'ui.round.words.read')}</p>
    <ul class="chips words">${words.map(({ word, answers: n }) => html`<li class=${n > 1 ? 'shared' : ''}>${writes
      ? html`<button type="button" aria-pressed=${page.chosen.has(word)} @click=${() => page.choose(word)}>${word} <small>${t('ui.round.in', { n })}</small></button>`
      : html`<span>${word} <small>${t('ui.round.in', { n })}</small></span>`}</li>`)}</ul>
    ${writes && chosen.length > 1 ? html`
      <form class="join" @submit=${(e: SubmitEvent) => {
        e.preventDefault();
        const term = String(new FormData(e.target as HTMLFormElement).get('term'));
        app.act((m) => m.setIdentity({ terms: grouped(app.board.identity?.terms ?? [], chosen, term) }), 'ui.round.grouped', { same: chosen.filter((w) => w !== term), term });
        page.choose();
      }}>
        <label for="term-${r.id}">${t('ui.round.group.as', { words: chosen })}</label>
        <select id="term-${r.id}" name="term">${chosen.map((w) => html`<option>${w}</option>`)}</select>
        <button type="submit" class="plain">${t('ui.round.group.act')}</button>
      </form>` : nothing}`;
}
