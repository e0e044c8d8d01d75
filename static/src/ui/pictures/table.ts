import { html, nothing, type TemplateResult } from 'lit';
import { icon, kindIcon } from '../../icons.ts';
import type { Finding, Picture, Report } from '../../engine/types.ts';
import { about } from '../about.ts';
import type { App } from '../app.ts';
import { aboutFinding, channelsOf } from '../finding.ts';
import { href } from '../route.ts';

/** Each channel, each dimension: what breaks, with a link to it, what holds, what cannot be said yet. */
export function table(app: App, report: Report, picture: Picture): TemplateResult {
  const { t } = app;
  const dims = report.score.dimensions.map((d) => d.id);
  const dimOf = new Map(report.rules.map((r) => [r.id, r.dim]));
  // A finding about one channel may quote others; one that names every channel is about the whole.
  const own = new Map(report.causes.flatMap((c) => (c.kind === 'channel' && c.entity ? c.findings.map((i) => [report.findings[i]!.key, [c.entity!]] as [string, string[]]) : [])));
  const open = report.findings.filter((f) => !f.dismissed).map((f) => {
    const on = own.get(f.key) ?? channelsOf(app, f);
    return { f, on: on.length > 1 && on.length === picture.channels.length ? [] : on };
  });
  const breaks = (dim: string, on: (channels: string[]) => boolean): Finding[] => open.filter((x) => dimOf.get(x.f.rule) === dim && on(x.on)).map((x) => x.f);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('ui.table.why')}>
      <table class="sides">
        <thead><tr><th scope="col">${t('ui.mirror.channel')}</th>${dims.map((d) => html`<th scope="col">${t(`dim.${d}`)}</th>`)}</tr></thead>
        <tbody>${picture.channels.map((c) => html`
          <tr data-about=${about(c.id)}>
            <th scope="row"><a href=${href('channels', c.id)}>${icon(kindIcon(app.board.channels?.find((x) => x.id === c.id)?.kind ?? 'other'))}${app.name(c.id)}</a></th>
            ${dims.map((d) => cell(app, {
              breaks: breaks(d, (on) => on.includes(c.id)),
              holds: c.holds.filter((r) => dimOf.get(r) === d), asks: c.asks.filter((r) => dimOf.get(r) === d),
            }))}
          </tr>`)}
          ${open.some((x) => !x.on.length) ? html`<tr><th scope="row">${t('plain.cause.board')}</th>${dims.map((d) => cell(app, { breaks: breaks(d, (on) => !on.length), holds: [], asks: [] }))}</tr>` : nothing}
        </tbody>
      </table>
    </div>`;
}

function cell(app: App, { breaks, holds, asks }: { breaks: Finding[]; holds: string[]; asks: string[] }): TemplateResult {
  const { t } = app;
  if (!breaks.length && !holds.length && !asks.length) return html`<td class="blank"><span aria-hidden="true">–</span><span class="unseen">${t('ui.table.nothing')}</span></td>`;
  return html`<td>
    ${breaks.map((f) => html`<a class="no" href=${href('report', f.key)} data-about=${aboutFinding(app, f)}>${t(`${f.rule}.name`)}</a>`)}
    ${holds.length ? html`<span class="yes" title=${t('ui.table.rules', { names: holds.map((r) => t(`${r}.name`)).join(', ') })}>${t('ui.table.holds', { n: holds.length })}</span>` : nothing}
    ${asks.length ? html`<span class="open" title=${asks.map((r) => t(`${r}.name`)).join(', ')}>${t('ui.table.unknown', { n: asks.length })}</span>` : nothing}
  </td>`;
}
