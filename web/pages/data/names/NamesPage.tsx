import { Button, SegmentedControl } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import {
  ALIAS_DIMENSIONS,
  type AliasDimension,
  aliasDimensionSchema,
  type Suggestion,
} from '../../../../server/contract/aliases.ts';
import { dismissPair, useAliasChanges, useSuggestions } from '../../../data/api/aliases.ts';
import { useCatalog } from '../../../data/hooks.ts';
import { usePageState } from '../../../data/pageState.ts';
import { useDimensionLabel } from '../../../data/useMemberLabels.ts';
import { exact } from '../../../i18n/numbers.ts';
import { Card } from '../../../ui/Card.tsx';
import { Definition } from '../../../ui/Definition.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ErrorNotice, Notice } from '../../../ui/Notice.tsx';
import { PageFrame } from '../../../ui/PageFrame.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { TableSkeleton } from '../../../ui/Skeletons.tsx';
import { AliasesCard } from './AliasesCard.tsx';
import { type Draft, draftOf, type NamesSaid, withoutPair } from './draft.ts';
import { MergeDialog, type MergeStep } from './MergeDialog.tsx';
import styles from './NamesPage.module.css';
import { SuggestionList } from './SuggestionList.tsx';
import { useWords } from './words.ts';

const STATE = z.object({ of: aliasDimensionSchema.catch('series') });

export function NamesPage() {
  const { t } = useWords();
  const [step, setStep] = useState<MergeStep | null>(null);
  const [{ of: dimension }] = usePageState(STATE);
  const catalog = useCatalog();
  const series = catalog.data?.dataset.series ?? 0;
  return (
    <PageFrame
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        series > 0 && (
          <Button
            variant="default"
            onClick={() => setStep({ at: 'form', draft: { dimension, members: [], into: '' } })}
          >
            {t('by_hand')}
          </Button>
        )
      }
    >
      {series > 0 && <Names step={step} onStep={setStep} />}
      {catalog.isPending && <TableSkeleton rows={5} />}
      {catalog.isError && catalog.data === undefined && (
        <ErrorState error={catalog.error} onRetry={() => void catalog.refetch()} />
      )}
      {catalog.data !== undefined && series === 0 && <NoNames />}
    </PageFrame>
  );
}

function NoNames() {
  const { t } = useWords();
  return (
    <EmptyState
      title={t('no_names')}
      text={t('no_names_text')}
      action={
        <PageLink page="data" asButton>
          {t('to_files')}
        </PageLink>
      }
    />
  );
}

function Names({ step, onStep }: { step: MergeStep | null; onStep: (step: MergeStep | null) => void }) {
  const { t } = useWords();
  const [{ of: dimension }, setState] = usePageState(STATE);
  const [said, setSaid] = useState<NamesSaid | null>(null);
  return (
    <>
      <Card title={t('alike')} subtitle={t('alike_text')}>
        <DimensionChoice value={dimension} onChange={(of) => setState({ of })} />
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
          onPreview={(draft) => onStep({ at: 'preview', draft })}
          onSaid={setSaid}
        />
      </Card>
      <AliasesCard onSaid={setSaid} />
      {step !== null && <MergeDialog step={step} onStep={onStep} onClose={() => onStep(null)} onSaid={setSaid} />}
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
}

function DimensionChoice({ value, onChange }: DimensionChoiceProps) {
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
            {label(one)} <Count dimension={one} />
          </span>
        ),
      }))}
    />
  );
}

function Count({ dimension }: { dimension: AliasDimension }) {
  const total = useSuggestions(dimension).data?.total;
  return total === undefined ? null : <span className={styles.count}>{exact(total)}</span>;
}

interface SuggestionsProps {
  dimension: AliasDimension;
  onPreview: (draft: Draft) => void;
  onSaid: (said: NamesSaid) => void;
}

function Suggestions({ dimension, onPreview, onSaid }: SuggestionsProps) {
  const { t } = useWords();
  const query = useSuggestions(dimension);
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
