import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ActionRun, runAction } from '../../../emulator/runner/action.ts'
import {
  DEPLOYER,
  openSetUp,
  PROVIDER,
  type SetUp,
  succeeded,
} from '../../clients/bootstrap/set-up.ts'
import { OWNER } from '../../emulator/harness.ts'
import { errorOf, PER_PUSH_MS } from '../deploy/push.ts'
import { takeAwayWhatIsThere } from './bare-project.ts'

const REPOSITORY = process.env['ACTION_UNDER_TEST'] ?? resolve(import.meta.dirname, '../../..')

interface Said {
  readonly id: string
  readonly subject: string
  readonly kind: string
  readonly said: string
}

describe('doctor from first to last, on a project that terraform/bootstrap has set up', () => {
  let setUp: SetUp
  let directory: string

  async function run(inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
    const { emulator } = setUp
    return runAction({
      actionDirectory: REPOSITORY,
      workspace: join(directory, 'workspace'),
      tempDirectory: join(directory, 'temp'),
      inputs: {
        name: 'web',
        project_id: 'mervis-demo',
        region: 'europe-west1',
        workload_identity_provider: PROVIDER,
        service_account: DEPLOYER,
        state_bucket: 'mervis-demo-states',
        min_ready: '0s',
        secrets: 'API_KEY=api-key',
        ...inputs,
      },
      environment: {
        ...emulator.environment,
        ...(process.env['DOCKER_HOST'] && { DOCKER_HOST: process.env['DOCKER_HOST'] }),
        GITHUB_REPOSITORY: 'mervis/mervis',
        GITHUB_SHA: 'a'.repeat(40),
        GITHUB_REF: 'refs/heads/main',
        GITHUB_RUN_ID: '1',
        GITHUB_ACTOR: 'mervis',
      },
    })
  }

  /** What it finds to be otherwise than well; whether there is a buildx, is this machine's affair. */
  async function complaints(inputs = {}): Promise<readonly Said[]> {
    const examined = await run({ command: 'doctor', ...inputs })
    const checks: readonly Said[] = JSON.parse(examined.outputs.get('checks') ?? '[]')
    expect(checks.length).toBeGreaterThan(60)
    return checks.filter(({ kind, subject }) => kind !== 'ok' && subject !== 'Tools')
  }

  function makeSecret(id: string): void {
    const { secrets } = setUp.emulator.cloud
    secrets.create(id, { replication: { automatic: {} } })
    secrets.addVersion(secrets.get(id), Buffer.from('value'))
  }

  beforeAll(async () => {
    setUp = await openSetUp()
    directory = await mkdtemp(join(tmpdir(), 'doctor-'))
    await mkdir(join(directory, 'workspace'))
    await writeFile(join(directory, 'workspace', 'Dockerfile'), 'FROM scratch\nCOPY content /\n')
    await writeFile(join(directory, 'workspace', 'content'), 'first')
    takeAwayWhatIsThere(setUp.emulator)
    const owner = setUp.emulator.accessToken(OWNER)
    await succeeded(setUp.terraform(owner, '-chdir=bootstrap', 'init', '-input=false'))
    await succeeded(setUp.bootstrap('apply', {}, '-auto-approve'))
    makeSecret('api-key')
  }, PER_PUSH_MS)

  afterAll(async () => {
    await setUp.stop()
    await rm(directory, { recursive: true, force: true })
  })

  it(
    'has nothing to say before the first deploy, nor after it',
    async () => {
      expect(await complaints()).toEqual([])
      const deployed = await run({ command: 'deploy' })
      expect([errorOf(deployed), deployed.exitCode]).toEqual(['', 0])
      expect(await complaints()).toEqual([])
      // A secret that is new: the next deploy lets the VMs in to it. And one whose newest version is off.
      const { secrets } = setUp.emulator.cloud
      makeSecret('new-key')
      const apiKey = secrets.get('api-key')
      secrets.setState(apiKey, secrets.addVersion(apiKey, Buffer.from('typo')), 'DISABLED')
      expect(await complaints({ secrets: 'API_KEY=api-key\nNEW_KEY=new-key' })).toEqual([])
    },
    2 * PER_PUSH_MS
  )
})
