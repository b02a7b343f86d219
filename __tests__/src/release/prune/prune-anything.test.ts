import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { Blobs } from '../../../../emulator/registry/blobs.ts'
import { seedOfRun } from '../random.ts'
import { Round } from './world/round.ts'

const SEED = seedOfRun()
const ROUNDS = Number(process.env['ROUNDS'] ?? 15)

const directory = mkdtempSync(join(tmpdir(), 'prune-anything-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

it(
  `deletes nothing that is needed, and at rest leaves nothing that is not (SEED=${SEED})`,
  async () => {
    let deletions = 0
    for (let round = 0; round < ROUNDS; round++) {
      const seed = SEED + round
      const played = new Round(seed, new Blobs(join(directory, 'blobs')))
      await played.play()
      expect({ seed, breaches: played.breaches }).toEqual({ seed, breaches: [] })
      deletions += played.deletions
    }
    // A round in which nothing goes proves nothing.
    expect(deletions).toBeGreaterThan(ROUNDS)
  },
  60_000 + ROUNDS * 2_000
)
