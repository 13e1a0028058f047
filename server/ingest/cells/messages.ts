import { FIELD_LABELS } from '../../contract/fields.ts';
import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';

export const headerKnown = (header: string, field: Field): Label => ({
  en: `the header “${header}” is a known name of ${field}`,
  zh: `列名“${header}”是“${FIELD_LABELS[field].zh}”的常用写法`,
});

/** @param currency of the file's money; null if each row states its own */
export const otherCurrency = (currency: string | null): Label =>
  currency === null
    ? { en: 'its sign is of another currency than the row states', zh: '货币符号与该行写明的币种不符' }
    : {
        en: `its sign is of another currency than ${currency}, in which the money of this file is read`,
        zh: `货币符号与本文件金额的币种 ${currency} 不符`,
      };
