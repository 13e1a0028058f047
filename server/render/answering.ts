import type { Call } from '../../web/figures/calls.ts';
import type { Catalog, Members } from '../contract/catalog.ts';
import type { DimensionId } from '../contract/query.ts';

/** Answers what figures ask, on one version of the data. */
export interface Answering {
  readonly version: string;
  /** @throws ProblemError as the endpoint does */
  ask<T>(call: Call<T>): Promise<T>;
  catalog(): Promise<Catalog>;
  members(dimension: DimensionId, ids: readonly string[]): Promise<Members>;
}
