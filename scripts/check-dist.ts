import { execFileSync } from 'node:child_process'

/** Fails when dist/ is not byte for byte what the sources build; porcelain status also sees new chunks. */
await import('./build.ts')
const drift = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { encoding: 'utf8' })
if (drift !== '') {
  process.stderr.write(
    `dist/ is not what src/ builds; run "npm run build" and commit it:\n${drift}`
  )
  process.exitCode = 1
} else {
  process.stdout.write('dist/ is exactly what src/ builds.\n')
}
