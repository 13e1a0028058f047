/** A Chinese name as it is typed: 家里家外 is `jialijiawai`, with syllables at 0, 3, 5 and 8; ü is `v`. */
export interface Spelling {
  readonly letters: string;
  readonly starts: readonly number[];
  readonly initials: string;
}

/** An item per Chinese character (its syllable) or run of other characters. */
type Transcribe = (text: string) => readonly string[];

const CHINESE = /\p{Script=Han}/u;

/** Null if there is no Chinese character. Latin words are one syllable each; digits and signs are left out. */
export function spell(name: string, transcribe: Transcribe): Spelling | null {
  if (!CHINESE.test(name)) return null;
  let letters = '';
  const starts: number[] = [];
  for (const item of transcribe(name)) {
    for (const [syllable] of item.toLowerCase().matchAll(/[a-z]+/g)) {
      starts.push(letters.length);
      letters += syllable;
    }
  }
  return { letters, starts, initials: starts.map((at) => letters.charAt(at)).join('') };
}

/** Whether typed letters match, as initials or as pinyin from the start of a syllable. */
export function isSpelled({ letters, starts, initials }: Spelling, typed: string): boolean {
  const wanted = typed.toLowerCase();
  return initials.includes(wanted) || starts.some((at) => letters.startsWith(wanted, at));
}

/** The dictionary is large, so it is loaded at its first use; a server does so at its start. */
export async function transcriber(): Promise<Transcribe> {
  const { pinyin } = await import('pinyin-pro');
  return (text) => pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
}
