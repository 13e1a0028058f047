import { Menu } from '@mantine/core';
import {
  IconAdjustments,
  IconCheck,
  IconCode,
  IconCopy,
  IconDatabase,
  IconDatabaseExport,
  IconFileTypeCsv,
  IconFileTypePdf,
  IconFileTypeSvg,
  IconFileTypeXls,
  IconInfoCircle,
  IconLink,
  IconPhoto,
  IconPresentation,
  IconSql,
  IconTable,
  IconTerminal2,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useOpenAtOnce } from '../opened.tsx';
import { ChartMenuButton, type ChartMenuProps, type CopyKind, type ExportKind } from './ChartMenuButton.tsx';
import { useChartWords } from './words.ts';

const FILES = [
  { kind: 'png', Icon: IconPhoto },
  { kind: 'pptx', Icon: IconPresentation },
  { kind: 'pdf', Icon: IconFileTypePdf },
  { kind: 'svg', Icon: IconFileTypeSvg },
  { kind: 'csv', Icon: IconFileTypeCsv },
  { kind: 'xlsx', Icon: IconFileTypeXls },
  { kind: 'parquet', Icon: IconDatabase },
] as const satisfies readonly { kind: ExportKind; Icon: typeof IconPhoto }[];
const COPIES = [
  { kind: 'picture', Icon: IconCopy },
  { kind: 'link', Icon: IconLink },
  { kind: 'embed', Icon: IconCode },
  { kind: 'query', Icon: IconTerminal2 },
  { kind: 'sql', Icon: IconSql },
  { kind: 'duckdb', Icon: IconDatabaseExport },
] as const satisfies readonly { kind: CopyKind; Icon: typeof IconPhoto }[];

/** A menu that is higher than the room beside its button. */
function scrolled({ availableHeight, elements }: { availableHeight: number; elements: { floating: HTMLElement } }) {
  elements.floating.style.maxHeight = `${Math.max(160, availableHeight)}px`;
}

/** The button of a chart's menu, with the menu open. */
export function ChartMenu(props: ChartMenuProps) {
  const { asTable, onTable, onDefinition, definitionShown, onExport, onPictures, onClip } = props;
  const { t } = useChartWords();
  const [open, setOpen] = useOpenAtOnce();
  const [copied, setCopied] = useState<CopyKind | null>(null);
  const copy = (kind: CopyKind) =>
    void onClip(kind).then(
      () => {
        setCopied(kind);
        setTimeout(() => setCopied(null), 2000);
      },
      // The card says why.
      () => setOpen(false),
    );
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;
  return (
    <Menu
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      width={232}
      withinPortal
      shadow="md"
      middlewares={{ flip: true, shift: true, size: { padding: 8, apply: scrolled } }}
    >
      <Menu.Target>
        <ChartMenuButton {...props} autoFocus />
      </Menu.Target>
      <Menu.Dropdown style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('export')}</Menu.Label>
        {FILES.map(({ kind, Icon }) => (
          <Menu.Item key={kind} leftSection={<Icon {...icon} />} onClick={() => onExport(kind)}>
            {t(kind)}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconAdjustments {...icon} />} onClick={onPictures}>
          {t('pictures')}
        </Menu.Item>
        <Menu.Divider />
        {COPIES.map(({ kind, Icon }) => (
          <Menu.Item
            key={kind}
            leftSection={copied === kind ? <IconCheck {...icon} /> : <Icon {...icon} />}
            closeMenuOnClick={false}
            onClick={() => copy(kind)}
          >
            {copied === kind ? t('copied') : t(`copy_${kind}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
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
