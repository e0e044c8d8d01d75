import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../icons.ts';
import type { Objective } from '../engine/types.ts';
import { about } from './about.ts';
import { adder } from './adder.ts';
import type { App } from './app.ts';
import { apex, hangsFrom, newId, outline } from './board.ts';
import { removeFrom } from './desk/removing.ts';
import { flags } from './desk/flags.ts';
import { href } from './route.ts';
import { domId, valueOf } from './view.ts';

/** What the organisation is after: its goal, then what leads there. An objective under nothing is shown for what it is. */
export function objectives(app: App): TemplateResult {
  const { t, board } = app;
  const all = board.objectives ?? [];
  const top = apex(all) ?? all.find((o) => !o.parent);
  const rest = outline(all).filter(({ objective }) => objective !== top);
  return html`
    <section class="objectives" aria-labelledby="objectives-title">
      <h2 id="objectives-title">${t('ui.objectives.title')}</h2>
      <div class="question">
        <label for=${top ? domId('at', top.id) : 'new-apex'}>${t('ui.objectives.apex')}</label>
        <p class="why" id="why-apex">${t('ui.objectives.apex.why')}</p>
        ${top
          ? html`<input id=${domId('at', top.id)} class="apex" type="text" aria-describedby="why-apex" .value=${live(top.title)} @input=${(e: Event) => rename(app, top, valueOf(e))}>`
          : html`<input id="new-apex" class="apex" type="text" aria-describedby="why-apex" placeholder=${t('ui.objectives.apex.hint')} @change=${(e: Event) => begin(app, valueOf(e).trim())}>`}
      </div>
      ${top ? html`
        <div class="question">
          <h3 id="parts-title">${t('ui.objectives.parts')}</h3>
          <ul class="tree" aria-labelledby="parts-title">${rest.map((r) => row(app, r.objective, r.depth))}</ul>
          ${adder(app, { id: 'new-objective', label: t('ui.objectives.new'), hint: t('ui.objectives.new'), quiet: true, add: (title) => add(app, title, top.id) })}
          <p><a class="quiet" href=${href('objectives')}>${t('ui.objectives.all')}</a></p>
        </div>` : nothing}
    </section>`;
}

function row(app: App, o: Objective, depth: number): TemplateResult {
  const { t, board } = app;
  const all = board.objectives ?? [];
  const apart = !o.parent;
  return html`
    <li class=${apart ? 'apart' : ''} data-about=${about(o.id)} data-depth=${Math.min(depth, 4)}>
      <label class="unseen" for=${domId('at', o.id)}>${t('ui.objectives.one')}</label>
      <input id=${domId('at', o.id)} type="text" .value=${live(o.title)} @input=${(e: Event) => rename(app, o, valueOf(e))}>
      <label class="parent"><span>${t('ui.objectives.serves')}</span>
        <select @change=${(e: Event) => app.model?.patch('objectives', o.id, { parent: valueOf(e) || undefined })}>
          ${all.filter((p) => !hangsFrom(all, p.id, o.id)).map((p) => html`<option value=${p.id} ?selected=${o.parent === p.id}>${p.title}</option>`)}
          <option value="" ?selected=${apart}>${t('ui.objectives.nothing')}</option>
        </select>
      </label>
      <button type="button" class="tool" aria-label=${t('ui.remove', { what: o.title })} title=${t('ui.delete')} @click=${() => remove(app, o)}>${icon('trash')}</button>
      ${flags(app, o.id)}
    </li>`;
}

const rename = (app: App, o: Objective, title: string): void => app.model?.patch('objectives', o.id, { title });

function add(app: App, title: string, parent?: string): string {
  const id = newId('o');
  app.write((m) => m.put('objectives', { id, title, ...(parent && { parent }) }));
  return id;
}

/** The field that asked for the goal becomes the goal's own: focus stays with the writer. */
function begin(app: App, title: string): void {
  if (!title) return;
  const id = add(app, title);
  app.arrival = { screen: 'channels', id };
}

const remove = (app: App, o: Objective): void => app.act((m) => removeFrom(m, app.board, 'objectives', o), 'ui.removed', { what: o.title });
