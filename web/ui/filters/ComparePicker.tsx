import { Menu } from '@mantine/core';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { COMPARISONS, comparedRange, ends } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { useOpenAtOnce } from '../opened.tsx';
import { CompareButton } from './CompareButton.tsx';
import styles from './TimePicker.module.css';
import { useWords } from './words.ts';

export function ComparePicker() {
  const { t, language } = useWords();
  const { range, since, asOf } = useScope();
  const { state, setCompare } = useFilters();
  const [open, setOpen] = useOpenAtOnce();
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-start" width={300}>
      <Menu.Target>
        <CompareButton autoFocus />
      </Menu.Target>
      <Menu.Dropdown>
        {COMPARISONS.map((one) => {
          const dates = comparedRange(range, one, asOf);
          const held = dates === null || dates.from >= since;
          return (
            <Menu.Item
              key={one}
              role="menuitemradio"
              aria-checked={one === state.compare}
              onClick={() => setCompare(one)}
              rightSection={
                dates !== null && (
                  <span className={styles.dates}>{held ? rangeText(...ends(dates), language) : t('not_held')}</span>
                )
              }
            >
              {t(one)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
