import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { ArgValue, Board } from '../engine/types.ts';
import type { App } from './app.ts';
import { regain, stand } from './regain.ts';

/**
 * A part of the page that redraws when the app changes. It renders into the document itself, not into a shadow: one
 * stylesheet, one tree for screen readers, for find-in-page and for print.
 */
export abstract class View extends LitElement {
  @property({ attribute: false }) app!: App;
  private stop?: () => void;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.app.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  protected override update(changed: PropertyValues): void {
    const stood = stand(this);
    super.update(changed);
    if (stood) regain(stood);
  }

  protected t(id: string, args?: Record<string, ArgValue>): string {
    return this.app.t(id, args);
  }

  protected get board(): Board {
    return this.app.board;
  }

  /** Focus goes to the element with this id, once it is drawn. */
  protected async focusLater(id: string): Promise<void> {
    await this.updateComplete;
    document.getElementById(id)?.focus();
  }
}

export const valueOf = (e: Event): string => (e.target as HTMLInputElement).value;
export const checkedOf = (e: Event): boolean => (e.target as HTMLInputElement).checked;

/** Ids of elements are made of ids of the board, which may hold anything. */
export const domId = (...parts: string[]): string => parts.map((p) => encodeURIComponent(p)).join('.');
