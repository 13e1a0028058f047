import '@fontsource-variable/inter/wght.css';
import './theme/mantine.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/bridge.css';
import './theme/print.css';
import { config } from 'zod';

// The page's policy forbids to make code of text; zod would try, and the browser would report it.
config({ jitless: true });

// In turns, as on a slow machine each takes a while: libraries, with this; the contract's schemas; the page.
void import('./data/api/client.ts').then(() => import('./app.tsx'));
