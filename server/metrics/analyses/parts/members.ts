import type { DimensionId } from '../../../contract/query.ts';
import type { Engine } from '../../language/engine.ts';
import { Labels } from '../../language/labels.ts';

/**
 * Names of an analysis' members, in the engine's language. Without a dimension the one member is the total, which has a
 * name of its own.
 */
export async function namesOf(
  engine: Engine,
  by: DimensionId | undefined,
  ids: readonly string[],
): Promise<(member: string) => string> {
  const labels = await (by === undefined ? Labels.of(engine, 'series', []) : Labels.of(engine, by, ids));
  return (member) => labels.of(member)[engine.language];
}
