import type { DuckDBConnection } from '@duckdb/node-api';
import type { Asking, DatasetState, ReadSession, Statement, WriteSession } from '../warehouse.ts';
import { addToRollups, rebuildRollups, sumMonths } from './rollups.ts';
import { query } from './rows.ts';

/** Until `ended` fires. */
export function readingOn(
  connection: DuckDBConnection,
  state: DatasetState,
  ended: AbortSignal,
  asking: Asking,
): ReadSession {
  const all = (statement: Statement) => {
    ended.throwIfAborted();
    return query(connection, statement, asking);
  };
  return { state, all };
}

/** @param ended checked between statements: an interrupt reaches only a running one */
export function writingOn(connection: DuckDBConnection, state: DatasetState, ended?: AbortSignal): WriteSession {
  const ask = async (statement: Statement) => {
    ended?.throwIfAborted();
    return query(connection, statement);
  };
  const session: WriteSession = {
    state,
    all: ask,
    run: async (statement) => void (await ask(statement)),
    refreshRollups: (from, to, only) => rebuildRollups(session, from, to, only),
    addToRollups: (rows, from, to) => addToRollups(session, rows, from, to),
    sumMonths: (rows) => sumMonths(session, rows),
    progress: () => {
      const { percentage } = connection.progress;
      return percentage < 0 ? null : percentage;
    },
  };
  return session;
}
