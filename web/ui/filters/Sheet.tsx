import { ActionIcon, Button, CloseButton, Drawer } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { MeasureId } from '../../../server/contract/query.ts';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { useDimensionLabel } from '../../data/useMemberLabels.ts';
import { conditionText } from '../../figures/conditionText.ts';
import { withoutMeasure } from '../../filters/conditionChanges.ts';
import type { FilterDimension } from '../../filters/grammar.ts';
import { AddButton } from './AddButton.tsx';
import { AddPanel } from './AddFilter.tsx';
import { ChipButton } from './ChipButton.tsx';
import chip from './FilterChip.module.css';
import { MeasureCondition } from './MeasureCondition.tsx';
import { MemberEditor } from './MemberEditor.tsx';
import { usePanelWords } from './panelWords.ts';
import styles from './Sheet.module.css';
import { SheetLine } from './SheetLine.tsx';
import { useHanging } from './still.ts';
import { CompareButton } from './time/CompareButton.tsx';
import { ComparePanel } from './time/ComparePanel.tsx';
import { CompleteChip } from './time/CompleteChip.tsx';
import { GrainButton } from './time/GrainButton.tsx';
import { GrainPanel } from './time/GrainPanel.tsx';
import { TimeButton } from './time/TimeButton.tsx';
import { TimePanel } from './time/TimePanel.tsx';
import { useWords } from './words.ts';

type View = 'time' | 'compare' | 'grain' | 'add' | { dimension: FilterDimension } | { measure: MeasureId };

/** The bar on a phone: all of it in a sheet for the thumb, one part at a time. */
export function Sheet() {
  const { t } = useWords();
  const { open, toggle, button } = useHanging();
  const [view, setView] = useState<View | null>(null);
  const turn = (next: boolean) => {
    setView(null);
    toggle(next);
  };
  return (
    <>
      <SheetLine ref={button} autoFocus aria-haspopup="dialog" aria-expanded={open} onClick={() => turn(!open)} />
      <Drawer.Root
        opened={open}
        onClose={() => turn(false)}
        position="bottom"
        size="auto"
        padding={0}
        returnFocus={false}
        classNames={{ content: styles.sheet, body: styles.body }}
      >
        <Drawer.Overlay />
        <Drawer.Content aria-label={t('sheet')}>
          <Drawer.Body>
            {view === null ? (
              <Parts onView={setView} onDone={() => turn(false)} />
            ) : (
              <Part view={view} onBack={() => setView(null)} />
            )}
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  );
}

function Parts({ onView, onDone }: { onView: (view: View) => void; onDone: () => void }) {
  const { t, language } = useWords();
  const say = usePanelWords().t;
  const { state, setMembers, setWhere, clear } = useFilters();
  const scope = useScope();
  const label = useDimensionLabel(language);
  const where = state.where ?? [];
  return (
    <div className={styles.parts}>
      <TimeButton data-autofocus onClick={() => onView('time')} />
      <CompareButton onClick={() => onView('compare')} />
      <GrainButton onClick={() => onView('grain')} />
      {state.complete && <CompleteChip />}
      {state.members.map((filter) => (
        <Chip
          key={filter.dimension}
          removal={t('remove', { name: label(filter.dimension) })}
          onRemove={() => setMembers({ ...filter, values: [] })}
        >
          <ChipButton filter={filter} onClick={() => onView({ dimension: filter.dimension })} />
        </Chip>
      ))}
      {where.map((condition) => (
        <Chip
          key={condition.measure}
          removal={t('remove', { name: conditionText(condition, scope) })}
          onRemove={() => setWhere(withoutMeasure(where, condition.measure))}
        >
          <button type="button" className={chip.open} onClick={() => onView({ measure: condition.measure })}>
            <span className={chip.values}>{conditionText(condition, scope)}</span>
          </button>
        </Chip>
      ))}
      <AddButton onClick={() => onView('add')} />
      <div className={styles.foot}>
        {state.members.length + where.length > 0 && (
          <Button variant="subtle" color="gray" onClick={clear}>
            {t('clear')}
          </Button>
        )}
        <Button onClick={onDone}>{say('done')}</Button>
      </div>
    </div>
  );
}

interface ChipProps {
  removal: string;
  onRemove: () => void;
  children: ReactNode;
}

function Chip({ removal, onRemove, children }: ChipProps) {
  return (
    <span className={chip.chip}>
      {children}
      <CloseButton size={36} iconSize={16} className={chip.remove} aria-label={removal} onClick={onRemove} />
    </span>
  );
}

function Part({ view, onBack }: { view: View; onBack: () => void }) {
  const { t, language } = useWords();
  const say = usePanelWords().t;
  const label = useDimensionLabel(language);
  const name = typeof view === 'string' ? t(view) : 'dimension' in view ? label(view.dimension) : say('measures');
  return (
    <>
      <div className={styles.heading}>
        <ActionIcon size={44} variant="subtle" color="gray" aria-label={say('back')} onClick={onBack}>
          <IconChevronLeft size={20} stroke={1.8} aria-hidden />
        </ActionIcon>
        {name}
      </div>
      <PartPanel view={view} onDone={onBack} />
    </>
  );
}

function PartPanel({ view, onDone }: { view: View; onDone: () => void }) {
  const { state, setMembers } = useFilters();
  if (view === 'time') return <TimePanel onDone={onDone} />;
  if (view === 'compare') return <ComparePanel onDone={onDone} />;
  if (view === 'grain') return <GrainPanel onDone={onDone} />;
  if (view === 'add') return <AddPanel onDone={onDone} />;
  if ('measure' in view) return <MeasureCondition measure={view.measure} onDone={onDone} />;
  const { dimension } = view;
  const filter = state.members.find((one) => one.dimension === dimension);
  return (
    <MemberEditor
      dimension={dimension}
      {...(filter === undefined ? {} : { filter })}
      onChange={setMembers}
      onDone={onDone}
    />
  );
}
