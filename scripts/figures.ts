/** npm run figures: draws every figure from recorded answers onto one page to look through, and accepts or records them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import '../web/charts/parts/register.ts';
import { DARK_LOOK, LIGHT_LOOK } from '../web/charts/look.ts';
import { LANGUAGES, record, recordedCatalog } from './figures/answers.ts';
import { drawn } from './figures/draw.ts';
import { accept, GOLDEN_WIDTH, goldenText } from './figures/golden.ts';
import { faults } from './figures/labels.ts';
import { SIGHTS } from './figures/looks.ts';
import { page, type Shown } from './figures/page.ts';

const command = new Command('npm run figures --')
  .description('Draws every figure from recorded answers and writes out/figures.html.')
  .argument('[ids...]', 'figures; all, if left out')
  .option('--dark', 'draw them dark')
  .option('--width <pixels>', 'how wide, such as 326 for a phone', String(GOLDEN_WIDTH))
  .option('--accept', 'keep the pictures of today as those that tests compare with')
  .option('--record <server>', 'ask the figures of this server first, which has the demo data, and keep its answers');

const flags = z.object({
  dark: z.boolean().optional(),
  width: z.coerce.number().int().positive(),
  accept: z.boolean().optional(),
  record: z.url().optional(),
});

command.parse();
const { dark, width, accept: accepting, record: server } = flags.parse(command.opts());
const ids = command.args;
if (server !== undefined) await record(server, ids);
const catalog = recordedCatalog();
const sights = SIGHTS.filter(({ id }) => ids.length === 0 || ids.some((one) => id.startsWith(one)));
const look = dark === true ? DARK_LOOK : LIGHT_LOOK;
const shown: Shown[][] = [];
for (const sight of sights) {
  const languages = await Promise.all(LANGUAGES.map((language) => drawn(sight, language, catalog)));
  shown.push(languages.map((one) => looked(one)));
}
const file = join(process.cwd(), 'out/figures.html');
mkdirSync(join(process.cwd(), 'out'), { recursive: true });
writeFileSync(file, page(shown, look));
const ugly = shown.flat().filter((one) => one.faults.length > 0);
for (const { drawn, faults } of ugly) console.log(`${drawn.id} (${drawn.language}): ${faults.join('; ')}`);
console.log(`${shown.length} figures in two languages, ${ugly.length} with faults: ${file}`);
if (accepting === true) {
  const today = new Map(
    shown.map((languages) => [languages[0]?.drawn.id ?? '', goldenText(languages.map((one) => one.drawn))]),
  );
  const changed = accept(
    today,
    SIGHTS.map(({ id }) => id),
  );
  console.log(changed.length === 0 ? 'Nothing has changed.' : `Accepted: ${changed.join(', ')}`);
}

function looked(one: Shown['drawn']): Shown {
  const svg = one.svg(look, width);
  const height = Number(/<svg width="\d+" height="(\d+)"/u.exec(svg ?? '')?.[1] ?? 0);
  return { drawn: one, svg, faults: svg === null ? [] : faults(svg, { width, height }) };
}
