import { html } from 'lit';

/** French sets a space before « ! » and its like, and people type one a line may break at: the word and its mark stay together, the words as they are. */
export const tie = (text: string): unknown => {
  const parts = text.split(/(\S{1,16} [!?;:»]+)/);
  return parts.length > 1 ? parts.map((p, i) => (i % 2 ? html`<span class="tied">${p}</span>` : p)) : text;
};
