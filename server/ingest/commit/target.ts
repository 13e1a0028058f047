import type { ImportPlan } from '../stage/plan.ts';
import type { Staged } from '../stage/stage.ts';

/** What the rows of a staged file become. */
export interface Target {
  readonly importNo: number;
  readonly sourceKey: number;
  readonly plan: ImportPlan;
  /** The import whose mended rejects the file brings. */
  readonly mends: Mending | null;
  readonly staged: Staged;
  /** Whether what some platform or source states of a series is another series. */
  readonly parted: boolean;
  /** Whether some of its names are new and may be titles of series. */
  readonly titles: boolean;
  /** Currencies as the file writes them, and their codes. */
  readonly currencies: ReadonlyMap<string, string>;
}

/** The import that is mended, and in whose place it counts. */
export interface Mending {
  readonly importNo: number;
  readonly placeNo: number;
}
