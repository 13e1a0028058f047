import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { MeasureInfo } from '../../../server/contract/catalog.ts';
import { parseAmount } from '../../filters/amounts.ts';
import { choosesSeries } from '../../filters/conditionChanges.ts';
import { CONDITION_OPS, type Condition, type ConditionOp } from '../../filters/conditions.ts';
import { compact } from '../../i18n/numbers.ts';
import styles from './ConditionForm.module.css';
import { usePanelWords } from './panelWords.ts';

interface ConditionFormProps {
  measure: Pick<MeasureInfo, 'id' | 'unit'>;
  /** The measure's, in the reader's language. */
  name: string;
  condition: Condition | undefined;
  onChange: (condition: Condition | null) => void;
}

/** Which values a measure must have, typed as people write them. */
export function ConditionForm({ measure, name, condition, onChange }: ConditionFormProps) {
  const { t, language } = usePanelWords();
  const isShare = measure.unit === 'fraction';
  const written = (at: number): string => {
    const value = condition?.values[at];
    if (value === undefined) return '';
    if (isShare) return `${Number((value * 100).toPrecision(6))}%`;
    return condition?.op === 'top' ? String(value) : compact(value, language);
  };
  const [op, setOp] = useState<ConditionOp>(condition?.op ?? 'gte');
  const [texts, setTexts] = useState([written(0), written(1)]);
  const [wrong, setWrong] = useState('');
  const first = useRef<HTMLInputElement>(null);
  // Also where it takes the place of a list in a popover that is open already.
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  const ops = CONDITION_OPS.filter((one) => one !== 'top' || choosesSeries({ measure: measure.id }));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const wanted = texts.slice(0, op === 'between' ? 2 : 1);
    const values = wanted.map((text, at) =>
      text === written(at) ? (condition?.values[at] ?? null) : readValue(text, isShare),
    );
    const numbers = values.filter((value) => value !== null);
    if (numbers.length < wanted.length) setWrong(t('filter_wrong', { example: isShare ? '40%' : t('filter_example') }));
    else if (op === 'top' && (numbers[0] ?? 0) > 100_000) setWrong(t('filter_top_wrong'));
    else if (op === 'between' && (numbers[0] ?? 0) > (numbers[1] ?? 0)) setWrong(t('filter_order'));
    else onChange({ measure: measure.id, op, values: numbers });
  };
  const input = (at: number, label: string) => (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={op === 'top' ? '100' : isShare ? '40%' : t('filter_example')}
      value={texts[at]}
      autoComplete="off"
      {...(at === 0 ? { 'data-autofocus': true, ref: first } : {})}
      error={at === 0 && wrong !== '' ? wrong : undefined}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setTexts(texts.map((text, place) => (place === at ? value : text)));
        setWrong('');
      }}
    />
  );
  return (
    <form className={styles.form} onSubmit={apply}>
      <Select
        size="xs"
        aria-label={t('filter_op')}
        value={op}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={ops.map((value) => ({ value, label: t(`op_${value}`) }))}
        onChange={(next) => setOp(ops.find((one) => one === next) ?? 'gte')}
      />
      {input(0, t('filter_value', { name }))}
      {op === 'between' && input(1, t('filter_to', { name }))}
      <div className={styles.buttons}>
        {condition !== undefined && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => onChange(null)}>
            {t('filter_remove')}
          </Button>
        )}
        <Button size="xs" type="submit">
          {t('filter_apply')}
        </Button>
      </div>
    </form>
  );
}

/** A share as people write it, with or without its sign; else a count. */
function readValue(text: string, isShare: boolean): number | null {
  if (!isShare) return parseAmount(text);
  const found = /^(\d+(?:\.\d+)?)\s*[%％]?$/u.exec(text.trim());
  return found === null ? null : Number((Number(found[1]) / 100).toPrecision(10));
}
