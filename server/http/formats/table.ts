import type { SeriesAnswer } from '../../contract/analyses.ts';
import type { BriefAnswer } from '../../contract/analyses-outlook.ts';
import type { Members } from '../../contract/catalog.ts';
import type { AnalysisAnswer, AnalysisId } from '../../contract/endpoints.ts';
import type { Cell, Column } from '../../contract/query.ts';

/** Rows may hold more than the columns; `cellOf` picks cells when they are written, so no second table is made. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export const rowsOfPart = (columns: readonly Column[], cells: number): number =>
  Math.max(1, Math.floor(cells / Math.max(1, columns.length)));

/** Parts of a row without a column are in the JSON only. */
export function tableOf({ columns, rows }: Table): Table {
  return { columns, rows };
}

const OWN_TABLES: { readonly [K in AnalysisId]?: (answer: AnalysisAnswer<K>) => Table } = {
  brief: briefTable,
  series: seriesTable,
};

/** @throws Error if the analysis has no rows and no table of its own */
export function tableOfAnalysis<K extends AnalysisId>(id: K, answer: AnalysisAnswer<K>): Table {
  const own = OWN_TABLES[id];
  if (own) return own(answer);
  if (!isTable(answer)) throw new Error(`${id} has no rows that a table could hold`);
  return tableOf(answer);
}

const isTable = (answer: object): answer is Table => 'columns' in answer && 'rows' in answer;

/** A finding per row; its calls as JSON text. */
export function briefTable({ rows }: BriefAnswer): Table {
  return tableOf({
    columns: BRIEF_COLUMNS,
    rows: rows.map((finding) => ({ ...finding, sentence_en: finding.sentence.en, sentence_zh: finding.sentence.zh })),
  });
}

const BRIEF_COLUMNS: readonly Column[] = [
  { id: 'id', type: 'text', unit: 'text', label: { en: 'Finding id', zh: '发现编号' } },
  { id: 'kind', type: 'text', unit: 'text', label: { en: 'Kind', zh: '类型' } },
  { id: 'sentence_en', type: 'text', unit: 'text', label: { en: 'Sentence (English)', zh: '英文表述' } },
  { id: 'sentence_zh', type: 'text', unit: 'text', label: { en: 'Sentence (Chinese)', zh: '中文表述' } },
  { id: 'value', type: 'number', unit: null, label: { en: 'Value', zh: '数值' } },
  { id: 'unit', type: 'text', unit: 'text', label: { en: 'Unit', zh: '单位' } },
  { id: 'score', type: 'number', unit: 'index', label: { en: 'Score', zh: '得分' } },
  { id: 'size', type: 'number', unit: 'index', label: { en: 'Size', zh: '规模' } },
  { id: 'surprise', type: 'number', unit: 'index', label: { en: 'Surprise', zh: '意外程度' } },
  { id: 'query', type: 'text', unit: 'text', label: { en: 'Call that gives it again (JSON)', zh: '复现调用（JSON）' } },
  { id: 'also', type: 'text', unit: 'text', label: { en: 'Further calls (JSON)', zh: '其他调用（JSON）' } },
];

/** Its days, as `daily` in the JSON. */
export function seriesTable({ series, daily }: SeriesAnswer): Table {
  const { series: id, series_label } = series;
  return tableOf({ columns: CARD_COLUMNS, rows: daily.map((day) => ({ series: id, series_label, ...day })) });
}

const CARD_COLUMNS: readonly Column[] = [
  { id: 'series', type: 'text', unit: 'text', label: { en: 'Series id', zh: '剧集编号' } },
  { id: 'series_label', type: 'text', unit: 'text', label: { en: 'Series', zh: '剧集' } },
  { id: 'day', type: 'date', unit: 'date', label: { en: 'Day', zh: '日期' } },
  { id: 'views', type: 'integer', unit: 'views', label: { en: 'Views', zh: '播放量' } },
  { id: 'cumulative_views', type: 'integer', unit: 'views', label: { en: 'Cumulative views', zh: '累计播放量' } },
];

export function membersTable({ rows }: Members): Table {
  return tableOf({
    columns: MEMBER_COLUMNS,
    rows: rows.map(({ id, label, views }) => ({ id, label_zh: label.zh, label_en: label.en, views })),
  });
}

const MEMBER_COLUMNS: readonly Column[] = [
  { id: 'id', type: 'text', unit: 'text', label: { en: 'Id', zh: '编号' } },
  { id: 'label_zh', type: 'text', unit: 'text', label: { en: 'Name (Chinese)', zh: '中文名称' } },
  { id: 'label_en', type: 'text', unit: 'text', label: { en: 'Name (English)', zh: '英文名称' } },
  { id: 'views', type: 'integer', unit: 'views', label: { en: 'Views', zh: '播放量' } },
];

/** A value of several parts becomes JSON text. */
export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
