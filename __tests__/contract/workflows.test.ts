import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { readActionFile } from '../../emulator/runner/workflow/action-file.ts'
import { readWorkflow } from '../../emulator/runner/workflow/file.ts'
import type { JobTemplate, Workflow } from '../../emulator/runner/workflow/model.ts'
import { readPermissions } from '../../emulator/runner/workflow/permissions.ts'
import { childOf, entriesOf, literalOf } from '../../emulator/runner/workflow/tokens.ts'

const root = new URL('../../', import.meta.url)
const FOLDER = '.github/workflows/'
const files = readdirSync(new URL(FOLDER, root)).filter((name) => /\.ya?ml$/.test(name))
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8')

const read = (name: string): Promise<Workflow> =>
  readWorkflow(FOLDER + name, readText(FOLDER + name), async (path) => readText(path))

const usesOf = (job: JobTemplate): readonly string[] =>
  job.steps.flatMap(({ token }) => literalOf(childOf(token, 'uses')) ?? [])

it('there are the four workflows', () => {
  expect(files).toEqual(
    expect.arrayContaining(['deploy.yml', 'drift.yml', 'plan.yml', 'rollback.yml'])
  )
})

describe.each(files)('%s', (name) => {
  it("is a workflow to GitHub's own parser", async () => {
    expect((await read(name)).jobs).not.toEqual([])
  })

  it('grants nothing but what a job asks for', async () => {
    const { permissions, jobs } = await read(name)
    expect(readPermissions(permissions)).toEqual({})
    for (const { token } of jobs) {
      const granted = readPermissions(childOf(token, 'permissions'))
      expect(granted).toBeDefined()
      // Nothing of ours writes to the repository.
      expect(granted?.['contents'] ?? 'none').not.toBe('write')
    }
  })

  it('ends every job some time', async () => {
    for (const { token, uses } of (await read(name)).jobs)
      if (uses === undefined)
        expect(Number(literalOf(childOf(token, 'timeout-minutes')))).toBeGreaterThan(0)
  })

  it('names actions of others by their commit', async () => {
    const used = (await read(name)).jobs.flatMap(usesOf)
    const others = used.filter((uses) => !/^[.$]\//.test(uses))
    for (const uses of others) expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/)
  })

  it('gives the action only inputs that it has, and all that it must have', async () => {
    for (const { steps } of (await read(name)).jobs) {
      for (const { token } of steps) {
        const uses = literalOf(childOf(token, 'uses')) ?? ''
        if (!uses.startsWith('$/')) continue
        const { inputs } = await readActionFile(fileURLToPath(new URL(uses.slice(2), root)))
        const given = entriesOf(childOf(token, 'with')).map(([input]) => input)
        const known = inputs.map((input) => input.name)
        expect(given.filter((input) => !known.includes(input))).toEqual([])
        const required = inputs.filter((input) => input.isRequired && !input.default)
        expect(given).toEqual(expect.arrayContaining(required.map((input) => input.name)))
      }
    }
  })

  it('lets no text of an event into a script', async () => {
    for (const { steps } of (await read(name)).jobs)
      for (const { token } of steps)
        expect(childOf(token, 'run')?.isExpression ?? false).toBe(false)
  })
})

describe('the concurrency of our workflows', () => {
  it.each([
    ['deploy.yml', 'deploy', false],
    ['rollback.yml', 'rollback', false],
    ['plan.yml', 'plan', true],
  ])('%s, job %s: an older run is cut short: %s', async (name, id, cancels) => {
    const job = (await read(name)).jobs.find((one) => one.id === id)
    const concurrency = childOf(job?.token, 'concurrency')
    expect(literalOf(childOf(concurrency, 'cancel-in-progress'))).toBe(String(cancels))
    expect(childOf(concurrency, 'group')).toBeDefined()
  })
})
