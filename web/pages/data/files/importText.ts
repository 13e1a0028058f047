import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { exact, percent } from '../../../i18n/numbers.ts';
import { bytesText } from '../parts/bytesText.ts';
import { timeText } from './timeLeft.ts';
import type { FilesWords } from './words.ts';

type PhaseKey = Extract<Parameters<FilesWords>[0], `phase_${string}`>;
const PHASES: Readonly<Record<string, PhaseKey>> = {
  reading: 'phase_reading',
  keys: 'phase_keys',
  writing: 'phase_writing',
  settling: 'phase_settling',
  rollups: 'phase_rollups',
  committing: 'phase_committing',
};

export function importText(record: ImportRecord, t: FilesWords): string[] {
  if (record.status === 'queued')
    return [record.queue_position === null ? t('status_queued') : t('queue_place', { place: record.queue_position })];
  const phase = PHASES[record.phase ?? ''];
  return [
    ...(phase === undefined ? [] : [t(phase)]),
    percent(record.progress, 0),
    ...(record.bytes > 0
      ? [t('of_total', { part: bytesText(record.bytes_read), whole: bytesText(record.bytes) })]
      : []),
    ...(record.rows_read > 0 ? [t('rows_done', { count: record.rows_read, rows: exact(record.rows_read) })] : []),
    ...(record.seconds_left === null ? [] : [t('time_left', { time: timeText(record.seconds_left, t) })]),
  ];
}
