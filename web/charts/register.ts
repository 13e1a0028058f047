import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GraphicComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

/**
 * The parts of ECharts that most charts use, registered once. Chart.tsx and the exports import this file when there is
 * something to draw, so that a page's text is there before the charts' code is. What only some kinds need they
 * register themselves (`registerFields.ts`), so that the other pages do not load it.
 */
use([BarChart, LineChart, AriaComponent, GraphicComponent, GridComponent, TooltipComponent, CanvasRenderer]);

export { init };
