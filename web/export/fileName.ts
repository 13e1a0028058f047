/** A file's name out of a chart's title and period: letters of any script kept, everything a file system minds dropped. Pure. */
export function fileName(title: string, period: string, extension: string): string {
  const slug = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80)
      .replace(/-+$/, '');
  const name = [slug(title), slug(period)].filter((part) => part !== '').join('_');
  return `${name === '' ? 'chart' : name}.${extension}`;
}
