import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { init } from '../charts/parts/register.ts';
import { type Picture, pictureOption } from './picture.ts';

use([SVGRenderer]);

/** The picture as an SVG document. Needs no DOM: the same in the page, in tests and on the server. */
export function pictureSvg<D>(picture: Picture<D>): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: picture.width, height: picture.height });
  try {
    chart.setOption(pictureOption(picture));
    return chart.renderToSVGString();
  } finally {
    // Without this Node stays alive and the page keeps the instance.
    chart.dispose();
  }
}
