import type { Note } from '../../server/contract/query.ts';
import { useWords } from '../i18n/words.ts';
import styles from './Notes.module.css';

/** What a reader of the numbers must know (`meta.notes`), each said once. */
export function Notes({ notes }: { notes: readonly Note[] }) {
  const { language } = useWords();
  const texts = [...new Set(notes.map((note) => note.text[language]))];
  if (texts.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
