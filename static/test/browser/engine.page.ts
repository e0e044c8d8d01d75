/** The engine without the page's interface, for engine.test.ts. */
import { openChecker } from '../../src/engine/checker.ts';
import { openImporter } from '../../src/engine/importer.ts';
import { openModel } from '../../src/engine/model.ts';

export const engine = { openModel, openChecker, openImporter };
Object.assign(globalThis, { engine });
