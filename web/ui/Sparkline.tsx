import styles from './Sparkline.module.css';

interface SparklineProps {
  /** In time order; null where there is none. */
  values: readonly (number | null)[];
  /** The last value's period is cut: its stretch is dashed, its point hollow. */
  partial?: boolean;
  label: string;
  height?: number;
}

const WIDTH = 100;

/** The course of a number as a small line from zero, its last point marked. */
export function Sparkline({ values, partial = false, label, height = 32 }: SparklineProps) {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  if (known.length < 2) return <div style={{ height }} />;
  const top = Math.max(...known.map(({ value }) => value), 0) || 1;
  const x = (at: number) => (at / (values.length - 1)) * WIDTH;
  const y = (value: number) => height - 3 - (value / top) * (height - 6);
  const points = known.map(({ at, value }) => `${x(at).toFixed(2)},${y(value).toFixed(2)}`);
  const solid = partial ? points.slice(0, -1) : points;
  const last = known[known.length - 1];
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${WIDTH} ${height}`}
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <polygon
        className={styles.area}
        points={`${x(known[0]?.at ?? 0)},${height} ${points.join(' ')} ${x(last?.at ?? 0)},${height}`}
      />
      <polyline className={styles.line} points={solid.join(' ')} />
      {partial && <polyline className={styles.dashed} points={points.slice(-2).join(' ')} />}
      {last !== undefined &&
        (partial ? [styles.ring, styles.hollow] : [styles.dot]).map((className) => (
          <line
            key={className}
            className={className}
            x1={x(last.at)}
            x2={x(last.at)}
            y1={y(last.value)}
            y2={y(last.value)}
          />
        ))}
    </svg>
  );
}
