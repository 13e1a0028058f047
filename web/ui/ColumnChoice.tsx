import { Button, Checkbox, Popover } from '@mantine/core';
import { useWords } from '../data/useWords.ts';
import { ColumnButton, type ColumnChoiceProps } from './ColumnButton.tsx';
import styles from './ColumnChoice.module.css';
import { useOpenAtOnce } from './opened.tsx';

/** Which columns of a table are shown: the button, and the list that it opens. */
export function ColumnChoice(props: ColumnChoiceProps) {
  const { columns, visibility, onChange, onReset } = props;
  const [open, setOpen] = useOpenAtOnce();
  const { t } = useWords();
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ColumnButton {...props} autoFocus onClick={() => setOpen(!open)} />
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
