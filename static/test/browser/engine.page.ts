/** The engine without the page's interface, for engine.test.ts. */
import { openChecker } from '../../src/engine/checker.ts';
import { openImporter } from '../../src/engine/importer.ts';
import { openModel } from '../../src/engine/model.ts';
import { WorkerHost } from '../../src/engine/remote.ts';

export const engine = { openModel, openChecker, openImporter, WorkerHost };
Object.assign(globalThis, { engine });
