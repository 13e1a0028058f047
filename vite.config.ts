import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { leaveOutServerParts } from './scripts/setup/leave-out.ts';

const api = process.env.DRAMASCOPE_API ?? 'http://127.0.0.1:8080';

/** The dashboard: sources in `web/`, built into `dist/web`; while developing, the API is asked through a proxy. */
export default defineConfig({
  root: 'web',
  plugins: [react(), leaveOutServerParts()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // Libraries change less often than pages: their own long-lived files.
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }],
        },
      },
    },
  },
  server: {
    // By number: what `localhost` stands for differs from machine to machine, and the address that is printed must work.
    host: '127.0.0.1',
    // Host and origin stay the page's own: the server lets in only who asks under one name.
    proxy: Object.fromEntries(
      ['/api', '/healthz', '/readyz', '/sign-in', '/sign-out'].map((path) => [path, { target: api }]),
    ),
  },
});
