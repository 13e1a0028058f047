import { expect, inject, it } from 'vitest';
import { z } from 'zod';
import { answerSchema } from '../../server/contract/query.ts';
import { readXlsx } from '../api/xlsx.ts';

/** Enough cells for the thread of its own, whose script the build lays beside the server's. */
const QUERY = { measures: ['views'], dimensions: ['series'], time: {}, limit: 9000 };

it('the built server writes a large workbook in its thread, row by row what its JSON says', async () => {
  const ask = async (accept: string) => {
    const response = await fetch(`${inject('url')}/api/v1/query`, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json' },
      body: JSON.stringify(QUERY),
    });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const { rows } = answerSchema.parse(JSON.parse((await ask('application/json')).toString()));
  expect(rows).toHaveLength(9000);
  const workbook = readXlsx(await ask('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'));
  const cell = z.union([z.string(), z.number()]);
  expect(workbook.rows.slice(1).map((row) => row.map((value) => cell.parse(value)))).toEqual(
    rows.map(({ series, series_label, views }) => [series, series_label, views]),
  );
}, 180_000);
