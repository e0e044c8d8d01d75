/** An agency's colours, font and corners, put on only as far as everybody can read the result. */

export interface Looks { theme: 'auto' | 'light' | 'dark'; accent?: string; font?: string; radius?: string; surface?: string; text?: string }

type Rgb = [r: number, g: number, b: number];

/** What is drawn on the surface and must stay readable on it, as base.css names it. */
const tokens = ['ink', 'soft', 'break', 'hold', 'accent'] as const;
const given = ['accent', 'surface', 'text', 'font', 'radius'] as const;

/** Takes from a query what is a look and can be one. */
export function looksOf(q: URLSearchParams): Looks {
  const theme = q.get('theme');
  const looks: Looks = { theme: theme === 'light' || theme === 'dark' ? theme : 'auto' };
  for (const k of given) {
    const value = q.get(k)?.trim();
    if (value && value.length < 200 && fits[k](value)) looks[k] = value;
  }
  return looks;
}

const isColour = (v: string): boolean => colourOf(v) !== undefined;
const fits: Record<(typeof given)[number], (v: string) => boolean> = {
  accent: isColour, surface: isColour, text: isColour,
  font: (v) => !/[({;]/.test(v) && CSS.supports('font-family', v),
  radius: (v) => /^\d{1,2}(\.\d+)?(px|rem|em)?$/.test(v),
};

export function wear(looks: Looks, root = document.documentElement): void {
  for (const k of [...tokens, 'sheet', 'paper', 'sans', 'radius', 'on-accent']) root.style.removeProperty('--' + k);
  const set = (k: string, v: string | undefined): void => { if (v) root.style.setProperty('--' + k, v); };
  const surface = looks.surface ? colourOf(looks.surface) : undefined;
  const dark = surface ? luminance(surface) < 0.18 : looks.theme === 'dark' || (looks.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  if (surface) for (const k of ['paper', 'sheet']) set(k, css(surface));
  set('sans', looks.font && `${looks.font}, system-ui, sans-serif`);
  set('radius', looks.radius && (/\d$/.test(looks.radius) ? looks.radius + 'px' : looks.radius));
  set('ink', looks.text);
  set('accent', looks.accent);
  const computed = getComputedStyle(root);
  const of = (k: string): Rgb | undefined => colourOf(resolved(root, computed.getPropertyValue('--' + k)));
  const ground = of('sheet') ?? [255, 255, 255];
  for (const k of tokens) {
    const colour = of(k);
    if (!colour) continue;
    const seen = readable(colour, ground);
    if (seen !== colour) set(k, css(seen));
    // What is written on the accent, as a button has it: of black and white the one that shows.
    if (k === 'accent') set('on-accent', contrast(seen, [255, 255, 255]) >= 4.5 ? '#fff' : '#000');
  }
}

/** A value that may be light-dark() or a variable, as the browser draws it. */
function resolved(root: HTMLElement, value: string): string {
  const probe = root.ownerDocument.createElement('i');
  probe.style.color = value;
  root.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** A colour of CSS in whatever notation, drawn and looked at; undefined where it is none, or lets something through. */
export function colourOf(value: string): Rgb | undefined {
  if (!CSS.supports('color', value) || /current|var\(|inherit|light-dark/i.test(value)) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return undefined;
  pen.fillStyle = value;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
  return a === 255 ? [r!, g!, b!] : undefined;
}

/** The colour itself where it stands out enough, else moved towards black or white, by no more than it takes. */
export function readable(colour: Rgb, on: Rgb, least = 4.5): Rgb {
  if (contrast(colour, on) >= least) return colour;
  const end: Rgb = contrast([0, 0, 0], on) > contrast([255, 255, 255], on) ? [0, 0, 0] : [255, 255, 255];
  for (let part = 0.05; part < 1; part += 0.05) {
    const mixed = colour.map((c, i) => Math.round(c + (end[i]! - c) * part)) as Rgb;
    if (contrast(mixed, on) >= least) return mixed;
  }
  return end;
}

/** WCAG 2.2, relative luminance and contrast ratio. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((c) => {
    const x = c / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const css = (c: Rgb): string => `rgb(${c.join(' ')})`;
