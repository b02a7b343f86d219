import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import { SELF, withoutRoot } from './readme/self.ts'
import { renderTables, withTables } from './readme/tables.ts'

/** Writes what repeats action.yml: the README's tables and the action of our own workflows; `--check` only says whether they are in step. */
const action = readFileSync('action.yml', 'utf8')
const wanted = new Map([
  ['README.md', withTables(readFileSync('README.md', 'utf8'), renderTables(parse(action)))],
  [SELF, withoutRoot(action)],
])
for (const [path, text] of wanted) {
  if (readFileSync(path, 'utf8') === text) {
    process.stdout.write(`${path} is in step with action.yml.\n`)
  } else if (process.argv.includes('--check')) {
    process.stderr.write(`${path} is not in step with action.yml: run "npm run readme".\n`)
    process.exitCode = 1
  } else {
    writeFileSync(path, text)
    process.stdout.write(`${path} was brought into step with action.yml.\n`)
  }
}
