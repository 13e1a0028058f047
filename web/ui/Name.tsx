import { Fragment, type ReactNode } from 'react';
import { useWords } from '../data/useWords.ts';
import { chineseRuns } from '../i18n/chineseRuns.ts';

/** A text with names of the data: what is Chinese in an English page is marked, so that it is read and drawn as Chinese. */
export function Name({ text }: { text: string }) {
  const { language } = useWords();
  if (language === 'zh') return text;
  return chineseRuns(text).map(({ from, part, chinese }) =>
    chinese ? (
      <span key={from} lang="zh">
        {part}
      </span>
    ) : (
      <Fragment key={from}>{part}</Fragment>
    ),
  );
}

/** What is given, as a text with names if it is a text. */
export const Named = ({ children }: { children: ReactNode }): ReactNode =>
  typeof children === 'string' ? <Name text={children} /> : children;
