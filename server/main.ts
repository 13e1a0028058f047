import { existsSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import pino, { type Logger } from 'pino';
import { type Access, accessOf } from './access/access.ts';
import { announce, urlOf } from './announcement.ts';
import { type Config, readConfig } from './config.ts';
import { type Dataset, openDataset } from './dataset.ts';
import { loadDemo } from './demo.ts';
import { exitCodeOf, readFlags } from './flags.ts';
import { answerLimits } from './http/answer-limits.ts';
import { createApp } from './http/app.ts';
import { type HttpServer, httpServer } from './http/listener.ts';
import { inboxUnusable, refuseInbox } from './inbox-folder.ts';
import { type Inbox, watchInbox } from './ingest/inbox/inbox.ts';
import { loggedError } from './logged-error.ts';
import { keepFilesPrivate } from './private-files.ts';
import { StartError, sayStartError } from './start-error.ts';
import { spell, transcriber } from './vocabulary/pinyin.ts';
import { languageOfTerminal } from './wording.ts';

/** Milliseconds; running answers have most of it (PATIENCE). */
const STOP_AFTER = 10_000;
/** One Ctrl+C comes from the terminal, npm and scripts/start.mjs: signals this close (ms) to the first are one. */
const SAME_SIGNAL = 500;

async function main(): Promise<void> {
  const config = readConfig({ ...process.env, ...readFlags(process.argv) });
  const access = accessOf(config);
  const logger = pino({ level: config.logLevel, serializers: { err: loggedError } }, pino.destination(2));
  if (config.inboxFolder) refuseInbox(config.inboxFolder, config);
  keepFilesPrivate();
  const dataset = await openDataset(config, logger, true);
  for (const finding of dataset.findings) say(finding[languageOfTerminal(process.env)]);
  await serve(config, access, dataset, logger);
}

async function serve(config: Config, access: Access, dataset: Dataset, logger: Logger): Promise<void> {
  const { warehouse, imports } = dataset;
  const wantsDemo = config.demo && warehouse.state().rows === 0 && (await imports.list()).length === 0;
  let ready = !wantsDemo;
  const built = join(process.cwd(), 'dist/web');
  // `off`, or the address where npm run dev serves the page.
  const { DRAMASCOPE_WEB: web = 'on' } = process.env;
  const webRoot = web === 'on' && existsSync(join(built, 'index.html')) ? built : null;
  const app = createApp({
    warehouse,
    imports,
    folders: config,
    logger,
    webRoot,
    access,
    ready: () => ready,
    limits: answerLimits(config.querySeconds),
  });
  const http = httpServer(app);
  // The first spelling loads a dictionary, which blocks the loop: here nobody waits.
  spell('剧', await transcriber());
  const url = await listen(http.server, config);
  const announcement = announce(config, url);
  const page = webRoot === null ? (web.startsWith('http') ? web : null) : url;
  say(`Dramascope serves ${page ? `the page on ${page} and ` : ''}its API on ${url}/api/docs`);
  say(`Data folder: ${config.dataFolder} (Ctrl+C stops)`);
  const inbox: { current?: Inbox } = {};
  stopOnSignal(http, dataset, inbox, announcement);
  if (wantsDemo) {
    say('The data folder is empty: making synthetic demo data and importing them …');
    const { files, rows, seconds } = await loadDemo(imports, config.dataFolder);
    ready = true;
    say(
      `Imported ${rows.toLocaleString('en')} rows of demo data from ${files} files in ${seconds.toFixed(0)} s. DRAMASCOPE_DEMO=off starts empty.`,
    );
  }
  if (config.inboxFolder) {
    const folder = config.inboxFolder;
    inbox.current = await watchInbox({ folder, imports, logger, settle: config.inboxSettle }).catch(
      (cause: unknown) => {
        throw inboxUnusable(folder, cause);
      },
    );
    say(`Watched folder: ${config.inboxFolder}`);
  }
  say(`Ready: ${page ?? url}`);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function listen(server: Server, config: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError('port_taken', {
              en: `Port ${config.port} on ${config.host} is taken. Stop what listens there, or set PORT to another one.`,
              zh: `${config.host} 的端口 ${config.port} 已被占用。请停止占用它的程序，或将 PORT 设为其他端口。`,
            })
          : error,
      );
    });
    server.listen(config.port, config.host, () => {
      const { port } = server.address() as AddressInfo;
      resolve(urlOf(config.host, port));
    });
  });
}

/** Lets requests end, then closes with a checkpoint. */
function stopOnSignal(http: HttpServer, dataset: Dataset, inbox: { current?: Inbox }, announcement: string): void {
  let stoppingSince: number | null = null;
  const stop = async () => {
    if (stoppingSince !== null && Date.now() - stoppingSince < SAME_SIGNAL) return;
    if (stoppingSince !== null) process.exit(1);
    stoppingSince = Date.now();
    rmSync(announcement, { force: true });
    setTimeout(() => process.exit(1), STOP_AFTER).unref();
    const answered = http.stop();
    await inbox.current?.close();
    await dataset.imports.close();
    await answered;
    await dataset.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

main().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exit(exitCodeOf(error));
  process.stderr.write(`${sayStartError(error, process.env)}\n`);
  process.exit(error instanceof StartError ? error.exitCode : 1);
});
