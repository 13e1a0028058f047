import { z } from 'zod';
import { StartError } from '../../start-error.ts';
import { timeZoneFault } from '../../time-zone.ts';
import type { ResultRow, Statement } from '../warehouse.ts';

const DEFAULT_ZONE = 'Asia/Shanghai';
const found = z.object({ name: z.string() }).array();

/** The last zone said before the first import holds for good. @throws StartError `wrong_setting` */
export async function settleZone(
  all: (statement: Statement) => Promise<readonly ResultRow[]>,
  said: string | undefined,
): Promise<void> {
  const kept = found.parse(
    await all({ text: `SELECT value AS name FROM dataset WHERE name = 'time_zone'`, values: [] }),
  )[0]?.name;
  const [imports] = await all({
    text: `SELECT count(*) > 0 AS any FROM import WHERE status IN ('committed', 'undone')`,
    values: [],
  });
  const usable = kept !== undefined && timeZoneFault(kept) === null;
  if (usable && (said === undefined || said === kept || imports?.any === true)) return;
  const asked = said ?? DEFAULT_ZONE;
  const known = found.parse(
    await all({ text: 'SELECT name FROM pg_timezone_names() WHERE lower(name) = lower($1)', values: [asked] }),
  );
  const zone = known[0]?.name;
  if (zone === undefined || timeZoneFault(asked) !== null)
    throw new StartError('wrong_setting', {
      en: `The time zone “${asked}” is not known. Set DRAMASCOPE_TIME_ZONE to an IANA name such as Asia/Shanghai.`,
      zh: `未知时区“${asked}”。请将 DRAMASCOPE_TIME_ZONE 设为 IANA 名称，如 Asia/Shanghai。`,
    });
  await all({
    text: `INSERT INTO dataset VALUES ('time_zone', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    values: [zone],
  });
}
