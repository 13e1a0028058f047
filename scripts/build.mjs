import { refuseArguments } from './setup/arguments.mjs';
import { build } from './setup/build.mjs';
import { install } from './setup/install.mjs';

refuseArguments('build', 'Builds server and page into dist/, unless nothing changed.');
install();
build();
