import { Menu } from '@mantine/core';
import {
  IconCheck,
  IconFileTypeCsv,
  IconFileTypeSvg,
  IconInfoCircle,
  IconLink,
  IconPhoto,
  IconTable,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useOpenAtOnce } from '../opened.tsx';
import { ChartMenuButton, type ChartMenuProps } from './ChartMenuButton.tsx';
import { useChartWords } from './words.ts';

/** The button of a chart's menu, with the menu open. */
export function ChartMenu(props: ChartMenuProps) {
  const { asTable, onTable, onDefinition, definitionShown, onExport } = props;
  const { t } = useChartWords();
  const [open, setOpen] = useOpenAtOnce();
  const [copied, setCopied] = useState(false);
  const copyLink = () =>
    void navigator.clipboard.writeText(window.location.href).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    });
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-end" width={232} withinPortal shadow="md">
      <Menu.Target>
        <ChartMenuButton {...props} autoFocus />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('export')}</Menu.Label>
        <Menu.Item leftSection={<IconPhoto {...icon} />} onClick={() => onExport('png')}>
          {t('png')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPhoto {...icon} />} onClick={() => onExport('png2')}>
          {t('png2')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileTypeSvg {...icon} />} onClick={() => onExport('svg')}>
          {t('svg')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileTypeCsv {...icon} />} onClick={() => onExport('csv')}>
          {t('csv')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={copied ? <IconCheck {...icon} /> : <IconLink {...icon} />}
          closeMenuOnClick={false}
          onClick={copyLink}
        >
          {copied ? t('copied') : t('copy_link')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTable {...icon} />} onClick={onTable}>
          {asTable ? t('show_chart') : t('show_table')}
        </Menu.Item>
        {onDefinition !== undefined && (
          <Menu.Item leftSection={<IconInfoCircle {...icon} />} onClick={onDefinition}>
            {definitionShown ? t('hide_definition') : t('show_definition')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
