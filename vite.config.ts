import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fetchAhead } from './scripts/setup/ahead.ts';
import { compressed } from './scripts/setup/compressed.ts';
import { leaveOut } from './scripts/setup/leave-out.ts';

const api = process.env.DRAMASCOPE_API ?? 'http://127.0.0.1:8080';

/** The dashboard: sources in `web/`, built into `dist/web`; while developing, the API is asked through a proxy. */
export default defineConfig({
  root: 'web',
  plugins: [react(), leaveOut(), fetchAhead(), compressed()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    // Every browser that runs this target preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Libraries change less often than pages: their own long-lived files. Large ones compress better than many small.
        codeSplitting: {
          groups: [
            {
              name: 'charts',
              test: /node_modules[\\/](zrender[\\/]lib[\\/](?!svg)|echarts[\\/]lib[\\/](?!component[\\/]visualMap|visual[\\/]visual|visual[\\/]VisualM|chart[\\/](custom|heatmap|boxplot|scatter)|chart[\\/]helper[\\/](Large|whisker)|coord[\\/]\w+[\\/]prepareCustom|component[\\/]helper[\\/]slider|renderer[\\/]installSVG))/,
            },
            // What nearly every page needs of our own, in one file.
            {
              name: 'common',
              test: /[\\/](web[\\/](data|filters|i18n|theme|ui[\\/](shell|filters|[A-Z]\w+\.))|server)/,
              minShareCount: 14,
            },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            {
              name: 'shell',
              test: /node_modules[\\/](zod|use-sync-external-store|clsx|@tanstack[\\/](router-core|react-router|query-core|react-query|history|store|react-store)|@mantine[\\/]core[\\/]esm[\\/]core)[\\/]/,
            },
          ],
        },
      },
    },
  },
  server: {
    // By number: what `localhost` stands for differs from machine to machine, and the address that is printed must work.
    host: '127.0.0.1',
    // Host and origin stay the page's own: the server lets in only who asks under one name.
    proxy: Object.fromEntries(
      ['/api', '/healthz', '/readyz', '/sign-in', '/sign-out', '/f/', '/embed/'].map((path) => [path, { target: api }]),
    ),
  },
});
