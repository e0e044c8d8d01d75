import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { App } from '../app.ts';
import { arrive } from '../arrival.ts';
import { adopt } from '../sheet.ts';
import { View } from '../view.ts';
import sheet from './api.css?sheet';

adopt(sheet);

interface Reference { $ref?: string; name?: string }
interface Operation {
  operationId: string;
  tags: string[];
  security?: unknown[];
  parameters?: Reference[];
  responses: Record<string, unknown>;
  'x-codeSamples': { source: string }[];
}
interface Description { tags: { name: string }[]; paths: Record<string, Record<string, Operation>> }

/** What one types to check files, in the order of a day's work. The tests run each, like every example here. */
const commands = [
  'unisson check board.json',
  'unisson check --format json board.json > before.json',
  "unisson check --baseline before.json --fail-on critical 'boards/**/*.json'",
  'unisson check --jsonl < boards.jsonl > reports.jsonl',
  'unisson diff board.json board.json',
  'unisson explain VO6',
];

/** The API, written from the description the server gives of itself; and the command line beside it. */
export class Api extends View {
  @state() private api: Description | 'away' | undefined;
  @state() private live = true;
  private asking = false;

  protected override updated(): void {
    arrive(this.app, this, 'api');
  }

  private async ask(): Promise<void> {
    this.asking = true;
    try {
      const [api, server] = await Promise.all(['openapi.json', 'server'].map(async (name) => {
        const answer = await fetch(`/api/v1/${name}`);
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json() as Promise<unknown>;
      }));
      this.api = api as Description;
      this.live = (server as { live: boolean }).live;
    } catch {
      this.api = 'away';
    }
  }

  protected override render(): TemplateResult {
    if (!this.asking) void this.ask();
    const { api } = this;
    return html`<div class="sheet about reference">
      <h1 tabindex="-1">${this.t('ui.api.title')}</h1>
      <p class="lede">${this.t('ui.api.lede')}</p>
      ${!api ? html`<p class="wait">${this.t('ui.opening')}</p>` : api === 'away' ? html`<p>${this.t('ui.api.away')}</p>` : html`
        <p>${this.t('ui.api.whole')}<a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>
        <h2>${this.t('ui.api.begin')}</h2>
        <p>${this.t('ui.api.begin.how')}</p>
        ${this.example(`UNISSON=${location.origin}`)}
        ${api.tags.map(({ name }) => this.chapter(api, name))}`}
      ${(['faults', 'limits', 'sites', 'live'] as const).map((id) => html`<h2>${this.t(`ui.api.${id}`)}</h2><p>${this.t(`ui.api.${id}.how`)}</p>`)}
      <h2>${this.t('ui.api.cli')}</h2>
      <p>${this.t('ui.api.cli.how')}</p>
      ${commands.map((c) => this.example(c))}
      <p>${this.t('ui.api.cli.exit')}</p></div>`;
  }

  private chapter(api: Description, tag: string): TemplateResult {
    const all = Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, op]) => ({ path, method, op })))
      .sort((a, b) => Number(a.op.operationId === 'deleteBoard') - Number(b.op.operationId === 'deleteBoard')); // who follows the examples still has a board
    return html`<h2>${this.t(`ui.api.tag.${tag}`)}</h2>
      ${tag === 'boards' ? html`<p>${this.t(this.live ? 'ui.api.names' : 'ui.api.nolive')}</p>` : nothing}
      ${all.filter(({ op }) => op.tags.includes(tag)).map(({ path, method, op }) => html`
        <section aria-labelledby=${`op-${op.operationId}`}>
          <h3 id=${`op-${op.operationId}`}>${this.t(`ui.api.op.${op.operationId}`)}</h3>
          <p class="address"><code><strong>${method.toUpperCase()}</strong> ${path.split('/').map((step, i) => html`${i ? html`/<wbr>` : nothing}${step}`)}</code></p>
          <p>${this.t(`ui.api.op.${op.operationId}.more`)}</p>
          ${op.security ? html`<p>${this.t('ui.api.link')}</p>` : nothing}
          ${op['x-codeSamples'].flatMap(({ source }) => source.split('\n')).map((line) => this.example(line))}
          <details><summary>${op.parameters ? html`${this.t('ui.api.parameters')} · ` : nothing}${this.t('ui.api.answers')}</summary>
            ${op.parameters ? this.list(this.t('ui.api.parameters'), op.parameters.map((p) => p.name ?? p.$ref!.split('/').at(-1)!), 'param') : nothing}
            ${this.list(this.t('ui.api.answers'), Object.keys(op.responses), 'status')}
          </details>
        </section>`)}`;
  }

  private list(title: string, names: string[], kind: 'param' | 'status'): TemplateResult {
    return html`<h4>${title}</h4><dl>${names.map((n) => html`<div><dt><code>${n}</code></dt><dd>${this.t(`ui.api.${kind}.${n}`)}</dd></div>`)}</dl>`;
  }

  private example(source: string): TemplateResult {
    return html`<div class="example"><pre tabindex="0"><code>${source.split(/(\s+)/).map((word, i) => (i % 2 ? word : html`<span>${word}</span>`))}</code></pre>
      <button class="quiet" type="button" @click=${() => this.copy(source)}>${this.t('ui.api.copy')}</button></div>`;
  }

  private copy(source: string): void {
    navigator.clipboard.writeText(source).then(() => this.app.say('ui.api.copied'), () => this.app.say('ui.api.uncopied'));
  }
}

customElements.define('unisson-api', Api);

export const page = (app: App): TemplateResult => html`<unisson-api .app=${app}></unisson-api>`;
