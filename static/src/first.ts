/** The landing as HTML, for the page to hold before any script has come. Run by the build alone. */
import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import type { TemplateResult } from 'lit';
import { formatter } from './engine/format.ts';
import type { Lang } from './engine/types.ts';
import { App, type Engine } from './ui/app.ts';
import { Shell } from './ui/shell.ts';

class Still extends Shell {
  drawn(): TemplateResult {
    return this.render();
  }
}

export async function first(lang: Lang, texts: Record<string, string>): Promise<string> {
  const app = new App({ texts: async (l, name) => formatter(l, texts, name) } as Engine, lang);
  await app.speak(lang);
  const marks = /<!--.*?-->|<\?>/gs; // by which Lit would find its way back
  return collectResultSync(render(Object.assign(new Still(), { app }).drawn())).replace(marks, '').replace(/\s*\n\s*/g, '\n').trim();
}
