import '../engine/boxplot.ts';
import '../engine/custom.ts';
import '../engine/heatmap.ts';
import '../engine/scatter.ts';

/** ECharts with all that any chart needs, at once: for pictures that are not drawn on a page. */
export { init } from '../engine/base.ts';
