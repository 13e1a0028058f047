import { z } from 'zod';
import type { Label } from './contract/query.ts';
import { didYouMean, MISSING, noSuchName, quoted, said, spaced } from './given.ts';
import { jsonNeed, NEEDS, type Need, namesOf, needOf, wordsNeed } from './needs.ts';
import { ProblemError } from './problem.ts';

/** Faults listed one by one, and in one sentence. */
const TOLD = 20;
const IN_A_SENTENCE = 3;

/** @throws ProblemError `invalid_request`: each fault's path, what was given and what may be */
export function readGiven<T>(schema: z.ZodType<T>, given: unknown): T {
  const raised = new Map<string, z.core.$ZodType>();
  const read = schema.safeParse(given, { error: (issue) => raisedBy(issue, raised) });
  if (read.success) return read.data;
  throw invalidRequest(new Translator(given, raised).faults(read.error.issues, []));
}

export function invalidRequest(faults: readonly Fault[]): ProblemError {
  const worded = faults.slice(0, TOLD).map(({ path, message }) => ({ path: pathText(path), message: message() }));
  // Two checks may say the same of one number.
  const told = [...new Map(worded.map((fault) => [`${fault.path} ${fault.message.en}`, fault])).values()];
  const said = told.slice(0, IN_A_SENTENCE);
  const more = Math.max(faults.length - worded.length, 0) + told.length - said.length;
  const detail = {
    en: said.map(({ path, message }) => `${path}: ${message.en}`).join(' ') + (more > 0 ? ` And ${more} more.` : ''),
    zh: said.map(({ path, message }) => `${path}：${message.zh}`).join('') + (more > 0 ? `另有 ${more} 处。` : ''),
  };
  return new ProblemError('invalid_request', detail, told);
}

/** Zod tells only an error map which schema raised an issue: kept under the issue's message. */
function raisedBy(issue: z.core.$ZodRawIssue, raised: Map<string, z.core.$ZodType>): string | undefined {
  const by = issue.schema ?? issue.inst;
  if (!(by instanceof z.core.$ZodType)) return undefined;
  const key = `schema ${raised.size}`;
  raised.set(key, by);
  return key;
}

type Issue = z.core.$ZodIssue;
/** Worded when shown: a few of a thousand. */
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: () => Label;
}

class Translator {
  constructor(
    private readonly root: unknown,
    private readonly raised: ReadonlyMap<string, z.core.$ZodType>,
  ) {}

  faults(issues: readonly Issue[], base: readonly PropertyKey[]): Fault[] {
    return issues.flatMap((issue) => this.faultsOf(issue, [...base, ...issue.path]));
  }

  private faultsOf(issue: Issue, path: readonly PropertyKey[]): Fault[] {
    if (issue.code === 'unrecognized_keys') {
      const known = namesOf(this.schemaOf(issue));
      return issue.keys.map((key) => ({ path: [...path, key], message: () => noSuchName(key, known) }));
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const meant = this.meantBranch(issue, path);
      if (meant) return this.faults(meant, path);
    }
    return [{ path, message: () => this.messageOf(issue, path) }];
  }

  private messageOf(issue: Issue, path: readonly PropertyKey[]): Label {
    const given = issue.code === 'invalid_key' ? path.at(-1) : valueAt(this.root, path);
    const { text, words } = this.needAt(issue, given);
    const meant = didYouMean(given, words);
    const { en, zh } = said(given);
    return { en: `${en}; needed is ${text.en}.${meant.en}`, zh: `${zh}；需要${spaced(text.zh)}。${meant.zh}` };
  }

  private needAt(issue: Issue, given: unknown): Need {
    if (issue.code === 'invalid_key' && issue.issues[0]) return this.needAt(issue.issues[0], given);
    if (optionsOf(issue).length > 0) return wordsNeed(optionsOf(issue));
    if (issue.code === 'custom' && issue.message === 'json') return jsonNeed(issue.params?.of, given);
    return NEEDS.get(issue.message) ?? needOf(this.schemaOf(issue));
  }

  private schemaOf(issue: Issue): z.core.$ZodType | undefined {
    return this.raised.get(issue.message);
  }

  /** The branch of a union with the fewest unknown keys; undefined if none fits. If several are equal, their messages are joined. */
  private meantBranch(issue: Issue & { code: 'invalid_union' }, path: readonly PropertyKey[]): Issue[] | undefined {
    const like = issue.errors
      .filter((branch) => branch.every((one) => this.isWithin(one, path)))
      .map((branch) => ({ branch, strangers: sum(branch.map((one) => this.strangers(one, path))) }))
      .toSorted((a, b) => a.strangers - b.strangers || a.branch.length - b.branch.length);
    const [best, ...others] = like;
    if (!best) return undefined;
    const equal = others.filter((one) => one.strangers === best.strangers).map(({ branch }) => branch);
    return withAllWords(best.branch, equal);
  }

  /** Within the value, which is then of the right kind. */
  private isWithin(issue: Issue, path: readonly PropertyKey[]): boolean {
    if (issue.path.length > 0 || issue.code === 'unrecognized_keys') return true;
    if (issue.message === 'json') return /^\s*[[{]/u.test(String(valueAt(this.root, path)));
    return issue.code === 'invalid_union' && this.meantBranch(issue, path) !== undefined;
  }

  /** Keys that the branch does not know, or misses. */
  private strangers(issue: Issue, path: readonly PropertyKey[]): number {
    if (issue.code === 'unrecognized_keys') return issue.keys.length;
    // A branch whose own object is not given is further than one that lacks the deciding word.
    const misses = issue.code === 'invalid_type' && issue.expected === 'object';
    if (misses && valueAt(this.root, [...path, ...issue.path]) === MISSING) return 0.75;
    if (issue.code !== 'invalid_union' || issue.discriminator === undefined) return 0;
    const known = namesOf(this.schemaOf(issue));
    // The path of such an issue ends with the discriminator.
    const given = valueAt(this.root, [...path, ...issue.path.slice(0, -1)]);
    // Half a key more: a branch that knows the deciding word is nearer.
    return Object.keys(Object(given)).filter((key) => !known.includes(key)).length + 0.5;
  }
}

/** Words that tell branches of a union apart. */
const optionsOf = (issue: Issue): z.core.util.Primitive[] =>
  issue.code === 'invalid_union' && 'options' in issue ? (issue.options ?? []) : [];

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Adds other branches' words for the same place. */
function withAllWords(best: Issue[], others: readonly Issue[][]): Issue[] {
  const [issue] = best;
  if (best.length !== 1 || !issue || optionsOf(issue).length === 0) return best;
  const options = [issue, ...others.flat()].flatMap(optionsOf);
  return [{ code: 'invalid_union', errors: [], options, path: issue.path, message: issue.message }];
}

const pathText = (path: readonly PropertyKey[]): string => path.map(partText).join('.') || '(root)';

/** May hold names from a request, so it is cut. */
function partText(part: PropertyKey): string {
  const { en } = quoted(String(part));
  return en.slice(1, -1);
}

/** Also within texts that are JSON or lists by commas. */
function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value === 'string') value = partsOf(value);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return MISSING;
    value = Object.getOwnPropertyDescriptor(value, part)?.value;
  }
  return value;
}

function partsOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object') return value;
  } catch {
    // A list by commas.
  }
  return text.split(',');
}
