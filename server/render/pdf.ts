import PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import type { PictureSize } from '../../web/export/sizes.ts';
import { type ChineseFonts, INTER, withChineseNamed } from './fonts.ts';

/** A page of the picture's size: vector, its text can be selected, and only the letters that stand in it are embedded. */
export async function pdfOf(svg: string, { width, height }: PictureSize, fonts: ChineseFonts): Promise<Uint8Array> {
  const document = new PDFDocument({ size: [width, height], margin: 0 });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  const [chinese = INTER.regular, chineseSemibold = INTER.semibold] = await fonts.filesFor(svg);
  document.registerFont('inter', INTER.regular).registerFont('inter-semibold', INTER.semibold);
  document.registerFont('chinese', chinese).registerFont('chinese-semibold', chineseSemibold);
  svgToPdf(document, withChineseNamed(svg), 0, 0, {
    assumePt: true,
    fontCallback: (family: string, bold: boolean) =>
      `${family === 'Inter' ? 'inter' : 'chinese'}${bold ? '-semibold' : ''}`,
  });
  document.end();
  return whole;
}
