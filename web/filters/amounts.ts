/** What stands behind a number, in either language. 十亿 is ten times 亿. */
const UNITS: Readonly<Record<string, number>> = {
  十: 10,
  百: 100,
  千: 1e3,
  万: 1e4,
  亿: 1e8,
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  t: 1e12,
  trillion: 1e12,
};

/** Beyond this a count may lose digits. */
export const MOST = 1e15;

const WRITTEN = /^(\d+(?:\.\d+)?|\.\d+)?(?:e\+?(\d{1,2}))?([a-z]+|[十百千万亿]+)?$/u;

/**
 * A count as people write it: `5亿`, `3000万`, `500M`, `1.5 billion`, `3e9`, `1,000,000`.
 * @returns null if it cannot be read, or is not from 1 to 10^15
 */
export function parseAmount(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s,，_]/gu, '')
    .replaceAll('億', '亿')
    .replaceAll('萬', '万');
  const found = WRITTEN.exec(plain);
  if (found === null || plain === '') return null;
  const [, digits, power, unit = ''] = found;
  const inChinese = unit !== '' && !/^[a-z]/u.test(unit);
  if (digits === undefined && (power !== undefined || !inChinese)) return null;
  const factors = inChinese ? [...unit] : unit === '' ? [] : [unit];
  let value = Number(`${digits ?? 1}e${power ?? 0}`);
  for (const factor of factors) {
    const size = Object.hasOwn(UNITS, factor) ? UNITS[factor] : undefined;
    if (size === undefined) return null;
    value *= size;
  }
  const whole = Math.round(value);
  return whole >= 1 && whole <= MOST ? whole : null;
}
