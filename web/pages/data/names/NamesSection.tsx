import { Button, SegmentedControl } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  ALIAS_DIMENSIONS,
  type AliasDimension,
  aliasDimensionSchema,
  type Suggestion,
} from '../../../../server/contract/aliases.ts';
import { dismissPair, useAliasChanges, useSuggestions } from '../../../data/aliases.ts';
import { useCatalog } from '../../../data/hooks.ts';
import { useDimensionLabel } from '../../../data/useMemberLabels.ts';
import { exact } from '../../../i18n/numbers.ts';
import { Card } from '../../../ui/Card.tsx';
import { Definition } from '../../../ui/Definition.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ErrorNotice, Notice } from '../../../ui/Notice.tsx';
import { TableSkeleton } from '../../../ui/Skeletons.tsx';
import { AliasesCard } from './AliasesCard.tsx';
import { type Draft, draftOf, type NamesSaid, withoutPair } from './draft.ts';
import { MergeDialog, type MergeStep } from './MergeDialog.tsx';
import styles from './NamesSection.module.css';
import { SuggestionList } from './SuggestionList.tsx';
import { useWords } from './words.ts';

/** Names that may be one, names that were made one; nothing while the dataset is empty, nothing asked until in sight. */
export function NamesSection() {
  const catalog = useCatalog();
  const { ref, inViewport } = useInViewport();
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (inViewport) setSeen(true);
  }, [inViewport]);
  if ((catalog.data?.dataset.series ?? 0) === 0) return null;
  return (
    <div ref={ref} id="names" className={styles.section}>
      <Names seen={seen} />
    </div>
  );
}

function Names({ seen }: { seen: boolean }) {
  const { t } = useWords();
  const [dimension, setDimension] = useState<AliasDimension>('series');
  const [step, setStep] = useState<MergeStep | null>(null);
  const [said, setSaid] = useState<NamesSaid | null>(null);
  const byHand = (): MergeStep => ({ at: 'form', draft: { dimension, members: [], into: '' } });
  return (
    <>
      <Card
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Button variant="default" size="xs" onClick={() => setStep(byHand())}>
            {t('by_hand')}
          </Button>
        }
      >
        <DimensionChoice value={dimension} onChange={setDimension} seen={seen} />
        <div role="status">
          {said !== null && (
            <Notice tone="good" mt={12}>
              <Said said={said} />
            </Notice>
          )}
        </div>
        <Suggestions
          key={dimension}
          dimension={dimension}
          seen={seen}
          onPreview={(draft) => setStep({ at: 'preview', draft })}
          onSaid={setSaid}
        />
      </Card>
      <AliasesCard seen={seen} onSaid={setSaid} />
      {step !== null && <MergeDialog step={step} onStep={setStep} onClose={() => setStep(null)} onSaid={setSaid} />}
    </>
  );
}

function Said({ said: { key, from, into } }: { said: NamesSaid }) {
  const { t, language } = useWords();
  const names = from.map((label) => label[language]).join(language === 'zh' ? '、' : ', ');
  return <>{t(key, { from: names, into: into[language] })}</>;
}

interface DimensionChoiceProps {
  value: AliasDimension;
  onChange: (dimension: AliasDimension) => void;
  seen: boolean;
}

function DimensionChoice({ value, onChange, seen }: DimensionChoiceProps) {
  const { t, language } = useWords();
  const label = useDimensionLabel(language);
  return (
    <SegmentedControl
      size="xs"
      className={styles.dimensions ?? ''}
      aria-label={t('dimensions')}
      value={value}
      onChange={(next) => {
        const chosen = aliasDimensionSchema.safeParse(next);
        if (chosen.success) onChange(chosen.data);
      }}
      data={ALIAS_DIMENSIONS.map((one) => ({
        value: one,
        label: (
          <span>
            {label(one)} <Count dimension={one} seen={seen} />
          </span>
        ),
      }))}
    />
  );
}

function Count({ dimension, seen }: { dimension: AliasDimension; seen: boolean }) {
  const total = useSuggestions(dimension, seen).data?.total;
  return total === undefined ? null : <span className={styles.count}>{exact(total)}</span>;
}

interface SuggestionsProps {
  dimension: AliasDimension;
  seen: boolean;
  onPreview: (draft: Draft) => void;
  onSaid: (said: NamesSaid) => void;
}

function Suggestions({ dimension, seen, onPreview, onSaid }: SuggestionsProps) {
  const { t } = useWords();
  const query = useSuggestions(dimension, seen);
  const changes = useAliasChanges();
  const dismissal = useMutation({
    mutationFn: ({ from, into }: Suggestion) => dismissPair({ dimension, ids: [from.id, into.id] }),
    onSuccess: (_, { from, into }) => {
      changes.suggested(dimension, (kept) => withoutPair(kept, [from.id, into.id]));
      onSaid({ key: 'dismissed', from: [from.label], into: into.label });
    },
  });
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <TableSkeleton rows={5} />;
  const { rows, total } = query.data;
  if (rows.length === 0) return <EmptyState title={t('none')} text={t('none_text')} />;
  return (
    <>
      <ErrorNotice error={dismissal.error} mt={12} />
      <Heading shown={rows.length} total={total} />
      <SuggestionList
        rows={rows}
        onPreview={(suggestion) => onPreview(draftOf(suggestion))}
        onDismiss={(suggestion) => dismissal.mutate(suggestion)}
      />
    </>
  );
}

/** How many there are and what orders them, the score defined on hover. */
function Heading({ shown, total }: { shown: number; total: number }) {
  const { t } = useWords();
  const mark = '\u0000';
  const text =
    shown < total
      ? t('pairs_cut', { shown: exact(shown), count: total, score: mark })
      : t('pairs', { count: total, score: mark });
  const [before = '', after = ''] = text.split(mark);
  return (
    <p className={styles.heading}>
      {before}
      <Definition text={t('score_definition')}>{t('score')}</Definition>
      {after}
    </p>
  );
}
