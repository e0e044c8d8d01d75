import type { App } from './app.ts';

/** Hands a file over, named after the organisation. */
export function download({ board }: App, ending: string, type: string, content: BlobPart): void {
  const name = (board.identity?.name || board.title || 'unisson').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const url = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href: url, download: (name || 'unisson') + ending }).click();
  URL.revokeObjectURL(url);
}
