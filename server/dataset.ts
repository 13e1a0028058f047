import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Logger } from 'pino';
import { rememberingCommits, tellLosses } from './acknowledged.ts';
import type { Config } from './config.ts';
import type { Label } from './contract/query.ts';
import { createImports, type Imports } from './ingest/queue/imports.ts';
import { waitingImports } from './ingest/queue/journal.ts';
import { keptInInbox } from './ingest/read/kept-files.ts';
import { makePrivate, makePrivateFolder } from './private-files.ts';
import { openState, type State } from './state/state.ts';
import { sameTimeZone } from './time-zone.ts';
import { loadVocabulary } from './vocabulary/vocabulary.ts';
import { openDuckDB } from './warehouse/duckdb/warehouse.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

export interface Dataset {
  readonly warehouse: Warehouse;
  readonly state: State;
  readonly imports: Imports;
  /** What the user should know: something is missing in the folder, or a setting does not hold. */
  readonly findings: readonly Label[];
  /** Stops all work and closes, with a checkpoint. */
  close(): Promise<void>;
}

/** @param resume goes on with accepted imports, as a server does @throws StartError if the folder cannot be used */
export async function openDataset(config: Config, logger?: Logger, resume = false): Promise<Dataset> {
  for (const folder of [config.dataFolder, config.uploadFolder, config.spillFolder]) makePrivateFolder(folder);
  const hadDatabase = existsSync(config.databaseFile);
  const engine = await openDuckDB({
    path: config.databaseFile,
    ...(config.timeZone === undefined ? {} : { timeZone: config.timeZone }),
    spill: config.spillFolder,
    ...(config.memory === undefined ? {} : { memory: config.memory }),
    ...(config.threads === undefined ? {} : { threads: config.threads }),
  });
  const opened: { close(): unknown }[] = [engine];
  try {
    // After the engine: its lock says that no other process has the folder.
    const state = await openState(config.stateFile);
    opened.unshift(state);
    makePrivate(config.dataFolder);
    const waiting = await waitingImports(state.journal);
    const losses = await tellLosses({ warehouse: engine, commits: state.commits, waiting });
    const warehouse = await rememberingCommits(engine, state.commits, logger);
    const imports = await createImports({
      warehouse,
      state,
      folders: { uploads: config.uploadFolder },
      ...(config.inboxFolder ? { kept: keptInInbox(config.inboxFolder) } : {}),
      vocabulary: loadVocabulary(),
      limits: config.limits,
      resume,
      ...(logger ? { logger } : {}),
    });
    return {
      warehouse,
      state,
      imports,
      findings: [
        ...(losses.length > 0 && !hadDatabase ? [databaseMissing(config)] : []),
        ...losses,
        ...stateFindings(config, state, warehouse),
        ...zoneFindings(config, warehouse),
      ],
      async close() {
        await imports.close();
        state.close();
        await warehouse.close();
      },
    };
  } catch (error) {
    for (const one of opened) await one.close();
    throw error;
  }
}

const databaseMissing = ({ databaseFile }: Config): Label => ({
  en: `${databaseFile} was not there; an empty one was made. If you have a copy of the file, stop here, put it back and start again.`,
  zh: `未找到 ${databaseFile}，已新建空数据库。如有该文件的备份，请停止服务，恢复后重新启动。`,
});

function stateFindings({ stateFile }: Config, { isNew }: State, warehouse: Warehouse): Label[] {
  if (!isNew || warehouse.state().version === '0') return [];
  const name = basename(stateFile);
  return [
    {
      en: `${stateFile} was not there or empty; a new one was made. Saved mappings, and imports that waited, are gone with it; what was imported is whole. If you have a copy of ${name}, stop here, put it back and start again.`,
      zh: `${stateFile} 不存在或为空，已新建。其中保存的映射和等待中的导入已丢失；已导入的数据完整。如有 ${name} 的备份，请停止服务，恢复后重新启动。`,
    },
  ];
}

function zoneFindings({ timeZone: said }: Config, warehouse: Warehouse): Label[] {
  const { timeZone } = warehouse.state();
  if (said === undefined || sameTimeZone(said, timeZone)) return [];
  return [
    {
      en: `DRAMASCOPE_TIME_ZONE is ${said}, but the business time zone of this data folder is ${timeZone}, fixed with its first import: ${timeZone} holds. For another one, start with another DRAMASCOPE_DATA and import the files there.`,
      zh: `DRAMASCOPE_TIME_ZONE 为 ${said}，但此数据文件夹的业务时区在首次导入时已固定为 ${timeZone}，仍以 ${timeZone} 为准。如需其他时区，请另设 DRAMASCOPE_DATA 并在其中重新导入文件。`,
    },
  ];
}
