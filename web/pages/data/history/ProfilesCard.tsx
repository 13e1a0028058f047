import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { removeProfile } from '../../../data/api/imports.ts';
import { useProfiles } from '../../../data/hooks.ts';
import { moment } from '../../../i18n/numbers.ts';
import { Card } from '../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { localTime } from '../parts/localTime.ts';
import styles from './ProfilesCard.module.css';
import { useWords } from './words.ts';

export function ProfilesCard() {
  const { t, language } = useWords();
  const profiles = useProfiles().data?.rows;
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <Card
      title={t('profiles')}
      subtitle={profiles === undefined || profiles.length === 0 ? t('profiles_empty') : t('profiles_text')}
      flush
    >
      <ul className={styles.list}>
        {profiles?.map((profile) => (
          <li key={profile.name}>
            <span className={styles.name}>{profile.name}</span>
            <span className={styles.facts}>
              {[
                t(`kind_${profile.kind}`),
                t('profile_columns', { count: profile.header.length }),
                t('profile_updated', { when: moment(localTime(profile.updated_at), language) }),
              ].join(' · ')}
            </span>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('forget_of', { name: profile.name })}
              onClick={() => setAsked(profile.name)}
            >
              {t('forget')}
            </Button>
          </li>
        ))}
      </ul>
      {asked !== null && <ForgetDialog name={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function ForgetDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useWords();
  const queryClient = useQueryClient();
  return (
    <ConfirmDialog
      title={t('forget_confirm')}
      action={t('forget')}
      onConfirm={() => removeProfile(name)}
      onDone={() => queryClient.invalidateQueries({ queryKey: ['profiles'] })}
      onClose={onClose}
    >
      {t('forget_confirm_text', { name })}
    </ConfirmDialog>
  );
}
