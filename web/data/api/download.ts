import type { QueryInput } from '../../../server/contract/query.ts';
import type { Language } from '../../i18n/i18n.ts';
import { ApiError, localUrl, refusalOf } from './request.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The rows of a query as a workbook. @throws {ApiError} */
export async function downloadQuery(query: QueryInput, lang: Language): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(localUrl('query', { lang }), {
      method: 'POST',
      headers: { accept: XLSX, 'content-type': 'application/json' },
      body: JSON.stringify(query),
    });
  } catch (cause) {
    throw new ApiError('unreachable', '', 0, [], cause);
  }
  if (!response.ok) throw refusalOf(response.status, await response.text());
  return response.blob();
}
