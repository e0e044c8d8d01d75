import { html, type TemplateResult } from 'lit';
import { icon } from '../../icons.ts';
import type { App } from '../app.ts';
import { download } from '../download.ts';
import { drawn } from './drawn.ts';

/** What of a shape's style goes into a file that has no style sheet. */
const carried = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'paint-order', 'font-family', 'font-size', 'font-weight', 'letter-spacing', 'text-anchor', 'dominant-baseline', 'opacity', 'visibility'] as const;
const margin = 24;   // px around a picture
const sharpness = 2; // pixels of a PNG for each of the page

/** Two buttons that save the picture of the section they stand in. */
export function exporting(app: App, which: string): TemplateResult {
  const { t } = app;
  const save = (as: 'svg' | 'png') => (e: Event): void => {
    const section = (e.currentTarget as HTMLElement).closest('.picture');
    const table = section?.querySelector('table.sides');
    const svg = section?.querySelector<SVGSVGElement>(`svg[data-picture=${which}]`) ?? (table && drawn(table as HTMLTableElement, t(`ui.${which}`)));
    if (svg) void take(app, svg, which, as);
  };
  return html`
    <p class="acts" role="group" aria-label=${t('ui.pictures.save')}>
      <button type="button" class="quiet" @click=${save('svg')}>${icon('download')}${t('ui.pictures.svg')}</button>
      <button type="button" class="quiet" @click=${save('png')}>${icon('download')}${t('ui.pictures.png')}</button>
    </p>`;
}

async function take(app: App, svg: SVGSVGElement, which: string, as: 'svg' | 'png'): Promise<void> {
  const name = `-${app.t(`ui.${which}.file`)}.${as}`;
  const alone = await standalone(svg);
  try {
    if (as === 'svg') download(app, name, 'image/svg+xml', alone.source);
    else download(app, name, 'image/png', await painted(alone));
    app.say('ui.pictures.saved');
  } catch {
    app.say('ui.pictures.failed');
  }
}

interface Standalone { source: string; width: number; height: number }

/** A drawing with its colours, its paper and its fonts inside: it looks alike wherever it is opened. */
export async function standalone(svg: SVGSVGElement): Promise<Standalone> {
  const [x, y, w, h] = svg.getAttribute('viewBox')!.split(' ').map(Number) as [number, number, number, number];
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [width, height] = [w + 2 * margin, h + 2 * margin];
  const from = [svg, ...svg.querySelectorAll('*')];
  for (const [i, to] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(from[i]!);
    for (const property of carried) {
      const value = style.getPropertyValue(property).replace(/url\("[^"#]*(#[^"]+)"\)/, 'url($1)');
      if (value && (value !== 'none' || property === 'fill')) to.setAttribute(property, value);
    }
    for (const a of ['class', 'tabindex', 'data-lit', 'data-about', 'href']) if (a !== 'href' || to.localName === 'a') to.removeAttribute(a);
  }
  for (const [name, value] of Object.entries({ xmlns: 'http://www.w3.org/2000/svg', viewBox: `${x - margin} ${y - margin} ${width} ${height}`, width, height, role: 'img' })) copy.setAttribute(name, String(value));
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ x: x - margin, y: y - margin, width, height, fill: getComputedStyle(document.documentElement).backgroundColor })) paper.setAttribute(name, String(value));
  const fonts = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  fonts.textContent = await faces(copy.textContent ?? '');
  copy.prepend(fonts, paper);
  return { source: new XMLSerializer().serializeToString(copy), width, height };
}

/** The page's own fonts as part of the file; without them, as when they cannot be fetched, it falls back on the reader's. */
async function faces(text: string): Promise<string> {
  if (!text.trim()) return '';
  const rules = [...document.styleSheets].flatMap((s) => [...s.cssRules]).filter((r): r is CSSFontFaceRule => r instanceof CSSFontFaceRule && r.cssText.includes('.woff2'));
  const inside = rules.map(async (r) => {
    const url = /url\("?([^")]+)"?\)/.exec(r.cssText)?.[1];
    if (!url) return '';
    const bytes = new Uint8Array(await (await fetch(new URL(url, document.baseURI))).arrayBuffer());
    let letters = '';
    for (let i = 0; i < bytes.length; i += 0x8000) letters += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return `@font-face{font-family:${r.style.getPropertyValue('font-family')};font-weight:${r.style.getPropertyValue('font-weight')};src:url(data:font/woff2;base64,${btoa(letters)})}`;
  });
  return (await Promise.all(inside.map((p) => p.catch(() => '')))).join('');
}

async function painted({ source, width, height }: Standalone): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(width * sharpness), height: Math.round(height * sharpness) });
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((done, failed) => canvas.toBlob((b) => (b ? done(b) : failed(new Error('no PNG'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}
