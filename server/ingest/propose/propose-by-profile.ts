/** A proposal after saved profiles: one that matches the header goes before any guess. */
import { fieldSchema, type ImportOptions } from '../../contract/imports.ts';
import type { Profile, ProfileBody } from '../../contract/profiles.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { Inspection } from '../read/opened.ts';
import type { ImportPlan } from '../stage/plan.ts';
import {
  columnMissing,
  ofProfile,
  profileAskedFor,
  profileDoesNotFit,
  profileFits,
  profileNoLongerFits,
  profileNotFound,
} from './messages.ts';
import { type Misfit, matchProfile, misfitOf, nearestProfile } from './profiles.ts';
import type { FileProposal, ProfiledProposal, Proposal } from './proposal.ts';
import { viewsAgainstProfile } from './views-messages.ts';

type Propose = (options: ImportOptions) => Promise<FileProposal>;
type Judge = (proposal: FileProposal, profile: Profile) => Promise<FileProposal>;

type Reading = Pick<ImportOptions, 'encoding' | 'delimiter' | 'header_row' | 'across'>;

interface Found {
  readonly proposal: FileProposal;
  readonly profile: Profile | null;
  readonly reason: Label | null;
}

/**
 * @param asked a profile's name, `''` for none, undefined for the one whose header matches
 * @param options of the user, which go before the profile
 * @throws ProblemError `not_found` or `profile_mismatch` for a profile that was asked for
 */
export async function proposeByProfile(
  profiles: readonly Profile[],
  asked: string | undefined,
  options: ImportOptions,
  propose: Propose,
  judge: Judge,
): Promise<ProfiledProposal> {
  if (asked === '' || (asked === undefined && profiles.length === 0))
    return { ...(await propose(options)), profile: null };
  const { proposal, profile, reason } = await findProfile(profiles, asked, options, propose);
  const judged = profile ? await judge(proposal, profile) : proposal;
  return { ...judged, proposed: overlay(judged.proposed, profile, reason), profile };
}

async function findProfile(
  profiles: readonly Profile[],
  asked: string | undefined,
  options: ImportOptions,
  propose: Propose,
): Promise<Found> {
  const wanted = asked === undefined ? profiles : profiles.filter((p) => p.name === asked);
  if (asked !== undefined && wanted.length === 0) throw new ProblemError('not_found', profileNotFound(asked));
  const find = (able: readonly Profile[], header: readonly string[]) =>
    asked === undefined ? matchProfile(able, header) : (able.find((p) => fits(p, header)) ?? null);
  const detected = await propose(options);
  // The encoding of a confirmed profile goes before a guess; UTF-8 and Parquet are certain.
  const encoding = detected.inspected.encoding?.encoding ?? null;
  const certain = encoding === null || /^utf-/iu.test(encoding);
  const others = options.encoding || options.delimiter ? [] : readingsOf(wanted, certain, encoding);
  const header = headerOf(detected);
  const plain = find(certain ? wanted : wanted.filter((p) => sameEncoding(p, encoding)), header);
  if (plain) return { proposal: detected, profile: plain, reason: sayMatch(plain, header) };
  for (const reading of others) {
    const proposal = await proposeLeniently(propose, { ...reading, ...options });
    const able = wanted.filter((p) => sameReading(readingOf(p, certain), reading));
    const profile = proposal && find(able, headerOf(proposal));
    if (proposal && profile) return { proposal, profile, reason: sayMatch(profile, headerOf(proposal)) };
  }
  const last = find(wanted, header);
  if (last) return { proposal: detected, profile: last, reason: sayMatch(last, header) };
  const near = asked === undefined ? nearestProfile(profiles, header) : (wanted[0] ?? null);
  const misfit = near && misfitOf(near, header);
  if (near && misfit && asked !== undefined) throw mismatch(near, misfit, header);
  const reason = near && misfit ? profileNoLongerFits(near.name, misfit) : null;
  return { proposal: detected, profile: null, reason };
}

const mismatch = ({ name }: Profile, misfit: Misfit, header: readonly string[]) =>
  new ProblemError(
    'profile_mismatch',
    profileDoesNotFit(name, misfit, header),
    misfit.needed.map((needed) => ({ path: 'profile', message: columnMissing(needed) })),
  );

const headerOf = ({ inspected }: FileProposal) => inspected.columns.map(({ name }) => name);
const fits = (profile: Profile, header: readonly string[]) => (misfitOf(profile, header)?.needed.length ?? 0) === 0;
const sameEncoding = ({ options }: Profile, encoding: string) =>
  options.encoding === undefined || options.encoding.toLowerCase() === encoding.toLowerCase();

function readingOf(
  { options: { encoding, delimiter, header_row, across } }: Pick<Proposal, 'options'>,
  certain: boolean,
): Reading {
  return {
    ...(encoding && !certain ? { encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
    ...(header_row === undefined ? {} : { header_row }),
    ...(across === undefined ? {} : { across }),
  };
}

const sameReading = (a: Reading, b: Reading) =>
  a.encoding === b.encoding && a.delimiter === b.delimiter && a.header_row === b.header_row && a.across === b.across;

/** The different readings of the profiles, beside the detected one. */
function readingsOf(profiles: readonly Profile[], certain: boolean, detected: string | null): Reading[] {
  const readings: Reading[] = [];
  for (const profile of profiles) {
    const reading = readingOf(profile, certain);
    const { encoding = detected, delimiter, header_row, across } = reading;
    if (delimiter === undefined && header_row === undefined && across === undefined && encoding === detected) continue;
    if (!readings.some((r) => sameReading(r, reading))) readings.push(reading);
  }
  return readings;
}

/** A file that cannot be read by another profile is not at fault. */
async function proposeLeniently(propose: Propose, options: ImportOptions): Promise<FileProposal | null> {
  try {
    return await propose(options);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function sayMatch(profile: Profile, header: readonly string[]): Label {
  const misfit = misfitOf(profile, header);
  return misfit ? profileAskedFor(profile.name, misfit) : profileFits(profile.name);
}

/** The profile's mapping and options over the guess; its name is the source. */
function overlay(guess: Proposal, profile: Profile | null, reason: Label | null): Proposal {
  const said: OptionReason[] = reason ? [{ option: 'profile', reason, doubt: 'ask' }] : [];
  if (!profile) return { ...guess, reasons: [...said, ...guess.reasons] };
  const guessed = guess.kind === profile.kind ? guess.options : {};
  const { encoding: _encoding, delimiter: _delimiter, header_row: _row, across, ...kept } = profile.options;
  // Whoever saved it confirmed it, if only by leaving it out.
  const left = profile.kind === 'log' && profile.mapping.views ? ({ views_are: 'increment' } as const) : {};
  const options: ImportOptions = { ...left, ...guessed, ...kept, ...readingOf(guess, false), source: profile.name };
  const laidOut = across !== undefined && across === guess.options.across;
  const decided = new Set(['source', ...(laidOut ? ['across'] : []), ...Object.keys(kept)]);
  const { valuesSay } = guess;
  if (valuesSay && kept.views_are !== undefined && kept.views_are !== 'event' && kept.views_are !== valuesSay)
    said.push({
      option: 'views_are',
      reason: viewsAgainstProfile(profile.name, kept.views_are, reasonOfViews(guess)),
      doubt: 'answer',
    });
  const isKept = ({ option, doubt }: OptionReason) =>
    (option in options || ['day', 'currency', 'rates_are'].includes(option)) &&
    (!decided.has(option) || (option === 'rates_are' && doubt === 'answer'));
  return {
    kind: profile.kind,
    mapping: profile.mapping,
    options,
    reasons: [...said, ...guess.reasons.filter(isKept)],
    columns: new Map(
      Object.entries(profile.mapping).flatMap(([field, column]) => {
        const known = fieldSchema.safeParse(field);
        return known.success ? [[column, { field: known.data, reason: ofProfile(profile.name) }]] : [];
      }),
    ),
  };
}

const reasonOfViews = ({ reasons }: Proposal): Label =>
  reasons.find(({ option }) => option === 'views_are')?.reason ?? { en: '', zh: '' };

/** What a profile keeps of a confirmed import: of the reading only what the bytes do not tell for certain. */
export function profileOf(inspected: Inspection, plan: ImportPlan): ProfileBody {
  // The next export may name its sheets otherwise.
  const { source: _source, sheet: _sheet, mends: _mends, encoding: stated, ...said } = plan.options;
  // Only for this file: the next one has another day or account.
  const { day: _day, latest_day: _latestDay, series: _series, ...options } = said;
  const encoding = stated ?? inspected.encoding?.encoding;
  return {
    header: inspected.columns.map(({ name }) => name),
    kind: plan.kind,
    mapping: plan.mapping,
    options: {
      ...options,
      ...(encoding && !/^utf-/iu.test(encoding) ? { encoding } : {}),
      ...(plan.kind === 'log' ? { views_are: plan.viewsAre, mode: plan.mode } : {}),
    },
  };
}
