import { ActionIcon } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import styles from './RacePlayer.module.css';
import { useClubWords } from './words.ts';

/** A whole race takes about this long, and no day less than a frame that can be seen. */
const RACE_MS = 9000;
const LEAST_MS = 60;
const MOST_MS = 400;

interface RacePlayerProps {
  /** The race's last day. */
  last: number;
  /** 0: the race is over. */
  day: number;
  onDay: (day: number) => void;
}

/** Plays the race day by day: button or space; arrow keys step, Home and End go to its ends. */
export function RacePlayer({ last, day, onDay }: RacePlayerProps) {
  const { t } = useClubWords();
  const [playing, setPlaying] = useState(false);
  const shown = day === 0 ? last : Math.min(day, last);
  useEffect(() => {
    if (!playing) return;
    const pause = Math.min(MOST_MS, Math.max(LEAST_MS, RACE_MS / Math.max(1, last)));
    const timer = setTimeout(() => {
      const next = shown + 1;
      onDay(next >= last ? 0 : next);
      if (next >= last) setPlaying(false);
    }, pause);
    return () => clearTimeout(timer);
  }, [playing, shown, last, onDay]);
  const toggle = () => {
    if (!playing && shown >= last) onDay(1);
    setPlaying(!playing);
  };
  const go = (to: number) => {
    setPlaying(false);
    onDay(to >= last ? 0 : Math.max(1, to));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 1, End: last }[event.key];
    // A button is pressed by space already.
    const space = event.key === ' ' && !(event.target instanceof HTMLButtonElement);
    if (to === undefined && !space) return;
    event.preventDefault();
    if (to !== undefined) go(to);
    else toggle();
  };
  return (
    <fieldset className={styles.player} aria-label={t('race_player')} onKeyDown={onKeyDown}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={playing ? t('race_pause') : t('race_play')}
        title={t('race_keys')}
        onClick={toggle}
      >
        {playing ? (
          <IconPlayerPause size={16} stroke={1.8} aria-hidden />
        ) : (
          <IconPlayerPlay size={16} stroke={1.8} aria-hidden />
        )}
      </ActionIcon>
      <input
        type="range"
        className={styles.slider}
        min={1}
        max={last}
        value={shown}
        aria-label={t('race_day')}
        aria-valuetext={t('race_on', { day: shown })}
        onChange={(event) => go(Number(event.currentTarget.value))}
      />
      <span className={styles.day}>{t('race_on', { day: shown })}</span>
    </fieldset>
  );
}

/** Its room, until it is known how long the race is. */
export const RaceWaits = () => <span className={styles.wait} />;
