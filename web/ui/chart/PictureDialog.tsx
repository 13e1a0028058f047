import { Button, Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../data/useWords.ts';
import { type OwnWords, ownWords, ownWordsParams } from '../../figures/ownWords.ts';
import type { Params } from '../../filters/grammar.ts';
import { Notice } from '../Notice.tsx';
import { copyPicture, exportChart, type FigureFile, fileUrl, type PictureWish } from './exportChart.ts';
import { Picker } from './Picker.tsx';
import styles from './PictureDialog.module.css';
import { Segments } from './Segments.tsx';
import { useExportError } from './useExportError.ts';
import { useThemeName } from './useLook.ts';
import { useChartWords } from './words.ts';

const SIZES = ['16x9', '4k', '4x3', '1x1', '9x16', '3x4', 'og'] as const;
const GROUNDS = ['solid', 'page_theme', 'transparent'] as const;
const LANGUAGES = ['this_language', 'both'] as const;
const WORDS = ['title', 'subtitle', 'note'] as const;
/** The server takes no longer ones. */
const LONGEST = 300;

interface PictureDialogProps {
  file: FigureFile;
  /** The figure's own. */
  words: Readonly<Record<(typeof WORDS)[number], string>>;
  named: () => { title: string; period: string };
  onClose: () => void;
}

/** A picture of a chart in a size, on a ground, in languages and with words of the reader's choice. */
export function PictureDialog({ file, words, named, onClose }: PictureDialogProps) {
  const { t, language } = useChartWords();
  const { t: common } = useWords();
  const theme = useThemeName();
  const navigate = useNavigate();
  const textOf = useExportError();
  const [size, setSize] = useState<(typeof SIZES)[number]>('16x9');
  const [ground, setGround] = useState<(typeof GROUNDS)[number]>('solid');
  const [languages, setLanguages] = useState<(typeof LANGUAGES)[number]>('this_language');
  const [texts, setTexts] = useState({ ...words, ...ownWords(file.address, file.id) });
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<'png' | 'svg' | 'copy' | null>(null);
  const [copied, setCopied] = useState(false);

  const changed: OwnWords = Object.fromEntries(
    WORDS.filter((kind) => texts[kind].trim() !== words[kind].trim()).map((kind) => [kind, texts[kind].trim()]),
  );
  const written = ownWordsParams(changed, file.id);
  const wanted: FigureFile = { ...file, address: { ...file.address, ...written } };
  const look: PictureWish = {
    size,
    ...(ground === 'page_theme' ? { theme } : {}),
    ...(ground === 'transparent' ? { ground } : {}),
  };
  const wish: PictureWish = { ...look, ...(languages === 'both' ? { lang: `${language},${other(language)}` } : {}) };
  const [preview] = useDebouncedValue(fileUrl(wanted, 'svg', look), 400);

  const leave = async (kind: 'png' | 'svg' | 'copy') => {
    setFailure(null);
    setCopied(false);
    setBusy(kind);
    try {
      if (kind === 'copy') {
        await copyPicture(wanted, look);
        setCopied(true);
      } else await exportChart(wanted, kind, { ...named(), ...(changed.title ? { title: changed.title } : {}) }, wish);
      keep();
    } catch (reason) {
      setFailure(textOf(reason));
    } finally {
      setBusy(null);
    }
  };
  const keep = () =>
    void navigate({
      to: '.',
      search: (before: Params) => ({ ...before, ...written }),
      replace: true,
      resetScroll: false,
    });
  const closed = () => {
    keep();
    onClose();
  };
  const choices = <K extends string>(kinds: readonly K[], label: (kind: K) => string) =>
    kinds.map((kind) => ({ value: kind, label: label(kind) }));
  return (
    <Modal
      opened
      onClose={closed}
      centered
      size={720}
      title={t('dialog')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <div className={styles.preview} data-ground={ground}>
        <img src={preview} alt={t('preview')} className={styles.picture} />
      </div>
      <div className={styles.choices}>
        <Choice label={t('size')}>
          <Picker label={t('size')} value={size} options={choices(SIZES, t)} onChange={setSize} width={200} />
        </Choice>
        <Choice label={t('ground')}>
          <Segments label={t('ground')} value={ground} options={choices(GROUNDS, t)} onChange={setGround} />
        </Choice>
        <Choice label={t('languages')}>
          <Segments label={t('languages')} value={languages} options={choices(LANGUAGES, t)} onChange={setLanguages} />
        </Choice>
      </div>
      <div className={styles.words}>
        {WORDS.map((kind) => (
          <TextInput
            key={kind}
            size="sm"
            label={t(kind)}
            value={texts[kind]}
            maxLength={LONGEST}
            onChange={(event) => setTexts({ ...texts, [kind]: event.currentTarget.value })}
          />
        ))}
        <p className={styles.hint}>{t('words_hint')}</p>
      </div>
      {failure !== null && (
        <Notice tone="bad" role="alert" mt={16}>
          {t('failed', { reason: failure })}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button loading={busy === 'png'} onClick={() => void leave('png')} data-autofocus>
          {t('download_png')}
        </Button>
        <Button variant="default" loading={busy === 'svg'} onClick={() => void leave('svg')}>
          {t('download_svg')}
        </Button>
        <Button variant="default" loading={busy === 'copy'} onClick={() => void leave('copy')}>
          {copied ? t('copied') : t('copy_picture')}
        </Button>
        <Button variant="subtle" disabled={Object.keys(changed).length === 0} onClick={() => setTexts({ ...words })}>
          {t('reset')}
        </Button>
      </div>
    </Modal>
  );
}

const other = (language: 'zh' | 'en') => (language === 'zh' ? 'en' : 'zh');

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.choice}>
      <span className={styles.label} aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}
