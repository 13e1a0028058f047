/** Local times that a clock change skips or doubles: how they are read, and how many there are. */

import { tzOffset } from '@date-fns/tz';
import type { Field, Warning } from '../../contract/imports.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import { fixedOffset } from '../cells/dates.ts';
import type { DataFile } from '../read/source.ts';
import { CLOCK_CHANGED } from './messages.ts';
import type { ImportPlan } from './plan.ts';
import { plainFields, type Staged } from './stage.ts';
import { stageSelect } from './stage-sql.ts';
import { countWithin } from './staged-checks-sql.ts';

export interface ClockChange {
  /** `skipped`: clocks go forward over these times; `doubled`: they go back, and the times come twice. */
  readonly kind: 'skipped' | 'doubled';
  readonly from: string;
  readonly to: string;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

export function clockChanges(zone: string, from: string, to: string): ClockChange[] {
  const changes: ClockChange[] = [];
  const offset = (time: number) => tzOffset(zone, new Date(time));
  const local = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  for (let time = Date.parse(from) - DAY; time <= Date.parse(to) + DAY; time += DAY) {
    const [before, after] = [offset(time), offset(time + DAY)];
    if (before === after) continue;
    let [low, high] = [time, time + DAY];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    const [first, last] = [high + Math.min(before, after) * MINUTE, high + Math.max(before, after) * MINUTE];
    changes.push({ kind: after > before ? 'skipped' : 'doubled', from: local(first), to: local(last) });
  }
  return changes;
}

const TIMES = new Set<Field>(['time', 'hour', 'series_id', 'title']);

/** For rows whose local time is skipped or doubled; not for times with an offset. */
export async function warnOfClockChanges(
  session: WriteSession,
  file: DataFile,
  plan: ImportPlan,
  staged: Staged,
  days: { readonly from: string | null; readonly to: string | null },
  warnings: Warning[],
): Promise<void> {
  const time = plan.uses.get('time')?.column;
  if (!staged.instant || days.from === null || days.to === null || fixedOffset(plan.timeZone) !== null) return;
  if (time?.type === 'TIMESTAMP WITH TIME ZONE' || time?.cells.some((cell) => cell !== null && OFFSET.test(cell)))
    return;
  if (plan.timeNumbers === 'seconds' || plan.timeNumbers === 'milliseconds') return;
  const changes = clockChanges(plan.timeZone, days.from, days.to);
  if (changes.length === 0) return;
  // In a zone without changes the instant is the time as written.
  const uses = new Map([...plan.uses].filter(([field]) => TIMES.has(field)));
  const written = { ...plan, uses, timeZone: 'UTC', businessZone: 'UTC', latestDay: null };
  const { sql: select } = stageSelect(file, written, { numbered: true, plain: plainFields(written) });
  for (const kind of ['skipped', 'doubled'] as const) {
    const own = changes.filter((change) => change.kind === kind);
    if (own.length === 0) continue;
    const [row] = await session.all(countWithin(select, own));
    const count = numberOf(row, 'n');
    if (count > 0)
      warnings.push({ code: `clock_${kind}`, count, detail: CLOCK_CHANGED[kind](textOf(row, 'first'), plan.timeZone) });
  }
}

const OFFSET = /:\d{2}.*(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)\s*$/u;
