/** `npm run brief`: the brief as a deck, made by the running server of the data folder. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { readConfig } from '../server/config.ts';
import { problemSchema } from '../server/contract/problem.ts';
import { runningServer } from './import/server.ts';
import { readUsage } from './setup/usage.ts';

const flags = z.object({
  month: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  lang: z.string(),
  out: z.string(),
  server: z.string().optional(),
});

const given = flags.parse(
  readUsage(
    new Command('npm run brief --')
      .description('Writes the brief of a month as slides with charts that PowerPoint edits.')
      .option('--month <month>', 'such as 2025-10; the last complete month, if left out')
      .option('--from <date>', 'instead of a month: the first day')
      .option('--to <date>', 'and the last')
      .addOption(
        new Option('--lang <languages>', 'both stand side by side')
          .choices(['zh', 'en', 'zh,en', 'en,zh'])
          .default('zh'),
      )
      .option('--out <file>', 'the deck', 'brief.pptx')
      .option('--server <address>', 'of the server; that of the data folder, if left out'),
  ).opts(),
);

const config = readConfig(process.env);
const running = given.server === undefined ? await runningServer(config.dataFolder) : null;
const server = given.server ?? running?.url;
if (server === undefined) {
  console.error(`No server of ${config.dataFolder} is running. Start it with npm start, or name one with --server.`);
  process.exit(1);
}
const url = new URL('/api/v1/decks/brief.pptx', server);
for (const name of ['month', 'from', 'to', 'lang'] as const) {
  const value = given[name];
  if (value !== undefined) url.searchParams.set(name, value);
}
// What the server itself says goes first: the token of the environment may be another server's.
const token = running?.token ?? process.env.DRAMASCOPE_TOKEN;
const response = await fetch(url, token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } });
if (!response.ok) {
  console.error(problemSchema.parse(await response.json()).detail);
  process.exit(1);
}
const file = resolve(process.env.INIT_CWD ?? process.cwd(), given.out);
writeFileSync(file, Buffer.from(await response.arrayBuffer()));
console.log(file);
