import type { ImportOptions } from '../../contract/imports.ts';
import { textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { unitOf } from '../cells/headers.ts';
import { CODES, signsSql } from '../cells/money-signs.ts';
import type { OptionReason } from '../read/doubt.ts';
import { columnNamed, type DataFile } from '../read/source.ts';
import type { Proposal } from './proposed.ts';
import { LOOKED_AT } from './view-steps.ts';

/** A sign with letters that nobody knows is of some currency that has the sign. */
const codesOf = (sign: string): readonly string[] => CODES.get(sign) ?? CODES.get(sign.slice(-1)) ?? [];

/** The currency that a sign means by itself, null where it leaves it open. */
const meantBy = (sign: string): string | null => CODES.get(sign)?.[0] ?? null;

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
      const example = textOf(row, 'example').trim();
      if (row.signs === '') bare ??= example;
      else signed.push({ signs: textOf(row, 'signs').split(' '), example });
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
