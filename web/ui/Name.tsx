import { useWords } from '../data/useWords.ts';

const HAN = /\p{Script=Han}/u;

/** A name of the data: Chinese in an English page is marked, so that it is read and drawn as Chinese. */
export function Name({ text }: { text: string }) {
  const { language } = useWords();
  return language === 'en' && HAN.test(text) ? <span lang="zh">{text}</span> : text;
}
