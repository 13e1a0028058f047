import { Button, Menu } from '@mantine/core';
import { IconArrowsDiff, IconChevronDown } from '@tabler/icons-react';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { COMPARISONS, comparedRange, ends } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import bar from './FilterBar.module.css';
import styles from './TimePicker.module.css';
import { useWords } from './words.ts';

/** What growth is measured against, with the dates that means. */
export function ComparePicker() {
  const { t, language } = useWords();
  const { range, compared, since, asOf } = useScope();
  const { state, setCompare } = useFilters();
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          className={bar.control}
          leftSection={<IconArrowsDiff size={16} stroke={1.6} aria-hidden />}
          rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
        >
          {compared === null ? (
            t('none')
          ) : (
            <>
              <span className={bar.muted}>{t('compare')}</span>
              {rangeText(...ends(compared), language)}
            </>
          )}
        </Button>
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
