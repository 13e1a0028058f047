import { ProblemError } from '../../problem.ts';
import type { DatasetState, ReadSession, ResultRow } from '../../warehouse/warehouse.ts';
import { type Dialect, render, type Sql } from '../sql/sql.ts';
import type { LogSpan } from './calendar.ts';

export interface Engine {
  readonly state: DatasetState;
  readonly language: 'zh' | 'en';
  /** False asks the log, never a rollup: to prove and measure rollups. */
  readonly rollups: boolean;
  all(node: Sql): Promise<readonly ResultRow[]>;
}

export function engineOf(session: ReadSession, dialect: Dialect, language: 'zh' | 'en', rollups = true): Engine {
  return { state: session.state, language, rollups, all: (node) => session.all(render(node, dialect)) };
}

/** First and last day. @throws ProblemError `not_enough_data` while nothing is imported */
export function spanOf({ state, rollups }: Pick<Engine, 'state' | 'rollups'>): LogSpan {
  if (state.from === null || state.asOf === null) {
    throw new ProblemError('not_enough_data', {
      en: 'The dataset is empty. Import a view log first (page Data, or npm run import -- FILE).',
      zh: '还没有数据。请先导入播放日志（“数据”页，或 npm run import -- 文件）。',
    });
  }
  return { from: state.from, asOf: state.asOf, rollups };
}
