import { BoxplotChart, HeatmapChart, ScatterChart } from 'echarts/charts';
import { VisualMapContinuousComponent } from 'echarts/components';
import { use } from 'echarts/core';

/** The parts of ECharts that bubbles, boxes and heat maps need beside the usual ones. */
use([BoxplotChart, HeatmapChart, ScatterChart, VisualMapContinuousComponent]);
