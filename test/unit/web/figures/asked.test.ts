import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { clubByProducer } from '../../../../web/figures/club/byProducer.ts';
import type { Answers, Figure } from '../../../../web/figures/figure.ts';
import { formatsGenreMix } from '../../../../web/figures/formats/genreMix.ts';
import { formatsMadeByAi } from '../../../../web/figures/formats/madeByAi.ts';
import { formatsMix } from '../../../../web/figures/formats/mix.ts';
import { genresConcentration } from '../../../../web/figures/genres/concentration.ts';
import { producerClub } from '../../../../web/figures/producers/clubMembers.ts';
import { producerShares } from '../../../../web/figures/producers/shares.ts';
import { clubOf, leagueOf } from './small.ts';
import { answer, meta, scopeOf, told } from './told.ts';

/** The title of a figure, and whether it is its question. */
function titled<P extends z.ZodObject, A extends Answers, D>(
  figure: Figure<P, A, D>,
  answers: A,
  address: Record<string, string> = {},
) {
  const { title } = told(figure, answers, address).en;
  return { title, isQuestion: title === figure.heads(scopeOf(figure, address)).title };
}

describe('what the filters ask for is no finding', () => {
  const { rows, ...club } = clubOf('s1');
  const two = { ...club, rows: [...rows, ...rows], by_producer: club.by_producer.map((one) => ({ ...one, count: 2 })) };

  it('of one house: it made all of its own', () => {
    expect(titled(clubByProducer, { club: two }).title).toBe('House made all 2');
    expect(titled(clubByProducer, { club: two }, { producer: 'p1' }).isQuestion).toBe(true);
    expect(titled(clubByProducer, { club: two }, { credited_producer: 'p1' }).isQuestion).toBe(true);
    expect(titled(clubByProducer, { club: two }, { producer: '!p1' }).isQuestion).toBe(false);

    const { producers: league } = leagueOf('p1');
    const houses = { producers: { ...league, rows: league.rows.map((row) => ({ ...row, club_count: 4 })) } };
    expect(titled(producerClub, houses).title).toBe('p1 made all 4');
    expect(titled(producerClub, houses, { producer: 'p1' }).isQuestion).toBe(true);
    expect(titled(producerShares, houses).isQuestion).toBe(true);
  });

  it('of one genre: it leads, and four of four have all', () => {
    const genre = { genre: 'urban', genre_label: 'Urban', views: 5, share_of_views: 1, active_series: 40 };
    const formats = answer([{ format: 'comic', format_label: 'Comic', views: 5 }]);
    const answers = { formats, genres: answer([genre]) };
    expect(titled(formatsGenreMix, answers).title).toBe('Urban leads in comic with 100.0% of views');
    expect(titled(formatsGenreMix, answers, { primary_genre: 'urban' }).isQuestion).toBe(true);
    expect(titled(formatsGenreMix, answers, { genre: 'urban,family' }).isQuestion).toBe(false);

    const month = { period: '2025-10-01', hhi: 2600, cr4: 1, cr10: 1, gini: 0, partial: false };
    const of = (members: number) => ({ concentration: { columns: [], rows: [{ ...month, members }], meta } });
    expect(titled(genresConcentration, of(4)).isQuestion).toBe(true);
    expect(titled(genresConcentration, of(5)).isQuestion).toBe(false);
  });

  it('of one format: its share is all, and the way out is the filter that is there', () => {
    const row = { format: 'comic', format_label: 'Comic', period: '2025-10-01', share_of_views: 1, views: 5 };
    const remedy = (address: Record<string, string>) =>
      told(formatsMix, { shares: answer([row]) }, address).en.nothing?.remedy;
    expect(remedy({ format: 'comic' })).toContain('Remove the filter on formats');
    expect(remedy({ producer: 'p1' })).toContain('Within these filters only comic has views');
  });

  it('of what is made by AI: all of it is', () => {
    const both = { ai_series_share: 1, ai_share: 1 };
    const course = answer([{ period: '2025-10-01', ...both }]);
    const answers = { whole: answer([both]), formats: answer([]), course };
    expect(titled(formatsMadeByAi, answers).isQuestion).toBe(false);
    expect(titled(formatsMadeByAi, answers, { production: 'ai' }).isQuestion).toBe(true);
  });
});
