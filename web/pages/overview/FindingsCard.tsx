import { Button, Skeleton } from '@mantine/core';
import { IconChevronRight, IconPresentation } from '@tabler/icons-react';
import type { QueryKey } from '@tanstack/react-query';
import { ENDPOINTS } from '../../../server/contract/endpoints.ts';
import { addressOf } from '../../data/api/client.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { useAfterOthers } from '../../data/useAfterOthers.ts';
import { Card } from '../../ui/Card.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Name } from '../../ui/Name.tsx';
import { TargetLink } from '../../ui/TargetLink.tsx';
import styles from './FindingsCard.module.css';
import { targetOf } from './findingTarget.ts';
import { useWords } from './words.ts';

/** Findings told, and places kept for them. */
const SHOWN = 9;
const PLACES = Array.from({ length: SHOWN }, (_, place) => place);
const isBrief = ([id]: QueryKey): boolean => id === 'brief';

/** What changed in the period, in sentences of the brief, which is asked last so that no number waits for it. */
export function FindingsCard() {
  const { t, language } = useWords();
  const scope = useScope();
  const enabled = useAfterOthers(isBrief, scope);
  const brief = useAnalysis('brief', { compare: scope.comparison, limit: SHOWN }, { enabled });
  const { error } = brief;
  // Sentences of other filters beside the numbers of these would be wrong.
  const late = brief.isPending || brief.isPlaceholderData;
  const data = late ? undefined : brief.data;
  return (
    <Card
      title={t('findings')}
      actions={
        // The deck tells of all the data.
        scope.filters.length === 0 && (
          <Button
            component="a"
            href={addressOf(ENDPOINTS.briefDeck, { from: scope.range.from, to: scope.range.to, download: t('deck') })}
            variant="default"
            size="xs"
            data-control
            leftSection={<IconPresentation size={14} stroke={1.6} aria-hidden />}
          >
            {t('as_slides')}
          </Button>
        )
      }
      flush
    >
      <div className={styles.place} aria-busy={late} data-full={late || data?.rows.length === SHOWN}>
        {late && (
          <div className={styles.loading}>
            {PLACES.map((place) => (
              <Skeleton key={place} className={styles.waiting} />
            ))}
          </div>
        )}
        {error !== null && <ErrorState error={error} onRetry={() => void brief.refetch()} />}
        {error === null && data?.rows.length === 0 && <p className={styles.empty}>{t('findings_empty')}</p>}
        <ul className={styles.list}>
          {error === null &&
            data?.rows.map((finding) => (
              <li key={finding.id}>
                <TargetLink target={targetOf(finding)} className={styles.finding}>
                  <span>
                    <Name text={finding.sentence[language]} />
                  </span>
                  <IconChevronRight size={16} stroke={1.6} aria-hidden />
                </TargetLink>
              </li>
            ))}
        </ul>
      </div>
    </Card>
  );
}
