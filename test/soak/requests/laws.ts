/** What must hold of any answer, whatever the numbers are: seen by asking the same in two ways. */
import Papa from 'papaparse';
import {
  type Answer,
  answerSchema,
  type DimensionId,
  type QueryInput,
  type Row,
} from '../../../server/contract/query.ts';
import type { Dice } from '../dice.ts';
import type { Facts } from './facts.ts';
import { faultsOf } from './judge.ts';
import { someFilter, someQuestion } from './questions.ts';
import { encoded, jsonRequest, type Request, send } from './request.ts';

export interface LawVerdict {
  readonly name: string;
  readonly outcome: string;
  readonly faults: readonly string[];
  readonly question: QueryInput;
}

/** Each row of the log has one member of these. */
const SINGLE: readonly DimensionId[] = [
  'series',
  'producer',
  'producer_region',
  'primary_genre',
  'channel',
  'format',
  'production',
  'franchise',
  'language',
  'origin',
  'platform',
  'region',
  'market',
  'source',
  'release_month',
  'weekday',
];
const ADDITIVE = ['views', 'completions', 'likes', 'comments', 'shares', 'favourites'] as const;

export async function holdLaw(url: string, dice: Dice, facts: Facts): Promise<LawVerdict> {
  const [name, law] = dice.pick(LAWS);
  const question = law.question(dice, facts);
  const faults: string[] = [];
  const ask = async (request: Request) => {
    const reply = await send(url, request);
    if (!reply) throw new Error('nobody left');
    faults.push(...faultsOf(request, reply, null));
    return reply;
  };
  const outcome = await law.hold({ ask, say: (fault) => faults.push(fault) }, question);
  return { name, outcome, faults, question };
}

interface Asker {
  readonly ask: (request: Request) => Promise<{ status: number; body: Buffer }>;
  readonly say: (fault: string) => void;
}

interface Law {
  question(dice: Dice, facts: Facts): QueryInput;
  /** @returns how it ended */
  hold(asker: Asker, question: QueryInput): Promise<string>;
}

const posted = (question: QueryInput, accept = 'application/json'): Request => {
  const request = jsonRequest('POST', '/api/v1/query', question);
  return { ...request, headers: { ...request.headers, Accept: accept } };
};

async function answered({ ask }: Asker, request: Request): Promise<Answer | string> {
  const { status, body } = await ask(request);
  return status === 200 ? answerSchema.parse(JSON.parse(body.toString())) : `refused: ${status}`;
}

/** Additive measures over members that do not overlap. */
function additiveQuestion(dice: Dice, facts: Facts): QueryInput {
  const measures = ADDITIVE.filter((id) => facts.measures.includes(id) && dice.chance(0.6));
  const single = SINGLE.filter((id) => facts.dimensions.includes(id));
  const dimensions = [...new Set([dice.pick(single), ...(dice.chance(0.5) ? [dice.pick(single)] : [])])];
  const filter = someFilter(dice, facts);
  const grain = dice.chance(0.5) ? dice.pick(['month', 'week', 'quarter'] as const) : undefined;
  return {
    measures: measures.length > 0 ? measures : ['views'],
    dimensions,
    time: grain ? { grain } : {},
    filters: 'dimension' in filter && dice.chance(0.5) ? [filter] : [],
    totals: true,
  };
}

function sumsToTotals({ say }: Asker, { measures }: QueryInput, { rows, totals }: Answer): string {
  for (const id of measures) {
    const sum = rows.reduce((all, row) => all + BigInt(whole(row[id])), 0n);
    const total = BigInt(whole(totals?.[id]));
    if (sum !== total) say(`the rows' ${id} sum to ${sum}, totals say ${total}`);
  }
  return 'sums hold';
}

/** Counts come as numbers or digits; none is 0. */
const whole = (value: Row[string] | undefined): string | number =>
  typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value)) ? value : 0;

const LAWS: readonly (readonly [string, Law])[] = [
  [
    'rows sum to totals',
    {
      question: additiveQuestion,
      async hold(asker, question) {
        const answer = await answered(asker, posted(question));
        if (typeof answer === 'string') return answer;
        return answer.meta.truncated ? 'truncated' : sumsToTotals(asker, question, answer);
      },
    },
  ],
  [
    'shown and others sum to totals',
    {
      question: (dice, facts) => ({
        ...additiveQuestion(dice, facts),
        limit: dice.pick([1, 2, 5, 30]),
        others: true,
      }),
      async hold(asker, question) {
        const answer = await answered(asker, posted(question));
        return typeof answer === 'string' ? answer : sumsToTotals(asker, question, answer);
      },
    },
  ],
  [
    'CSV carries the rows of JSON',
    {
      question: someQuestion,
      async hold(asker, question) {
        const answer = await answered(asker, posted(question));
        if (typeof answer === 'string') return answer;
        const { status, body } = await asker.ask(posted(question, 'text/csv'));
        if (status !== 200) return `CSV refused: ${status}`;
        const { data } = Papa.parse<Record<string, string>>(body.toString().replace(/^\ufeff/, ''), {
          header: true,
          skipEmptyLines: true,
        });
        // The data may change in between.
        const again = await answered(asker, posted(question));
        if (typeof again === 'string' || again.meta.version !== answer.meta.version) return 'the data changed';
        if (data.length !== answer.rows.length) asker.say(`JSON has ${answer.rows.length} rows, CSV ${data.length}`);
        const numbers = answer.columns.filter(({ type }) => type === 'integer' || type === 'number');
        answer.rows.forEach((row, i) => {
          const off = numbers.find(({ id }) => String(row[id] ?? '') !== (data[i]?.[id] ?? ''));
          if (off && i < 1000) asker.say(`row ${i}: ${off.id} is ${row[off.id]} in JSON, ${data[i]?.[off.id]} in CSV`);
        });
        return 'alike';
      },
    },
  ],
  [
    'a link answers as the body does',
    {
      question: someQuestion,
      async hold(asker, question) {
        const answer = await answered(asker, posted(question));
        if (typeof answer === 'string') return answer;
        const link = await answered(asker, jsonRequest('GET', `/api/v1/query?q=${encoded(JSON.stringify(question))}`));
        if (typeof link === 'string' || link.meta.version !== answer.meta.version) return 'the data changed';
        const said = ({ rows, totals, columns }: Answer) => JSON.stringify([rows, totals, columns]);
        if (said(link) !== said(answer)) asker.say('the link answers otherwise than the body');
        return 'alike';
      },
    },
  ],
];
