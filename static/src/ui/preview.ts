import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ImportOptions, Preview } from '../engine/types.ts';
import type { App } from './app.ts';
import { kinds } from './board.ts';
import type { Placing } from './entering.ts';
import { checkedOf, valueOf } from './view.ts';

type Columns = NonNullable<ImportOptions['columns']>;

export interface Choices {
  pasted: boolean;
  options: ImportOptions; // as last chosen, which the preview may not show yet
  as: (kind: Preview['kind']) => void;
  columns: (c: Columns) => void;
  dates: (d: 'dmy' | 'mdy') => void;
  placing: Placing;
  place: (name: string, to: string) => void;
  repeated: number;
}

const shown = 5; // messages, and rows of a table, enough to judge by
const readings: Preview['kind'][] = ['profile', 'lines', 'paragraphs'];

/** What was understood of a paste or a file: how many, which dates, which columns, for whom, and what is left out and why. */
export function previewed(app: App, p: Preview, choices: Choices): TemplateResult {
  const { t } = app;
  if (p.error) return html`
    <div class="trouble"><p><strong>${t(p.error.what, p.error.args)}</strong></p>
      ${typeof p.error.args.fault === 'string' ? html`<p>${t(p.error.args.fault, p.error.args)}${p.error.args.path ? html` <small>${p.error.args.path}</small>` : nothing}</p>` : nothing}
      <p>${t('ui.import.error.safe')}</p></div>
    ${choices.pasted ? asWhat(app, p, choices) : nothing}
    ${p.columns ? columns(app, p.columns, choices) : nothing}`;
  const dates = p.messages.flatMap((m) => m.date ?? []).sort();
  return html`
    <div class="preview">
      <h3>${p.board ? t('ui.import.kind.board') : t('ui.import.understood', { n: p.messages.length })}</h3>
      ${p.board ? nothing : html`<p class="aside">${t(`ui.import.kind.${p.kind}`)} ${dates.length
        ? t('ui.import.span', { from: dates[0]!, to: dates.at(-1)!, n: dates.length })
        : t('ui.import.undated')}</p>`}
      ${choices.pasted && readings.includes(p.kind) ? asWhat(app, p, choices) : nothing}
      ${p.columns ? columns(app, p.columns, choices) : nothing}
      ${p.dates === 'ask' || p.dates === 'dmy' || p.dates === 'mdy' ? order(app, p, choices) : nothing}
      ${p.channels.length ? places(app, p, choices) : nothing}
      ${p.messages.length ? html`
        <ol class="first">${p.messages.slice(0, shown).map((m) => html`
          <li>${m.date ? html`<time datetime=${m.date}>${t('ui.date', { date: m.date })}</time>` : nothing}<p lang=${m.lang ?? nothing}>${m.text}</p></li>`)}
        </ol>
        ${p.messages.length > shown ? html`<p class="aside">${t('ui.import.more', { n: p.messages.length - shown })}</p>` : nothing}` : nothing}
      ${leftOut(app, p, choices.repeated)}
    </div>`;
}

function asWhat({ t }: App, p: Preview, choices: Choices): TemplateResult {
  return html`
    <fieldset class="reading"><legend>${t('ui.import.as')}</legend>
      <div class="choices">${readings.map((k) => html`
        <label class="choice"><input type="radio" name="reading" .checked=${live((choices.options.as ?? p.kind) === k)} @change=${() => choices.as(k)}><span>${t(`ui.import.as.${k}`)}</span></label>`)}
      </div>
    </fieldset>`;
}

function columns({ t }: App, c: NonNullable<Preview['columns']>, choices: Choices): TemplateResult {
  const roles = ['text', 'date', 'channel', 'link'] as const;
  const roleOf = (i: number) => roles.find((r) => c[r] === i) ?? '';
  const change = (i: number, role: string) => {
    const next: Columns = { text: c.text, date: c.date, channel: c.channel, link: c.link };
    for (const r of roles) if (next[r] === i) next[r] = -1;
    if (role) next[role as (typeof roles)[number]] = i;
    choices.columns(next);
  };
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.import.columns')}>
      <table class="sample">
        <caption>${t('ui.import.columns')}</caption>
        <thead><tr>${c.names.map((name, i) => html`
          <th scope="col"><label><span>${name || t('ui.import.column', { n: i + 1 })}</span>
            <select @change=${(e: Event) => change(i, valueOf(e))}>
              <option value="" ?selected=${!roleOf(i)}>${t('ui.import.role.none')}</option>
              ${roles.map((r) => html`<option value=${r} ?selected=${roleOf(i) === r}>${t(`ui.import.role.${r}`)}</option>`)}
            </select></label></th>`)}
        </tr></thead>
        <tbody>${c.sample.slice(0, shown).map((row) => html`<tr>${c.names.map((_, i) => html`<td class=${roleOf(i) ? 'used' : ''}>${row[i] ?? ''}</td>`)}</tr>`)}</tbody>
      </table>
    </div>`;
}

function order({ t }: App, p: Preview, choices: Choices): TemplateResult {
  return html`
    <fieldset class="reading ${p.dates === 'ask' ? 'asks' : ''}"><legend>${t(p.dates === 'ask' ? 'ui.import.dates.ask' : 'ui.import.dates')}</legend>
      <div class="choices">${(['dmy', 'mdy'] as const).map((d) => html`
        <label class="choice"><input type="radio" name="dates" .checked=${live((choices.options.dates ?? p.dates) === d)} @change=${() => choices.dates(d)}><span>${t(`ui.import.dates.${d}`)}</span></label>`)}
      </div>
    </fieldset>`;
}

function places({ t, board }: App, p: Preview, choices: Choices): TemplateResult {
  const count = (name: string) => p.messages.filter((m) => m.channel === name).length;
  return html`
    <fieldset class="places"><legend>${t('ui.import.places')}</legend>
      <ul>${p.channels.map((name) => {
        const to = choices.placing[name] ?? '';
        return html`<li>
          <label class="check"><input type="checkbox" .checked=${live(to !== 'skip')} @change=${(e: Event) => choices.place(name, checkedOf(e) ? 'new:other' : 'skip')}>
            <span>${name} <small>${t('ui.import.count', { n: count(name) })}</small></span></label>
          ${to === 'skip' ? nothing : html`<label><span class="unseen">${t('ui.import.place', { name })}</span>
            <select @change=${(e: Event) => choices.place(name, valueOf(e))}>
              ${(board.channels ?? []).map((c) => html`<option value=${c.id} ?selected=${to === c.id}>${c.name}</option>`)}
              <optgroup label=${t('ui.import.newChannel')}>
                ${[...kinds.online, ...kinds.offline].map((k) => html`<option value=${`new:${k}`} ?selected=${to === `new:${k}`}>${t(`ui.kind.${k}`)}</option>`)}
              </optgroup>
            </select></label>`}
        </li>`;
      })}</ul>
    </fieldset>`;
}

function leftOut({ t }: App, p: Preview, repeated: number): unknown {
  if (!p.skipped.length && !repeated) return nothing;
  return html`
    <div class="leftout"><h4>${t('ui.import.leftOut')}</h4>
      <ul>${p.skipped.map((s) => html`<li>${t(s.what, { n: s.count, count: s.count, ...s.args })}${s.first ? html` <q>${s.first}</q>` : nothing}</li>`)}
        ${repeated ? html`<li>${t('ui.import.repeated', { n: repeated })}</li>` : nothing}
      </ul>
    </div>`;
}
