import type { AnalysisAnswer, AnalysisId, AnalysisParams } from '../../contract/endpoints.ts';
import type { OutlookTables } from '../../vocabulary/holidays.ts';
import type { Range } from '../language/calendar.ts';
import type { Engine } from '../language/engine.ts';
import { toldOf } from './brief/brief-scope.ts';
import { brief } from './brief.ts';
import { club } from './club.ts';
import { clubNext } from './club-next.ts';
import { concentration } from './concentration.ts';
import { coverage } from './coverage.ts';
import { decomposition } from './decomposition.ts';
import { genres } from './genres.ts';
import { genresCompare } from './genres-compare.ts';
import { growth } from './growth.ts';
import { movers } from './movers.ts';
import * as of from './parts/inputs.ts';
import { producers } from './producers.ts';
import { producersCompare } from './producers-compare.ts';
import { anomalies } from './series/anomalies.ts';
import { cohorts } from './series/cohorts.ts';
import { curves } from './series/curves.ts';
import { decay } from './series/decay.ts';
import { forecast } from './series/forecast.ts';
import { milestones } from './series/milestones.ts';
import { quality } from './series/quality.ts';
import { retention } from './series/retention.ts';
import { series } from './series/series.ts';
import { seriesRanks } from './series/series-ranks.ts';

export type Asked<K extends AnalysisId> = AnalysisParams<K> & { readonly id?: string };

export interface Analysis<K extends AnalysisId> {
  readonly answer: (engine: Engine, asked: Asked<K>, tables: OutlookTables) => Promise<AnalysisAnswer<K>>;
  /** Which days and series it rests on, for `explain`. */
  readonly inputs: of.InputsOf;
  /** If it is asked for otherwise than by `from` and `to`. */
  readonly range?: (engine: Engine, asked: Asked<K>) => Range;
}

export const ANALYSIS: { readonly [K in AnalysisId]: Analysis<K> } = {
  club: { answer: club, inputs: of.sinceTheStart },
  // The largest series come first, over all time.
  milestones: { answer: milestones, inputs: of.wholeLives },
  growth: { answer: growth, inputs: of.ofMeasure(of.growthPeriods) },
  decomposition: { answer: decomposition, inputs: of.againstBase },
  movers: { answer: movers, inputs: of.ofMeasure(of.compared) },
  genres: { answer: genres, inputs: of.inputsOfGenres },
  producers: { answer: producers, inputs: of.inputsOfProducers },
  genresCompare: { answer: genresCompare, inputs: of.inputsOfCompared },
  producersCompare: { answer: producersCompare, inputs: of.inputsOfCompared },
  // The others' views make its rank.
  seriesRanks: { answer: (engine, asked) => seriesRanks(engine, asked.id ?? '', asked), inputs: of.withinRange },
  concentration: { answer: concentration, inputs: of.withinRange },
  retention: { answer: retention, inputs: of.withinRange },
  decay: { answer: decay, inputs: of.withinRange },
  quality: { answer: quality, inputs: of.withinRange },
  cohorts: { answer: cohorts, inputs: of.releasedLives },
  curves: { answer: curves, inputs: of.releasedLives },
  forecast: { answer: (engine, asked, { holidays }) => forecast(engine, asked, holidays), inputs: of.sinceTheStart },
  clubNext: { answer: (engine, asked, { holidays }) => clubNext(engine, asked, holidays), inputs: of.sinceTheStart },
  // The expected level comes from the series' whole life.
  anomalies: { answer: (engine, asked, { holidays }) => anomalies(engine, asked, holidays), inputs: of.wholeLives },
  // A source's first and last day are over the whole log.
  coverage: { answer: coverage, inputs: of.wholeLives },
  brief: { answer: brief, inputs: of.wholeLives, range: (engine, asked) => toldOf(engine, asked).asked },
  series: { answer: (engine, asked) => series(engine, asked.id ?? '', asked), inputs: of.oneSeries },
};
