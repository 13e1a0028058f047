/** Remembers each commit beside the warehouse, so a start notices if a lost `.wal` took imports along. */
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Label } from './contract/query.ts';
import { parseAccepted, recordEnd, storedText } from './ingest/queue/journal.ts';
import { findEntry, type HistoryEntry, type Import, listEntries, setFindings } from './ledger/history.ts';
import type { Commit, CommitKind, Commits } from './state/commits.ts';
import type { ReadSession, Warehouse } from './warehouse/warehouse.ts';

/** The loss was reported: the state no longer expects it. */
const LOST = 'lost';

const aliasSchema = z.object({ dimension: z.string(), from: z.string(), into: z.string() });
const foundSchema = z.object({ id: z.string(), status: z.string() }).array();
const aliasRowSchema = aliasSchema.extend({ id: z.string(), status: z.string() }).array();

type Found = ReadonlyMap<string, string>;
const keyOf = ({ kind, id }: Pick<Commit, 'kind' | 'id'>) => `${kind} ${id}`;

async function statuses(session: ReadSession): Promise<Found> {
  const ask = async (kind: CommitKind, text: string) =>
    foundSchema
      .parse(await session.all({ text, values: [] }))
      .map(({ id, status }) => [keyOf({ kind, id }), status] as const);
  return new Map([
    ...(await ask('import', `SELECT import_id AS id, status FROM import WHERE status IN ('committed', 'undone')`)),
    ...(await ask(
      'alias',
      `SELECT alias_id AS id, CASE WHEN undone_at IS NULL THEN 'committed' ELSE 'undone' END AS status FROM alias`,
    )),
  ]);
}

async function changes(session: ReadSession, known: Found): Promise<Commit[]> {
  const fresh = [...(await statuses(session))].filter(([key, status]) => known.get(key) !== status).map(([key]) => key);
  if (fresh.length === 0) return [];
  const wanted = new Set(fresh);
  const ids = fresh.filter((key) => key.startsWith('import ')).map((key) => key.slice('import '.length));
  const entries =
    ids.length > FEW ? await listEntries(session) : await Promise.all(ids.map((id) => findEntry(session, id)));
  const imports = entries.flatMap((entry) => (entry === null ? [] : [commitOf(entry)]));
  return [...imports, ...(await aliasCommits(session))].filter((commit) => wanted.has(keyOf(commit)));
}

const FEW = 20;

function commitOf(entry: HistoryEntry): Commit {
  const { import_id: id, status } = entry;
  return { kind: 'import', id, status, entry: storedText({ import: entry, kept: null }) };
}

async function aliasCommits(session: ReadSession): Promise<Commit[]> {
  const rows = await session.all({
    text: `SELECT alias_id AS id, dimension, from_id AS "from", into_id AS "into",
      CASE WHEN undone_at IS NULL THEN 'committed' ELSE 'undone' END AS status FROM alias`,
    values: [],
  });
  return aliasRowSchema
    .parse(rows)
    .map(({ id, status, ...alias }) => ({ kind: 'alias', id, status, entry: JSON.stringify(alias) }));
}

/** `write` fulfils once its commit is remembered: after a crash the warehouse may be ahead, never behind. */
export async function rememberingCommits(warehouse: Warehouse, commits: Commits, logger?: Logger): Promise<Warehouse> {
  const known = new Map((await commits.list()).map((commit) => [keyOf(commit), commit.status]));
  let version = await commits.version();
  let line: Promise<void> = Promise.resolve();
  const remember = async () => {
    const current = Number(warehouse.state().version);
    if (current === version) return;
    try {
      const changed = await warehouse.read((session) => changes(session, known));
      await commits.remember(current, changed);
      for (const commit of changed) known.set(keyOf(commit), commit.status);
      version = current;
    } catch (error) {
      logger?.error({ err: error }, 'a commit is not remembered in the state');
    }
  };
  const inStep = () => {
    line = line.then(remember);
    return line;
  };
  await inStep();
  return {
    state: () => warehouse.state(),
    read: (work, asking) => warehouse.read(work, asking),
    readCopy: (key, change, work, asking) => warehouse.readCopy(key, change, work, asking),
    alive: () => warehouse.alive(),
    close: () => warehouse.close(),
    async write(work, options) {
      const result = await warehouse.write(work, options);
      if (options?.quiet !== true) await inStep();
      return result;
    },
  };
}

export interface LossInput {
  readonly warehouse: Warehouse;
  readonly commits: Commits;
  readonly waiting: ReadonlySet<string>;
}

/** Puts lost imports into the history as failed (`lost`), so the same bytes may come again. @returns what is lost */
export async function tellLosses({ warehouse, commits, waiting }: LossInput): Promise<readonly Label[]> {
  const acknowledged = await commits.version();
  if (acknowledged === null) return [];
  const remembered = await commits.list();
  const found = await warehouse.read(statuses);
  const known = await warehouse.read(async (session) => new Set((await listIds(session)).map(({ id }) => id)));
  const expected = remembered.filter(({ status }) => status !== LOST);
  const missing = remembered.filter(
    (c) => !found.has(keyOf(c)) && !(c.kind === 'import' && (known.has(c.id) || waiting.has(c.id))),
  );
  const lost = missing.filter(({ status }) => status !== 'undone');
  const back = expected.filter((c) => c.status === 'undone' && found.get(keyOf(c)) === 'committed');
  const behind = Number(warehouse.state().version) < acknowledged;
  if (!behind && lost.length === 0 && back.length === 0) return [];
  const imports = lost.flatMap((c) => (c.kind === 'import' ? [parseAccepted(c.entry).import] : []));
  // The demo is made again if nothing else is there.
  for (const one of imports) if (!one.synthetic) await recordEnd(warehouse, lostOf(one));
  for (const { kind, id } of back) if (kind === 'import') await warnOfLostUndo(warehouse, id);
  await raiseVersion(warehouse, acknowledged);
  const gone = missing.filter((c) => c.kind === 'alias' || c.status === 'undone' || isSynthetic(c));
  const told = lost.filter((c) => !gone.includes(c)).map((c): Commit => ({ ...c, status: LOST }));
  await commits.remember(
    Number(warehouse.state().version),
    [...told, ...back.map((c): Commit => ({ ...c, status: 'committed' }))],
    gone,
  );
  return sayLosses(
    imports,
    lost.filter(({ kind }) => kind === 'alias'),
    back,
  );
}

async function listIds(session: ReadSession) {
  const rows = await session.all({ text: 'SELECT import_id AS id, status FROM import', values: [] });
  return foundSchema.parse(rows);
}

const isSynthetic = ({ kind, entry }: Commit) => kind === 'import' && parseAccepted(entry).import.synthetic;

/** A version names one state of the data for good: answers that browsers keep must not fit another. */
async function raiseVersion(warehouse: Warehouse, least: number): Promise<void> {
  if (Number(warehouse.state().version) >= least) return;
  await warehouse.write((session) =>
    session.run({ text: `UPDATE dataset SET value = $1 WHERE name = 'version'`, values: [String(least)] }),
  );
}

function lostOf(record: Import): Import {
  return {
    ...record,
    status: 'failed',
    rows_committed: 0,
    error: {
      code: LOST,
      detail: {
        en: `This import was complete (${record.rows_committed.toLocaleString('en')} ${record.rows_committed === 1 ? 'row' : 'rows'}, ${timeOf(record)} UTC), and the database no longer has it: its latest changes were cut off or removed outside of Dramascope, or an older copy of the data folder was put back. Import the file again.`,
        zh: `此导入曾已完成（${record.rows_committed.toLocaleString('en')} 行，${timeOf(record)} UTC），但数据库中已不存在：最近的更改在 Dramascope 之外被截断或删除，或恢复了较旧的数据文件夹。请重新导入该文件。`,
      },
    },
  };
}

async function warnOfLostUndo(warehouse: Warehouse, importId: string): Promise<void> {
  await warehouse.write(
    async (session) => {
      const entry = await findEntry(session, importId);
      if (entry === null) return;
      const warning = {
        code: 'undo_lost',
        count: entry.rows_committed,
        detail: {
          en: 'rows that count again: this import was undone, and the database no longer has that change. Undo it again.',
          zh: '行重新计入：此导入曾被撤销，但数据库中已无该更改。请再次撤销。',
        },
      };
      await setFindings(session, entry.importNo, { ...entry, warnings: [...entry.warnings, warning] });
    },
    { quiet: true },
  );
}

const timeOf = ({ finished_at, started_at }: Import) => (finished_at ?? started_at).slice(0, 19).replace('T', ' ');

const MOST_TOLD = 20;

function sayLosses(imports: readonly Import[], aliases: readonly Commit[], back: readonly Commit[]): Label[] {
  const lines: Label[] = [
    {
      en: 'The database does not have all that was acknowledged: its log of latest changes (.wal) is missing or cut, or an older copy was put back.',
      zh: '数据库缺少部分已确认的更改：最近更改的日志（.wal）缺失或被截断，或恢复了较旧的副本。',
    },
  ];
  const own = imports.filter(({ synthetic }) => !synthetic);
  if (own.length > 0)
    lines.push({
      en: `Lost imports (${own.length}); import these files again. The Data page lists them as failed:`,
      zh: `丢失的导入（${own.length} 个），请重新导入这些文件；“数据”页将其列为失败：`,
    });
  for (const record of own.slice(0, MOST_TOLD)) {
    const rows = record.rows_committed.toLocaleString('en');
    lines.push({
      en: `  ${record.filename}: ${rows} ${record.rows_committed === 1 ? 'row' : 'rows'}, imported ${timeOf(record)} UTC`,
      zh: `  ${record.filename}：${rows} 行，导入于 ${timeOf(record)} UTC`,
    });
  }
  if (own.length > MOST_TOLD)
    lines.push({ en: `  and ${own.length - MOST_TOLD} more`, zh: `  及另外 ${own.length - MOST_TOLD} 个` });
  const demo = imports.length - own.length;
  if (demo > 0)
    lines.push({ en: `Lost files of the synthetic demo: ${demo}.`, zh: `丢失的演示数据文件：${demo} 个。` });
  for (const commit of back)
    lines.push(
      commit.kind === 'import'
        ? {
            en: `The undo of “${nameOf(commit)}” is lost: undo it again.`,
            zh: `“${nameOf(commit)}”的撤销已丢失：请再次撤销。`,
          }
        : {
            en: `The parting of ${nameOf(commit)} is lost: undo the merge again.`,
            zh: `${nameOf(commit)} 的拆分已丢失：请再次撤销合并。`,
          },
    );
  for (const commit of aliases)
    lines.push({
      en: `The merge of ${nameOf(commit)} is lost: merge the names again.`,
      zh: `${nameOf(commit)} 的合并已丢失：请再次合并。`,
    });
  if (lines.length === 1)
    lines.push({
      en: 'No import is lost, but decisions on names may be, such as suggestions that were dismissed.',
      zh: '没有丢失导入，但名称方面的决定可能已丢失，如已忽略的合并建议。',
    });
  return lines;
}

function nameOf({ kind, entry }: Commit): string {
  if (kind === 'import') return parseAccepted(entry).import.filename;
  const { from, into } = aliasSchema.parse(JSON.parse(entry));
  return `“${from}” → “${into}”`;
}
