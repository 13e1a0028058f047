declare module 'subset-font' {
  /** A font with the glyphs of `text` alone. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'sfnt'; preserveNameIds?: number[]; dropTables?: string[] },
  ): Promise<Buffer>;
}
