import { Resvg } from '@resvg/resvg-js';
import { type ChineseFonts, INTER, withChineseNamed } from './fonts.ts';

/** @param width of the picture in pixels */
export async function pngOf(svg: string, width: number, fonts: ChineseFonts): Promise<Uint8Array> {
  const fontFiles = [...Object.values(INTER), ...(await fonts.filesFor(svg))];
  const resvg = new Resvg(withChineseNamed(svg), {
    fitTo: { mode: 'width', value: width },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  });
  return resvg.render().asPng();
}
