import { FIELD_LABELS } from '../../../../server/contract/fields.ts';
import { fieldSchema, type ImportRecord } from '../../../../server/contract/imports.ts';
import type { Language } from '../../../i18n/i18n.ts';
import { delimiterName } from '../parts/delimiterName.ts';
import { type HistoryWords, useWords } from './words.ts';

/** Mapping and options of an import in words: field and column, option and value. */
export function useSettings({ mapping, options }: Pick<ImportRecord, 'mapping' | 'options'>): {
  mapping: [string, string][];
  options: [string, string][];
} {
  const { t, language } = useWords();
  return {
    mapping: Object.entries(mapping).map(([field, column]) => [fieldLabel(field, language), column]),
    options: optionsText(options, t),
  };
}

function fieldLabel(field: string, language: Language): string {
  const known = fieldSchema.safeParse(field);
  return known.success ? FIELD_LABELS[known.data][language] : field;
}

const headerRowText = (row: number | undefined, t: HistoryWords) =>
  row === undefined ? undefined : row === 0 ? t('header_row_none') : t('header_row_value', { row });

function optionsText(options: ImportRecord['options'], t: HistoryWords): [string, string][] {
  const { encoding, delimiter, sheet, views_are, covers, coverage, mode, date_order, time_numbers, decimal_mark } =
    options;
  const pairs: [string, string | undefined][] = [
    [t('encoding'), encoding?.toUpperCase()],
    [t('delimiter'), delimiter === undefined ? undefined : delimiterName(delimiter, t)],
    [t('sheet'), sheet],
    [t('header_row'), headerRowText(options.header_row, t)],
    [t('across'), options.across && t(`across_${options.across}`)],
    [t('views_are'), views_are && t(`views_${views_are}`)],
    [t('covers'), covers && t(`covers_${covers}`)],
    [t('date_order'), date_order && t(`date_order_${date_order}`)],
    [t('date_format'), options.date_format],
    [t('dates_up_to'), options.dates_up_to],
    [t('time_numbers'), time_numbers && t(`time_numbers_${time_numbers}`)],
    [t('time_zone'), options.time_zone],
    [t('decimal_mark'), decimal_mark && t(`decimal_mark_${decimal_mark}`)],
    [t('currency'), options.currency],
    [t('rates_are'), options.rates_are && t(`rates_are_${options.rates_are}`)],
    [t('one_series'), options.series],
    [t('platform'), options.platform],
    [t('coverage_kind'), coverage && t(`coverage_kind_${coverage}`)],
    [t('mode'), mode && t(`mode_${mode}`)],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
