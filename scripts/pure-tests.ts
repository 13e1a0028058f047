/** Prints the tests that `npm run test:fast` runs, a line each. */
import { pureTests } from './walls/pure-tests.ts';

console.log(pureTests(process.cwd()).join('\n'));
