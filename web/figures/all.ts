import { clubByProducer } from './club/byProducer.ts';
import { clubPerMonth } from './club/perMonth.ts';
import { clubRace } from './club/race.ts';
import { compareAges } from './compare/ages.ts';
import { compareIndex } from './compare/indexOverTime.ts';
import { compareMix } from './compare/mix.ts';
import { dataCoverage } from './data/coverage.ts';
import type { AnyFigure } from './figure.ts';
import { genreFormat } from './genres/genreFormat.ts';
import { genresSpread } from './genres/spread.ts';
import { supplyDemand } from './genres/supplyDemand.ts';
import { genresTrend } from './genres/trend.ts';
import { growthDecomposition } from './growth/decomposition.ts';
import { growthIndex } from './growth/indexOverTime.ts';
import { growthMovers } from './growth/movers.ts';
import { genreAges, producerAges } from './member/ages.ts';
import { genreConcentration } from './member/concentration.ts';
import { genreBalance, genreViews, producerShare, producerViews } from './member/course.ts';
import { genreMix, producerMix } from './member/mix.ts';
import { genreSpread } from './member/spread.ts';
import { overviewFormats } from './overview/formats.ts';
import { genreMovers, producerMovers } from './overview/movers.ts';
import { producerClub } from './producers/clubMembers.ts';
import { producerShares } from './producers/shares.ts';
import { seriesCumulative } from './series/cumulative.ts';
import { seriesDaily } from './series/daily.ts';
import { seriesPlatforms, seriesRegions } from './series/shares.ts';

/** Every figure, page by page, in the order in which the page shows them. Pages import their own, to load no others. */
export const FIGURES: readonly AnyFigure[] = [
  overviewFormats,
  genreMovers,
  producerMovers,
  clubRace,
  clubByProducer,
  clubPerMonth,
  seriesCumulative,
  seriesDaily,
  seriesPlatforms,
  seriesRegions,
  supplyDemand,
  genresTrend,
  genresSpread,
  genreFormat,
  genreViews,
  genreBalance,
  genreSpread,
  genreMix,
  genreAges,
  genreConcentration,
  producerShares,
  producerClub,
  producerViews,
  producerShare,
  producerMix,
  producerAges,
  compareAges,
  compareIndex,
  compareMix,
  growthIndex,
  growthDecomposition,
  growthMovers,
  dataCoverage,
];
