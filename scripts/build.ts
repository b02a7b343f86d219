import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/**
 * Builds dist/ from src/: TypeScript 7 has no compiler API that a bundler could use, so it emits
 * lib/ and ncc bundles that. Old output goes first: ncc leaves stale chunks where they are.
 */
const run = (tool: string, ...args: string[]): void => {
  execFileSync(`node_modules/.bin/${tool}`, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

for (const folder of ['lib', 'dist']) rmSync(folder, { recursive: true, force: true })
run('tsc', '-p', 'tsconfig.build.json')
for (const entry of ['main', 'post']) {
  run('ncc', 'build', `lib/${entry}.js`, '--out', `dist/${entry}`, '--license', 'licenses.txt')
}
