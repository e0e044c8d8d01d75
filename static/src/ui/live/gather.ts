import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons.ts';
import { download } from '../download.ts';
import type { Room } from './room.ts';
import type { Workshop } from './workshop.ts';

const fewAnswers = 5; // below which authors can be guessed

interface Kept { id: string; question?: string; answers: string[] }
interface Decision { id: string; date: string; text: string; channels?: string[]; by?: string }

/** A blind round: everyone answers for themselves; the server shows all answers at once, without names, and not before. */
export function round(page: Workshop, room: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const open = room.session?.round;
  const asked = open && !open.answers ? open : undefined;
  const kept = (app.board.rounds ?? []) as unknown as Kept[];
  if (open?.answers && room.leads && !kept.some((r) => r.id === open.id)) room.model.put('rounds', { id: open.id, question: open.question, answers: open.answers } as never);
  return html`
    <section class="round" aria-labelledby="round-title">
      <h2 id="round-title">${t('ui.round.title')}</h2>
      ${asked ? html`
        <p class="question">${asked.question}</p>
        <p role="status">${asked.answered ? t('ui.round.answered', { n: asked.answered }) : t('ui.round.silent')}</p>
        ${room.role === 'viewer' ? nothing : html`
          <form class="join" @submit=${(e: SubmitEvent) => {
            e.preventDefault();
            const text = String(new FormData(e.target as HTMLFormElement).get('answer')).trim();
            void page.attempt(async () => {
              await room.ask('PUT', `/rounds/${asked.id}/answer`, { text });
              app.say('ui.round.sent');
            });
          }}>
            <label for="round-answer">${t('ui.round.answer')}</label>
            <textarea id="round-answer" name="answer" rows="3" required maxlength="2000"></textarea>
            <button type="submit" class="main">${t('ui.round.send')}</button>
            <p class="aside">${t('ui.round.secret')}</p>
          </form>`}
        ${room.leads ? html`
          ${asked.answered < fewAnswers ? html`<p class="aside">${t('ui.round.few', { n: fewAnswers })}</p>` : nothing}
          <p><button type="button" class="plain" ?disabled=${!asked.answered} @click=${() => page.attempt(() => room.ask('POST', `/rounds/${asked.id}/reveal`))}>${t('ui.round.reveal')}</button></p>` : nothing}`
      : room.leads ? html`
        <form class="join" @submit=${(e: SubmitEvent) => {
          e.preventDefault();
          const question = String(new FormData(e.target as HTMLFormElement).get('question')).trim();
          void page.attempt(() => room.ask('POST', '/rounds', { question }));
        }}>
          <label for="round-question">${t('ui.round.question')}</label>
          <input id="round-question" name="question" type="text" required maxlength="200" .value=${t('ui.round.who')}>
          <button type="submit" class="plain">${t('ui.round.ask')}</button>
        </form>` : html`<p class="aside">${t('ui.round.none')}</p>`}
      ${kept.toReversed().map((r) => answers(page, room, r))}
    </section>`;
}

function answers(page: Workshop, room: Room, r: Kept): TemplateResult {
  const { app } = page;
  const { t } = app;
  const finding = app.report?.findings.find((f) => f.key === `ID4:${r.id}`);
  const agreement = finding?.args.agreement;
  return html`
    <div class="answers">
      <h3>${r.question}</h3>
      <ul>${r.answers.map((a) => html`<li><blockquote>${a}</blockquote></li>`)}</ul>
      <p>${typeof agreement === 'number' ? t('ui.round.apart', { agreement }) : app.report?.rules.some((s) => s.id === 'ID4' && s.state === 'evaluated') && !finding ? t('ui.round.together') : nothing}</p>
      ${grouping(page, room, r)}
    </div>`;
}

/** Words of the answers, the most shared first: two that mean one thing are said to be one, and count as such from then on. */
function grouping(page: Workshop, room: Room, r: Kept): unknown {
  const { app } = page;
  const { t } = app;
  const words = wordsOf(r.answers, app.lang);
  if (!words.length) return nothing;
  return html`
    <p class="aside">${t('ui.round.words')}</p>
    <p class="words">${words.slice(0, 12).map(([w, n]) => html`<span>${w} <small>${t('ui.number', { n })}</small></span> `)}</p>
    ${room.writes ? html`
      <form class="join" @submit=${(e: SubmitEvent) => {
        e.preventDefault();
        const form = new FormData(e.target as HTMLFormElement), term = String(form.get('term')), same = String(form.get('same'));
        if (term === same) return;
        const terms = app.board.identity?.terms ?? [];
        const there = terms.find((x) => x.term === term);
        const next = there ? terms.map((x) => (x === there ? { ...x, synonyms: [...new Set([...(x.synonyms ?? []), same])] } : x)) : [...terms, { term, synonyms: [same] }];
        app.act((m) => m.setIdentity({ terms: next }), 'ui.round.grouped', { same, term });
      }}>
        <label for="same-${r.id}">${t('ui.round.group')}</label>
        <select id="same-${r.id}" name="same">${words.map(([w]) => html`<option>${w}</option>`)}</select>
        <label for="term-${r.id}">${t('ui.round.group.as')}</label>
        <select id="term-${r.id}" name="term">${words.map(([w], i) => html`<option ?selected=${i === 1}>${w}</option>`)}</select>
        <button type="submit" class="quiet">${t('ui.round.group.act')}</button>
      </form>` : nothing}`;
}

/** In how many answers a word of at least four letters stands. */
function wordsOf(answers: string[], lang: string): [string, number][] {
  const count = new Map<string, number>();
  const words = new Intl.Segmenter(lang, { granularity: 'word' });
  for (const a of answers) {
    const said = new Set([...words.segment(a)].filter((s) => s.isWordLike && s.segment.length > 3).map((s) => s.segment.toLocaleLowerCase(lang)));
    for (const w of said) count.set(w, (count.get(w) ?? 0) + 1);
  }
  return [...count].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], lang)).slice(0, 40);
}

/** What was decided, as it is: a dated decision is what makes a change deliberate. */
export function decisions(page: Workshop, room: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const list = (app.board.decisions ?? []) as unknown as Decision[];
  return html`
    <section aria-labelledby="decisions-title">
      <h2 id="decisions-title">${t('ui.decisions.title')}</h2>
      ${list.length ? html`<ul class="decisions">${list.map((d) => html`
        <li><p>${d.text}</p><p class="aside">${t('ui.decisions.when', { date: d.date.slice(0, 10) })}${d.by ? html` · ${t(`ui.decisions.by.${d.by}`)}` : nothing}${d.channels?.length ? html` · ${d.channels.map((c) => app.name(c)).join(', ')}` : nothing}
          ${room.writes ? html`<button type="button" class="quiet" @click=${() => app.act((m) => m.drop('decisions', d.id), 'ui.decisions.dropped')}>${icon('trash')}${t('ui.decisions.drop')}</button>` : nothing}</p></li>`)}</ul>` : html`<p class="aside">${t('ui.decisions.none')}</p>`}
      ${room.writes ? html`
        <form class="join" @submit=${(e: SubmitEvent) => {
          e.preventDefault();
          const form = e.target as HTMLFormElement, data = new FormData(form);
          const channels = data.getAll('channel').map(String);
          app.write((m) => m.put('decisions', { id: `d${crypto.randomUUID().slice(0, 8)}`, date: today(), text: String(data.get('text')).trim(), ...(channels.length && { channels }), by: room.role } as never));
          form.reset();
        }}>
          <label for="decision-text">${t('ui.decisions.what')}</label>
          <textarea id="decision-text" name="text" rows="2" required maxlength="1000"></textarea>
          ${app.board.channels?.length ? html`<fieldset class="ticks"><legend>${t('ui.decisions.channels')}</legend>${app.board.channels.map((c) => html`<label><input type="checkbox" name="channel" value=${c.id}> ${app.name(c.id)}</label>`)}</fieldset>` : nothing}
          <button type="submit" class="plain">${icon('plus')}${t('ui.decisions.add')}</button>
        </form>` : nothing}
    </section>`;
}

function today(): string {
  const d = new Date();
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
}

/** What one takes away: decisions, answers, what changed since the workshop began. */
export function summary(page: Workshop, room: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  return html`
    <section aria-labelledby="takeaway-title">
      <h2 id="takeaway-title">${t('ui.takeaway.title')}</h2>
      <p>${t('ui.takeaway.why')}</p>
      <p class="acts"><button type="button" class="plain" @click=${() => page.attempt(async () => {
        app.say('ui.export.writing');
        download(app, `-${t('ui.takeaway.name')}.md`, 'text/markdown', await minutes(room));
        app.say('ui.exported');
      })}>${icon('download')}${t('ui.takeaway.markdown')}</button>
      <button type="button" class="plain" @click=${() => print()}>${icon('print')}${t('ui.print')}</button></p>
    </section>`;
}

/** Markdown: what people wrote stands in it as they wrote it, line breaks made into spaces. */
async function minutes({ app }: Room): Promise<string> {
  const { t } = app;
  const line = (s: string): string => s.replace(/\s+/g, ' ').trim().replace(/[\\`*_[\]<>#|~]/g, '\\$&');
  const decided = (app.board.decisions ?? []) as unknown as Decision[];
  const asked = (app.board.rounds ?? []) as unknown as Kept[];
  const parts = [
    `# ${t('ui.takeaway.heading', { name: line(app.board.identity?.name || app.board.title || t('ui.name.board')) })}`,
    `## ${t('ui.decisions.title')}`,
    decided.length ? decided.map((d) => `- ${line(d.text)} (${t('ui.decisions.when', { date: d.date.slice(0, 10) })})`).join('\n') : t('ui.decisions.none'),
    ...asked.flatMap((r) => [`## ${line(r.question ?? t('ui.round.title'))}`, r.answers.map((a) => `- ${line(a)}`).join('\n')]),
  ];
  const change = app.moment ? await app.changes() : await app.markdown();
  return parts.join('\n\n') + '\n\n' + change.replace(/^(#+) /gm, '#$1 ');
}
