import { generate } from 'lean-qr';
import { html, svg, type TemplateResult } from 'lit';

/** Decoration for a phone’s camera: the same address stands beside it as a text. */
export function qr(text: string): TemplateResult {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  return html`<svg viewBox="-4 -4 ${code.size + 8} ${code.size + 8}" shape-rendering="crispEdges" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;
}
