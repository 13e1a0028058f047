/** Which members may be one. Blocks of shared keys come first, as comparing all pairs is slow. */
import type { AliasDimension } from '../../contract/aliases.ts';
import type { Label } from '../../contract/query.ts';
import { formsOf, isOneEditApart, type NameForms, type Reason } from './name-keys.ts';

export interface Candidate {
  readonly id: string;
  readonly label: Label;
  readonly views: number | bigint;
  /** First producer of a series; null if unknown. */
  readonly producer?: string | null;
  readonly franchise?: string | null;
  readonly format?: string | null;
  readonly release?: string | null;
  readonly episodes?: number | null;
  /** Where it is stated: `source platform month` of a series, ids of the series of a producer. */
  readonly stands?: ReadonlySet<string>;
}

export interface Evidence extends Label {
  readonly weight: number;
}

export interface Pair {
  readonly from: Candidate;
  readonly into: Candidate;
  readonly score: number;
  readonly reason: Reason;
  readonly evidence: readonly Evidence[];
}

const LEAST = 0.5;
/** A key shared by more says nothing. */
const CROWD = 30;

interface Named {
  readonly candidate: Candidate;
  readonly forms: NameForms;
}

/** At each `yield` others may have their turn. */
export type Pieces<T> = Generator<undefined, T, undefined>;
const PIECE = 250;

/** The likeliest first, in pieces, as ten thousand names take a second. @param spell pinyin without tones, or null */
export function* suggestInPieces(
  dimension: AliasDimension,
  candidates: readonly Candidate[],
  spell: (text: string) => string | null,
): Pieces<Pair[]> {
  const forms = formsOf(dimension);
  const named: Named[] = [];
  for (const candidate of candidates) {
    if (named.length % PIECE === PIECE - 1) yield;
    named.push({ candidate, forms: forms(candidate.label.zh) });
  }
  const found = new Map<string, Pair>();
  const offer = (a: Named, b: Named, reason: Reason, score: number) => {
    const pair = judged(dimension, a, b, reason, score);
    if (!pair) return;
    const key = [pair.from.id, pair.into.id].sort().join('\u0000');
    if ((found.get(key)?.score ?? 0) < pair.score) found.set(key, pair);
  };
  for (const at of [0, 1, 2, 3])
    for (const block of yield* blocks(named, (n) => n.forms.keys[at]?.key ?? null)) {
      const key = block[0]?.forms.keys[at];
      if (key) eachPair(block, (a, b) => offer(a, b, key.reason, key.score));
    }
  for (const block of yield* blocks(named, englishKey)) eachPair(block, (a, b) => offer(a, b, 'translation', 0.8));
  for (const block of yield* blocks(named, (n) => pinyinKey(n, spell)))
    eachPair(block, (a, b) => {
      if (a.forms.core === b.forms.core) return;
      const share = sharedCharacters(a.forms.core, b.forms.core);
      if (share >= 0.5 || a.forms.core.length >= 5) offer(a, b, 'pinyin', 0.62 + 0.2 * share);
    });
  for (const [a, b] of yield* oneEditPairs(named))
    offer(a, b, 'one_character', 0.72 - 0.8 / Math.max(a.forms.core.length, b.forms.core.length));
  return [...found.values()].sort((a, b) => b.score - a.score || (a.into.id < b.into.id ? -1 : 1));
}

function* blocks<T>(items: readonly T[], keyOf: (item: T) => string | null): Pieces<T[][]> {
  const byKey = new Map<string, T[]>();
  for (const [i, item] of items.entries()) {
    if (i % PIECE === PIECE - 1) yield;
    const key = keyOf(item);
    if (key === null) continue;
    const block = byKey.get(key);
    if (block) block.push(item);
    else byKey.set(key, [item]);
  }
  return [...byKey.values()].filter((block) => block.length > 1 && block.length <= CROWD);
}

function eachPair(block: readonly Named[], visit: (a: Named, b: Named) => void): void {
  for (const [i, a] of block.entries()) for (const b of block.slice(i + 1)) visit(a, b);
}

const LATIN = /^[\p{Script=Latin}\p{N}]{4,}$/u;

/** Also for members in Latin letters. */
function englishKey({ candidate, forms }: Named): string | null {
  const english = candidate.label.en
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return LATIN.test(english) ? `${english} ${forms.numbers}` : null;
}

function pinyinKey({ forms }: Named, spell: (text: string) => string | null): string | null {
  if (forms.core.length < 3) return null;
  const spelled = spell(forms.core);
  return spelled === null ? null : `${spelled} ${forms.core.length} ${forms.numbers}`;
}

function sharedCharacters(a: string, b: string): number {
  const same = [...a].filter((c, i) => [...b][i] === c).length;
  return same / Math.max(1, a.length);
}

/** Cores one edit apart share a text without one character. */
function* oneEditPairs(named: readonly Named[]): Pieces<(readonly [Named, Named])[]> {
  const byRest = new Map<string, Named[]>();
  for (const [i, item] of named.entries()) {
    if (i % PIECE === PIECE - 1) yield;
    const { core } = item.forms;
    if (core.length < (/\p{Script=Han}/u.test(core) ? 4 : 8)) continue;
    const rests = new Set([core, ...Array.from(core, (_, i) => core.slice(0, i) + core.slice(i + 1))]);
    for (const rest of rests) {
      const key = `${rest} ${item.forms.numbers}`;
      const block = byRest.get(key);
      if (block) block.push(item);
      else byRest.set(key, [item]);
    }
  }
  const pairs: (readonly [Named, Named])[] = [];
  let seen = 0;
  for (const block of byRest.values()) {
    if (++seen % (PIECE * 20) === 0) yield;
    if (block.length > 1 && block.length <= CROWD)
      eachPair(block, (a, b) => {
        if (isOneEditApart(a.forms.core, b.forms.core)) pairs.push([a, b]);
      });
  }
  return pairs;
}

const LOOSE = new Set<Reason>(['pinyin', 'one_character']);

/** Null if other evidence says that they are not one. */
function judged(dimension: AliasDimension, a: Named, b: Named, reason: Reason, score: number): Pair | null {
  if (a.candidate.id === b.candidate.id || a.forms.numbers !== b.forms.numbers) return null;
  const [into, from] = outranks(a.candidate, b.candidate) ? [a, b] : [b, a];
  // Parts of one franchise have similar names.
  const franchise = from.candidate.franchise ?? null;
  if (LOOSE.has(reason) && franchise !== null && franchise === into.candidate.franchise) return null;
  const told = dimension === 'series' ? ofSeries(from.candidate, into.candidate) : ofNames(dimension, from, into);
  const total = Math.min(
    1,
    told.reduce((sum, { weight }) => sum + weight, score),
  );
  if (total < LEAST) return null;
  return {
    from: from.candidate,
    into: into.candidate,
    score: Math.round(total * 100) / 100,
    reason,
    evidence: told,
  };
}

function outranks(a: Candidate, b: Candidate): boolean {
  const known = (c: Candidate) => (c.producer ? 1 : 0) + (c.release ? 1 : 0);
  if (known(a) !== known(b)) return known(a) > known(b);
  return a.views === b.views ? a.id < b.id : a.views > b.views;
}

const says = (weight: number, en: string, zh: string): Evidence => ({ en, zh, weight });
const DAY = 86_400_000;

function ofSeries(a: Candidate, b: Candidate): Evidence[] {
  const told: Evidence[] = [];
  if (a.producer && b.producer)
    told.push(
      a.producer === b.producer
        ? says(0.05, 'same producer', '承制方相同')
        : says(-0.25, 'different producers', '承制方不同'),
    );
  if (a.release && b.release) {
    const days = Math.abs(Date.parse(a.release) - Date.parse(b.release)) / DAY;
    if (days <= 7) told.push(says(0.05, 'released within a week of each other', '上线日相差不到一周'));
    if (days > 180) told.push(says(-0.25, 'released more than half a year apart', '上线日相差半年以上'));
  }
  if (a.format && b.format && a.format !== b.format) told.push(says(-0.4, 'different formats', '形态不同'));
  if (a.episodes && b.episodes && Math.abs(a.episodes - b.episodes) > 2)
    told.push(says(-0.1, 'different numbers of episodes', '集数不同'));
  if (meet(a, b)) told.push(says(-0.15, 'one source states both on one platform', '同一来源在同一平台分别列出两者'));
  return told;
}

function ofNames(dimension: AliasDimension, a: Named, b: Named): Evidence[] {
  const told: Evidence[] = [];
  const [one, other] = [a.forms.trade, b.forms.trade];
  // 九州影业 and 九州传媒 are two companies, unless the user says otherwise.
  if (one !== '' && other !== '' && one !== other) told.push(says(-0.3, 'of different trades', '行业字样不同'));
  if (dimension === 'producer' && meet(a.candidate, b.candidate))
    told.push(says(-0.5, 'credited together', '曾共同署名'));
  if (dimension === 'platform' && meet(a.candidate, b.candidate))
    told.push(says(-0.3, 'one source states both', '同一来源分别列出两者'));
  return told;
}

function meet(a: Candidate, b: Candidate): boolean {
  for (const stand of a.stands ?? []) if (b.stands?.has(stand)) return true;
  return false;
}
