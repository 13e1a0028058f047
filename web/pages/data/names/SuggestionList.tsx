import { Button } from '@mantine/core';
import { IconCornerDownRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Suggestion } from '../../../../server/contract/aliases.ts';
import { compact, percent } from '../../../i18n/numbers.ts';
import { SeriesLink } from '../../../ui/PageLink.tsx';
import styles from './SuggestionList.module.css';
import { useWords } from './words.ts';

interface SuggestionListProps {
  rows: readonly Suggestion[];
  onPreview: (suggestion: Suggestion) => void;
  onDismiss: (suggestion: Suggestion) => void;
}

const AT_FIRST = 8;
const MORE = 24;

export function SuggestionList({ rows, onPreview, onDismiss }: SuggestionListProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(AT_FIRST);
  const rest = rows.length - shown;
  return (
    <>
      <ul className={styles.list}>
        {rows.slice(0, shown).map((row) => (
          <Pair key={`${row.from.id} ${row.into.id}`} row={row} onPreview={onPreview} onDismiss={onDismiss} />
        ))}
      </ul>
      {rest > 0 && (
        <div className={styles.more}>
          <Button variant="subtle" size="xs" onClick={() => setShown(shown + MORE)}>
            {t('more', { count: Math.min(rest, MORE) })}
          </Button>
        </div>
      )}
    </>
  );
}

function Pair({ row, onPreview, onDismiss }: { row: Suggestion } & Omit<SuggestionListProps, 'rows'>) {
  const { t, language } = useWords();
  const names = { from: row.from.label[language], into: row.into.label[language] };
  return (
    <li className={styles.pair}>
      <div className={styles.names}>
        <Name row={row} which="from" />
        <Name row={row} which="into" />
      </div>
      <div className={styles.why}>
        <p>{row.reason_label[language]}</p>
        {row.evidence.length > 0 && (
          <p className={styles.evidence}>
            {row.evidence.map((one) => (
              <span key={one.en} data-against={one.weight < 0}>
                {t(one.weight < 0 ? 'speaks_against' : 'speaks_for', { text: one[language] })}
              </span>
            ))}
          </p>
        )}
      </div>
      <div className={styles.score} title={t('score')}>
        <span className={styles.track} aria-hidden>
          <span style={{ inlineSize: `${row.score * 100}%` }} />
        </span>
        <span className="numbers">{percent(row.score, 0)}</span>
      </div>
      <div className={styles.actions}>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => onPreview(row)}
          aria-label={t('preview_merge_of', names)}
        >
          {t('preview_merge')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => onDismiss(row)}
          aria-label={t('dismiss_of', names)}
        >
          {t('dismiss')}
        </Button>
      </div>
    </li>
  );
}

/** A name as it is written, the other language's beside it where that is what the two share or differ in. */
function Name({ row, which }: { row: Suggestion; which: 'from' | 'into' }) {
  const { language } = useWords();
  const member = row[which];
  const label = member.label[language];
  const other = member.label[language === 'zh' ? 'en' : 'zh'];
  const beside = other !== label && (language === 'en' || row.reason === 'translation') ? other : null;
  return (
    <p className={styles.name}>
      {which === 'into' ? (
        <IconCornerDownRight className={styles.arrow} size={14} stroke={1.8} aria-hidden />
      ) : (
        <span className={styles.arrow} />
      )}
      <span className={styles.label} data-holds={which === 'into'}>
        {row.dimension === 'series' ? (
          <SeriesLink id={member.id} className={styles.link ?? ''}>
            {label}
          </SeriesLink>
        ) : (
          label
        )}
        {beside !== null && <span className={styles.beside}>{beside}</span>}
      </span>
      <span className={`numbers ${styles.views}`}>{compact(member.views, language)}</span>
    </p>
  );
}
