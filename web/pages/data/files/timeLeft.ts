import { bytesText } from '../parts/bytesText.ts';
import type { FilesWords } from './words.ts';

/** Seconds as a reader waits them: to the second below a minute, then in minutes. */
export function timeText(seconds: number, t: FilesWords): string {
  return seconds < 60 ? t('seconds', { count: Math.ceil(seconds) }) : t('minutes', { count: Math.round(seconds / 60) });
}

/** How far a transfer is: bytes of all, speed, time left. */
export function transferText(sent: number, bytes: number, speed: number | null, t: FilesWords): string[] {
  const part = t('of_total', { part: bytesText(sent), whole: bytesText(bytes) });
  if (speed === null || speed <= 0) return [part];
  return [
    part,
    t('per_second', { speed: bytesText(speed) }),
    t('time_left', { time: timeText((bytes - sent) / speed, t) }),
  ];
}
