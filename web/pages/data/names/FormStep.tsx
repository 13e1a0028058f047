import { Button, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { ALIAS_DIMENSIONS, aliasDimensionSchema } from '../../../../server/contract/aliases.ts';
import { UNKNOWN_MEMBER } from '../../../../server/contract/query.ts';
import { useCatalog, useMembers } from '../../../data/hooks.ts';
import { useDimensionLabel } from '../../../data/useMemberLabels.ts';
import { type Draft, ownId, requestOf, toggled } from './draft.ts';
import { HoldsChoice } from './HoldsChoice.tsx';
import { MemberPicker } from './MemberPicker.tsx';
import styles from './MergeDialog.module.css';
import { useWords } from './words.ts';

interface FormStepProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  onPreview: () => void;
  onClose: () => void;
}

export function FormStep({ draft, onChange, onPreview, onClose }: FormStepProps) {
  const { t, language } = useWords();
  const label = useDimensionLabel(language);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (requestOf(draft) !== null) onPreview();
      }}
    >
      <div className={styles.form}>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('dimensions')}
          value={draft.dimension}
          onChange={(next) => {
            const chosen = aliasDimensionSchema.safeParse(next);
            if (chosen.success) onChange({ dimension: chosen.data, members: [], into: '' });
          }}
          data={ALIAS_DIMENSIONS.map((one) => ({ value: one, label: label(one) }))}
        />
        {draft.dimension === 'series' && (
          <SegmentedControl
            size="xs"
            aria-label={t('what')}
            value={draft.part === undefined ? 'merge' : 'part'}
            onChange={(next) =>
              onChange({
                ...draft,
                members: next === 'part' ? draft.members.slice(0, 1) : draft.members,
                into: next === 'part' ? '' : (draft.members[0]?.id ?? ''),
                part: next === 'part' ? { by: 'platform', value: '' } : undefined,
              })
            }
            data={[
              { value: 'merge', label: t('what_merge') },
              { value: 'part', label: t('what_part') },
            ]}
          />
        )}
        {draft.part === undefined ? (
          <MergeFields draft={draft} onChange={onChange} />
        ) : (
          <PartFields draft={draft} part={draft.part} onChange={onChange} />
        )}
      </div>
      <Group gap={8} mt={24}>
        <Button type="submit" disabled={requestOf(draft) === null}>
          {t('to_preview')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}

type FieldsProps = Pick<FormStepProps, 'draft' | 'onChange'>;

function MergeFields({ draft, onChange }: FieldsProps) {
  const { t } = useWords();
  return (
    <>
      <MemberPicker
        key={draft.dimension}
        dimension={draft.dimension}
        label={t('member_add')}
        without={draft.members.map(({ id }) => id)}
        onPick={(member) => onChange(toggled(draft, member))}
      />
      {draft.members.length === 0 ? (
        <p className={styles.note}>{t('chosen_none')}</p>
      ) : (
        <HoldsChoice draft={draft} onChange={onChange} onRemove={(member) => onChange(toggled(draft, member))} />
      )}
    </>
  );
}

function PartFields({ draft, part, onChange }: FieldsProps & { part: NonNullable<Draft['part']> }) {
  const { t, language } = useWords();
  const [member] = draft.members;
  const platforms = useMembers('platform', '', 1000).data?.rows ?? [];
  const sources = useCatalog().data?.dataset.sources ?? [];
  const choices =
    part.by === 'platform'
      ? platforms
          .filter(({ id }) => id !== UNKNOWN_MEMBER)
          .map((row) => ({ value: row.id, label: row.label[language] }))
      : sources.map(({ id }) => ({ value: id, label: id }));
  const choose = (value: string) => {
    const named = choices.find((one) => one.value === value)?.label ?? value;
    // The new series is named as the docs do it, until the user has a better name.
    const into = member === undefined || value === '' ? draft.into : `${member.label.zh} (${named})`;
    onChange({ ...draft, into, part: { ...part, value } });
  };
  return (
    <>
      <p className={styles.note}>{t('part_text')}</p>
      <MemberPicker
        dimension={draft.dimension}
        label={t('namesake')}
        without={draft.members.map(({ id }) => id)}
        onPick={(one) => onChange({ ...draft, members: [one] })}
      />
      {member !== undefined && (
        <p className={styles.name}>
          {member.label[language]}
          {ownId(member) !== null && <span className={styles.id}>{member.id}</span>}
        </p>
      )}
      <div className={styles.pair}>
        <NativeSelect
          label={t('part_by')}
          value={part.by}
          onChange={(event) =>
            onChange({
              ...draft,
              part: { by: event.currentTarget.value === 'source' ? 'source' : 'platform', value: '' },
            })
          }
          data={[
            { value: 'platform', label: t('part_platform') },
            { value: 'source', label: t('part_source') },
          ]}
        />
        <NativeSelect
          label={t(part.by)}
          value={part.value}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[{ value: '', label: '' }, ...choices]}
        />
      </div>
      <TextInput
        label={t('part_into')}
        description={t('part_into_text')}
        inputWrapperOrder={['label', 'input', 'description']}
        maxLength={300}
        value={draft.into}
        onChange={(event) => onChange({ ...draft, into: event.currentTarget.value })}
      />
    </>
  );
}
