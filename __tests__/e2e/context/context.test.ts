import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Engine, ensureEngine } from '../../../scripts/setup/engine.ts'
import { runBounded } from '../../../src/image/context/pool.ts'
import { seedOfRun } from '../../src/release/random.ts'
import { type ContextCase, makeCase } from './cases.ts'
import { type Builder, compare, renderDifference } from './comparison.ts'
import { knownCases } from './known-cases.ts'
import { Random } from './random.ts'

const root = join(import.meta.dirname, '../../..')
const setUp = { workDirectory: join(root, '.work/setup'), log: (): void => undefined }

/** How many by chance for each builder; 2,000 and more have been run with `CASES=2000`. */
const CASES = Number(process.env['CASES'] ?? 60)
const AT_ONCE = 4
/** What the slowest machine that we know takes for one. */
const CASE_MS = 2_000
const seed = seedOfRun()

let engine: Engine

beforeAll(async () => {
  engine = await ensureEngine(setUp)
}, 120_000)

afterAll(async () => {
  await engine?.stop()
}, 60_000)

/** Each with the name under which a person finds it again. */
type Named = readonly [name: string, contextCase: ContextCase]

function randomCases(builder: Builder): readonly Named[] {
  const options = { hasLinkedIgnoreFiles: builder === 'buildkit' }
  return Array.from({ length: CASES }, (_, index) => [
    `SEED=${seed + index} CASES=1`,
    makeCase(new Random(seed + index), options),
  ])
}

/** What differs between our list and the engine's, in words. */
async function differences(builder: Builder, cases: readonly Named[]): Promise<readonly string[]> {
  const environment = { ...process.env, ...engine.environment }
  const found: string[] = []
  const { signal } = new AbortController()
  await runBounded(cases, { atOnce: AT_ONCE, signal }, async ([name, contextCase]) => {
    const difference = await compare(contextCase, builder, environment)
    if (difference) found.push(`${name}\n${renderDifference(difference)}`)
  })
  return found
}

const timeoutMs = (cases: number): number => 30_000 + (cases * CASE_MS) / AT_ONCE

describe.each<Builder>(['buildkit', 'classic'])('readBuildContext for %s', (builder) => {
  it(
    'lists what COPY . / really received in every case that is known to be hard',
    async () => {
      const cases = knownCases.map((known, index): Named => [`known case ${index}`, known])
      expect(await differences(builder, cases)).toEqual([])
    },
    timeoutMs(knownCases.length)
  )

  it(
    `lists what COPY . / really received (SEED=${seed}, CASES=${CASES})`,
    async () => {
      expect(await differences(builder, randomCases(builder))).toEqual([])
    },
    timeoutMs(CASES)
  )
})
