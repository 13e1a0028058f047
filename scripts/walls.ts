/** npm run walls: refuses circles between files and imports that point up (`walls/rooms.ts`). */
import { arrowsUp } from './walls/arrows.ts';
import { circlesOf, readImports } from './walls/imports.ts';
import { ROOMS } from './walls/rooms.ts';

const imports = readImports(process.cwd());
const circles = circlesOf(imports);
const arrows = arrowsUp(imports, ROOMS);
for (const files of circles) console.error(`Circle: ${files.join(', ')}`);
for (const arrow of arrows) console.error(`Upward: ${arrow}`);
console.log(`circles ${circles.length}, upward arrows ${arrows.length}`);
if (circles.length + arrows.length > 0) process.exitCode = 1;
