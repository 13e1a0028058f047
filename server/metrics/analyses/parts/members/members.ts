import type { DimensionId } from '../../../../contract/query.ts';
import type { Engine } from '../../../language/engine.ts';
import { Labels } from '../../../language/labels.ts';

/** Without a dimension the one member is the total. */
export async function namesOf(
  engine: Engine,
  by: DimensionId | undefined,
  ids: readonly string[],
): Promise<(member: string) => string> {
  const labels = await (by === undefined ? Labels.of(engine, 'series', []) : Labels.of(engine, by, ids));
  return (member) => labels.of(member)[engine.language];
}
