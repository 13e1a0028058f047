/** How the numbers of series change from date to date, in a file and after the earlier days of its source. */

import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { type LogColumn, SUMMED_COLUMNS } from '../../../contract/columns.ts';
import type { Field } from '../../../contract/imports.ts';
import { fold, isBlank, normalName, normalTitle } from '../../../vocabulary/text.ts';
import type { Vocabulary } from '../../../vocabulary/vocabulary.ts';
import { numberOf, textOf } from '../../../warehouse/row-values.ts';
import type { ReadSession } from '../../../warehouse/warehouse.ts';
import type { DataFile } from '../../read/source.ts';
import type { ImportPlan } from '../../stage/plan.ts';
import { plainFields } from '../../stage/stage.ts';
import { stageSelect, TITLE_MARK } from '../../stage/stage-sql.ts';
import { statedBefore, stepsOfFields, viewsOfFirstDays } from './probe-sql.ts';

/** Between the dates of each series, on its platform, in its region. */
export interface Steps {
  readonly keys: number;
  readonly long: number;
  readonly steps: number;
  /** Share of the steps that do not fall, 0 to 1. */
  readonly held: number;
  /** Share of the steps that rise, 0 to 1. */
  readonly rose: number;
  /** Share of the series that end above their start, 0 to 1. */
  readonly grew: number;
  /** The median change of a step relative to its value; null if every value is 0. */
  readonly change: number | null;
}

export type Looks = 'counter' | 'increments' | 'nothing';

export type SummedField = LogColumn;

/** One series of so many is looked at, or all if too few are left. */
const ONE_IN = 16;
const ENOUGH_SAMPLED = 320;
/** Smaller files are looked at whole at once. */
const SMALL = 2 ** 20;

/** One series in sixteen first, with all of its dates: sorting is what costs. */
export async function viewSteps(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
): Promise<{ readonly steps: Steps; readonly sampled: boolean }> {
  const found = await stepsByField(session, file, plan, ['views']);
  return { steps: found.steps.get('views') ?? NO_STEPS, sampled: found.sampled };
}

export async function stepsByField(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  fields: readonly SummedField[],
): Promise<{ readonly steps: ReadonlyMap<SummedField, Steps>; readonly sampled: boolean }> {
  if ((await stat(file.path)).size < SMALL)
    return { steps: await stepsOf(session, file, plan, fields, 1), sampled: false };
  const part = await stepsOf(session, file, plan, fields, ONE_IN);
  const sampled = Math.max(0, ...[...part.values()].map(({ long }) => long)) >= ENOUGH_SAMPLED;
  return { steps: sampled ? part : await stepsOf(session, file, plan, fields, 1), sampled };
}

const NO_STEPS: Steps = { keys: 0, long: 0, steps: 0, held: 0, rose: 0, grew: 0, change: null };

async function stepsOf(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  fields: readonly SummedField[],
  oneIn: number,
): Promise<ReadonlyMap<SummedField, Steps>> {
  const { sql, staged } = stageNumbers(file, plan, fields);
  const rows = await session.all(stepsOfFields(sql, staged, fields, oneIn));
  return new Map(rows.map((row) => [fieldSchema.parse(row.field), stepsSchema.parse(row)]));
}

const fieldSchema = z.enum(SUMMED_COLUMNS);

export const stepsSchema = z.object({
  keys: z.number(),
  long: z.number(),
  steps: z.number(),
  held: z.number(),
  rose: z.number(),
  grew: z.number(),
  change: z.number().nullable(),
});

const stageViews = (file: DataFile, plan: ImportPlan) => stageNumbers(file, plan, ['views']);

function stageNumbers(file: DataFile, plan: ImportPlan, fields: readonly Field[]) {
  const read = new Set([...JUDGED_BY, ...fields]);
  const uses = new Map([...plan.uses].filter(([field]) => read.has(field)));
  const needed = { ...plan, uses };
  return stageSelect(file, needed, { numbered: true, plain: plainFields(needed) });
}

const JUDGED_BY = new Set<Field>(['time', 'hour', 'series_id', 'title', 'platform', 'region', 'episode']);

type Chains = Map<string, Map<string, number>>;

/**
 * Over the source's last days and the file's own; null if they cannot be compared, or nothing is before.
 * @param before what the source's earlier imports were taken for
 */
export async function stepsFromSource(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  { source, before, vocabulary }: { source: string; before: 'increment' | 'cumulative'; vocabulary: Vocabulary },
): Promise<Steps | null> {
  const { sql, staged } = stageViews(file, plan);
  // Weeks and months are stored by the day, and hours leave out different ones.
  if (staged.instant || (plan.covers !== null && plan.covers !== 'day')) return null;
  const rows = await session.all(viewsOfFirstDays(sql, staged));
  const chains: Chains = new Map();
  for (const row of rows) {
    const stated = plan.platform ?? (typeof row.platform === 'string' ? row.platform : null);
    add(
      chains,
      keyOf(idOf(textOf(row, 'name')), platformOf(stated, vocabulary)),
      textOf(row, 'day'),
      numberOf(row, 'views'),
    );
  }
  const [first] = rows;
  if (!first) return null;
  const earlier = await session.all(statedBefore(source, textOf(first, 'day'), before));
  if (earlier.length === 0) return null;
  for (const row of earlier) {
    const key = keyOf(textOf(row, 'id'), textOf(row, 'platform'));
    if (chains.has(key)) add(chains, key, textOf(row, 'day'), numberOf(row, 'views'));
  }
  return stepsOfChains([...chains.values()]);
}

const keyOf = (series: string, platform: string) => `${series}\0${platform}`;
const idOf = (name: string) =>
  name.startsWith(TITLE_MARK) ? normalTitle(name.slice(TITLE_MARK.length)) : name.trim().replace(/^(\d+)\.0+$/u, '$1');
const platformOf = (platform: string | null, vocabulary: Vocabulary) =>
  platform === null || isBlank(platform)
    ? '(unknown)'
    : (vocabulary.platforms.get(fold(platform))?.id ?? normalName(platform));

function add(chains: Chains, key: string, day: string, views: number): void {
  const chain = chains.get(key) ?? new Map<string, number>();
  chain.set(day, (chain.get(day) ?? 0) + views);
  chains.set(key, chain);
}

function stepsOfChains(chains: readonly ReadonlyMap<string, number>[]): Steps {
  const changes: number[] = [];
  const found = { keys: 0, long: 0, steps: 0, held: 0, rose: 0, grew: 0 };
  for (const chain of chains) {
    const values = [...chain].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, views]) => views);
    if (values.length < 2) continue;
    found.keys += 1;
    if (values.length >= 3) found.long += 1;
    if ((values.at(-1) ?? 0) > (values[0] ?? 0)) found.grew += 1;
    for (const [i, value] of values.slice(1).entries()) {
      const before = values[i] ?? 0;
      found.steps += 1;
      if (value >= before) found.held += 1;
      if (value > before) found.rose += 1;
      if (before > 0) changes.push(Math.abs(value - before) / before);
    }
  }
  const { keys, long, steps, held, rose, grew } = found;
  const ordered = changes.sort((a, b) => a - b);
  return {
    keys,
    long,
    steps,
    held: held / Math.max(1, steps),
    rose: rose / Math.max(1, steps),
    grew: grew / Math.max(1, keys),
    change: ordered[ordered.length >> 1] ?? null,
  };
}
