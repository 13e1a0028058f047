import { stage } from '../../data/kept.ts';
import { useSheet } from '../../data/paper.ts';
import { useScope } from '../../data/scope.tsx';
import { useWords } from '../../data/useWords.ts';
import { syntheticWord } from '../../export/source.ts';
import { sourceOf } from '../../figures/source.ts';
import { ends } from '../../filters/ranges.ts';
import { day, range } from '../../i18n/numbers.ts';
import styles from './InWords.module.css';

/** Time, comparison and filters in words: on paper and on the wall, which have no filter bar. */
export function ScopeInWords() {
  const onStage = stage.use();
  const onSheet = useSheet();
  return (onStage || onSheet) && <Said />;
}

function Said() {
  const { t, language } = useWords();
  const scope = useScope();
  const versus = scope.compared === null ? [] : [t('versus', { range: range(...ends(scope.compared), language) })];
  const said = [range(...ends(scope.range), language), ...versus, ...sourceOf(scope, undefined).filters];
  return <p className={styles.scope}>{said.join(' · ')}</p>;
}

/** The foot of a printed page. */
export function PaperFoot() {
  return useSheet() && <Foot />;
}

function Foot() {
  const { t, language } = useWords();
  const { asOf, catalog } = useScope();
  const today = new Date().toLocaleDateString('en-CA');
  const synthetic = catalog.dataset.synthetic ? [syntheticWord(language)] : [];
  const said = [
    'Dramascope',
    t('as_of', { date: day(asOf, language) }),
    ...synthetic,
    t('printed', { date: day(today, language) }),
  ];
  return <footer className={styles.foot}>{said.join(' · ')}</footer>;
}
