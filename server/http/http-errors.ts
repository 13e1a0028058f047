/** Refusals for what Express and its parsers throw. */
import { z } from 'zod';
import type { ProblemCode } from '../contract/problem.ts';
import type { Label } from '../contract/query.ts';
import { jsonNeed } from '../needs.ts';
import { ProblemError } from '../problem.ts';

/** As `http-errors` makes them; `type` is body-parser's. */
const httpError = z.object({
  status: z.number().int().min(400).max(499),
  message: z.string(),
  type: z.string().optional(),
  limit: z.number().optional(),
  /** The text that is no JSON. */
  body: z.unknown().optional(),
});

type HttpError = z.infer<typeof httpError>;

const CODES: Readonly<Record<number, ProblemCode>> = {
  // A file that may not be read looks like one that is not there.
  403: 'not_found',
  404: 'not_found',
  408: 'request_timeout',
  412: 'precondition_failed',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  416: 'range_not_satisfiable',
};

/** Null if it is not the client's fault. */
export function ofHttpError(thrown: unknown): ProblemError | null {
  const parsed = httpError.safeParse(thrown);
  if (!parsed.success) return null;
  const code = CODES[parsed.data.status] ?? 'invalid_request';
  return new ProblemError(code, detailOf(code, parsed.data), undefined, { cause: thrown });
}

function detailOf(code: ProblemCode, { type = '', message, limit, body }: HttpError): Label {
  switch (code) {
    case 'not_found':
      return { en: 'There is nothing at this address.', zh: '此地址没有内容。' };
    case 'body_too_large':
      return type === 'parameters.too.many'
        ? { en: 'The form has too many fields.', zh: '表单字段过多。' }
        : {
            en: `The request body is larger than ${limit ?? 'the most'} bytes that this call takes. Ask for less at once; files go to POST /api/v1/uploads.`,
            zh: `请求正文超过此接口的上限${limit === undefined ? '' : ` ${limit} 字节`}。请减少单次请求的内容；文件请用 POST /api/v1/uploads 上传。`,
          };
    case 'unsupported_media_type':
      return {
        en: `The request body cannot be read: ${message}. Send JSON in UTF-8, plain or packed by gzip, deflate or br.`,
        zh: `请求正文的编码或压缩方式不受支持（${message}）。请发送 UTF-8 的 JSON，可用 gzip、deflate 或 br 压缩。`,
      };
    case 'range_not_satisfiable':
      return { en: 'The file does not have the range asked for.', zh: '文件没有所请求的范围。' };
    case 'precondition_failed':
      return { en: 'The file is not as the request expects it.', zh: '文件与请求的前提条件不符。' };
    case 'request_timeout':
      return { en: 'The request did not arrive in time; send it again.', zh: '请求未能及时送达，请重新发送。' };
    default:
      return type === '' ? BROKEN_ADDRESS : bodyFault(message, body);
  }
}

const BROKEN_ADDRESS: Label = {
  en: 'The address cannot be read: its percent-encoding is broken. Encode it as UTF-8, such as %E5%89%A7.',
  zh: '地址无法读取：百分号编码有误。请按 UTF-8 编码，例如 %E5%89%A7。',
};

function bodyFault(message: string, body: unknown): Label {
  if (typeof body !== 'string')
    return {
      en: `The request body could not be read: ${message}.`,
      zh: '请求正文无法读取：不是合法的 JSON，或传输未完成。',
    };
  const { en, zh } = jsonNeed(undefined, body).text;
  return { en: `The request body could not be read; needed is ${en}.`, zh: `请求正文无法读取；需要 ${zh}。` };
}
