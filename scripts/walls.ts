/** npm run walls: refuses circles between files, imports that point up, and libraries where they do not belong (`walls/rooms.ts`). */
import { arrowsUp, librariesRefused } from './walls/arrows.ts';
import { circlesOf, readImports } from './walls/imports.ts';
import { ROOMS } from './walls/rooms.ts';

const { files: imports, libraries } = readImports(process.cwd());
const circles = circlesOf(imports);
const arrows = arrowsUp(imports, ROOMS);
const refused = librariesRefused(libraries, ROOMS);
for (const files of circles) console.error(`Circle: ${files.join(', ')}`);
for (const arrow of arrows) console.error(`Upward: ${arrow}`);
for (const one of refused) console.error(`Library: ${one}`);
console.log(`circles ${circles.length}, upward arrows ${arrows.length}, libraries refused ${refused.length}`);
if (circles.length + arrows.length + refused.length > 0) process.exitCode = 1;
