import { html, nothing, type TemplateResult } from 'lit';
import { localDay } from '../../engine/day.ts';
import { icon } from '../../icons.ts';
import type { App } from '../app.ts';
import { ruleOf } from '../next.ts';
import { href } from '../route.ts';
import type { Room } from './room.ts';
import type { Workshop } from './workshop.ts';

const rankedShown = 5;

/** The board’s own decision, with what a workshop adds: which role took it, who answers for it, when it is looked at again, what it mends. */
export interface Decision { id: string; date: string; text: string; channels?: string[]; by?: 'facilitator' | 'editor'; owner?: string; review?: string; finding?: string }
export const decisionsOf = ({ board }: App): Decision[] => (board.decisions ?? []) as unknown as Decision[];

/** What those in the room hold to matter most, once findings are out: each a step from a decision. */
export function ranking(page: Workshop, room: Room): unknown {
  const { app } = page;
  const { t } = app;
  const ranked = voted(app, room);
  if (!ranked.length) return nothing;
  return html`
    <section aria-labelledby="ranking-title">
      <h2 id="ranking-title">${t('ui.votes.title')}</h2>
      <ol class="ranking">${ranked.map(({ finding: f, votes }) => html`
        <li><a href=${href('report', f.key)}>${t(`${f.rule}.sentence`, f.args)}</a> <small>${t('ui.live.votes', { n: votes })}</small>
          ${room.writes ? html`<button type="button" class="quiet" @click=${() => page.decide(f.key)}>${t('ui.votes.decide')}</button>` : nothing}</li>`)}</ol>
    </section>`;
}

export function voted(app: App, room: Room | undefined) {
  if (!room || room.hides) return [];
  return room.ballot.flatMap(([key, votes]) => {
    const finding = app.report?.findings.find((f) => f.key === key);
    return finding ? [{ finding, votes }] : [];
  }).slice(0, rankedShown);
}

/** What was decided, as it is: a dated decision is what makes a change deliberate. */
export function decisions(page: Workshop, room?: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const list = decisionsOf(app);
  const writes = !room || room.writes;
  return html`
    <section aria-labelledby="at.decisions">
      <h2 id="at.decisions" tabindex="-1">${t('ui.decisions.title')}</h2>
      ${list.length ? html`<ul class="decisions">${list.map((d) => html`
        <li><p>${d.text}</p><p class="aside">${facts(app, d)}
          ${writes ? html`<button type="button" class="quiet" aria-label=${t('ui.decisions.drop.named', { text: d.text })} @click=${() => app.act((m) => m.drop('decisions', d.id), 'ui.decisions.dropped')}>${icon('trash')}${t('ui.decisions.drop')}</button>` : nothing}</p></li>`)}</ul>` : html`<p class="aside">${t('ui.decisions.none')}</p>`}
      ${writes ? form(page, room) : nothing}
    </section>`;
}

/** When, by which role, for which channels, who answers for it, when it is looked at again, which finding it came from. */
export function facts(app: App, d: Decision): string {
  const { t } = app;
  return [
    t('ui.decisions.when', { date: d.date.slice(0, 10) }),
    d.by && t(`ui.decisions.by.${d.by}`),
    d.channels?.length && d.channels.map((c) => app.name(c)).join(', '),
    d.owner && t('ui.decisions.owned', { owner: d.owner }),
    d.review && t('ui.decisions.reviewed', { date: d.review }),
    d.finding && `${t('ui.decisions.from')} ${origin(app, d.finding)}`,
  ].filter((x) => x).join(' · ');
}

/** The finding as it reads today; once mended, or where findings are hidden, what its rule looks at. */
function origin({ t, report, room }: App, key: string): string {
  const now = room?.hides ? undefined : report?.findings.find((f) => f.key === key);
  return now ? t(`${now.rule}.sentence`, now.args) : t(`${ruleOf(key)}.name`);
}

function form(page: Workshop, room?: Room): TemplateResult {
  const { app } = page;
  const { t } = app;
  const about = page.deciding && app.report?.findings.find((f) => f.key === page.deciding);
  return html`
    <form class="join" @submit=${(e: SubmitEvent) => {
      e.preventDefault();
      const form = e.target as HTMLFormElement, data = new FormData(form);
      const said = (name: string): string | undefined => String(data.get(name) ?? '').trim() || undefined;
      const channels = data.getAll('channel').map(String);
      const d: Partial<Decision> = { text: said('text')!, owner: said('owner')!, review: said('review')!, finding: about ? about.key : undefined!, by: room?.role as 'facilitator' };
      const given = Object.fromEntries(Object.entries(d).filter(([, v]) => v !== undefined));
      app.write((m) => m.put('decisions', { id: `d${crypto.randomUUID().slice(0, 8)}`, date: localDay(), ...given, ...(channels.length && { channels }) }));
      form.reset();
      page.decide(undefined);
      app.say('ui.decisions.added');
    }}>
      ${about ? html`<p class="about-finding">${t('ui.decisions.about')} ${t(`${about.rule}.sentence`, about.args)} <button type="button" class="quiet" @click=${() => page.decide(undefined)}>${t('ui.decisions.about.not')}</button></p>
        <p class="aside">${t(`${about.rule}.remedy`)}</p>` : nothing}
      <label for="decision-text">${t('ui.decisions.what')}</label>
      <textarea id="decision-text" name="text" rows="2" required maxlength="1000"></textarea>
      <div class="pair">
        <p><label for="decision-owner">${t('ui.decisions.owner')}</label><input id="decision-owner" name="owner" type="text" maxlength="80" autocomplete="off" placeholder=${t('ui.decisions.owner.hint')}></p>
        <p><label for="decision-review">${t('ui.decisions.review')}</label><input id="decision-review" name="review" type="date"></p>
      </div>
      ${app.board.channels?.length ? html`<fieldset class="ticks"><legend>${t('ui.decisions.channels')}</legend>${app.board.channels.map((c) => html`<label><input type="checkbox" name="channel" value=${c.id}> ${app.name(c.id)}</label>`)}</fieldset>` : nothing}
      <button type="submit" class="plain">${icon('plus')}${t('ui.decisions.add')}</button>
    </form>`;
}
