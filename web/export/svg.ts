import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartOption } from '../charts/frame.ts';
import { init } from '../charts/parts/register.ts';
import { type Picture, pictureOption } from './picture.ts';

use([SVGRenderer]);

/** The picture as an SVG document. Needs no DOM: the same in the page, in tests and on the server. */
export const pictureSvg = <D>(picture: Picture<D>): string => optionSvg(pictureOption(picture), picture);

/** What an option draws at a size, as an SVG document. */
export function optionSvg(option: ChartOption, { width, height }: { width: number; height: number }): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    // Without this Node stays alive and the page keeps the instance.
    chart.dispose();
  }
}
