import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GraphicComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

/** The parts of ECharts that most charts use, loaded when there is something to draw; `load.ts` brings the others. */
use([BarChart, LineChart, AriaComponent, GraphicComponent, GridComponent, TooltipComponent, CanvasRenderer]);

export { init };
