/** Pictures that were looked at and found right, to compare with what is drawn today. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LIGHT_LOOK } from '../../web/charts/look.ts';
import { readPacked, writePacked } from './answers.ts';
import type { Drawn } from './draw.ts';

/** As wide as a chart beside another on a page of 1,600. */
export const GOLDEN_WIDTH = 800;
const GOLDEN = join(import.meta.dirname, '../../test/golden/svg');
export const HOW_TO_ACCEPT =
  'Look at it: npm run figures writes out/figures.html. If it is right: npm run figures -- --accept';

const fileOf = (id: string): string => join(GOLDEN, `${id}.br`);

/** What is drawn, without what differs though nothing has changed: parts of pixels. */
const normalised = (svg: string): string =>
  svg.replaceAll(/<[^>]+>/gu, (tag) => tag.replaceAll(/-?\d+\.\d+(?:e-?\d+)?/gu, rounded));

function rounded(number: string): string {
  const short = Math.round(Number(number) * 10) / 10;
  return String(short === 0 ? 0 : short);
}

/** Of one sight in both languages. */
export const goldenText = (languages: readonly Drawn[]): string =>
  languages
    .map((one) => `<!-- ${one.language} -->\n${normalised(one.svg(LIGHT_LOOK, GOLDEN_WIDTH) ?? 'nothing')}`)
    .join('\n');

export const goldenOf = (id: string): string | null => (existsSync(fileOf(id)) ? readPacked(fileOf(id)) : null);

/** Every sight that a picture is kept of. */
export const goldenIds = (): string[] => readdirSync(GOLDEN).map((file) => file.replace(/\.br$/u, ''));

/**
 * @param known ids of every sight; pictures of others are removed
 * @returns the ids of those that were other than today's
 */
export function accept(today: ReadonlyMap<string, string>, known: readonly string[]): string[] {
  const changed = [...today].filter(([id, text]) => goldenOf(id) !== text);
  for (const [id, text] of changed) writePacked(fileOf(id), text);
  const gone = (existsSync(GOLDEN) ? goldenIds() : []).filter((id) => !known.includes(id));
  for (const id of gone) rmSync(fileOf(id));
  return [...changed.map(([id]) => id), ...gone];
}

const SHOWN = 3;

/** The first lines of the two that differ. */
export function differences(before: string, after: string): string {
  const [old, young] = [before.split('\n'), after.split('\n')];
  const at = young.flatMap((line, index) => (line === old[index] ? [] : [index])).slice(0, SHOWN);
  return at.map((index) => `line ${index + 1}\n- ${old[index] ?? ''}\n+ ${young[index] ?? ''}`).join('\n');
}
