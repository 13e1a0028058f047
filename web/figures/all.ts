import { clubByProducer } from './club/byProducer.ts';
import { clubPerMonth } from './club/perMonth.ts';
import { clubRace } from './club/race.ts';
import { clubTimeline } from './club/timeline.ts';
import { compareAges } from './compare/ages.ts';
import { compareIndex } from './compare/indexOverTime.ts';
import { compareMix } from './compare/mix.ts';
import { dataCoverage } from './data/coverage.ts';
import type { AnyFigure } from './figure.ts';
import { formatsGenreMix } from './formats/genreMix.ts';
import { formatsMadeByAi } from './formats/madeByAi.ts';
import { formatsMix } from './formats/mix.ts';
import { formatsOngoing } from './formats/ongoing.ts';
import { formatsReleases } from './formats/releases.ts';
import { genresAges } from './genres/ages.ts';
import { genresConcentration } from './genres/concentration.ts';
import { genreFormat } from './genres/genreFormat.ts';
import { genresSpread } from './genres/spread.ts';
import { supplyDemand } from './genres/supplyDemand.ts';
import { genresTrend } from './genres/trend.ts';
import { growthCohorts } from './growth/cohorts.ts';
import { growthDecomposition } from './growth/decomposition.ts';
import { growthIndex } from './growth/indexOverTime.ts';
import { growthMovers } from './growth/movers.ts';
import { genreAges, producerAges } from './member/ages.ts';
import { genreConcentration } from './member/concentration.ts';
import { genreBalance, genreViews, producerShare, producerViews } from './member/course.ts';
import { genreMix, producerMix } from './member/mix.ts';
import { genreSpread } from './member/spread.ts';
import { overseasCurves } from './overseas/curves.ts';
import { overseasRegionGenre } from './overseas/regionGenre.ts';
import { overseasMap } from './overseas/regions.ts';
import { overseasShare } from './overseas/share.ts';
import { overseasTotals } from './overseas/totals.ts';
import { overviewFormats } from './overview/formats.ts';
import { genreMovers, producerMovers } from './overview/movers.ts';
import { producerClub } from './producers/clubMembers.ts';
import { producerShares } from './producers/shares.ts';
import { seriesCumulative } from './series/cumulative.ts';
import { seriesDaily } from './series/daily.ts';
import { seriesForecast } from './series/forecast.ts';
import { seriesPeers } from './series/peers.ts';
import { seriesRanks } from './series/ranks.ts';
import { seriesRetention } from './series/retention.ts';
import { seriesPlatforms, seriesRegions } from './series/shares.ts';

/** Every figure, page by page, in the order in which the page shows them. Pages import their own, to load no others. */
export const FIGURES: readonly AnyFigure[] = [
  overviewFormats,
  genreMovers,
  producerMovers,
  clubRace,
  clubByProducer,
  clubPerMonth,
  clubTimeline,
  seriesCumulative,
  seriesDaily,
  seriesRanks,
  seriesForecast,
  seriesPeers,
  seriesRetention,
  seriesPlatforms,
  seriesRegions,
  supplyDemand,
  genresTrend,
  genresSpread,
  genreFormat,
  genresAges,
  genresConcentration,
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
  formatsMix,
  formatsOngoing,
  formatsGenreMix,
  formatsMadeByAi,
  formatsReleases,
  overseasMap,
  overseasTotals,
  overseasShare,
  overseasCurves,
  overseasRegionGenre,
  growthCohorts,
  dataCoverage,
];
