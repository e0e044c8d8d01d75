import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Entity, Objective } from '../../engine/types.ts';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { apex, hangsFrom, outline } from '../board.ts';
import { desk } from '../desk/desk.ts';
import type { Moves } from '../desk/entities.ts';
import type { Dragged } from '../desk/drag.ts';
import { entities } from '../desk/fields.ts';
import { View } from '../view.ts';

/** What the organisation is after, as a tree: each objective in the service of another, with what will prove it. */
@customElement('unisson-objectives')
class Objectives extends View {
  protected override render(): TemplateResult {
    const all = this.board.objectives ?? [];
    const top = apex(all);
    const loose = (this.board.kpis ?? []).filter((k) => !all.some((o) => o.id === k.objective));
    return html`
      <header class="opening"><h1 tabindex="-1">${this.t('ui.goals.title')}</h1><p class="lede">${this.t('ui.goals.lede')}</p></header>
      <section aria-labelledby="tree-title">
        <h2 id="tree-title">${this.t('ui.goals.tree')}</h2>
        <p class="why">${this.t('ui.goals.tree.why')}</p>
        <unisson-entities .app=${this.app} .kind=${entities.objectives} .items=${outline(all).map(({ objective, depth }) => ({ entity: objective, depth, apart: !objective.parent && objective !== top }))}
          .says=${this.says} .within=${this.proofs} .moves=${this.under} .drop=${this.dropped} .accepts=${this.accepts}></unisson-entities>
      </section>
      <section aria-labelledby="kpis-title">
        <h2 id="kpis-title">${this.t('ui.goals.kpis')}</h2>
        <p class="why">${this.t('ui.goals.kpis.why')}</p>
        <unisson-entities id="loose" .app=${this.app} .kind=${entities.kpis} .items=${loose.map((entity) => ({ entity }))} .moves=${this.proving} .says=${(k: Entity) => this.klass(k)}></unisson-entities>
      </section>`;
  }

  private says = (o: Entity): unknown => {
    const { kpis = [], channels = [] } = this.board;
    const served = channels.filter((c) => c.objectives?.includes(o.id)).map((c) => c.name);
    const n = kpis.filter((k) => k.objective === o.id).length;
    return [
      o.status && o.status !== 'active' ? this.t(`ui.o.status.${o.status as string}`) : '', o.horizon ? this.t('ui.goals.by', { date: String(o.horizon) }) : '',
      n ? this.t('ui.goals.proved', { n }) : o.proof ? this.t('ui.goals.proof', { proof: String(o.proof) }) : this.t('ui.goals.unproved'), served.length ? this.t('ui.goals.served', { channels: served }) : '',
    ].filter(Boolean).join(' · ');
  };

  private klass = (k: Entity): string => (k.class ? this.t(`ui.o.class.${k.class as string}`) : this.t('ui.goals.noClass'));

  /** The indicators of an objective, inside it. */
  private proofs = (o: Entity): TemplateResult => html`
    <h4 class="inner">${this.t('ui.goals.kpisOf')}</h4>
    <unisson-entities id=${`of-${o.id}`} .app=${this.app} .kind=${entities.kpis} .items=${(this.board.kpis ?? []).filter((k) => k.objective === o.id).map((entity) => ({ entity }))}
      .adding=${{ fields: { objective: o.id } }} .moves=${this.proving} .says=${(k: Entity) => this.klass(k)}></unisson-entities>`;

  private get under(): Moves {
    const all = this.board.objectives ?? [];
    return {
      label: this.t('ui.goals.under'), value: (o) => String(o.parent ?? ''),
      options: (o) => [...all.filter((p) => !hangsFrom(all, p.id, o.id)).map((p) => ({ value: p.id, label: p.title })), { value: '', label: this.t('ui.objectives.nothing') }],
      move: (o, to) => this.reparent(o as Objective, to || undefined),
    };
  }

  private get proving(): Moves {
    return {
      label: this.t('ui.goals.proves'), value: (k) => String(k.objective ?? ''),
      options: () => [...(this.board.objectives ?? []).map((o) => ({ value: o.id, label: o.title })), { value: '', label: this.t('ui.noneOf') }],
      move: (k, to) => this.prove(k.id, to || undefined),
    };
  }

  private reparent(o: Objective, parent: string | undefined): void {
    this.app.act((m) => m.patch('objectives', o.id, { parent }), parent ? 'ui.goals.moved' : 'ui.goals.apart', { what: o.title, under: parent ?? '' });
  }

  private prove(kpi: string, objective: string | undefined): void {
    this.app.act((m) => m.patch('kpis', kpi, { objective }), 'ui.moved', { what: this.app.name(kpi) });
  }

  private accepts = (d: Dragged, onto: Entity): boolean =>
    d.list === 'kpis' || (d.list === 'objectives' && d.id !== onto.id && !hangsFrom(this.board.objectives ?? [], onto.id, d.id));

  private dropped = (d: Dragged, onto: Entity): void => {
    if (d.list === 'kpis') return this.prove(d.id, onto.id);
    const o = this.board.objectives?.find((x) => x.id === d.id);
    if (o && o.parent !== onto.id) this.reparent(o, onto.id);
  };

  // A KPI stands inside its objective: that one must be open for the KPI to be seen.
  protected override willUpdate(): void {
    const { arrival } = this.app;
    const k = arrival?.screen === 'objectives' && this.board.kpis?.find((x) => x.id === arrival.id);
    this.kpiIn = k && typeof k.objective === 'string' ? k.objective : undefined;
  }
  private kpiIn?: string | undefined;

  protected override async updated(): Promise<void> {
    const lists = () => Array.from(this.querySelectorAll<View & { show?: (id: string) => void }>('unisson-entities'));
    if (this.kpiIn) lists()[0]?.show?.(this.kpiIn);
    for (let i = 0; i < 2; i++) await Promise.all(lists().map((e) => e.updateComplete));
    arrive(this.app, this, 'objectives');
  }
}

export const page = (app: App): TemplateResult => desk(app, 'objectives', html`<unisson-objectives .app=${app}></unisson-objectives>`);
export type { Objectives };
