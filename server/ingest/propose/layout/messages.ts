import type { Across } from '../../../contract/imports.ts';
import type { Label } from '../../../contract/query.ts';
import { joined, quoted } from '../../../wording.ts';
import { watchOut } from '../messages.ts';

const LOOKED_FOR: Readonly<Record<Exclude<Across, 'none'>, Label>> = {
  time: { en: 'columns of numbers that are named by days, weeks or months', zh: '以日、周或月命名的数字列' },
  platform: { en: 'columns of numbers that are named by platforms', zh: '以平台命名的数字列' },
  series: { en: 'columns of numbers that are named by series', zh: '以剧名命名的数字列' },
  tables: { en: 'tables with the same columns side by side', zh: '列名相同的并排表格' },
};

export function nothingAcross(across: Exclude<Across, 'none'>): Label {
  const { en, zh } = LOOKED_FOR[across];
  return { en: `no ${en}`, zh: `没有${zh}` };
}

export function fileHasNothingAcross(across: Exclude<Across, 'none'>, columns: readonly string[]): Label {
  const { en, zh } = nothingAcross(across);
  return {
    en: `This file has ${en} (across ${across}). Its columns are: ${columns.join(', ')}. If the names stand in another row, say header_row; else leave across out, or say none.`,
    zh: `文件中${zh}（across 为 ${across}）。文件的列有：${columns.join('、')}。若列名在另一行，请指定 header_row；否则请不指定 across，或设为 none。`,
  };
}

export function tablesSideBySide(count: number, columns: readonly string[]): Label {
  const { en, zh } = quoted(columns);
  return watchOut({
    en: `${count} tables with the columns ${en} stand side by side: they are read as one table`,
    zh: `有 ${count} 个列名相同的表格（${zh}）并排，按上下相接的一个表格读取`,
  });
}

const PER: Readonly<Record<Exclude<Across, 'none'>, Label>> = {
  time: { en: 'day, week or month', zh: '日（周、月）' },
  platform: { en: 'platform', zh: '平台' },
  series: { en: 'series', zh: '部剧' },
  tables: { en: 'table', zh: '个表格' },
};
const SHOWN = 6;

export interface ColumnsToRows {
  readonly across: Exclude<Across, 'none'>;
  readonly keys: readonly string[];
  readonly made: readonly string[];
  readonly left: readonly string[];
  readonly odd: Label | null;
  readonly open: readonly string[];
}

export function columnsBecomeRows({ across, keys, made, left, odd, open }: ColumnsToRows): Label {
  const more = keys.length > SHOWN;
  const [shown, rows, beside, unknown] = [quoted(keys.slice(0, SHOWN)), quoted(made), quoted(left), quoted(open)];
  const one = (names: readonly string[], singular: string, plural: string) => (names.length === 1 ? singular : plural);
  const parts: Label[] = [
    {
      en: `the columns of ${shown.en}${more ? ' …' : ''} are taken for a column per ${PER[across].en}, and read as rows (${rows.en})`,
      zh: `${shown.zh}${more ? '等' : ''}各列视为每${PER[across].zh}一列，转为行读取（${rows.zh}）`,
    },
  ];
  if (across === 'series')
    parts.push({
      en: 'nothing tells whether these are series or other measures',
      zh: '此处无法区分剧名与其他指标',
    });
  if (left.length > 0)
    parts.push({
      en: `${beside.en} ${one(left, 'is', 'are')} left out, as of none of them alone${odd ? ` (${odd.en})` : ''}`,
      zh: `${beside.zh}不单属其中任何一项，未采用${odd ? `（${odd.zh}）` : ''}`,
    });
  if (open.length > 0)
    parts.push({
      en: `${unknown.en} ${one(open, 'holds', 'hold')} numbers, too, and ${one(open, 'is', 'are')} taken for none of them`,
      zh: `${unknown.zh}也是数字，但未视为其中之一`,
    });
  return watchOut(joined(...parts));
}

export const totalIsNoSum = (column: string, row: number, stated: number, sum: number): Label => ({
  en: `“${column}” says ${stated.toLocaleString('en')} in row ${row} of the data, the columns add up to ${sum.toLocaleString('en')}`,
  zh: `数据第 ${row} 行“${column}”为 ${stated.toLocaleString('en')}，各列之和为 ${sum.toLocaleString('en')}`,
});

export const NAMES_BECOME_ROWS: Label = {
  en: 'the names of the columns, which are read as rows',
  zh: '由各列的列名转为行',
};

export const NUMBERS_OF_WHAT: Label = {
  en: 'the numbers of the columns that are read as rows; nothing says what they count',
  zh: '转为行的各列数字；没有文字说明是什么指标',
};
