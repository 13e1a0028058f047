import { visit } from './visits.ts';

visit([
  { path: '/genres/family', zh: /家庭/, en: /Family/ },
  { path: '/producers/听花岛', zh: /听花岛/, en: /Tinghua Island/ },
  { path: '/compare?producer=听花岛,枫林影业', zh: /听花岛.*对比/, en: /Tinghua Island vs / },
  { path: '/overseas', zh: /出海/, en: /Overseas/ },
  { path: '/data', zh: /数据/, en: /Data/ },
  { path: '/data/names', zh: /名称归并/, en: /Names/, draws: '[role=radiogroup]' },
  { path: '/data/coverage', zh: /数据覆盖/, en: /Coverage/ },
]);
