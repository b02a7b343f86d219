import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, Stage } from './push.ts'

const VALUE = 'correct-horse-battery-staple'
const NEW_VALUE = 'incorrect-horse-battery-staple'
const INPUTS = { secrets: 'DB_PASSWORD=db-password' }
const VM_ACCOUNT = 'serviceAccount:web-machine@mervis-demo.iam.gserviceaccount.com'

/** Every file below a folder with its content; what vanishes meanwhile is left out. */
function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return []
    try {
      return [readFileSync(join(entry.parentPath, entry.name), 'latin1')]
    } catch {
      // Removed between the listing and the read: nothing is left to leak.
      return []
    }
  })
}

function statesOf({ emulator }: Stage): readonly string[] {
  return emulator.cloud.store.list('mervis-demo-tfstate').map(({ data }) => data.toString())
}

describe('dist/ with secrets', () => {
  let stage: Stage
  let first: ActionRun
  /** Files and state of the job while it ran: the plan, the variables, terraform's data. */
  let files: readonly string[]

  beforeAll(async () => {
    stage = await Stage.open()
    const { secrets } = stage.emulator.cloud
    secrets.addVersion(secrets.create('db-password', {}), Buffer.from(VALUE))
    files = []
    first = await stage.push({
      inputs: INPUTS,
      onLine: (line) => {
        const isLate = line.kind === 'group' && line.title === 'Making the release'
        if (isLate) files = [...filesBelow(stage.tempDirectory), ...statesOf(stage)]
      },
    })
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it('puts the number of the latest version into the release', async () => {
    expect(errorOf(first)).toBe('')
    const metadata = await stage.metadataOf(first.outputs.get('release') ?? '')
    expect(metadata.get('app-secrets')).toBe('DB_PASSWORD=db-password/1')
  })

  it(
    'makes a new release of the same image out of a new version',
    async () => {
      const { secrets } = stage.emulator.cloud
      secrets.addVersion(secrets.get('db-password'), Buffer.from(NEW_VALUE))
      const run = await stage.push({ inputs: INPUTS })
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('deployed')
      expect(run.outputs.get('image')).toBe(first.outputs.get('image'))
      expect(run.outputs.get('release')).not.toBe(first.outputs.get('release'))
      const metadata = await stage.metadataOf(run.outputs.get('release') ?? '')
      expect(metadata.get('app-secrets')).toBe('DB_PASSWORD=db-password/2')
      expect(JSON.parse(run.outputs.get('changes') ?? '')).toMatchObject({ add: 0, destroy: 0 })

      const again = await stage.push({ inputs: INPUTS })
      expect(again.outputs.get('outcome')).toBe('unchanged')
    },
    PER_PUSH_MS
  )

  it(
    'fails with the name of the secret that the VM may not read, and of one that is not there',
    async () => {
      const { access } = stage.emulator.cloud
      access.deny({ permission: 'secretmanager.versions.access', member: VM_ACCOUNT })
      await stage.write('content', 'second')
      const denied = await stage.push({ inputs: INPUTS })
      access.undeny('secretmanager.versions.access')
      expect(denied.exitCode).toBe(1)
      expect(denied.outputs.get('failure_code')).toBe('ROLLOUT_FAILED')
      expect(denied.outputs.get('failure_reason')).toContain('DB_PASSWORD')
      expect(errorOf(denied)).toContain('access denied')

      // The VM loses its access to the other secret, which nobody reviewed.
      const missing = await stage.push({ inputs: { secrets: 'API_KEY=api-key', review: 'off' } })
      expect(missing.exitCode).toBe(1)
      expect(missing.annotations).toHaveLength(1)
      expect(errorOf(missing)).toContain('api-key')
      expect(errorOf(missing)).toContain('not found')
    },
    PER_PUSH_MS
  )

  it('never lets a value into a request, the log, an output, the state, a template or a file', async () => {
    const { requests } = stage.emulator
    const templates = await stage.read(
      '/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceTemplates'
    )
    expect(files.filter((file) => file.includes('db-password')).length).toBeGreaterThan(1)
    const everything = [
      ...requests.map(({ path, query, body }) => `${path}${query} ${body}`),
      ...stage.log,
      ...first.outputs.values(),
      ...statesOf(stage),
      ...files,
      ...filesBelow(stage.tempDirectory),
      JSON.stringify(templates),
    ].join('\n')
    for (const value of [VALUE, NEW_VALUE]) {
      expect(everything.includes(value)).toBe(false)
      expect(everything.includes(Buffer.from(value).toString('base64'))).toBe(false)
    }
  })
})
