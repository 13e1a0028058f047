import type { MeasureId } from '../../../server/contract/query.ts';
import { useCatalog } from '../../data/hooks.ts';
import { useFilters } from '../../data/useFilters.ts';
import { withCondition, withoutMeasure } from '../../filters/conditionChanges.ts';
import { useMeasureTerm } from '../Definition.tsx';
import { ConditionForm } from './ConditionForm.tsx';
import styles from './Finder.module.css';
import { usePanelWords } from './panelWords.ts';

/** Series by their total of a measure, on every page. */
export function MeasureCondition({ measure: id, onDone }: { measure: MeasureId; onDone: () => void }) {
  const { t } = usePanelWords();
  const { state, setWhere } = useFilters();
  const where = state.where ?? [];
  const measure = useCatalog().data?.measures.find((one) => one.id === id);
  const name = useMeasureTerm()(id).label;
  if (measure === undefined) return null;
  return (
    <div className={styles.condition}>
      <p className={styles.note}>{t('condition_note')}</p>
      <ConditionForm
        measure={measure}
        name={name}
        condition={where.find((one) => one.measure === id)}
        onChange={(condition) => {
          setWhere(condition === null ? withoutMeasure(where, id) : withCondition(where, condition));
          onDone();
        }}
      />
    </div>
  );
}
