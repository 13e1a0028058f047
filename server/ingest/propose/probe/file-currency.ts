import type { ImportOptions } from '../../../contract/imports.ts';
import type { Label } from '../../../contract/query.ts';
import { textOf } from '../../../warehouse/row-values.ts';
import type { ReadSession } from '../../../warehouse/warehouse.ts';
import { unitOf } from '../../cells/headers.ts';
import { CODES } from '../../cells/money-signs.ts';
import type { OptionReason } from '../../read/doubt.ts';
import { columnNamed, type DataFile } from '../../read/source.ts';
import {
  cellsAgainstHeader,
  cellsWithoutSign,
  columnsOfTwoCurrencies,
  currencyOfCells,
  saidAgainstHeader,
  signsOfSeveralCurrencies,
} from '../messages.ts';
import type { Proposal } from '../proposal.ts';
import { signsOfCells } from './probe-sql.ts';

/** An unknown sign with letters means a currency that has the plain sign. */
const codesOf = (sign: string): readonly string[] => CODES.get(sign) ?? CODES.get(sign.slice(-1)) ?? [];

const meantBy = (sign: string): string | null => CODES.get(sign)?.[0] ?? null;

interface Signed {
  readonly signs: readonly string[];
  readonly example: string;
}

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
    const rows = await session.all(signsOfCells(file, column.sql));
    for (const row of rows) {
      const example = textOf(row, 'example').trim();
      if (row.signs === '') bare ??= example;
      else signed.push({ signs: textOf(row, 'signs').split(' '), example });
    }
  }
  return { signed, bare };
}

/** With the currency of its cells, or a question about it. What the user says counts: other cells are rejects. */
export async function withMoneySigns(
  session: ReadSession,
  file: DataFile,
  proposal: Proposal,
  said: ImportOptions,
): Promise<Proposal> {
  const { mapping } = proposal;
  const columns = [mapping.revenue, mapping.spend].filter((name) => name !== undefined);
  if (columns.length === 0 || mapping.currency !== undefined) return proposal;
  const inHeaders = (['revenue', 'spend'] as const).flatMap((field) => {
    const column = columnNamed(file, mapping[field] ?? '');
    const currency = column ? unitOf(column.name, field, column.unit).currency : null;
    return column && currency ? [{ currency, name: column.name }] : [];
  });
  if (said.currency !== undefined) {
    const against = inHeaders.find(({ currency }) => currency !== said.currency);
    if (!against) return proposal;
    const reason = saidAgainstHeader(said.currency, against.name, against.currency);
    return { ...proposal, reasons: [...proposal.reasons, { option: 'mapping', reason, doubt: 'ask' }] };
  }
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
    return asked(columnsOfTwoCurrencies(header.name, other.name));
  if (signed.length === 0) return { currency: null, reason: null };
  if (header) {
    const against = signed.find(({ signs }) => !signs.every((sign) => codesOf(sign).includes(header.currency)));
    if (!against) return { currency: null, reason: null };
    return asked(cellsAgainstHeader(header.name, header.currency, against.example));
  }
  const written = [...new Set(signed.flatMap(({ signs }) => signs))];
  // `$` beside `HK$` is another dollar; `¥` beside `円` is yen.
  const agrees = (code: string) =>
    written.every((sign) => (sign === '$' ? code === 'USD' : codesOf(sign).includes(code)));
  const meant = written.map(meantBy).find((code) => code !== null && agrees(code)) ?? null;
  if (meant === null) return asked(signsOfSeveralCurrencies(signed.slice(0, 4).map(({ example }) => example)));
  const example = signed[0]?.example ?? '';
  // The default is CNY.
  if (bare !== null && meant !== 'CNY') return asked(cellsWithoutSign(example, meant, bare));
  const open = written.every((sign) => codesOf(sign).length > 1);
  const reason = currencyOfCells(example, meant, open ? (written[0] ?? null) : null);
  const doubt = meant === 'CNY' ? (open && written.includes('¥') ? 'mention' : null) : 'ask';
  return { currency: meant, reason: { option: 'currency', reason, ...(doubt ? { doubt } : {}) } };
}

const asked = (reason: Label): Verdict => ({
  currency: null,
  reason: { option: 'currency', reason, doubt: 'answer' },
});
