/** npm run definitions: writes the generated parts of docs/definitions.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS, definitionsOf } from './docs/definitions.ts';

const root = process.cwd();
writeFileSync(join(root, DEFINITIONS), definitionsOf(root));
console.log(`${DEFINITIONS} is written.`);
