import type { ImportPlan } from '../stage/plan.ts';
import type { Staged } from '../stage/stage.ts';

export interface Target {
  readonly importNo: number;
  readonly sourceKey: number;
  readonly plan: ImportPlan;
  readonly mends: Mending | null;
  readonly staged: Staged;
  /** Whether a platform's or a source's rows of a series are another series. */
  readonly parted: boolean;
  readonly titles: boolean;
  readonly currencies: ReadonlyMap<string, string>;
}

/** The import that is mended, and its place. */
export interface Mending {
  readonly importNo: number;
  readonly placeNo: number;
}
