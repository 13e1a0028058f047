import { DOMESTIC, isBroad, UNKNOWN } from '../vocabulary/regions.ts';
import { numberOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { insertRegion, regionsKnown } from './names-sql.ts';

export async function regionKeys(session: WriteSession): Promise<(id: string) => Promise<number>> {
  const rows = await session.all(regionsKnown);
  const keys = new Map(rows.map((row) => [textOf(row, 'id'), numberOf(row, 'region_key')]));
  const domestic = new Set(session.state.domesticRegions);
  const [home = UNKNOWN] = domestic;
  return async (stated) => {
    const id = stated === DOMESTIC ? home : stated;
    const known = keys.get(id);
    if (known !== undefined) return known;
    const key = keys.size + 1;
    keys.set(id, key);
    const market = domestic.has(id) ? 'domestic' : id === UNKNOWN || isBroad(id) ? UNKNOWN : 'overseas';
    await session.run(insertRegion(key, id, market));
    return key;
  };
}
