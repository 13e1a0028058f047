/** From one Chinese character to the last that follows with nothing but marks, digits and spaces between, and its own marks. */
const RUN = /[《「“]?\p{Script=Han}(?:[\p{Script=Han}\p{P}\p{N}\p{Zs}]*\p{Script=Han})?[\u3001-\u3011\uff01-\uff1f]*/gu;

/** A text in parts, Chinese and other, in order; all of them together are the text. */
export function chineseRuns(text: string): { from: number; part: string; chinese: boolean }[] {
  const parts: { from: number; part: string; chinese: boolean }[] = [];
  let at = 0;
  for (const { 0: part, index } of text.matchAll(RUN)) {
    if (index > at) parts.push({ from: at, part: text.slice(at, index), chinese: false });
    parts.push({ from: index, part, chinese: true });
    at = index + part.length;
  }
  if (at < text.length) parts.push({ from: at, part: text.slice(at), chinese: false });
  return parts;
}

export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
