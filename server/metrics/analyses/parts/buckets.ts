import type { Day } from '../../../contract/query.ts';
import { addDays, daysBetween, startOfDay, withOffset } from '../../language/calendar.ts';
import type { SeriesInfo } from './catalogue.ts';

/** A business day, or an hour of it. */
export type Bucket =
  | { readonly resolution: 'day'; readonly day: Day }
  | {
      readonly resolution: 'hour';
      readonly day: Day;
      readonly start: string;
    };

const HOUR = 3_600_000;

export const bucketOf = (day: Day, hour: string | null): Bucket =>
  hour === null ? { resolution: 'day', day } : { resolution: 'hour', day, start: hour };

/** Its start: `2025-10-01`, or `2025-10-01T23:00:00+08:00`. */
export const writtenBucket = (bucket: Bucket, timeZone: string): string =>
  bucket.resolution === 'day' ? bucket.day : withOffset(bucket.start, timeZone);

/** Its end, in milliseconds. */
export function endOfBucket(bucket: Bucket, timeZone: string): number {
  const endOfDay = Date.parse(startOfDay(addDays(bucket.day, 1), timeZone));
  return bucket.resolution === 'hour' ? Math.min(Date.parse(bucket.start) + HOUR, endOfDay) : endOfDay;
}

export interface Speed {
  readonly days_to: number | null;
  readonly hours_to: number | null;
}

/**
 * `days_to` counts the release day as 1; `hours_to` rounds up, for hourly buckets and releases with a time. Both null
 * if the release is unknown or later (docs/analyses/milestones.md).
 */
export function speedOf(bucket: Bucket, release: Pick<SeriesInfo, 'releaseDay' | 'releaseAt'>): Speed {
  const { releaseDay, releaseAt } = release;
  if (releaseDay === null || bucket.day < releaseDay) return { days_to: null, hours_to: null };
  const days = daysBetween(releaseDay, bucket.day) + 1;
  if (bucket.resolution === 'day' || releaseAt === null) return { days_to: days, hours_to: null };
  const hours = Math.ceil((Date.parse(bucket.start) + HOUR - Date.parse(releaseAt)) / HOUR);
  return hours <= 0 ? { days_to: null, hours_to: null } : { days_to: days, hours_to: hours };
}
