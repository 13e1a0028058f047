/** Computed once per value: rows by the ten thousand share a few periods. */
export function remembered<K, V extends object | string | number | boolean>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
