import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Picture, Shard } from '../../engine/types.ts';
import { about } from '../about.ts';
import type { App } from '../app.ts';
import { href } from '../route.ts';
import { far, groupsOf, label, lines, perGround, scene, type Label, type Piece, type Seam, type Size } from './scene.ts';
import type { Cell, Point } from './geometry.ts';

/** `wall`: it is looked at from afar. */
export interface MirrorState { size: Size; like?: Picture | undefined; id: string; wall?: boolean }

const corners = 12; // of a shard's path: as many for each, so that one shape can become another

/** The mirror of a picture. Everything in it is a shape with a class; `id` tells several on a page apart. */
export function mirror(app: App, picture: Picture | undefined, { size, like, id, wall = false }: MirrorState): TemplateResult {
  const drawn = scene(picture ?? { channels: [], graph: { columns: 0, rows: 0, nodes: [], edges: [] } }, size, like ?? picture);
  const sentence = app.board.identity?.sentence?.trim() ?? '';
  const text = Math.max(15, Math.min(24, size.width / 32));
  const beneath = lines(sentence, size, text);
  const places = new Map(picture?.channels.map((c, i) => [c.id, i + 1]));
  const { pieces, seams } = drawn;
  const names = pieces.map((p) => label(p, app.name(p.shard.id), places.get(p.shard.id) ?? 0, wall ? far(size.width) : undefined));
  const numbered = pieces.filter((p, i) => names[i]!.lines[0] === String(places.get(p.shard.id)));
  return html`
    <svg class="mirror" viewBox="-3 -3 ${size.width + 6} ${size.height + 6}" role="group" aria-label=${summary(app, picture)} data-picture="mirror">
      <defs>
        ${hatching(id)}
        <clipPath id="${id}-frame"><path d=${closed(drawn.frame)} /></clipPath>
        ${repeat(pieces, (p) => p.shard.id, (p, i) => svg`<clipPath id="${id}-${i}"><path class="moves" d=${shape(p.cell)} /></clipPath>`)}
        <g id="${id}-words">${beneath.map((l) => svg`<text class="beneath" x=${-0.15 * Math.max(size.width, size.height)} y=${round(l.y)} font-size=${round(text)}>${l.words.join(' ')}</text>`)}</g>
        <g id="${id}-mute">${beneath.map((l) => svg`<path class="mute" d="M${round(-0.15 * Math.max(size.width, size.height))} ${round(l.y - text * 0.3)}h${round(size.width * 1.6)}" stroke-width=${round(text * 0.16)} stroke-dasharray=${l.words.map((w) => `${round(w.length * text * 0.4)} ${round(text * 0.36)}`).join(' ')} />`)}</g>
      </defs>
      ${pieces.length ? nothing : svg`<path class="glass none" d=${closed(drawn.frame)} /><path class="hatched" d=${closed(drawn.frame)} fill="url(#${id}-hatch)" />`}
      <g clip-path="url(#${id}-frame)">
        ${repeat(pieces, (p) => p.shard.id, (p, i) => glass(app, p, i, id, sentence !== ''))}
        ${repeat(seams, key, (s) => svg`<path class=${`moves seam ${of(s)}`} d=${line(s)} stroke-width=${s.missing ? s.missing * perGround + 3 : 1.25} />`)}
        ${repeat(seams, key, (s) => svg`<path class=${`moves gap ${of(s)}`} d=${line(s)} stroke-width=${s.missing * perGround} stroke-opacity=${s.missing ? 1 : 0} />`)}
        ${repeat(seams.filter((s) => s.open), key, (s) => svg`<path class="moves doubt" d=${line(s)} stroke="url(#${id}-hatch)" stroke-width=${s.missing * perGround} />`)}
      </g>
      <path class="edge" d=${closed(drawn.frame)} />
      ${repeat(pieces, (p) => p.shard.id, (p, i) => name(p, names[i]!))}
    </svg>
    ${wall && numbered.length ? html`<p class="legend">${numbered.map((p) => html`<span>${places.get(p.shard.id)} ${app.name(p.shard.id)}</span> `)}</p>` : nothing}`;
}

const key = (s: Seam): string => `${s.a} ${s.b} ${Math.round(s.from[0])}`;
const of = (s: Seam): string => (!s.missing ? 'joined' : s.open ? 'unsure' : 'broken');

function glass(app: App, p: Piece, i: number, id: string, sentence: boolean): SVGTemplateResult {
  const [x, y] = p.middle;
  return svg`
    <g class=${`pane ${p.joined ? 'joined' : 'alone'}`} aria-hidden="true">
      <path class="glass moves" d=${shape(p.cell)} />
      <g clip-path="url(#${id}-${i})">
        <g class="tilts" transform="rotate(${round(p.tilt)} ${round(x)} ${round(y)})"><use href="#${id}-${p.joined && sentence ? 'words' : 'mute'}" /></g>
      </g>
      <path class="bead moves" d=${shape(p.cell)} clip-path="url(#${id}-${i})" />
      ${p.hatched?.points.length ? svg`<path class="hatched moves" d=${shape(p.hatched)} fill="url(#${id}-hatch)" />` : nothing}
    </g>
    <a class="shard" href=${href('channels', p.shard.id)} aria-label=${inWords(app, p.shard)} data-about=${about(p.shard.id)}>
      <path class="over moves" d=${shape(p.cell)} />
    </a>`;
}

function name(p: Piece, { lines: set, size, at: [x, y] }: Label): SVGTemplateResult {
  const top = y - ((set.length - 1) * size * 1.15) / 2 + size * 0.35;
  return svg`<text class=${`name moves ${p.joined ? '' : 'alone'}`} font-size=${size} transform="translate(${round(x)} ${round(top)})" aria-hidden="true" data-about=${about(p.shard.id)}>${set.map((l, i) => svg`<tspan x="0" y=${round(i * size * 1.15)}>${l}</tspan>`)}</text>`;
}

/** Grey hatching is what is unknown, everywhere on the page. */
export const hatching = (id: string): SVGTemplateResult =>
  svg`<pattern id="${id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="stroke" d="M0 0V6" stroke-width="2.4" /></pattern>`;

// ---------- in words ----------

const percent = (app: App, x: number): string => app.t('ui.percent', { x });

export function summary(app: App, picture: Picture | undefined): string {
  const n = picture?.channels.length ?? 0;
  return n ? app.t('ui.mirror.summary', { channels: n, groups: groupsOf(picture!) }) : app.t('ui.mirror.empty');
}

/** A shard in one sentence. */
export function inWords(app: App, s: Shard): string {
  return [
    app.t('ui.mirror.shard', { channel: s.id, share: s.share }), lean(app, s), s.unknown > 0.005 ? app.t('ui.mirror.hatched', { x: s.unknown }) : '',
  ].filter(Boolean).join(' ');
}

/** The tilt, in words. */
export function lean({ t }: App, { drift }: Shard): string {
  if (drift === null) return t('ui.mirror.lean.unknown');
  return t(Math.abs(drift) < 0.25 ? 'ui.mirror.lean.level' : drift < 0 ? 'ui.mirror.lean.familiar' : 'ui.mirror.lean.formal', { x: Math.abs(drift) });
}

export const effort = (app: App, s: Shard): string => percent(app, s.share);

// ---------- paths ----------

const round = (x: number): number => Math.round(x * 10) / 10;
const pair = ([x, y]: Point): string => `${round(x)} ${round(y)}`;
export const closed = (points: readonly Point[]): string => `M${points.map(pair).join('L')}Z`;
const line = ({ from, to }: Seam): string => `M${pair(from)}L${pair(to)}`;

/** A polygon as a path of a fixed number of corners that starts at its left: two of these can be blended. */
function shape({ points }: Cell): string {
  const first = points.reduce((best, [x], i) => (x < points[best]![0] ? i : best), 0);
  const turned = points.map((_, i) => points[(first + i) % points.length]!);
  while (turned.length < corners) turned.push(turned.at(-1)!);
  return closed(turned);
}
