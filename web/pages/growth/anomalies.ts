import type { AnomaliesAnswer } from '../../../server/contract/analyses-outlook.ts';

/** The platform that most of the difference is on, if it has more than half of it. */
export function platformOf({
  by_platform: platforms,
}: Pick<AnomaliesAnswer['rows'][number], 'by_platform'>): string | null {
  if (platforms.length < 2) return null;
  return platforms.find(({ part }) => part !== null && part > 0.5)?.platform_label ?? null;
}
