import { html, nothing } from 'lit';
import { icon } from '../icons.ts';
import type { Finding } from '../engine/types.ts';
import type { App } from './app.ts';
import { download } from './download.ts';
import { href } from './route.ts';

/** Before and after: a moment of the board that was kept, and what has changed since. */
export function since(app: App): unknown {
  const { t, moment } = app;
  if (!moment) return html`
    <section class="since offered" aria-labelledby="since-title">
      <h2 id="since-title">${t('ui.moment.title')}</h2>
      <p>${t('ui.moment.why')}</p>
      <p><button type="button" class="plain" @click=${() => app.keepMoment()}>${t('ui.moment.keep')}</button></p>
    </section>`;
  if (app.check.phase === 'settled') app.compare();
  const { diff } = moment;
  return html`
    <section class="since" aria-labelledby="since-title" aria-busy=${diff && moment.of === app.board ? 'false' : 'true'}>
      <h2 id="since-title">${t('ui.moment.since', { date: moment.at.slice(0, 10), time: new Date(moment.at).toLocaleTimeString(app.lang, { hour: '2-digit', minute: '2-digit' }) })}</h2>
      ${diff === 'failed' ? html`<p role="alert">${t('teller.error.load')}</p>`
      : !diff ? html`<p class="wait">${t('ui.moment.comparing')}</p>`
      : html`
        <p>${t('ui.moment.scores', { before: figure(app, diff.before), after: figure(app, diff.after) })}</p>
        ${list(app, 'ui.moment.gone', diff.gone, false)}${list(app, 'ui.moment.new', diff.new, true)}${list(app, 'ui.moment.reopened', diff.reopened, true)}${list(app, 'ui.moment.setAside', diff.setAside, false)}
        ${diff.gone.length + diff.new.length + diff.reopened.length + diff.setAside.length ? nothing : html`<p>${t('ui.moment.same')}</p>`}
        ${diff.kept.length ? html`<p class="aside">${t('ui.moment.kept.n', { n: diff.kept.length })}</p>` : nothing}`}
      <p class="acts">
        <button type="button" class="quiet" ?disabled=${!diff || diff === 'failed'} @click=${() => markdown(app)}>${icon('download')}${t('ui.moment.markdown')}</button>
        <button type="button" class="quiet" @click=${() => app.keepMoment()}>${t('ui.moment.again')}</button>
        <button type="button" class="quiet" @click=${() => app.forgetMoment()}>${icon('trash')}${t('ui.moment.forget')}</button>
      </p>
    </section>`;
}

const figure = ({ t }: App, s: { proven: number | null; possible: number | null; single: number | null; why?: string }): string =>
  s.proven === null ? t('ui.moment.noScore') : s.single === null ? `${s.proven}–${s.possible}` : String(s.single);

function list({ t }: App, title: string, findings: Finding[], here: boolean): unknown {
  if (!findings.length) return nothing;
  return html`
    <h3>${t(title, { n: findings.length })}</h3>
    <ul>${findings.map((f) => html`<li>${here ? html`<a href=${href('report', f.key)}>${t(`${f.rule}.sentence`, f.args)}</a>` : t(`${f.rule}.sentence`, f.args)}</li>`)}</ul>`;
}

function markdown(app: App): void {
  app.say('ui.export.writing');
  app.changes().then((text) => {
    download(app, `-${app.t('ui.moment.name')}.md`, 'text/markdown', text);
    app.say('ui.exported');
  }, (e: Error) => app.say(e.message));
}
