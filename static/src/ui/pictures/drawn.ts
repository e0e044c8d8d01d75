/** A table as a drawing, to take away as the pictures are: each word, line and icon where the page has set it. */

const ns = 'http://www.w3.org/2000/svg';

export function drawn(table: HTMLTableElement, label: string): SVGSVGElement {
  const frame = table.getBoundingClientRect();
  const svg = shape('svg', { viewBox: `0 0 ${Math.ceil(frame.width)} ${Math.ceil(frame.height)}`, 'aria-label': label }) as SVGSVGElement;
  for (const cell of table.querySelectorAll('th, td')) {
    const { left, top, right } = cell.getBoundingClientRect();
    const { borderTopWidth, borderTopColor } = getComputedStyle(cell);
    if (parseFloat(borderTopWidth)) svg.append(shape('path', { d: `M${left - frame.left} ${top - frame.top}H${right - frame.left}`, stroke: borderTopColor, 'stroke-width': borderTopWidth }));
  }
  for (const icon of table.querySelectorAll('svg')) {
    const { left, top, width, height } = icon.getBoundingClientRect();
    const copy = icon.cloneNode(true) as SVGSVGElement;
    const { fill, stroke, strokeWidth, strokeLinecap, strokeLinejoin } = getComputedStyle(icon);
    for (const [name, value] of Object.entries({ x: left - frame.left, y: top - frame.top, width, height, fill, stroke, 'stroke-width': strokeWidth, 'stroke-linecap': strokeLinecap, 'stroke-linejoin': strokeLinejoin })) copy.setAttribute(name, String(value));
    svg.append(copy);
  }
  const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT, (n) => n.parentElement!.closest('.unseen') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const holder = node.parentElement!;
    const style = getComputedStyle(holder);
    const lines = linesOf(node as Text);
    const mark = /^"(.*)"$/.exec(getComputedStyle(holder, '::before').content)?.[1];
    if (mark && lines[0]) lines.unshift({ ...lines[0], text: mark.trimEnd(), left: holder.getBoundingClientRect().left });
    for (const { text, left, top, height } of lines) {
      const line = shape('text', { x: left - frame.left, y: top - frame.top + height * ascent(style), fill: style.color, 'font-family': style.fontFamily, 'font-size': style.fontSize, 'font-weight': style.fontWeight });
      line.textContent = text;
      svg.append(line);
    }
  }
  return svg;
}

interface Line { text: string; left: number; top: number; height: number } // px of the window

/** The words of a text node, line by line as they are broken on the page. */
function linesOf(node: Text): Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  let at = 0;
  for (const letter of node.data) {
    range.setStart(node, at);
    range.setEnd(node, (at += letter.length));
    const { left, top, width, height } = range.getBoundingClientRect();
    if (!width) continue; // a space the page does not show
    const last = lines.at(-1);
    if (last && Math.abs(last.top - top) < height / 2) last.text += letter;
    else lines.push({ text: letter, left, top, height });
  }
  return lines;
}

let pen: CanvasRenderingContext2D | null | undefined;

/** Where letters stand in the height of their line, as a share of it from above. */
function ascent({ font }: CSSStyleDeclaration): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return 0.8;
  pen.font = font;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText('x');
  return above / (above + below);
}

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const e = document.createElementNS(ns, name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, String(value));
  return e;
}
