import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/**
 * Builds dist/ from src/: TypeScript 7 has no compiler API that a bundler could use, so it emits
 * lib/ and ncc bundles that. Old output goes first: ncc leaves stale chunks where they are.
 */
const run = (tool: string, output: 'inherit' | 'ignore', ...args: string[]): void => {
  execFileSync(`node_modules/.bin/${tool}`, args, { stdio: ['ignore', output, 'inherit'] })
}

rmSync('lib', { recursive: true, force: true })
run('tsc', 'inherit', '-p', 'tsconfig.build.json')
// Not before: sources that do not compile leave what was built last.
rmSync('dist', { recursive: true, force: true })
for (const entry of ['main', 'post']) {
  run(
    'ncc',
    'ignore',
    'build',
    `lib/${entry}.js`,
    '--out',
    `dist/${entry}`,
    '--license',
    'licenses.txt'
  )
}
