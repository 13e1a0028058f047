import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Card } from '../../../ui/Card.tsx';
import { desk } from '../desk/desk.ts';
import { isPlainTable } from '../desk/formats.ts';
import type { FilePreview } from '../desk/preview.ts';
import type { QueuedFile } from '../desk/queuedFile.ts';
import { delimiterName } from '../parts/delimiterName.ts';
import { RawRows } from '../parts/RawRows.tsx';
import styles from './PreviewCard.module.css';
import { useWords } from './words.ts';

export function PreviewCard({ file }: { file: QueuedFile }) {
  const { t } = useWords();
  const plain = isPlainTable(file.name);
  const { data: preview, isPending } = useQuery({
    queryKey: ['file-preview', file.id],
    queryFn: () => readPreview(file.id),
    enabled: plain,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const shown = plain && preview !== null && preview !== undefined;
  return (
    <Card
      title={t('preview')}
      subtitle={file.name}
      flush={shown}
      actions={
        file.state === 'waiting' && (
          <Button size="xs" variant="default" onClick={() => void desk.send()}>
            {t('send')}
          </Button>
        )
      }
      footer={shown ? t('preview_note') : undefined}
    >
      {shown ? (
        <>
          <p className={styles.guess}>
            {t('preview_guess', {
              encoding: preview.encoding.toUpperCase(),
              delimiter: delimiterName(preview.delimiter, t),
              columns: Math.max(0, ...preview.rows.map((row) => row.length)),
            })}
          </p>
          <RawRows caption={t('preview')} rows={preview.rows.map((cells) => ({ cells }))} header={null} />
        </>
      ) : (
        <p className={styles.note}>{t(plain && isPending ? 'preview_reading' : 'preview_server')}</p>
      )}
    </Card>
  );
}

async function readPreview(id: string): Promise<FilePreview | null> {
  const body = desk.body(id);
  if (body === undefined) return null;
  const { LOOKED_AT, previewOf } = await import('../desk/preview.ts');
  const bytes = new Uint8Array(await body.slice(0, LOOKED_AT).arrayBuffer());
  return previewOf(bytes, body.size <= LOOKED_AT);
}
