/** What work on a board needs, all of it: one script, fetched behind the landing. */
export { openChecker } from './engine/checker.ts';
export { openModel } from './engine/model.ts';
export { whole } from './engine/outbox.ts';
export * from './ui/screens.ts';
