import type { ClubAnswer, MoversAnswer } from '../../../server/contract/analyses.ts';
import type { Row } from '../../../server/contract/query.ts';
import type { Params } from '../../filters/grammar.ts';
import type { DateRange } from '../../filters/ranges.ts';
import type { Language } from '../../i18n/i18n.ts';
import { compact, percent, points, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import type { PageName } from '../../ui/PageLink.tsx';
import { type Known, partlyKnown, tellable } from './known.ts';
import { say } from './words.ts';

/** One finding: what to say, and the page that shows it. */
export interface Sentence {
  id: string;
  text: string;
  page: PageName;
  params?: Params;
}

export interface Findings {
  language: Language;
  range: DateRange;
  /** Null without comparison. */
  compared: DateRange | null;
  /** One row of totals, with `__growth` and `__delta` where compared. */
  totals: Row | undefined;
  /** Who crossed within the range. */
  club: Pick<ClubAnswer, 'rows' | 'by_producer'> | undefined;
  /** How much of the views the two shares can be told of. */
  known: { overseas: Known; ai: Known };
  /** Whether more is tracked in one of the ranges than in the other: what grew cannot be told then. */
  widened: boolean;
  formats: MoversAnswer['rows'] | undefined;
  genres: MoversAnswer['rows'] | undefined;
  producers: MoversAnswer['rows'] | undefined;
}

/** A change of less reads as none. */
const LEVEL = 0.0005;
/** A share's change worth a sentence, as a fraction. */
const SHARE_MOVED = 0.003;

const numberIn = (row: Row | undefined, column: string): number | null => {
  const value = row?.[column];
  return typeof value === 'boolean' ? null : toNumber(value);
};

/** Percentage points without a sign: the verb says the direction. */
const magnitude = (value: number | null, language: Language): string =>
  value === null ? '–' : points(Math.abs(value), language).replace(/^\+/, '');

/** Chinese after a Latin letter or digit is set off by a space. */
const spaced = (name: string): string => (/[A-Za-z0-9]$/.test(name) ? `${name} ` : name);

/** What changed, in sentences, the weightiest first. What is said depends on the rows alone. */
export function sentences(found: Findings): Sentence[] {
  const all = [viewsSentence(found), ...clubSentences(found)];
  if (found.compared !== null && !found.widened) {
    all.push(
      memberSentence(found, 'format', found.formats, 'either'),
      memberSentence(found, 'genre', found.genres, 'up'),
      memberSentence(found, 'genre', found.genres, 'down'),
      memberSentence(found, 'producer', found.producers, 'up'),
      shareSentence(found, 'overseas'),
      shareSentence(found, 'ai'),
    );
  }
  return all.filter((sentence) => sentence !== null);
}

function viewsSentence({ language, range, compared, totals, widened }: Findings): Sentence | null {
  const views = numberIn(totals, 'views');
  if (views === null || views === 0) return null;
  const t = say(language);
  const growth = numberIn(totals, 'views__growth');
  const values = { range: rangeText(range.from, range.to, language), value: compact(views, language) };
  const text =
    growth === null || compared === null
      ? t('s_views_only', values)
      : widened
        ? t('s_views_widened', { ...values, compared: rangeText(compared.from, compared.to, language) })
        : t(Math.abs(growth) < LEVEL ? 's_views_flat' : growth > 0 ? 's_views_up' : 's_views_down', {
            ...values,
            compared: rangeText(compared.from, compared.to, language),
            growth: percent(Math.abs(growth)),
          });
  return { id: 'views', text, page: 'growth' };
}

function clubSentences({ language, range, club }: Findings): (Sentence | null)[] {
  if (club === undefined) return [];
  const t = say(language);
  const count = club.rows.length;
  const [first] = [...club.rows].sort((a, b) => (a.days_to ?? Infinity) - (b.days_to ?? Infinity));
  if (first === undefined) {
    return [{ id: 'club', text: t('s_club_none', { range: rangeText(range.from, range.to, language) }), page: 'club' }];
  }
  const values = { count, first: first.series_label, producer: first.producer_label, days: first.days_to ?? 0 };
  const alone = first.producer === '(unknown)' ? 's_club_single_unknown' : 's_club_single';
  const crossed = count === 1 ? alone : first.days_to === null ? 's_club_several_undated' : 's_club_several';
  const leader = club.by_producer.find(({ producer }) => producer !== '(unknown)');
  const leads = leader !== undefined && count > 1 && leader.count > 1;
  return [
    { id: 'club', text: t(crossed, values), page: 'club' },
    leads
      ? {
          id: 'club_producer',
          text: t('s_club_producer', { count, of: leader.count, producer: leader.producer_label }),
          page: 'club',
          params: { producer: leader.producer },
        }
      : null,
  ];
}

const MOVED = {
  format: { page: 'growth', params: { by: 'format' } },
  genre: { page: 'growth', params: { by: 'primary_genre' } },
  producer: { page: 'growth', params: { by: 'producer' } },
} as const satisfies Record<string, { page: PageName; params: Params }>;

function memberSentence(
  { language }: Findings,
  kind: keyof typeof MOVED,
  rows: MoversAnswer['rows'] | undefined,
  direction: 'up' | 'down' | 'either',
): Sentence | null {
  const moved = (rows ?? [])
    .map((row) => ({ row, delta: toNumber(row.delta) ?? 0 }))
    .filter(
      ({ row, delta }) =>
        !row.member.startsWith('(') &&
        (direction === 'up' ? delta > 0 : direction === 'down' ? delta < 0 : delta !== 0),
    )
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
  const [most] = moved;
  // Of one member alone the sentence about the total has said it.
  if (most === undefined || rows === undefined || rows.length < 2) return null;
  const { row, delta } = most;
  const t = say(language);
  const growth = row.growth === null ? null : percent(Math.abs(row.growth));
  // Without a growth (new this period) there is no percentage to give.
  if (growth === null) return null;
  const values = {
    name: language === 'zh' ? spaced(row.member_label) : row.member_label,
    growth: kind === 'format' ? growth : `${delta > 0 ? '+' : '−'}${growth}`,
    delta: compact(Math.abs(delta), language),
    points: magnitude(row.contribution_pp, language),
  };
  const up = delta > 0;
  const key =
    kind === 'format'
      ? up
        ? 's_format_up'
        : 's_format_down'
      : kind === 'genre'
        ? up
          ? 's_genre_up'
          : 's_genre_down'
        : 's_producer_up';
  return { id: `${kind}_${up ? 'up' : 'down'}`, text: t(key, values), ...MOVED[kind] };
}

function shareSentence({ language, totals, known }: Findings, kind: 'overseas' | 'ai'): Sentence | null {
  const value = numberIn(totals, `${kind}_share`);
  const delta = numberIn(totals, `${kind}_share__delta`);
  if (value === null || delta === null || Math.abs(delta) < SHARE_MOVED || !tellable(known[kind])) return null;
  const t = say(language);
  const moved = t(delta > 0 ? `s_${kind}_up` : `s_${kind}_down`, {
    value: percent(value),
    points: magnitude(delta * 100, language),
  });
  const { now } = known[kind];
  const text = partlyKnown(now) ? `${moved}${t(`s_${kind}_known`, { share: percent(now) })}` : moved;
  return { id: kind, text, page: 'growth', params: { measure: `${kind}_share` } };
}
