import { type ReactNode, useCallback } from 'react';
import type { DimensionId, MeasureId } from '../../server/contract/query.ts';
import { useCatalog } from '../data/hooks.ts';
import { useWords } from '../data/useWords.ts';
import styles from './Definition.module.css';
import { Hint } from './Hint.tsx';

interface DefinitionProps {
  measure?: MeasureId;
  dimension?: DimensionId;
  /** For what the catalog does not define (opportunity index, hit rate): the definition itself. */
  text?: string;
  children?: ReactNode;
}

/** A term with its definition on hover, on focus and on touch. */
export function Definition({ measure, dimension, text, children }: DefinitionProps) {
  const term = useTerm(measure, dimension);
  const definition = text ?? term?.definition;
  const shown = children ?? term?.label ?? measure ?? dimension;
  if (definition === undefined || definition === '') return <span>{shown}</span>;
  return (
    <Hint label={definition} delay={200}>
      {(hinted) => (
        <button type="button" className={styles.term} {...hinted}>
          {shown}
        </button>
      )}
    </Hint>
  );
}

function useTerm(measure: MeasureId | undefined, dimension: DimensionId | undefined) {
  const { language } = useWords();
  const catalog = useCatalog().data;
  const info =
    catalog?.measures.find((one) => one.id === measure) ?? catalog?.dimensions.find((one) => one.id === dimension);
  return info === undefined ? undefined : { label: info.label[language], definition: info.definition[language] };
}

/** Label and definition of a measure by its id, in the reader's language. */
export function useMeasureTerm(): (id: MeasureId) => { label: string; definition: string } {
  const { language } = useWords();
  const measures = useCatalog().data?.measures;
  return useCallback(
    (id) => {
      const info = measures?.find((one) => one.id === id);
      return { label: info?.label[language] ?? id, definition: info?.definition[language] ?? '' };
    },
    [measures, language],
  );
}
