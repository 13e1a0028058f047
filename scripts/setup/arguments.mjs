/** For scripts without flags: says what the script does for --help, and refuses everything else with exit code 2. */
export function refuseArguments(name, description) {
  const given = process.argv.slice(2);
  if (given.length === 0) return;
  const usage = `Usage: npm run ${name}\n\n${description}`;
  const asked = given.every((one) => one === '--help' || one === '-h');
  if (asked) console.log(usage);
  else console.error(`error: npm run ${name} takes no arguments, but was given ${given.join(' ')}\n\n${usage}`);
  process.exit(asked ? 0 : 2);
}
