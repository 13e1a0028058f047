/** What the data have, asked once before the requests are made: real days, measures, dimensions and members. */
import { z } from 'zod';
import { catalogSchema } from '../../../server/contract/catalog.ts';
import { type DimensionId, type MeasureId, querySchema } from '../../../server/contract/query.ts';

export interface Facts {
  readonly from: string;
  readonly to: string;
  readonly measures: readonly MeasureId[];
  readonly dimensions: readonly DimensionId[];
  /** Some members of each dimension. */
  readonly members: Readonly<Record<string, readonly string[]>>;
}

const rows = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

/** Members come from queries, not from `/members`: what is tried must not stand on what may be broken. */
export async function factsOf(url: string): Promise<Facts> {
  const { measures, dimensions, dataset } = catalogSchema.parse(await (await fetch(`${url}/api/v1/catalog`)).json());
  const available = dimensions.filter((one) => one.available).map(({ id }) => id);
  const members: Record<string, string[]> = {};
  for (const dimension of available) {
    const query = querySchema.parse({ measures: ['views'], dimensions: [dimension], limit: 20 });
    const answer = await fetch(`${url}/api/v1/query`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(query),
    });
    if (answer.ok) members[dimension] = rows.parse(await answer.json()).rows.map((row) => String(row[dimension]));
  }
  return {
    from: dataset.from ?? '2025-01-01',
    to: dataset.to ?? '2025-12-31',
    measures: measures.filter((one) => one.available).map(({ id }) => id),
    dimensions: available,
    members,
  };
}
