import type { ReactNode } from 'react';
import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import { DEFAULT_FILTERS, type FilterDimension } from '../../filters/grammar.ts';
import type { Language } from '../../i18n/i18n.ts';
import { Card } from '../../ui/Card.tsx';
import { MemberLink } from '../../ui/MemberLink.tsx';
import { Name } from '../../ui/Name.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import styles from './AboutCard.module.css';
import { useWords } from './words.ts';

type Named = SeriesAnswer['series']['cast'][number];

interface MembersProps {
  dimension: FilterDimension;
  members: readonly Named[];
  /** The first of them has a page of its own, as a member of this. */
  first?: 'producer' | 'primary_genre';
}

function Members({ dimension, members, first }: MembersProps) {
  return members.map(({ id, label }, at) =>
    at === 0 && first !== undefined ? (
      <MemberLink key={id} dimension={first} id={id}>
        <Name text={label} />
      </MemberLink>
    ) : (
      <span key={id}>
        {at > 0 && ' / '}
        <PageLink
          page="series"
          state={{
            ...DEFAULT_FILTERS,
            time: { kind: 'preset', preset: 'all' },
            members: [{ dimension, op: 'in', values: [id] }],
          }}
        >
          <Name text={label} />
        </PageLink>
      </span>
    ),
  );
}

/** Null stays null, so that its line is left out. */
const inItsLanguage = (text: string | null): ReactNode =>
  text === null || text === '(unknown)' ? null : <Name text={text} />;

/** A language code's name in the reader's language; anything else as it is written. */
function languageName(code: string | null, language: Language): string | null {
  if (code === null || !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(code)) return code;
  return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
}

export function AboutCard({ answer: { series } }: { answer: SeriesAnswer }) {
  const { t, language } = useWords();
  const fixed = (kind: 'channel' | 'production', value: string | null) => {
    const known = ['female', 'male', 'general', 'human', 'hybrid', 'ai'] as const;
    const id = known.find((one) => one === value);
    if (id === undefined) return value;
    if (kind === 'channel') return id === 'female' || id === 'male' || id === 'general' ? t(`channel_${id}`) : value;
    return id === 'human' || id === 'hybrid' || id === 'ai' ? t(`production_${id}`) : value;
  };
  const { producers, genres, cast, franchise } = series;
  const entries: [string, ReactNode][] = [
    [
      t('about_producers'),
      producers.length > 0 && <Members dimension="credited_producer" members={producers} first="producer" />,
    ],
    [t('about_rights'), inItsLanguage(series.rights_holder_label)],
    [t('about_region'), inItsLanguage(series.producer_region_label)],
    [t('about_genres'), genres.length > 0 && <Members dimension="genre" members={genres} first="primary_genre" />],
    [t('about_channel'), fixed('channel', series.channel)],
    [t('about_production'), fixed('production', series.production)],
    [t('about_franchise'), franchise !== null && <Members dimension="franchise" members={[franchise]} />],
    [t('about_cast'), cast.length > 0 && <Members dimension="cast" members={cast} />],
    [t('about_language'), languageName(series.language, language)],
    [t('about_origin'), inItsLanguage(series.origin_label)],
  ];
  const known = entries.filter(([, value]) => value !== null && value !== false && value !== '(unknown)');
  return (
    <Card title={t('about')}>
      {known.length === 0 ? (
        <p className={styles.none}>{t('about_none')}</p>
      ) : (
        <dl className={styles.list}>
          {known.map(([name, value]) => (
            <div key={name} className={styles.entry}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
