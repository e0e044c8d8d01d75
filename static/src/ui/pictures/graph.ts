import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { line as curved, curveMonotoneX } from 'd3-shape';
import type { GraphEdge, GraphNode, Picture } from '../../engine/types.ts';
import { about } from '../about.ts';
import type { App } from '../app.ts';
import { standsAt } from '../board.ts';
import { href } from '../route.ts';
import { folded } from './frame.ts';
import { hatching } from './mirror.ts';

// px
const wide = 178;
const high = 46;
const gapX = 58;
const gapY = 16;
const head = 30;
const letters = 23; // of a line of a node

/** The layout comes from the core; here it gets its size, its words and its links. */
export function graph(app: App, { graph: g }: Picture): TemplateResult {
  const { t } = app;
  if (!g.nodes.length) return html`<p class="nothing">${t('ui.graph.none')}</p>`;
  const width = g.columns * wide + (g.columns - 1) * gapX;
  const height = head + g.rows * (high + gapY);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${graphSummary(app, g.nodes)}>
      <svg class="graph" data-picture="graph" viewBox="-4 -4 ${width + 8} ${Math.round(height) + 8}" width=${width + 8} role="group" aria-label=${graphSummary(app, g.nodes)}>
        <defs>${hatching('graph')}</defs>
        ${headings(g.nodes).map(([kind, column]) => svg`<text class="heading" x=${left(column)} y="14">${t(`ui.graph.kind.${kind}`)}</text>`)}
        ${g.edges.map((e) => edge(g.nodes, e))}
        ${g.nodes.map((n) => node(app, n))}
      </svg>
    </div>`;
}

export function graphSummary(app: App, nodes: GraphNode[]): string {
  return app.t('ui.graph.summary', { n: nodes.length, loose: nodes.filter((n) => n.state === 'loose' || n.state === 'island').length });
}

/** Each kind of node stands above its first column. */
function headings(nodes: GraphNode[]): [GraphNode['kind'], number][] {
  const first = new Map<GraphNode['kind'], number>();
  for (const { kind, column } of nodes) if (kind !== 'objective' || column) first.set(kind, Math.min(column, first.get(kind) ?? Infinity));
  if (!first.has('apex') && nodes.some((n) => n.kind === 'objective')) first.set('objective', 0);
  return [...first];
}

const left = (column: number): number => column * (wide + gapX);
const middle = (row: number): number => Math.round((head + row * (high + gapY) + high / 2) * 10) / 10;

const curve = curved().curve(curveMonotoneX);

function edge(nodes: GraphNode[], e: GraphEdge): SVGTemplateResult {
  const [from, to] = [nodes[e.from]!, nodes[e.to]!];
  const kind = `link ${e.kind} ${e.back ? 'back' : ''} ${to.state === 'holds' ? '' : 'astray'}`;
  if (e.back) { // around, from its right side to the other's
    const [x, y, u, v] = [left(from.column) + wide, middle(from.row), left(to.column) + wide, middle(to.row)];
    return svg`<path class=${kind} data-edge d="M${x} ${y}C${x + gapX} ${y} ${u + gapX} ${v} ${u} ${v}" />`;
  }
  // Between two columns an edge curves; over a column it runs straight.
  const points: [number, number][] = [[left(to.column) + wide, middle(to.row)]];
  for (const [i, row] of [...e.through ?? []].reverse().entries()) {
    const column = to.column + 1 + i;
    points.push([left(column), middle(row)], [left(column) + wide, middle(row)]);
  }
  points.push([left(from.column), middle(from.row)]);
  return svg`<path class=${kind} data-edge d=${points.slice(1).map((p, i) => smooth(points[i]!, p)).join('')} />`;
}

/** A link of d3's kind: it leaves and arrives level. */
function smooth(a: [number, number], b: [number, number]): string {
  if (a[1] === b[1]) return curve([a, b])!;
  const half = (a[0] + b[0]) / 2;
  return `M${a.join()}C${half},${a[1]},${half},${b[1]},${b.join()}`;
}

function node(app: App, n: GraphNode): SVGTemplateResult {
  const name = app.name(n.id);
  const [x, y] = [left(n.column), middle(n.row) - high / 2];
  const cut = n.state === 'loose' ? 12 : 0;
  const d = `M${x} ${y}H${x + wide - cut}${cut ? `L${x + wide} ${y + cut}` : ''}V${y + high}H${x}Z`;
  const lines = twoLines(name);
  return svg`
    <a class=${`node ${n.kind} ${n.state}`} href=${whither(app, n)} aria-label=${inWords(app, n)} data-about=${about(n.id)}>
      <path class="plate" d=${d} />
      ${n.state === 'unknown' ? svg`<path class="hatched" d=${d} fill="url(#graph-hatch)" />` : nothing}
    </a>
    <text class=${n.kind} x=${x + 12} y=${y + high / 2 + (lines.length === 1 ? 5 : -3)} aria-hidden="true">${lines.map((l, i) => svg`<tspan x=${x + 12} dy=${i ? 17 : 0}>${l}</tspan>`)}</text>`;
}

function twoLines(name: string): string[] {
  const words = name.split(/\s+/);
  const lines = [''];
  for (const w of words) {
    const last = lines.at(-1)!;
    if (!last) lines[lines.length - 1] = w;
    else if (last.length + 1 + w.length <= letters) lines[lines.length - 1] = `${last} ${w}`;
    else lines.push(w);
  }
  const cut = (l: string): string => (l.length > letters ? `${l.slice(0, letters - 1)}…` : l);
  return lines.length > 2 ? [cut(lines[0]!), cut(`${lines[1]!}…`)] : lines.map(cut);
}

const inWords = (app: App, n: GraphNode): string => app.t('ui.graph.node', { kind: app.t(`ui.graph.kind.${n.kind}`), name: app.name(n.id), state: app.t(`ui.graph.state.${n.state}`) });

function whither(app: App, n: GraphNode): string {
  const [screen, id, part] = standsAt(app.board, n.id) ?? ['channels'];
  return href(screen, id, part);
}

export function graphLegend({ t }: App): TemplateResult {
  return folded(t('ui.graph.legend'), html`
    <dl class="reading-key strokes">${['solid', 'dashed', 'back', 'loose', 'island', 'unknown'].map((k) => {
      const [term, ...rest] = t(`ui.graph.legend.${k}`).split(/(?<=\s?:)\s/);
      return html`<div><dt><span class="specimen-of ${k}" aria-hidden="true"></span>${term}</dt><dd>${rest.join(' ')}</dd></div>`;
    })}</dl>`);
}

/** The graph as a table: what each leads to. */
export function graphInWords(app: App, { graph: g }: Picture): TemplateResult {
  const { t } = app;
  if (!g.nodes.length) return html``;
  return folded(t('ui.graph.twin'), html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.graph.twin')}>
      <table class="twin">
        <thead><tr><th scope="col">${t('ui.graph.what')}</th><th scope="col">${t('ui.graph.leads')}</th><th scope="col">${t('ui.graph.state')}</th></tr></thead>
        <tbody>${g.nodes.map((n, i) => html`
          <tr data-about=${about(n.id)}>
            <th scope="row"><small>${t(`ui.graph.kind.${n.kind}`)}</small> <a href=${whither(app, n)}>${app.name(n.id)}</a></th>
            <td>${leads(app, g, i)}</td><td class=${n.state === 'holds' ? 'yes' : n.state === 'unknown' ? 'open' : 'no'}>${t(`ui.graph.state.${n.state}`)}</td>
          </tr>`)}
        </tbody>
      </table>
    </div>`);
}

function leads(app: App, g: Picture['graph'], i: number): unknown {
  const out = g.edges.filter((e) => e.from === i);
  if (!out.length) return g.nodes[i]!.kind === 'apex' ? '–' : app.t('ui.graph.nothing');
  return out.map((e, k) => html`${k ? ' · ' : ''}${app.t('ui.graph.edge', { kind: e.kind })} ${app.name(g.nodes[e.to]!.id)}`);
}
