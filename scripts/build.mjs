import { build } from './setup/build.mjs';
import { install } from './setup/install.mjs';

install();
build();
