import { isChinese } from '../../i18n/chineseRuns.ts';
import type { Look } from '../look.ts';
import { escapeHtml } from '../text.ts';

/** One line of a tooltip: a mark's colour, its name in full, its value, and what else is known of it. */
export interface TooltipRow {
  colour?: string | undefined;
  name: string;
  value: string;
  detail?: string | undefined;
  strong?: boolean | undefined;
}

export interface TooltipContent {
  title: string;
  rows: readonly TooltipRow[];
  notes?: readonly string[] | undefined;
}

/** Names are as the data write them, whatever the page's language. */
const langOf = (text: string): string => (isChinese(text) ? ' lang="zh"' : '');

function rowHtml(look: Look, row: TooltipRow): string {
  const swatch =
    row.colour === undefined
      ? ''
      : `<span style="flex:none;width:8px;height:8px;border-radius:2px;background:${escapeHtml(row.colour)}"></span>`;
  const detail =
    row.detail === undefined || row.detail === ''
      ? ''
      : `<span style="color:${look.inkFaint};min-width:48px;text-align:right">${escapeHtml(row.detail)}</span>`;
  const weight = row.strong === true ? 600 : 400;
  return (
    '<div style="display:flex;align-items:center;gap:8px">' +
    `${swatch}<span style="flex:1 1 auto;min-width:0;overflow-wrap:anywhere;color:${look.inkSoft};font-weight:${weight}"${langOf(row.name)}>${escapeHtml(row.name)}</span>` +
    `<span style="flex:none;margin-left:16px;font-weight:600;color:${look.ink}">${escapeHtml(row.value)}</span>${detail}</div>`
  );
}

/** A tooltip as HTML. Every text in it is escaped here: names come out of files that anyone may have written. */
export function tooltipHtml(look: Look, content: TooltipContent): string {
  const notes = (content.notes ?? [])
    .filter((note) => note !== '')
    .map((note) => `<div style="color:${look.inkFaint};margin-top:4px">${escapeHtml(note)}</div>`)
    .join('');
  return (
    '<div style="min-width:160px;max-width:320px;white-space:normal;font-variant-numeric:tabular-nums;line-height:1.6">' +
    `<div style="font-weight:600;color:${look.ink};margin-bottom:4px;overflow-wrap:anywhere"${langOf(content.title)}>${escapeHtml(content.title)}</div>` +
    `${content.rows.map((row) => rowHtml(look, row)).join('')}${notes}</div>`
  );
}

/** ECharts' tooltip, dressed: beside the pointer, inside the chart, never over the mark. */
export function tooltipOption(look: Look, trigger: 'axis' | 'item', formatter: (params: unknown) => string): object {
  return {
    trigger,
    renderMode: 'html',
    confine: true,
    transitionDuration: 0.12,
    backgroundColor: look.raised,
    borderColor: look.grid,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: look.ink, fontFamily: look.font, fontSize: 12 },
    extraCssText: 'border-radius:8px;box-shadow:0 8px 24px rgb(0 0 0 / 0.16)',
    axisPointer: { type: 'line', lineStyle: { color: look.axis, width: 1, type: 'solid' }, label: { show: false } },
    formatter,
  };
}

/** The index of the pointed-at item in what ECharts hands a formatter (an object, or a list of them), else null. */
export function pointedIndex(params: unknown): number | null {
  const one: unknown = Array.isArray(params) ? params[0] : params;
  if (typeof one !== 'object' || one === null || !('dataIndex' in one)) return null;
  return typeof one.dataIndex === 'number' ? one.dataIndex : null;
}
