import { kindsOf, loadEngine } from '../../charts/engine/load.ts';
import { type Picture, pictureOption } from '../../export/picture.ts';

/** Weights the charts use; a canvas does not wait for fonts as a page does. */
const WEIGHTS = [400, 500, 600] as const;

async function fontsReady(font: string): Promise<void> {
  await Promise.all(WEIGHTS.map((weight) => document.fonts.load(`${weight} 16px ${font}`, '播放 Views 123')));
}

/**
 * The picture as a PNG, drawn again on a canvas of its own at `scale` device pixels a logical one (2 gives 2560 × 1440).
 * @throws if the browser cannot make a picture of that size.
 */
export async function picturePng<D>(picture: Picture<D>, scale: number): Promise<Blob> {
  const option = pictureOption(picture);
  const [init] = await Promise.all([loadEngine(kindsOf(option)), fontsReady(picture.look.font)]);
  const canvas = document.createElement('canvas');
  const chart = init(canvas, null, {
    renderer: 'canvas',
    width: picture.width,
    height: picture.height,
    devicePixelRatio: scale,
  });
  try {
    chart.setOption(option);
    // The renderer paints on the next frame unless asked to now.
    chart.getZr().flush();
    return await new Promise<Blob>((resolve, reject) => {
      chart.renderToCanvas({ pixelRatio: scale }).toBlob((blob) => {
        if (blob === null)
          reject(new Error(`No picture of ${picture.width * scale} × ${picture.height * scale} pixels`));
        else resolve(blob);
      }, 'image/png');
    });
  } finally {
    chart.dispose();
  }
}
