import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GraphicComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, setPlatformAPI, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { measureText } from '../text.ts';

/** The parts of ECharts that most charts use, loaded when there is something to draw; `load.ts` brings the others. */
use([BarChart, LineChart, AriaComponent, GraphicComponent, GridComponent, TooltipComponent, CanvasRenderer]);

// Everywhere alike: a page, a server and a file lay a chart out to the same pixel.
setPlatformAPI({ measureText: (text, font) => measureText(text, font) });

export { init };
