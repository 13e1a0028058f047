import { Button, Checkbox, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { dryRunImport } from '../../../data/api/imports.ts';
import { sentences, serverText } from '../../../i18n/serverText.ts';
import { Card } from '../../../ui/Card.tsx';
import { useErrorText } from '../../../ui/ErrorState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { desk } from '../desk/desk.ts';
import { type Draft, requestOf } from '../desk/mapping.ts';
import { openQuestions } from '../desk/questions.ts';
import type { QueuedFile, Reading } from '../desk/queuedFile.ts';
import { RawRows } from '../parts/RawRows.tsx';
import { SampleTable } from '../parts/SampleTable.tsx';
import { CheckList } from './CheckList.tsx';
import { checksOf } from './checks.ts';
import { DetectedFacts } from './DetectedFacts.tsx';
import { DryRunResult } from './DryRunResult.tsx';
import { EncodingChoice } from './EncodingChoice.tsx';
import { ImportFailure } from './ImportFailure.tsx';
import { MappingBoard } from './MappingBoard.tsx';
import { OptionsForm } from './options/OptionsForm.tsx';
import { QuestionList } from './QuestionList.tsx';
import styles from './ReviewCard.module.css';
import { useWords } from './words.ts';

type Described = QueuedFile & { upload: NonNullable<QueuedFile['upload']>; draft: Draft };

export const isDescribed = (file: QueuedFile): file is Described => file.upload !== null && file.draft !== null;

export function ReviewCard({ file }: { file: Described }) {
  const { t } = useWords();
  const { upload, draft } = file;
  const change = (next: Draft) => desk.edit(file.id, next);
  const checks = checksOf(upload, draft);
  return (
    <>
      <DetectedCard file={file} />
      <Card title={t('columns')} subtitle={<ColumnsText />} flush>
        <MappingBoard upload={upload} draft={draft} checks={checks} onChange={change} />
      </Card>
      <Card title={t('options')}>
        <OptionsForm upload={upload} draft={draft} onChange={change} />
      </Card>
      <Decision file={file} />
    </>
  );
}

function ColumnsText() {
  const { t } = useWords();
  return (
    <>
      <span className={styles.wide}>{t('columns_text')}</span>
      <span className={styles.narrow}>{t('columns_text_narrow')}</span>
    </>
  );
}

function DetectedCard({ file }: { file: Described }) {
  const { t, language } = useWords();
  const errorText = useErrorText();
  const { upload, draft, rereading } = file;
  const asked = new Set(upload.questions.map(({ message }) => message.en));
  const doubts = upload.doubts.filter(({ en }) => !asked.has(en));
  const inRows = (upload.options.across ?? 'none') !== 'none';
  const reread = (reading: Reading) => void desk.reread(file.id, reading);
  const columns = upload.columns.map(({ name }) => name);
  const rows = upload.preview
    .slice(0, 8)
    .map((row) => columns.map((column) => (Object.hasOwn(row, column) ? row[column] : '') ?? ''));
  return (
    <Card title={t('detected')} subtitle={upload.filename} flush>
      <div className={styles.detected} aria-busy={rereading}>
        <QuestionList
          questions={openQuestions(file)}
          draft={draft}
          busy={rereading}
          onConfirm={(question) => desk.confirm(file.id, question)}
        />
        {doubts.length > 0 && (
          <Notice tone="warn" mb={16}>
            <strong>{t('doubts')}</strong>
            <ul>
              {doubts.map((doubt) => (
                <li key={doubt.en}>{sentences([serverText(doubt, language)], language)}</li>
              ))}
            </ul>
          </Notice>
        )}
        <DetectedFacts
          upload={upload}
          kind={draft.kind}
          busy={rereading}
          onKind={(kind) => desk.edit(file.id, { ...draft, kind })}
          onReading={reread}
        />
        <EncodingChoice upload={upload} busy={rereading} onEncoding={(encoding) => reread({ encoding })} />
        {rereading && (
          <p role="status" className={styles.note}>
            {t('rereading')}
          </p>
        )}
        {file.rereadError !== null && (
          <Notice tone="bad" role="alert" mt={16}>
            <strong>{t('reread_failed')}</strong> {errorText(file.rereadError)}
          </Notice>
        )}
      </div>
      {upload.first_rows.length > 0 ? (
        <RawRows
          caption={t('first_rows', { count: upload.first_rows.length })}
          rows={upload.first_rows}
          header={upload.header_row}
        />
      ) : (
        <SampleTable caption={t('preview_rows', { count: rows.length })} rows={[columns, ...rows]} />
      )}
      {inRows && (
        <>
          <p className={styles.inRows}>{t('across_rows', { count: rows.length })}</p>
          <SampleTable caption={t('across_rows', { count: rows.length })} rows={[columns, ...rows]} />
        </>
      )}
    </Card>
  );
}

function Decision({ file }: { file: Described }) {
  const { t } = useWords();
  const { upload, draft } = file;
  const trial = useMutation({ mutationFn: () => dryRunImport(requestOf(upload, draft)) });
  const { reset } = trial;
  const tried = useRef(draft);
  useEffect(() => {
    // What was tried no longer holds.
    if (tried.current !== draft) reset();
    tried.current = draft;
  }, [draft, reset]);
  const open = openQuestions(file);
  const checks = checksOf(upload, draft);
  const blocked = file.rereading || open.length > 0 || checks.some(({ level }) => level === 'error');
  const named = (draft.options.source ?? '').trim() !== '';
  return (
    <>
      <Card>
        <CheckList checks={checks} open={open.length} />
        <Checkbox
          mt={16}
          label={t('keep_profile')}
          description={t(named ? 'keep_profile_text' : 'source_first')}
          disabled={!named}
          checked={file.keepProfile && named}
          onChange={(event) => desk.keepProfile(file.id, event.currentTarget.checked)}
        />
        <ImportFailure
          error={file.error ?? trial.error}
          duplicate={upload.duplicate_of}
          blocked={blocked}
          onAgain={() => void desk.import(file.id, true)}
        />
        <Group gap={8} mt={24}>
          <Button onClick={() => void desk.import(file.id)} disabled={blocked || upload.duplicate_of !== null}>
            {t('import')}
          </Button>
          <Button variant="default" onClick={() => trial.mutate()} loading={trial.isPending} disabled={blocked}>
            {t('dry_run')}
          </Button>
          {trial.isPending && <span className={styles.note}>{t('dry_running')}</span>}
        </Group>
      </Card>
      {trial.data !== undefined && <DryRunResult result={trial.data} />}
    </>
  );
}
