import { Button, Checkbox, Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useWords } from '../data/useWords.ts';
import styles from './ColumnChoice.module.css';

interface ColumnChoiceProps {
  columns: readonly { id: string; header: string; fixed?: boolean }[];
  visibility: Record<string, boolean>;
  onChange: (id: string, shown: boolean) => void;
  /** Back to what the table has by itself; none, if that is what it shows. */
  onReset: (() => void) | undefined;
}

export function ColumnChoice({ columns, visibility, onChange, onReset }: ColumnChoiceProps) {
  const { t } = useWords();
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={16} stroke={1.6} aria-hidden />}>
          {t('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('columns')}>
        <ul className={styles.list}>
          {columns
            .filter(({ fixed }) => fixed !== true)
            .map(({ id, header }) => (
              <li key={id}>
                <Checkbox
                  size="xs"
                  className={styles.item}
                  label={header}
                  checked={visibility[id] !== false}
                  onChange={(event) => onChange(id, event.currentTarget.checked)}
                />
              </li>
            ))}
        </ul>
        {onReset !== undefined && (
          <Button variant="subtle" size="xs" mt={8} onClick={onReset}>
            {t('default_columns')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
