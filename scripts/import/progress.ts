/** How far a file is: a bar that is written over on a terminal, a line now and then elsewhere. */
import type { ImportRecord } from '../../server/contract/imports.ts';
import type { Preparing } from '../../server/ingest/read/opened.ts';
import type { Language } from '../../server/wording.ts';

export interface ProgressLine {
  /** Bytes that were hashed or sent before the import began. */
  sent(bytes: number, total: number): void;
  /** What is done with the file before its rows are read: unpacking, decoding, converting. */
  preparing(what: Preparing): void;
  record(record: ImportRecord): void;
  end(): void;
}

const WIDTH = 24;
/** Milliseconds between two plain lines. */
const QUIET = 5000;

const clock = (seconds: number) =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

function size(bytes: number): string {
  const unit = bytes >= 1e9 ? 'GB' : bytes >= 1e6 ? 'MB' : 'kB';
  const scaled = bytes / { GB: 1e9, MB: 1e6, kB: 1e3 }[unit];
  return `${scaled.toFixed(scaled < 10 ? 1 : 0)} ${unit}`;
}

const PHASES: Readonly<Record<string, string>> = {
  queued: '排队中',
  running: '导入中',
  committed: '已导入',
  failed: '失败',
  cancelled: '已取消',
  undone: '已撤销',
};

const PREPARING: Readonly<Record<Preparing, string>> = {
  unpacking: '解压中',
  decoding: '转码中',
  converting: '转换中',
};

function progressInChinese(record: ImportRecord): string {
  const parts = [
    `${Math.floor(record.progress * 100)}%`,
    record.queue_position === null ? (PHASES[record.status] ?? record.status) : `排队第 ${record.queue_position} 位`,
    record.bytes_read > 0 ? `已读 ${size(record.bytes_read)}，共 ${size(record.bytes)}` : '',
    record.rows_read > 0 ? `${record.rows_read.toLocaleString('en')} 行` : '',
    record.seconds_left === null ? '' : `剩余 ${clock(record.seconds_left)}`,
  ];
  return parts.filter(Boolean).join('，');
}

/** What is known, most telling first; what is not known is left out. */
export function sayProgress(record: ImportRecord, language: Language = 'en'): string {
  if (language === 'zh') return progressInChinese(record);
  const parts = [
    `${Math.floor(record.progress * 100)} %`,
    record.queue_position === null ? (record.phase ?? record.status) : `waits, number ${record.queue_position} in line`,
    record.bytes_read > 0 ? `${size(record.bytes_read)} of ${size(record.bytes)}` : '',
    record.rows_read > 0 ? `${short.format(record.rows_read)} ${record.rows_read === 1 ? 'row' : 'rows'}` : '',
    record.seconds_left === null ? '' : `${clock(record.seconds_left)} left`,
  ];
  return parts.filter(Boolean).join(', ');
}

const bar = (share: number) => {
  const filled = Math.round(share * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
};

export function progressLine(
  name: string,
  out: { isTTY?: boolean; write(text: string): unknown; columns?: number },
  language: Language = 'en',
  now: () => number = () => performance.now(),
): ProgressLine {
  let last = now();
  const show = (share: number, text: string) => {
    if (out.isTTY) {
      out.write(`\r\u001b[K${`${name} ${bar(share)} ${text}`.slice(0, Math.max(20, (out.columns || 120) - 1))}`);
      return;
    }
    if (now() - last < QUIET) return;
    last = now();
    out.write(`${name}: ${text}\n`);
  };
  return {
    sent: (bytes, total) =>
      show(
        0,
        language === 'zh' ? `正在读取 ${size(bytes)}，共 ${size(total)}` : `reading ${size(bytes)} of ${size(total)}`,
      ),
    preparing: (what) => show(0, language === 'zh' ? PREPARING[what] : what),
    record: (record) => show(record.progress, sayProgress(record, language)),
    end: () => {
      if (out.isTTY) out.write('\r\u001b[K');
    },
  };
}
