import type { z } from 'zod';
import type { CompareAnswer, producersCompareParams } from '../../contract/analyses-depth.ts';
import type { Engine } from '../language/engine.ts';
import { compareMembers } from './compare-members.ts';

/** By first-credited or every credited producer; the mix is of primary genres. See `compareMembers`. */
export const producersCompare = (
  engine: Engine,
  params: z.infer<typeof producersCompareParams>,
): Promise<CompareAnswer> => compareMembers(engine, params, { by: params.by, mix: 'primary_genre' });
