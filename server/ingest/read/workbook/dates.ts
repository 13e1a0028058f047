export type Shown = 'date' | 'timestamp' | 'time' | 'duration';

/** Null for a plain number. @param code as in `numFmt`, such as `yyyy/m/d h:mm` */
export function shownBy(code: string): Shown | null {
  const first = code.split(';')[0] ?? '';
  const bare = first.replace(/"[^"]*"|\\.|_.|\*./gu, '');
  if (/\[(h+|m+|s+)\]/iu.test(bare)) return 'duration';
  const letters = bare.replace(/\[[^\]]*\]/gu, '').replace(/general|am\/pm|a\/p|上午\/下午/giu, '');
  const hours = /[hs]/iu.test(letters);
  // A lone m is a month, but beside hours or seconds a minute.
  const days = /[yd年月日]/iu.test(letters) || (/m/iu.test(letters) && !hours);
  if (days) return hours ? 'timestamp' : 'date';
  return hours ? 'time' : null;
}

/** Formats that a workbook need not spell out (ECMA-376, part 1, 18.8.30, with the East Asian ones). */
export function shownByBuiltIn(id: number): Shown | null {
  if (id === 22) return 'timestamp';
  if (id === 46) return 'duration';
  if ((id >= 18 && id <= 21) || id === 45 || id === 47 || (id >= 32 && id <= 35) || id === 55 || id === 56)
    return 'time';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
  return null;
}

const DAY = 86_400;
const LAST = 2_958_465;

/** Null for what is no date: the cell is a number then. @param since1904 counts from 1904-01-01, as on old Macs */
export function isoOf(serial: number, shown: Shown, since1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > LAST) return null;
  const seconds = Math.round(serial * DAY);
  if (shown === 'duration' || (shown === 'time' && seconds < DAY)) return clock(seconds);
  const days = shown === 'date' ? Math.floor(serial) : Math.floor(seconds / DAY);
  // Excel counts a 29 February 1900, which did not exist.
  const epoch = since1904 ? EPOCH_1904 : days < 60 ? EPOCH_1900 : EPOCH_1900 - DAY * 1000;
  const date = new Date(epoch + days * DAY * 1000).toISOString().slice(0, 10);
  return shown === 'date' ? date : `${date} ${clock(seconds % DAY)}`;
}

const EPOCH_1900 = Date.UTC(1899, 11, 31);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

function clock(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
