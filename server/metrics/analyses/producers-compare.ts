import type { z } from 'zod';
import type { CompareAnswer, producersCompareParams } from '../../contract/analyses-depth.ts';
import type { Engine } from '../engine.ts';
import { compareMembers } from './compare-members.ts';

/** Two to six producers (first-credited) side by side; the mix is of primary genres. See `compareMembers`. */
export const producersCompare = (
  engine: Engine,
  params: z.infer<typeof producersCompareParams>,
): Promise<CompareAnswer> => compareMembers(engine, params, { by: 'producer', mix: 'primary_genre' });
