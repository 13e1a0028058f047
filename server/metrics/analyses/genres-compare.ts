import type { z } from 'zod';
import type { CompareAnswer, genresCompareParams } from '../../contract/analyses-depth.ts';
import type { Engine } from '../language/engine.ts';
import { compareMembers } from './compare-members.ts';

/** The mix is of producers. See `compareMembers`. */
export const genresCompare = (engine: Engine, params: z.infer<typeof genresCompareParams>): Promise<CompareAnswer> =>
  compareMembers(engine, params, { by: params.by, mix: 'producer' });
