/** What a proposal says about columns, folders, sheets, and what needs a confirmation. */
import { FIELD_LABELS } from '../../contract/fields.ts';
import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { joined, quoted } from '../../wording.ts';
import type { Misfit } from './profiles.ts';

const WATCH_OUT: Label = { en: 'watch out: ', zh: '请确认：' };

export const watchOut = ({ en, zh }: Label): Label => ({ en: WATCH_OUT.en + en, zh: WATCH_OUT.zh + zh });

export const withoutWatchOut = ({ en, zh }: Label): Label => ({
  en: en.startsWith(WATCH_OUT.en) ? en.slice(WATCH_OUT.en.length) : en,
  zh: zh.startsWith(WATCH_OUT.zh) ? zh.slice(WATCH_OUT.zh.length) : zh,
});

// Confirmation

export const reasonWithValue = ({ en, zh }: Label, option: string, value: string | null): Label => ({
  en: `${en} (${value === null ? `nobody said ${option}` : `taken: ${option} ${value}`})`,
  zh: `${zh}（${value === null ? `未指定 ${option}` : `已按 ${option}=${value} 处理`}）`,
});

export function waitsForAnswers(reasons: readonly Label[], options: readonly string[]): Label {
  const { en, zh } = joined(...reasons);
  return {
    en: `nothing is imported until somebody answers: ${en}. Say ${options.join(', ')}.`,
    zh: `以下问题回答之前不会导入：${zh}。请指定 ${options.join('、')}。`,
  };
}

export function takenUnconfirmed(reasons: readonly Label[], options: readonly string[]): Label {
  const { en, zh } = joined(...reasons);
  return {
    en: `taken as proposed, though nobody confirmed it: ${en}. If that is wrong, undo the import and say ${options.join(', ')}.`,
    zh: `未经确认，按建议处理：${zh}。如不对，请撤销导入并指定 ${options.join('、')}。`,
  };
}

/** @param mayTake whether the proposal may be taken unchanged */
export function notConfirmed(
  reasons: readonly Label[],
  { options, columns, mayTake }: { options: readonly string[]; columns: readonly string[]; mayTake: boolean },
): Label {
  const { en, zh } = joined(...reasons);
  const hint = mayTake
    ? {
        en: ', or take what is proposed (on the command line without --strict)',
        zh: '，或按建议处理（命令行去掉 --strict）',
      }
    : { en: '', zh: '' };
  return {
    en: `Nobody has confirmed how to read this file: ${en}. Say ${options.join(', ')}${hint.en}. Its columns are: ${columns.join(', ')}.`,
    zh: `此文件的读取方式尚未确认：${zh}。请指定 ${options.join('、')}${hint.zh}。文件的列有：${columns.join('、')}。`,
  };
}

export const encodingGuessed = (encoding: string, { en, zh }: Label): Label => ({
  en: `its encoding is a guess: ${encoding} (${en})`,
  zh: `编码为推测：${encoding}（${zh}）`,
});

// Columns

export const NO_SERIES_COLUMN: Label = {
  en: 'no column is known to name a series: choose the one that does, or give the title if the whole file is of one series (option series). A list of something else (channels, producers) has nothing to import: put what it says into the log or the catalogue, in columns beside the series',
  zh: '没有列可识别为剧名或剧集编号：如有，请指定；整个文件是同一部剧时，可填写“剧名（整个文件）”（series）。频道、承制方等名单没有可以单独导入的内容，请将所需内容作为列并入播放数据或剧集目录',
};

export const NOTHING_DESCRIBED: Label = {
  en: 'apart from titles or ids, no column is known',
  zh: '除剧名或编号外，没有可识别的列',
};

export const takenByValues = (column: string, field: Field): Label => ({
  en: `“${column}” is taken for ${field} by its values only`,
  zh: `“${column}”列仅凭内容判断为${FIELD_LABELS[field].zh}`,
});

export const BY_VALUES = {
  time: {
    en: 'its values are dates, and no other column is named as the time',
    zh: '内容均为日期，且没有其他列名表示时间',
  },
  platform: { en: 'its values are known platforms', zh: '内容为已知平台' },
  region: { en: 'its values are known regions', zh: '内容为已知地区' },
  genres: { en: 'its values are known genres', zh: '内容为已知题材' },
  title: {
    en: 'of the columns of texts it has the most different values, and no column is named as the series',
    zh: '文本列中取值最多的一列，且没有列名表示剧集',
  },
  views: {
    en: 'it holds the only numbers that may be views, and no column is named as a measure',
    zh: '唯一可能是播放量的数字列，且没有列名表示指标',
  },
} as const satisfies Readonly<Record<string, Label>>;

export const AS_CHOSEN: Label = { en: 'as it was chosen', zh: '按所选处理' };

export const SOURCE_OF_NAME: Label = {
  en: 'the file name without extension, dates and digits',
  zh: '取自文件名，去掉扩展名、日期与数字',
};

export const publishedThen = (column: string): Label => ({
  en: `by its header, “${column}” is when something was published, not the day of the numbers`,
  zh: `从列名看，“${column}”是发布时间，而不是数据所属日期`,
});

export const namesEpisodes = (column: string): Label => ({
  en: `the values of “${column}” are episodes, such as 第1集, not how many there are`,
  zh: `“${column}”列的内容是第几集（如第1集），而非总集数`,
});

export const episodesDiffer = (column: string): Label => ({
  en: `“${column}” differs within one series and day: it is the episode, not how many there are`,
  zh: `同一部剧同一天的“${column}”各不相同，因此是第几集，而非总集数`,
});

export function unitAbove(unit: string, columns: readonly string[]): Label {
  const { en, zh } = quoted(columns);
  return {
    en: `a line above the header says “${unit}”: the numbers in ${en} are read in that unit, and cells with a unit of their own in theirs`,
    zh: `表头上方写明单位“${unit}”：${zh}列的数字按此单位换算，自带单位的单元格以自身为准`,
  };
}

export const decimalComma = (sample: string): Label => ({
  en: `numbers such as “${sample}” have a decimal comma`,
  zh: `数字（如“${sample}”）以逗号作小数点`,
});

export const decimalMarksClash = (comma: string, point: string, either: string | undefined): Label =>
  watchOut({
    en: `“${comma}” can only have a decimal comma and “${point}” only a decimal point${either === undefined ? '' : `, so “${either}” may be either`}: say which mark the file has; numbers that do not fit it are rejected`,
    zh: `“${comma}”只能以逗号作小数点，“${point}”只能以点作小数点${either === undefined ? '' : `，因此“${either}”两种读法都有可能`}；请指定小数点，按此读不出的数字会被拒绝`,
  });

// Columns that are left out

export function viewsPerPlatform(columns: readonly string[]): Label {
  const { en, zh } = quoted(columns);
  return {
    en: `${en} look like views, and none is mapped: each row would count as one view. Put a column per platform into rows (a column of platforms and one of views), or import the file once for each: map that column as views, give its platform, and from the second time on force it. If each row is one view, say views_are event`,
    zh: `${zh}像是播放量，但均未映射，每行将计为一次播放。若每个平台一列，请改为每个平台一行（平台列与播放量列），或逐列导入：将该列映射为播放量并指定平台，第二次起选择“仍然导入”（force）。若每行确为一次播放，请将“播放量是”选为“逐条事件”（views_are: event）`,
  };
}

export function numbersUnmapped(columns: readonly string[]): Label {
  const { en, zh } = quoted(columns);
  return {
    en: `no column is known to state views, though ${en} hold numbers: map the one that states the views. If the names of the columns stand in another row, say header_row. If each row is one view, say views_are event`,
    zh: `没有列可识别为播放量，而${zh}列含有数字：请将播放量所在的列映射为播放量。若列名在另一行，请选择“表头”（header_row）。若每行确为一次播放，请将“播放量是”选为“逐条事件”（views_are: event）`,
  };
}

export function viewsMayBeIn(columns: readonly string[]): Label {
  const { en, zh } = quoted(columns);
  return {
    en: `no column is known to state views, and the numbers in ${en} would be left out: if one of them states the views, map it`,
    zh: `没有列可识别为播放量，而${zh}列的数字将不导入：其中若有播放量，请将该列映射为播放量`,
  };
}

export function datesForNames(columns: readonly string[], more: boolean): Label {
  const { en, zh } = quoted(columns);
  return {
    en: `the columns ${en}${more ? ' …' : ''} look like dates, and their numbers would be left out: put them into rows (a column of dates and one of views). If they are no figures of those days, say kind catalog`,
    zh: `${zh}${more ? '等' : ''}列名像是日期，其中的数字将不导入：请改为每个日期一行（日期列与播放量列）。若并非这些日期的数据，请将“内容”选为“剧集目录”（kind: catalog）`,
  };
}

export const twoColumnsOfOneName = (name: string, second: string, field: Field): Label => ({
  en: `two columns are called “${name}”, and their numbers differ: the first is taken for ${field}; say which one it is (the second is “${second}”)`,
  zh: `有两列都叫“${name}”且数字不同，取第一列为${FIELD_LABELS[field].zh}；请指定是哪一列（第二列为“${second}”）`,
});

export function measuresWithoutDay(columns: readonly string[], fields: readonly Field[]): Label {
  const { en, zh } = quoted(columns);
  return watchOut({
    en: `no column says which day the numbers are of, so the file is taken for a catalogue and ${en} (${fields.join(', ')}) left out. Say kind catalog, or of which day they are: map the column of days, or say day (of a week or a month its first day, and what it covers)`,
    zh: `没有列说明数字属于哪一天，按剧集目录导入，${zh}（${fields.map((f) => FIELD_LABELS[f].zh).join('、')}）将不导入；请将“内容”选为“剧集目录”（kind: catalog），或选为“播放数据”（log）并说明数字所属的日期：映射日期列，或填写“全部行的日期”（day；若为一周或一月，填其第一天并选择“该日期表示”，即 covers）`,
  });
}

export function columnsBesideRows(columns: readonly string[]): Label {
  const { en, zh } = quoted(columns);
  return {
    en: `these columns are left out, as they belong to no single one of the columns that become rows: ${en}`,
    zh: `以下列不单属于转为行的某一列，未导入：${zh}`,
  };
}

export function columnsOfNoCatalogue(columns: readonly string[]): Label {
  const { en, zh } = quoted(columns);
  return {
    en: `a catalogue has no place for these columns, so they are left out: ${en}. Numbers need a day: if the file has a column of dates, import it as a log`,
    zh: `剧集目录不含播放类指标，以下列未导入：${zh}。指标须有对应日期：如有日期列，请按播放数据导入`,
  };
}

// Sheets, folders and names

export function sheetsLeftOut(
  sheet: string,
  others: readonly { readonly name: string; readonly rows: number | null }[],
): Label {
  const named = (en: boolean) =>
    others.map(({ name, rows }) => {
      if (rows === null) return `“${name}”`;
      const count = rows.toLocaleString('en');
      return en ? `“${name}” (${count} ${rows === 1 ? 'row' : 'rows'})` : `“${name}”（${count} 行）`;
    });
  return {
    en: `only the sheet “${sheet}” is imported, not ${named(true).join(', ')}. To import another sheet, give the workbook again with its name (options.sheet, --sheet)`,
    zh: `只导入工作表“${sheet}”，未导入${named(false).join('、')}。如需其他工作表，请再次导入该工作簿并指定工作表（options.sheet、--sheet）`,
  };
}

export const rowsAreUnder = (name: string): Label => ({
  en: `the rows are the objects under “${name}”`,
  zh: `数据行取自“${name}”下的对象`,
});

export const folderDiffers = (folder: string, column: string, sample: string): Label =>
  watchOut({
    en: `the folder “${folder}” and the column “${column}” (such as “${sample}”) differ: the column is used`,
    zh: `文件夹“${folder}”与“${column}”列（如“${sample}”）不一致，以列为准`,
  });

export const platformOfFileName = (part: string, { en, zh }: Label): Label => ({
  en: `no column says the platform, but “${part}” names ${en}`,
  zh: `没有平台列，“${part}”指明平台为${zh}`,
});

export const sourceHasNoPlatform = (part: string, { en, zh }: Label, source: string): Label => ({
  en: `“${part}” names the platform ${en}, but earlier imports of the source “${source}” state none: it is left out, so that their rows stay the same rows`,
  zh: `“${part}”指明平台为${zh}，但来源“${source}”此前的导入未指定平台：为与已有记录保持一致，未采用`,
});

export const platformOverProfile = (part: string, { en, zh }: Label, profiles: string): Label => ({
  en: `“${part}” names ${en}, which goes before the profile’s ${profiles}`,
  zh: `“${part}”指明平台为${zh}，不采用映射中的${profiles}`,
});

// Rankings

export function ranks(
  column: string,
  { periods, usual, last }: { periods: number; usual: number; last: number },
): Label {
  const rows =
    periods === 1
      ? { en: `${usual} rows of one period`, zh: `一期共 ${usual} 行` }
      : { en: `${usual} rows in most of ${periods} periods`, zh: `${periods} 期中多数为 ${usual} 行` };
  return {
    en: `${rows.en}, and “${column}” ranks them from 1 to ${last}: a ranking, which says nothing of the series that are not on it`,
    zh: `${rows.zh}，“${column}”列为 1 至 ${last} 的名次：这是榜单，未上榜的剧集视为未知`,
  };
}

// Profiles

export const profileNotFound = (name: string): Label => ({
  en: `There is no profile “${name}”; GET /api/v1/profiles lists them.`,
  zh: `没有名为“${name}”的映射；已保存的映射见 GET /api/v1/profiles。`,
});

export function columnsDiffer({ needed, gone, fresh }: Misfit): Label {
  const [maps, lacks, has] = [quoted(needed), quoted(gone), quoted(fresh)];
  const parts = [
    { of: needed, en: `it maps ${maps.en}, which the file does not have`, zh: `缺少映射所用的列${maps.zh}` },
    { of: gone, en: `the file lacks ${lacks.en}`, zh: `缺少列${lacks.zh}` },
    { of: fresh, en: `the file has ${has.en}, which the profile does not know`, zh: `多出列${has.zh}` },
  ].filter(({ of }) => of.length > 0);
  return { en: parts.map(({ en }) => en).join('; '), zh: parts.map(({ zh }) => zh).join('，') };
}

export function profileDoesNotFit(name: string, missed: Misfit, columns: readonly string[]): Label {
  const { en, zh } = columnsDiffer(missed);
  return {
    en: `The profile “${name}” does not fit this file: ${en}. The file's columns are: ${columns.join(', ')}. Correct the mapping and save the profile again, or import without it.`,
    zh: `映射“${name}”不适用于此文件：${zh}。文件的列有：${columns.join('、')}。请修正后重新保存映射，或不使用映射导入。`,
  };
}

export const columnMissing = (name: string): Label => ({
  en: `the file has no column “${name}”`,
  zh: `文件中没有“${name}”列`,
});

export function profileNoLongerFits(name: string, missed: Misfit): Label {
  const { en, zh } = columnsDiffer(missed);
  return { en: `the profile “${name}” no longer fits: ${en}`, zh: `映射“${name}”已不适用：${zh}` };
}

export const profileFits = (name: string): Label => ({
  en: `the columns are those of the profile “${name}”`,
  zh: `各列与映射“${name}”一致`,
});

export function profileAskedFor(name: string, missed: Misfit): Label {
  const { en, zh } = columnsDiffer(missed);
  return { en: `the profile “${name}” was asked for, though ${en}`, zh: `已按要求套用映射“${name}”，但文件${zh}` };
}

export const ofProfile = (name: string): Label => ({ en: `the profile “${name}”`, zh: `映射“${name}”` });

// Money

const sayCurrency = ({ en, zh }: Label): Label =>
  watchOut({
    en: `${en}; say the currency: cells of another one are then rejected`,
    zh: `${zh}；请指定币种，其他币种的单元格将被拒绝`,
  });

export const columnsOfTwoCurrencies = (one: string, other: string): Label =>
  sayCurrency({
    en: `the columns “${one}” and “${other}” are of two currencies, and a row has one: map one of them`,
    zh: `“${one}”与“${other}”两列币种不同，而每行只有一种币种，请只映射其中一列`,
  });

export const cellsAgainstHeader = (header: string, currency: string, cell: string): Label =>
  sayCurrency({
    en: `“${header}” says ${currency}, and cells such as “${cell}” say otherwise`,
    zh: `列名“${header}”为 ${currency}，而单元格（如“${cell}”）并非如此`,
  });

export function signsOfSeveralCurrencies(cells: readonly string[]): Label {
  const { en, zh } = quoted(cells);
  return sayCurrency({
    en: `the signs in the cells of money are not of one known currency: ${en}`,
    zh: `金额单元格中的货币符号不是同一种已知币种：${zh}`,
  });
}

export const cellsWithoutSign = (signed: string, currency: string, bare: string): Label =>
  sayCurrency({
    en: `cells such as “${signed}” are of ${currency}, and nothing says what cells without a sign such as “${bare}” are of`,
    zh: `单元格（如“${signed}”）为 ${currency}，而不带符号的单元格（如“${bare}”）没有写明币种`,
  });

export const saidAgainstHeader = (said: string, header: string, currency: string): Label => ({
  en: `“${header}” says ${currency}, and its numbers are read as ${said}, as you said`,
  zh: `列名“${header}”为 ${currency}，现按您指定的 ${said} 读取`,
});

export const currencyOfCells = (cell: string, currency: string, sign: string | null): Label => ({
  en: `cells such as “${cell}” say the currency: ${currency}${sign === null ? '' : `, though “${sign}” may be another`}`,
  zh: `单元格（如“${cell}”）写明币种：${currency}${sign === null ? '' : `，但“${sign}”也可能是其他币种`}`,
});

// Exchange rates

export const IS_OF_RATES: Label = {
  en: 'its columns are a day, a currency and a rate, and no series: exchange rates',
  zh: '列为日期、币种与汇率，没有剧集：汇率文件',
};

export const SAY_BASE: Label = {
  en: 'nothing says the base of the rates: say the currency that they are stated in, or for one unit of which (EUR in the file of the European Central Bank)',
  zh: '文件没有写明基准币种：请指定汇率以哪种货币表示，或是 1 单位哪种货币的价格（欧洲央行的文件为 EUR）',
};

export interface StatedRate {
  readonly currency: string;
  readonly base: string;
  readonly rate: number;
}

/** @param off how many times too large, or below 1 too small @param about the expected rate */
export function rateImplausible({ currency, base, rate }: StatedRate, off: number, about: string): Label {
  const times = Number((off > 1 ? off : 1 / off).toPrecision(1)).toLocaleString('en');
  const shown = Number(rate.toPrecision(6));
  return {
    en: `1 ${currency} = ${shown} ${base} is some ${times} times ${off > 1 ? 'more' : 'less'} than it can be (about ${about}): by the hundred, the other way round, or of another base? Correct the rates, or say which way round they are (rates_are) and the currency that they are in`,
    zh: `1 ${currency} = ${shown} ${base}，约为合理值（约 ${about}）的${off > 1 ? ` ${times} 倍` : ` 1/${times}`}：是否按每 100 单位标价、方向相反，或基准币种不同？请更正汇率，或指定汇率方向（rates_are）与基准币种`,
  };
}

export const ratesTurned = ({ currency, base, rate }: StatedRate, about: string): Label => ({
  en: `the rates are taken the other way round: ${rate} can only be ${currency} for 1 ${base}, as 1 ${currency} is about ${about} ${base}`,
  zh: `汇率按 1 ${base} 折合多少外币读取：1 ${currency} 约为 ${about} ${base}，因此 ${rate} 只能是 1 ${base} 折合的 ${currency}`,
});

export const ratesEitherWay = ({ currency, base, rate }: StatedRate): Label => ({
  en: `the sizes of the rates do not tell which way round they are: read as 1 ${currency} = ${rate} ${base}, not as 1 ${base} = ${rate} ${currency} (units_per_base)`,
  zh: `从数值看不出汇率方向：按 1 ${currency} = ${rate} ${base} 读取，而非 1 ${base} = ${rate} ${currency}（units_per_base）`,
});

export function ratesAgainstSaid(reason: Label): Label {
  const { en, zh } = withoutWatchOut(reason);
  return { en: `rates are read as was said: ${en}`, zh: `已按指定的方向读取汇率：${zh}` };
}

export interface RateShown {
  readonly day: string | null;
  readonly code: string | null;
  readonly rate: string | null;
  readonly into: string | null;
}

/** @param base null if rows state their own @param shown null if no row can be read */
export function readAsUnitsPerBase(base: string | null, shown: RateShown | null): Label {
  const sample = (of: string) => (shown ? `1 ${shown.into ?? of} = ${shown.rate} ${shown.code}` : '');
  return {
    en: `each rate is read as units of the currency for one ${base ?? 'unit of the base'}${shown ? `: ${sample('of the base')} on ${shown.day}` : ''}`,
    zh: `汇率按 1 单位${base === null ? '基准币种' : ` ${base} `}折合多少该币种读取${shown ? `：${shown.day}，${sample('基准币种')}` : ''}`,
  };
}

/** @param base null if rows state their own @param shown null if no row can be read */
export function readAsBasePerUnit(base: string | null, shown: RateShown | null): Label {
  const sample = (of: string) => (shown ? `1 ${shown.code} = ${shown.rate} ${shown.into ?? of}` : '');
  return {
    en: `each rate is read as ${base ?? 'units of the base'} for one unit of the currency${shown ? `: ${sample('the base')} on ${shown.day}` : ''}`,
    zh: `汇率按 1 单位该币种折合多少${base === null ? '基准币种' : ` ${base} `}读取${shown ? `：${shown.day}，${sample('基准币种')}` : ''}`,
  };
}
