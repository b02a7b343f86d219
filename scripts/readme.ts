import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import { renderTables, withTables } from './readme/tables.ts'

/** Writes the tables of README.md from action.yml; `--check` only says whether they are in step. */
const readme = readFileSync('README.md', 'utf8')
const wanted = withTables(readme, renderTables(parse(readFileSync('action.yml', 'utf8'))))
if (readme === wanted) process.stdout.write('README.md is in step with action.yml.\n')
else if (process.argv.includes('--check')) {
  process.stderr.write('README.md is not in step with action.yml: run "npm run readme".\n')
  process.exitCode = 1
} else {
  writeFileSync('README.md', wanted)
  process.stdout.write('README.md was brought into step with action.yml.\n')
}
