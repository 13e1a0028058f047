import type { ImportRecord } from '../../../../../server/contract/imports.ts';
import { exact } from '../../../../i18n/numbers.ts';
import { serverText } from '../../../../i18n/serverText.ts';
import { NoticeItem, NoticeList } from '../../../../ui/Notice.tsx';
import styles from './WarningList.module.css';
import { warningText } from './warningText.ts';
import { useWords } from './words.ts';

/** Whose details nobody knows without the server's own words: which values, files, sheets. */
const DETAILED = new Set([
  'value_ignored',
  'rows_changed',
  'sheets_left_out',
  'columns_left_out',
  'columns_beside',
  'views_are_unlikely',
]);
/** Whose count is none of rows; the server's words name each. */
const OF_COLUMNS = new Set(['columns_left_out', 'columns_beside']);

export function WarningList({ warnings }: { warnings: ImportRecord['warnings'] }) {
  const { t, language } = useWords();
  if (warnings.length === 0) return null;
  return (
    <NoticeList label={t('warnings')} columns>
      {warnings.map(({ code, detail, count }) => {
        const known = warningText(code, t);
        const said = serverText(detail, language);
        return (
          <NoticeItem key={`${code} ${said}`} tone="warn">
            <strong>{known?.title ?? said}</strong>
            {count > 0 && !OF_COLUMNS.has(code) && (
              <span className={styles.count}>{t('rows_label', { count, shown: exact(count) })}</span>
            )}
            {known !== null && (
              <p className={styles.text} title={said}>
                {known.text}
              </p>
            )}
            {DETAILED.has(code) && <p className={styles.said}>{said}</p>}
          </NoticeItem>
        );
      })}
    </NoticeList>
  );
}
