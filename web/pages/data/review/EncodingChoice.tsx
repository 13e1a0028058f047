import type { Upload } from '../../../../server/contract/imports.ts';
import { percent } from '../../../i18n/numbers.ts';
import styles from './EncodingChoice.module.css';
import { useWords } from './words.ts';

interface EncodingChoiceProps {
  upload: Upload;
  busy: boolean;
  onEncoding: (encoding: string) => void;
}

/** The encodings that the bytes may be in, each with the lines it makes of them, to choose the one that reads right. */
export function EncodingChoice({ upload, busy, onEncoding }: EncodingChoiceProps) {
  const { t } = useWords();
  if (upload.encoding === null || upload.encodings.length === 0) return null;
  const alone = upload.encodings.length === 1;
  return (
    <fieldset className={styles.choice} disabled={busy}>
      <legend>{alone ? t('encoding') : t('encoding_choice')}</legend>
      {!alone && <p className={styles.text}>{t('encoding_choice_text')}</p>}
      <div className={styles.options}>
        {upload.encodings.map(({ encoding, confidence, preview }) => (
          <label key={encoding} className={styles.option} data-chosen={encoding === upload.encoding}>
            <span className={styles.head}>
              <input
                type="radio"
                name={`encoding-${upload.upload_id}`}
                checked={encoding === upload.encoding}
                onChange={() => onEncoding(encoding)}
              />
              <span className={styles.name}>{encoding.toUpperCase()}</span>
              <span className={styles.sure}>
                {confidence === null ? t('chosen_encoding') : t('sure', { percent: percent(confidence, 0) })}
              </span>
            </span>
            <span className={styles.lines}>{preview.slice(0, 3).join('\n')}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
