import { Button, Group } from '@mantine/core';
import { sentences, serverText } from '../../../i18n/serverText.ts';
import { NoticeItem, NoticeList } from '../../../ui/Notice.tsx';
import type { Draft } from '../desk/mapping.ts';
import { confirmation, type Question } from '../desk/questions.ts';
import { focusAnswer, goToAnswer } from '../parts/answerControls.ts';
import styles from './QuestionList.module.css';
import { useWords } from './words.ts';

const QUESTIONS_ID = 'open-questions';

/** Brings the questions into view, with the keyboard. */
export function goToQuestions(): void {
  const list = document.getElementById(QUESTIONS_ID);
  list?.scrollIntoView({ block: 'center' });
  list?.focus({ preventScroll: true });
}

interface QuestionListProps {
  questions: readonly Question[];
  draft: Draft;
  busy: boolean;
  onConfirm: (question: Question) => void;
}

/** What must be answered before the import: each with the way to its control, and a yes where something is proposed. */
export function QuestionList({ questions, draft, busy, onConfirm }: QuestionListProps) {
  const { t, language } = useWords();
  if (questions.length === 0) return null;
  const confirm = (question: Question) => {
    // The button goes with its question.
    focusAnswer(question.path, draft.kind);
    onConfirm(question);
  };
  return (
    <section id={QUESTIONS_ID} tabIndex={-1} className={styles.questions} aria-label={t('questions')}>
      <h3 className={styles.title}>{t('questions')}</h3>
      <NoticeList label={t('questions')} live="polite">
        {questions.map((question) => (
          <NoticeItem key={`${question.path} ${question.message.en}`} tone="bad">
            {sentences([serverText(question.message, language)], language)}
            <Group gap={8} mt={8}>
              {confirmation(question.path, draft) !== null && (
                <Button size="compact-xs" variant="default" disabled={busy} onClick={() => confirm(question)}>
                  {t('question_yes')}
                </Button>
              )}
              <Button size="compact-xs" variant="subtle" onClick={() => goToAnswer(question.path, draft.kind)}>
                {t('question_choose')}
              </Button>
            </Group>
          </NoticeItem>
        ))}
      </NoticeList>
    </section>
  );
}
