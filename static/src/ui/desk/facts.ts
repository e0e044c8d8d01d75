import { html, type TemplateResult } from 'lit';
import { icon } from '../../icons.ts';
import type { Channel } from '../../engine/types.ts';
import { adder } from '../adder.ts';
import type { App } from '../app.ts';
import { domId } from '../view.ts';
import { factFields, sampleFields } from './fields.ts';
import { flags } from './flags.ts';
import { field, form, type Subject } from './form.ts';

type Plain = Record<string, unknown>;

/** What a channel states that can be held against another (a price, hours), and what its messages cover. Neither has ids: each is known by its place. */
export function facts(app: App, c: Channel): TemplateResult {
  const { t, board } = app;
  const all = (board.facts ?? []) as Plain[];
  const mine = all.flatMap((f, i) => (f.channel === c.id ? [{ f, i }] : []));
  const put = (next: Plain[]): void => app.write((m) => m.set('facts', next));
  const subject = (f: Plain, i: number): Subject => ({ id: `${c.id}~fact${i}`, kind: 'facts', fields: f, write: (x) => put(all.map((o, j) => (j === i ? without({ ...o, ...x }) : o))) });
  return html`
    <details class="section" id=${domId('at', c.id, 'facts')}>
      <summary><h4>${t('ui.facts.title')}</h4><span class="says">${mine.length ? mine.map(({ f }) => `${String(f.subject ?? f.key)} : ${String(f.value)}`).join(' · ') : t('ui.facts.why')}</span>${icon('down')}</summary>
      <div class="body">
        ${mine.map(({ f, i }) => html`
          <fieldset class="group fact" id=${domId('at', c.id, `facts/${i}`)} tabindex="-1">
            <legend>${String(f.key)}</legend>
            ${flags(app, c.id, `facts/${i}`)}
            <div class="fields">${form(app, subject(f, i), factFields)}</div>
            <button type="button" class="quiet" @click=${() => app.act((m) => m.set('facts', all.filter((_, j) => j !== i)), 'ui.removed', { what: String(f.key) })}>${icon('trash')}${t('ui.delete')}<span class="unseen"> ${String(f.key)}</span></button>
          </fieldset>`)}
        ${adder(app, { id: domId('at', c.id, 'facts') + '-new', label: t('ui.facts.new'), hint: t('ui.facts.hint'), add: (key) => put([...all, { key, value: '', channel: c.id }]) })}
        ${sample(app, c)}
      </div>
    </details>`;
}

function sample(app: App, c: Channel): unknown {
  const all = (app.board.samples ?? []) as Plain[];
  const at = all.findIndex((s) => s.channel === c.id);
  const now = all[at] ?? { channel: c.id };
  const write = (x: Plain): void => {
    const next = without({ ...now, ...x });
    app.write((m) => m.set('samples', at < 0 ? [...all, next] : all.map((s, i) => (i === at ? next : s))));
  };
  const subject: Subject = { id: `${c.id}~sample`, kind: 'samples', fields: now, write };
  return html`
    <fieldset class="group" id=${domId('at', c.id, 'samples')} tabindex="-1">
      <legend>${app.t('ui.samples.title')}</legend><p class="why">${app.t('ui.samples.why')}</p>
      <div class="fields">${sampleFields.map((f) => field(app, subject, f))}</div>
    </fieldset>`;
}

const without = (o: Plain): Plain => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined));
