import { ApiError } from '../../data/api/request.ts';
import { faultsText, useErrorText } from '../ErrorState.tsx';
import { NoSql } from './clip.ts';
import { NoClipboard } from './exportChart.ts';
import { useChartWords } from './words.ts';

/** Why a chart did not leave, and what to do. */
export function useExportError(): (reason: unknown) => string {
  const { t, language } = useChartWords();
  const said = useErrorText();
  return (reason) => {
    if (reason instanceof NoSql) return t('no_sql');
    if (reason instanceof NoClipboard) return t('no_clipboard');
    if (reason instanceof DOMException && reason.name === 'NotAllowedError') return t('denied');
    const faults = reason instanceof ApiError ? faultsText(reason, language) : [];
    return [said(reason), ...faults].join(' ');
  };
}
