import type { Upload } from '../../../../server/contract/imports.ts';
import { acrossSchema, importOptionsSchema } from '../../../../server/contract/imports.ts';
import { type Draft, sameColumns } from './mapping.ts';
import type { QueuedFile, Reading } from './queuedFile.ts';

/** What decides a total, and where in a request it is answered. */
export type Question = Upload['questions'][number];

type Asked = Pick<QueuedFile, 'questions' | 'answered' | 'draft'>;

/** What the server asks and the reader has not said: the file is not imported before. As `POST /imports` judges it. */
export function openQuestions({ questions, answered, draft }: Asked): Question[] {
  return questions.filter(
    ({ path }) => draft !== null && !answered.includes(path) && !saidOtherwise(path, answered, draft),
  );
}

/** Of a catalogue no numbers are taken; events are counted by rows. */
function saidOtherwise(path: string, answered: readonly string[], { kind, options }: Draft): boolean {
  if (kind === 'catalog' && answered.includes('kind')) return true;
  return path === 'mapping.views' && options.views_are === 'event' && answered.includes('options.views_are');
}

/** What is answered once the reader has changed a draft: what is emptied is no answer. */
export function answeredBy(before: Draft, next: Draft, answered: readonly string[]): string[] {
  const paths = new Set(answered);
  const say = (path: string, said: boolean) => (said ? paths.add(path) : paths.delete(path));
  if (before.kind !== next.kind) paths.add('kind');
  if (!sameColumns({ ...before, kind: next.kind }, next)) paths.add('mapping');
  if (before.mapping.views !== next.mapping.views) say('mapping.views', next.mapping.views !== undefined);
  for (const option of importOptionsSchema.keyof().options)
    if (before.options[option] !== next.options[option]) say(`options.${option}`, next.options[option] !== undefined);
  return [...paths];
}

/** Where what is proposed is said to be right: the path of the answer, null where nothing is proposed. */
export function confirmation(path: string, { kind, mapping, options }: Draft): string | null {
  if (path === 'kind' || path === 'mapping') return path;
  if (path === 'mapping.views') return mapping.views === undefined ? null : path;
  // A catalogue needs no day: that it is one is the answer.
  if (path === 'options.day' && kind === 'catalog') return 'kind';
  const option = importOptionsSchema.keyof().safeParse(path.replace(/^options\./u, ''));
  return option.success && options[option.data] !== undefined ? path : null;
}

/** A file whose proposal for one question is said to be right. */
export function confirmed(file: QueuedFile, question: Question): QueuedFile {
  const path = file.draft === null ? null : confirmation(question.path, file.draft);
  if (path === null) return file;
  const answered = [...new Set([...file.answered, path])];
  const across = path === 'options.across' ? acrossSchema.safeParse(file.draft?.options.across) : null;
  // From now on the file is read in this layout because somebody says so.
  const reading: Reading = across?.success ? { ...file.reading, across: across.data } : file.reading;
  return { ...file, answered, reading };
}

/** The questions once a file was judged for the reader's columns: the server takes all of them for chosen, the page knows which were. */
export function questionsAnew(file: Asked, upload: Upload): Question[] {
  const { questions, answered, draft } = file;
  if (!answered.includes('mapping')) return upload.questions;
  const stays = ({ path }: Question) =>
    path === 'mapping.views'
      ? draft?.mapping.views !== undefined
      : path === 'mapping' || ((path === 'options.day' || path === 'kind') && upload.kind === 'catalog');
  const asked = new Set(upload.questions.map(({ path }) => path));
  return [...questions.filter((one) => stays(one) && !asked.has(one.path)), ...upload.questions];
}
