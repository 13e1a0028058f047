/** What the signs beside numbers (`US$3.00`, `12,50 €`, `5元`) say about the currency of a file. */
import { anyOf, NUMBER } from './grammar.ts';
import { bound, literal, oneOf } from './sql.ts';
import { blank, extracted, tidy } from './values.ts';

/** Signs that CLDR does not have; the first currency of each is the default. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  ...{ $: ['USD'], '¥': ['CNY', 'JPY'], '£': ['GBP'], '￡': ['GBP'], '₩': ['KRW'], '￦': ['KRW'], '€': ['EUR'] },
  ...{ us$: ['USD'], $us: ['USD'], hk$: ['HKD'], nt$: ['TWD'], s$: ['SGD'], c$: ['CAD'], r$: ['BRL'] },
  ...{ 'cn¥': ['CNY'], 'jp¥': ['JPY'], rmb: ['CNY'], rp: ['IDR'], rm: ['MYR'], 円: ['JPY'], 원: ['KRW'] },
  ...{ 元: ['CNY', 'HKD', 'TWD', 'MOP', 'SGD'], 圆: ['CNY', 'HKD', 'TWD', 'JPY', 'MOP'] },
};

export const CODES: ReadonlyMap<string, readonly string[]> = allCodes();

function allCodes(): Map<string, string[]> {
  const codes = new Map(Object.entries(WRITTEN).map(([sign, of]) => [sign, [...of]]));
  for (const code of Intl.supportedValuesOf('currency'))
    for (const currencyDisplay of ['code', 'symbol', 'narrowSymbol'] as const) {
      const parts = new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay }).formatToParts(
        0,
      );
      const sign = parts.find(({ type }) => type === 'currency')?.value.toLowerCase() ?? '';
      const known = codes.get(sign) ?? [];
      if (!known.includes(code)) codes.set(sign, [...known, code]);
    }
  return codes;
}

const PAIRS = [...CODES].flatMap(([sign, codes]) => codes.map((code) => `${sign} ${code}`));
const LETTERED = [...CODES.keys()].filter((sign) => /^[a-z]+\p{Sc}$/u.test(sign));

/** SQL: the signs of a text cell as a list, empty for a number without one, null if it is no number. */
export function signsSql(raw: string): string {
  const both = bound('s', tidy(raw), (text) =>
    bound(
      'n',
      extracted(text, NUMBER),
      (n) => `CASE WHEN ${n}.body <> ''
        THEN list_filter([${n}.before, ${n}.after], lambda sign__: sign__ <> '')
      WHEN regexp_matches(${text}, '^[^0-9]?[0-9].*[0-9亿億万萬억만兆조] *[元圆円원]$') THEN [right(${text}, 1)] END`,
    ),
  );
  return `CASE WHEN regexp_matches(${raw}, '^[-+]?[0-9.,]+$') THEN CAST([] AS VARCHAR[])
    WHEN regexp_matches(${raw}, '^[$¥￥€£][0-9.,]+$') THEN [replace(left(${raw}, 1), '￥', '¥')]
    WHEN ${raw} IS NOT NULL AND NOT ${blank(raw)} THEN ${both} END`;
}

/** SQL: whether the sign of a cell is of another currency. @param ofRow SQL, null if the row states none */
export function isOfOtherCurrency(raw: string, currency: string, ofRow: string | null): string {
  const allowed = [...CODES].flatMap(([sign, codes]) => (codes.includes(currency) ? [sign] : []));
  const fits = (sign: string) =>
    ofRow === null ? oneOf(sign, allowed) : oneOf(`${sign} || ' ' || coalesce(${ofRow}, ${literal(currency)})`, PAIRS);
  const wrong = (sign: string) =>
    `NOT CASE WHEN ${oneOf(sign, LETTERED)} OR NOT regexp_matches(${sign}, '^[a-z]+\\p{Sc}$')
      THEN ${fits(sign)} ELSE ${fits(`right(${sign}, 1)`)} END`;
  // The grammar of all numbers is slow, and most cells have the right sign.
  const own = anyOf(allowed);
  const plainly =
    ofRow === null
      ? `regexp_matches(${raw}, ${literal(`^(?i)(?:${own})? ?[0-9.,]+ ?(?:${own})?$`)})`
      : `regexp_matches(${raw}, '^(?i)(?:[a-z]{3} ?)?[0-9.,]+(?: ?[a-z]{3})?$') AND contains(upper(${raw}), ${ofRow})
        AND length(regexp_replace(${raw}, '[^A-Za-z]', '', 'g')) = 3`;
  return `CASE WHEN ${plainly} THEN false ELSE ${isOther(raw, wrong)} END`;
}

const isOther = (raw: string, wrong: (sign: string) => string) =>
  `coalesce(len(list_filter(${signsSql(raw)}, lambda written__: ${wrong('written__')})) > 0, false)`;
