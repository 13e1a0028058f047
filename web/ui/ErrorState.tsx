import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '../data/api/request.ts';
import { useWords } from '../data/useWords.ts';
import type { Language } from '../i18n/i18n.ts';
import { serverText } from '../i18n/serverText.ts';
import styles from './States.module.css';

interface ErrorStateProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
  title?: string;
}

/** The sentence for a failure: the server's own detail where it gave one. */
export function useErrorText(): (error: unknown) => string {
  const { t, language } = useWords();
  return (error) => {
    if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
    if (error.code === 'unreachable') return t('unreachable');
    if (error.code === 'unexpected_answer') return t('unexpected_answer', { detail: error.message });
    return serverText(error.said, language);
  };
}

/** What is wrong at which place of the request, a sentence each. */
export const faultsText = ({ errors }: ApiError, language: Language): string[] =>
  errors.map(({ path, message, message_label }) => {
    const said = serverText(message_label ?? message, language);
    return path === '' ? said : `${path}${language === 'zh' ? '：' : ': '}${said}`;
  });

export function ErrorState({ error, onRetry, title }: ErrorStateProps) {
  const { t, language } = useWords();
  const text = useErrorText();
  const known = error instanceof ApiError;
  return (
    <div className={styles.state} role="alert">
      <IconAlertTriangle className={styles.warning} size={24} stroke={1.5} aria-hidden />
      <p className={styles.title}>{title ?? (known ? t('failed') : t('crashed'))}</p>
      <p className={styles.text}>{known ? text(error) : t('crashed_text')}</p>
      {!known && <code className={styles.code}>{text(error)}</code>}
      {known && error.errors.length > 0 && (
        <ul className={styles.list}>
          {faultsText(error, language).map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      {known && error.code !== 'unreachable' && <p className={styles.small}>{t('error_code', { code: error.code })}</p>}
      {onRetry !== undefined && (
        <div className={styles.action}>
          <Button variant="default" size="sm" onClick={onRetry}>
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
