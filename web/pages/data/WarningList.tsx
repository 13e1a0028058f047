import type { ImportRecord } from '../../../server/contract/imports.ts';
import { exact } from '../../i18n/numbers.ts';
import { serverText } from '../../i18n/serverText.ts';
import styles from './WarningList.module.css';
import { warningText } from './warningText.ts';
import { useWords } from './words.ts';

/** What an import warns of: what it is, how many rows, what it means, and the server's own words for the details. */
export function WarningList({ warnings }: { warnings: ImportRecord['warnings'] }) {
  const { t, language } = useWords();
  if (warnings.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('warnings')}>
      {warnings.map(({ code, detail, count }) => {
        const known = warningText(code, t);
        const said = serverText(detail, language);
        return (
          <li key={`${code} ${said}`}>
            <strong>{known?.title ?? said}</strong>
            {count > 0 && <span className={styles.count}>{t('rows_label', { count: exact(count) })}</span>}
            {known !== null && <p title={said}>{known.text}</p>}
            {code === 'value_ignored' && <p className={styles.said}>{said}</p>}
          </li>
        );
      })}
    </ul>
  );
}
