import { skipToken, useQuery } from '@tanstack/react-query';
import type { Catalog } from '../../server/contract/catalog.ts';
import { ENDPOINTS } from '../../server/contract/endpoints.ts';
import { seriesSubject } from '../filters/leads.ts';
import { ask } from './api/client.ts';
import { usePresent } from './useLeads.ts';

/**
 * The release day of the one series that the page is about; null if there is no such series, or its day is not known.
 * Undefined while it is asked for.
 * @param wanted false: it is not asked
 */
export function useRelease(catalog: Catalog | undefined, wanted: boolean): string | null | undefined {
  const id = seriesSubject(usePresent());
  const day = catalog?.dataset.as_of ?? null;
  const asked = wanted && id !== null && day !== null;
  const { data, isError } = useQuery({
    queryKey: ['release', id, day],
    queryFn: asked ? ({ signal }) => ask(ENDPOINTS.series, { id, from: day, to: day }, { signal }) : skipToken,
    select: ({ series }) => series.release_at?.slice(0, 10) ?? null,
  });
  return !asked || isError ? null : data;
}
