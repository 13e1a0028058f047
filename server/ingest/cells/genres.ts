import { fold } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';

/** Splits tags, beside the marks of a list, if every part is a known genre: `#都市 #言情`, `都市-言情`, `urban & romance`. */
const BETWEEN = /[\s,，#＃\-－–—+＋·・•&＆]+/u;
/** Endings that do not change a genre's meaning: `都市剧`, `言情类`, `Urban drama`. */
const KIND = /(?:微?短剧|剧集?|题材|类型?|片)$|(?<=[a-z])dramas?$/u;

/** The ids of the genres in a tag: one, or several if it consists of known ones; null if it is unknown. */
export function genresOf(tag: string, { genres }: Pick<Vocabulary, 'genres'>): string[] | null {
  const idOf = (text: string) => {
    const folded = fold(text);
    return (genres.get(folded) ?? genres.get(folded.replace(KIND, '')))?.id;
  };
  const whole = idOf(tag);
  if (whole !== undefined) return [whole];
  const parts = tag.split(BETWEEN).filter((part) => fold(part) !== '');
  const ids = parts.flatMap((part) => idOf(part) ?? []);
  return ids.length > 0 && ids.length === parts.length ? ids : null;
}
