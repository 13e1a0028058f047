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
    return plain(chart.renderToSVGString());
  } finally {
    // Without this Node stays alive and the page keeps the instance.
    chart.dispose();
  }
}

const STYLE =
  / style="(?:font-size:([\d.]+)px;font-family:([^";]*);?|font: (?:normal normal )?(?:(\d+) )?([\d.]+)px ([^"]*))"/gu;

/**
 * The same picture from the same option, wherever it is drawn: without ECharts' running numbers. Fonts are attributes, which
 * every reader of SVG knows, and the family is said once.
 */
function plain(svg: string): string {
  let family = '';
  const texts = svg
    .replaceAll(/ class="zr\d+-cls-\d+"|<style >.*?<\/style>\n?/gsu, '')
    .replaceAll(/\bzr\d+-/gu, 'zr-')
    .replaceAll(STYLE, (_, px?: string, fonts?: string, weight?: string, size?: string, named?: string) => {
      family = fonts ?? named ?? family;
      return `${weight === undefined || weight === '400' ? '' : ` font-weight="${weight}"`} font-size="${px ?? size}"`;
    });
  return texts.replace(' xmlns="', ` font-family="${family}" xmlns="`);
}
