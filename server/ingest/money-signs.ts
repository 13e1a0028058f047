/** What the signs beside numbers (`US$3.00`, `12,50 €`, `5元`) say of the currency of a file's money. */
import type { ImportOptions } from '../contract/imports.ts';
import type { Label } from '../contract/query.ts';
import type { ReadSession } from '../warehouse/warehouse.ts';
import { anyOf, NUMBER } from './grammar.ts';
import { unitOf } from './headers.ts';
import { LOOKED_AT } from './probe.ts';
import type { OptionReason, Proposal } from './propose.ts';
import { columnNamed, type DataFile } from './source.ts';
import { bound, literal, oneOf } from './sql.ts';
import { blank, extracted, tidy } from './values.ts';

/** What CLDR does not tell; the first currency of each is the one that is meant where nothing else tells. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  ...{ $: ['USD'], '¥': ['CNY', 'JPY'], '£': ['GBP'], '￡': ['GBP'], '₩': ['KRW'], '￦': ['KRW'], '€': ['EUR'] },
  ...{ us$: ['USD'], $us: ['USD'], hk$: ['HKD'], nt$: ['TWD'], s$: ['SGD'], c$: ['CAD'], r$: ['BRL'] },
  ...{ 'cn¥': ['CNY'], 'jp¥': ['JPY'], rmb: ['CNY'], rp: ['IDR'], rm: ['MYR'], 円: ['JPY'], 원: ['KRW'] },
  ...{ 元: ['CNY', 'HKD', 'TWD', 'MOP', 'SGD'], 圆: ['CNY', 'HKD', 'TWD', 'JPY', 'MOP'] },
};

/** Signs and codes in lower case, and the currencies that each may stand for. */
const CODES: ReadonlyMap<string, readonly string[]> = allCodes();

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

/** Every sign with each of its currencies, and the signs that have letters before them. */
const PAIRS = [...CODES].flatMap(([sign, codes]) => codes.map((code) => `${sign} ${code}`));
const LETTERED = [...CODES.keys()].filter((sign) => /^[a-z]+\p{Sc}$/u.test(sign));

/** A sign with letters that nobody knows is of some currency that has the sign. */
const codesOf = (sign: string): readonly string[] => CODES.get(sign) ?? CODES.get(sign.slice(-1)) ?? [];

/** The currency that a sign means by itself, null where it leaves it open. */
const meantBy = (sign: string): string | null => CODES.get(sign)?.[0] ?? null;

/** SQL of the signs of a text cell as a list, empty where a number has none, null where it is no number. */
function signsSql(raw: string): string {
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

/**
 * SQL that is true for a text cell whose sign is of another currency.
 * @param currency of every row
 * @param ofRow SQL of the currency that the row itself states, null where it states none
 */
export function isOfOtherCurrency(raw: string, currency: string, ofRow: string | null): string {
  const allowed = [...CODES].flatMap(([sign, codes]) => (codes.includes(currency) ? [sign] : []));
  const fits = (sign: string) =>
    ofRow === null ? oneOf(sign, allowed) : oneOf(`${sign} || ' ' || coalesce(${ofRow}, ${literal(currency)})`, PAIRS);
  const wrong = (sign: string) =>
    `NOT CASE WHEN ${oneOf(sign, LETTERED)} OR NOT regexp_matches(${sign}, '^[a-z]+\\p{Sc}$')
      THEN ${fits(sign)} ELSE ${fits(`right(${sign}, 1)`)} END`;
  // The grammar of all numbers is slow: most cells have plainly the right sign.
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

/** Texts around a number, of which each is looked at once. */
const MOST_SPELLINGS = 1000;

interface Signed {
  readonly signs: readonly string[];
  readonly example: string;
}

/** What the first million cells of the mapped columns of money hold. */
async function signsOf(
  session: ReadSession,
  file: DataFile,
  columns: readonly string[],
): Promise<{ signed: Signed[]; bare: string | null }> {
  const signed: Signed[] = [];
  let bare: string | null = null;
  for (const name of columns) {
    const column = columnNamed(file, name);
    if (column?.type !== 'VARCHAR') continue;
    const rows = await session.all({
      text: `SELECT array_to_string(signs, ' ') AS signs, min(cell) AS example
        FROM (SELECT cell, ${signsSql('cell')} AS signs FROM (
          SELECT coalesce(min(cell) FILTER (regexp_matches(cell, '[1-9１-９]')), min(cell)) AS cell FROM (
            SELECT ${column.sql} AS cell FROM ${file.numbered} LIMIT ${LOOKED_AT})
          GROUP BY regexp_replace(cell, '[0-9０-９.,]+', '0', 'g') LIMIT ${MOST_SPELLINGS}))
        WHERE signs IS NOT NULL AND (len(signs) > 0 OR regexp_matches(cell, '[1-9１-９]')) GROUP BY ALL ORDER BY ALL`,
      values: [],
    });
    for (const row of rows) {
      const example = String(row.example).trim();
      if (row.signs === '') bare ??= example;
      else signed.push({ signs: String(row.signs).split(' '), example });
    }
  }
  return { signed, bare };
}

/**
 * The proposal with the currency that the cells of its money say, or with what is to be asked of it.
 * @param said by the user: what is said holds, and cells that say otherwise are rejects
 */
export async function withMoneySigns(
  session: ReadSession,
  file: DataFile,
  proposal: Proposal,
  said: ImportOptions,
): Promise<Proposal> {
  const { mapping } = proposal;
  const columns = [mapping.revenue, mapping.spend].filter((name) => name !== undefined);
  if (columns.length === 0 || mapping.currency !== undefined || said.currency !== undefined) return proposal;
  const inHeaders = (['revenue', 'spend'] as const).flatMap((field) => {
    const column = columnNamed(file, mapping[field] ?? '');
    const currency = column ? unitOf(column.name, field, column.unit).currency : null;
    return column && currency ? [{ currency, name: column.name }] : [];
  });
  const { signed, bare } = await signsOf(session, file, columns);
  const { currency, reason } = judge(inHeaders, signed, bare);
  return {
    ...proposal,
    options: { ...proposal.options, ...(currency === null ? {} : { currency }) },
    reasons: [...proposal.reasons, ...(reason ? [reason] : [])],
  };
}

interface Verdict {
  readonly currency: string | null;
  readonly reason: OptionReason | null;
}

function judge(
  inHeaders: readonly { readonly currency: string; readonly name: string }[],
  signed: readonly Signed[],
  bare: string | null,
): Verdict {
  const [header, other] = inHeaders;
  if (header && other && header.currency !== other.currency)
    return asked(
      `the columns “${header.name}” and “${other.name}” are of two currencies, and a row has one: map one of them`,
      `“${header.name}”与“${other.name}”两列币种不同，而每行只有一种币种，请只映射其中一列`,
    );
  if (signed.length === 0) return { currency: null, reason: null };
  if (header) {
    const against = signed.find(({ signs }) => !signs.every((sign) => codesOf(sign).includes(header.currency)));
    if (!against) return { currency: null, reason: null };
    return asked(
      `“${header.name}” says ${header.currency}, and cells such as “${against.example}” say otherwise`,
      `列名“${header.name}”为 ${header.currency}，而单元格（如“${against.example}”）并非如此`,
    );
  }
  const written = [...new Set(signed.flatMap(({ signs }) => signs))];
  // `$` beside `HK$` is another dollar; `¥` beside `円` is yen.
  const agrees = (code: string) =>
    written.every((sign) => (sign === '$' ? code === 'USD' : codesOf(sign).includes(code)));
  const meant = written.map(meantBy).find((code) => code !== null && agrees(code)) ?? null;
  if (meant === null) {
    const examples = signed.slice(0, 4).map(({ example }) => `“${example}”`);
    return asked(
      `the signs in the cells of money are not of one currency that is known: ${examples.join(', ')}`,
      `金额单元格中的货币符号不是同一种已知币种：${examples.join('、')}`,
    );
  }
  const example = signed[0]?.example ?? '';
  // What nobody names is CNY anyhow.
  if (bare !== null && meant !== 'CNY')
    return asked(
      `cells such as “${example}” are of ${meant}, and nothing says what cells without a sign such as “${bare}” are of`,
      `单元格（如“${example}”）为 ${meant}，而不带符号的单元格（如“${bare}”）没有写明币种`,
    );
  const open = written.every((sign) => codesOf(sign).length > 1);
  const reason = {
    en: `cells such as “${example}” say the currency: ${meant}${open ? `, though “${written[0]}” may be another` : ''}`,
    zh: `单元格（如“${example}”）写明币种：${meant}${open ? `，但“${written[0]}”也可能是其他币种` : ''}`,
  };
  const doubt = meant === 'CNY' ? (open && written.includes('¥') ? 'mention' : null) : 'ask';
  return { currency: meant, reason: { option: 'currency', reason, ...(doubt ? { doubt } : {}) } };
}

const asked = (en: string, zh: string): Verdict => ({
  currency: null,
  reason: {
    option: 'currency',
    reason: {
      en: `watch out: ${en}; say the currency: cells of another one are then rejected`,
      zh: `请确认：${zh}；请指定币种，其他币种的单元格将被拒绝`,
    },
    doubt: 'answer',
  },
});

/** What a reject says of such a cell. */
export const otherCurrency = (currency: string | null): Label =>
  currency === null
    ? { en: 'its sign is of another currency than the row states', zh: '货币符号与该行写明的币种不符' }
    : {
        en: `its sign is of another currency than ${currency}, in which the money of this file is read`,
        zh: `货币符号与本文件金额的币种 ${currency} 不符`,
      };
