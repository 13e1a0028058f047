import type { DimensionId } from '../../../contract/query.ts';
import type { Engine } from '../../language/engine.ts';
import { Labels } from '../../language/labels.ts';

/** Names of an analysis' members; without a dimension the one member is the total, which has a name of its own. */
export const labelsOf = (engine: Engine, by: DimensionId | undefined, ids: readonly string[]): Promise<Labels> =>
  by === undefined ? Labels.of(engine, 'series', []) : Labels.of(engine, by, ids);
