import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { downloadQuery } from '../../data/api/download.ts';
import { useScope } from '../../data/scope.tsx';
import { toCsv } from '../../export/csv.ts';
import { fileName } from '../../export/fileName.ts';
import { syntheticWord } from '../../export/source.ts';
import { scopedQuery } from '../../figures/calls.ts';
import { exportQuery } from '../../figures/series/list.ts';
import type { Condition } from '../../filters/conditions.ts';
import { download } from '../../ui/chart/download.ts';
import type { TableColumn, TableSort } from '../../ui/tableColumn.ts';
import type { SeriesRow } from './seriesRows.ts';
import { useWords } from './words.ts';

interface ExportMenuProps {
  columns: readonly TableColumn<SeriesRow>[];
  rows: readonly SeriesRow[];
  having: readonly Condition[];
  sort: TableSort;
  /** Whether the rows were searched, so that the file holds those found alone. */
  searched: boolean;
  /** False until all rows are there. */
  ready: boolean;
  onOpen: () => void;
}

/** Files of the table: its columns, its rows, its order. */
export function ExportMenu({ columns, rows, having, sort, searched, ready, onOpen }: ExportMenuProps) {
  const { t, language } = useWords();
  const scope = useScope();
  const [failure, setFailure] = useState<string | null>(null);
  const mark = scope.catalog.dataset.synthetic ? ` ${syntheticWord(language)}` : '';
  const name = (extension: string): string =>
    fileName(t('title'), `${scope.range.from}_${scope.range.to}${mark}`, extension);
  const csv = () => {
    const header = columns.map((column) => column.header);
    const table = rows.map((row) => columns.map((column) => column.value(row)));
    download(toCsv(header, table), name('csv'), 'text/csv');
  };
  const xlsx = async () => {
    const asked = exportQuery(scope, {
      having,
      shown: columns.map(({ id }) => id),
      order: sort,
      series: searched ? rows.map(({ id }) => id) : null,
    });
    setFailure(null);
    try {
      download(await downloadQuery(scopedQuery(scope, asked), language), name('xlsx'));
    } catch (reason) {
      setFailure(reason instanceof Error ? reason.message : String(reason));
    }
  };
  return (
    <>
      {failure !== null && <span role="alert">{t('export_failed', { reason: failure })}</span>}
      <Menu position="bottom-end" onOpen={onOpen}>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}>
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!ready} onClick={csv}>
            {t('export_csv')}
          </Menu.Item>
          <Menu.Item disabled={!ready} onClick={() => void xlsx()}>
            {t('export_xlsx')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
