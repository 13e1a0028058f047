import type { Note } from '../../server/contract/query.ts';
import { useScope } from '../data/scope.tsx';
import { useWords } from '../data/useWords.ts';
import styles from './Notes.module.css';

/** What a reader of the numbers must know (`meta.notes`), each said once; what a note only counts opens below it. */
export function Notes({ notes }: { notes: readonly Note[] }) {
  const { language } = useWords();
  const { compared } = useScope();
  const told = compared === null ? notes.filter(({ code }) => code !== 'base_outside_log') : notes;
  const said = [...new Map(told.map((note) => [note.text[language], note])).values()];
  if (said.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {said.map(({ text, items = [] }) => (
        <li key={text[language]}>
          {items.length === 0 ? (
            text[language]
          ) : (
            <details>
              <summary>{text[language]}</summary>
              <ul className={styles.items}>
                {items.map((item) => (
                  <li key={item[language]}>{item[language]}</li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
