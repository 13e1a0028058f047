import type { Meta } from '../../../server/contract/query.ts';
import { useScope } from '../../data/scope.tsx';
import type { ChartSource } from '../../export/source.ts';
import { sourceOf } from '../../figures/source.ts';

export const useSource = (meta: Meta | undefined): ChartSource => sourceOf(useScope(), meta);
