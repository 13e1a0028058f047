import { useEffect, useState } from 'react';
import { useSetDisplay } from '../../data/display.ts';
import { useWords } from '../../data/useWords.ts';
import styles from './StageExit.module.css';

const SHOWN_FOR = 4000;

/** The way out of the stage theme: Esc, or a button that is seen at first, when the pointer moves, and when it has the focus. */
export function StageExit() {
  const { t } = useWords();
  const { setStage } = useSetDisplay();
  const [shown, setShown] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const show = () => {
      setShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setShown(false), SHOWN_FOR);
    };
    show();
    addEventListener('pointermove', show);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointermove', show);
    };
  }, []);
  useEffect(() => {
    const leave = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented && document.querySelector('[role="dialog"], [role="menu"]') === null)
        setStage(false);
    };
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  });
  return (
    <button type="button" className={styles.exit} data-shown={shown} onClick={() => setStage(false)}>
      {t('leave_stage')} <kbd>Esc</kbd>
    </button>
  );
}
