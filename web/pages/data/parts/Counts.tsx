import styles from './Counts.module.css';

export function Counts({ counts }: { counts: readonly (readonly [name: string, value: string, small?: string])[] }) {
  return (
    <dl className={styles.counts}>
      {counts.map(([name, value, small]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {small !== undefined && <span className={styles.small}>{small}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
