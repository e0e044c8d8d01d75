/** The one moment of the board that is kept, in this browser alone. Where storage is denied, it lives as long as the tab. */
import type { Moment } from './app.ts';
import { Shelf } from './shelf.ts';

const shelf = new Shelf<Pick<Moment, 'at' | 'board'>>('unisson:moment', 'moment');

export const momentOf = (): Promise<Moment | undefined> => shelf.get();

export function rememberMoment(m: Moment | undefined): void {
  void (m ? shelf.put({ at: m.at, board: m.board }) : shelf.clear());
}
