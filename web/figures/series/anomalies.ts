import type { AnomaliesAnswer } from '../../../server/contract/analyses-outlook.ts';
import type { Language } from '../../i18n/i18n.ts';
import { compact, ratio } from '../../i18n/numbers.ts';
import { seriesWords } from './words.ts';

export type Anomaly = AnomaliesAnswer['rows'][number];

export const anomalyKind = ({ kind }: Anomaly, language: Language): string =>
  seriesWords.say(language)(kind === 'drop' ? 'drop_day' : kind);

/** What is known of why a day stands out: against what, where it came from, which holiday it is. */
export function anomalyReasons(row: Anomaly, language: Language): string[] {
  const t = seriesWords.say(language);
  if (row.kind === 'gap') return [t('gap_reason', { count: row.days, source: row.source ?? '' })];
  const [first] = row.by_platform.toSorted((a, b) => (b.part ?? 0) - (a.part ?? 0));
  return [
    t('anomaly_against', {
      views: compact(row.views, language),
      expected: compact(row.expected, language),
      z: ratio(row.z, 1),
    }),
    ...(first === undefined || row.by_platform.length < 2
      ? []
      : [
          t('anomaly_platform', {
            platform: first.platform_label,
            views: compact(first.views, language),
            expected: compact(first.expected, language),
          }),
        ]),
    ...(row.holiday === null ? [] : [t('anomaly_holiday', { holiday: row.holiday[language] })]),
  ];
}
