import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { arrive } from './arrival.ts';
import './desk/entities.ts';
import { ordering } from './desk/entities.ts';
import { entities, identitySections } from './desk/fields.ts';
import { flags, findingsAt } from './desk/flags.ts';
import { form, ofIdentity } from './desk/form.ts';
import type { Pillar } from '../engine/types.ts';
import { domId, View } from './view.ts';

/** « Qui êtes-vous ? » — asked before anything else, each question with its reason; then what says more of it, folded until wanted. */
@customElement('unisson-identity')
export class IdentityScreen extends View {
  protected override render(): TemplateResult {
    const [who, ...rest] = identitySections;
    const subject = ofIdentity(this.app);
    const order = ordering(this.app, 'pillars');
    return html`
      <header class="opening">
        <h1 tabindex="-1" id=${domId('at', 'identity')}>${this.t('ui.identity.title')}</h1>
        <p class="lede">${this.t('ui.identity.lede')}</p>
      </header>
      <div class="questions" data-about="identity">${form(this.app, subject, who!.fields)}</div>
      <section class="pillars" aria-labelledby=${domId('at', 'identity', 'pillars')}>
        <h2 id=${domId('at', 'identity', 'pillars')} tabindex="-1">${this.t('ui.pillars.title')}</h2>
        <p class="why">${this.t('ui.pillars.why')}</p>
        <unisson-entities .app=${this.app} .kind=${entities.pillars} .items=${(this.board.pillars ?? []).map((entity) => ({ entity }))} .moves=${order} .drop=${order.onto}
          .says=${(p: Pillar) => (p.terms ?? []).map((x) => x.term).join(', ')}></unisson-entities>
      </section>
      <section class="sections">
        ${rest.map(({ id, fields }) => html`
          <details class="section">
            <summary><h2>${this.t(`ui.identity.${id}`)}</h2><span class="says">${this.t(`ui.identity.${id}.why`)}</span>${fields.some((f) => findingsAt(this.app, 'identity', f.path).length) ? flags(this.app, 'identity', fields[0]!.path) : ''}${icon('down')}</summary>
            <div class="body">${form(this.app, subject, fields)}</div>
          </details>`)}
      </section>`;
  }

  protected override async updated(): Promise<void> {
    await Promise.all(Array.from(this.querySelectorAll<View>('unisson-tokens, unisson-text, unisson-entities'), (e) => e.updateComplete));
    arrive(this.app, this, 'identity');
  }
}
