import { CHART_HEIGHT, TALL_CHART } from '../../charts/heights.ts';
import { useDensity } from '../../data/display.ts';
import { useSheet } from '../../data/paper.ts';

/** Lower where room is dear; what its rows make as high as it is stays so. */
export function useChartHeight(height: number): number {
  const compact = useDensity() === 'compact';
  const sheet = useSheet();
  if (height !== CHART_HEIGHT && height !== TALL_CHART) return height;
  return Math.round(height * (sheet ? 0.7 : compact ? 0.8 : 1));
}
