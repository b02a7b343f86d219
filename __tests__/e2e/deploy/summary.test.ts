import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { EmulatedDeployment } from '../../../emulator/github/deployments.ts'
import type { Permissions } from '../../../emulator/github/tokens.ts'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, Stage } from './push.ts'
import { killAction } from './tools.ts'

const RUN_URL = 'https://github.com/mervis/mervis/actions/runs/1'
const SHA = 'a'.repeat(40)
const ENVIRONMENT = { environment: 'production' }

/** What the jobs of the repository may do from now on. */
function permit({ emulator }: Stage, permissions: Permissions): void {
  emulator.github.tokens.change(emulator.github.jobToken, { permissions })
}

/** States of a deployment, oldest first. */
function statesOf(deployment: EmulatedDeployment | undefined): readonly string[] {
  return deployment?.statuses.map(({ state }) => state) ?? []
}

describe('dist/ with the input "environment"', () => {
  let stage: Stage
  let first: ActionRun

  const list = () => stage.emulator.github.deployments.list()

  beforeAll(async () => {
    stage = await Stage.open()
    permit(stage, { contents: 'read', deployments: 'write' })
    stage.emulator.cloud.services.set('cloudbilling.googleapis.com', true)
    first = await stage.push({ inputs: { ...ENVIRONMENT, size: '2' } })
    expect(errorOf(first)).toBe('')
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it('shows the deployment with its release, its image and the address of the service', () => {
    const [deployment, ...others] = list()
    expect(others).toEqual([])
    expect(deployment).toMatchObject({
      environment: 'production',
      sha: SHA,
      task: 'deploy',
      payload: {
        release: first.outputs.get('release'),
        image: first.outputs.get('image'),
        name: 'web',
        project: 'mervis-demo',
        region: 'asia-northeast3',
      },
    })
    expect(statesOf(deployment)).toEqual(['in_progress', 'success'])
    const release = first.outputs.get('release')
    expect(deployment?.statuses.at(-1)).toMatchObject({
      description: expect.stringMatching(new RegExp(`^Release ${release} on 2 VMs in [\\d.]+ s$`)),
      logUrl: RUN_URL,
      environmentUrl: first.outputs.get('url'),
    })
  })

  it('tells on the page of the run what runs now, when what was done, and what it costs', () => {
    const { summary } = first
    expect(summary).toMatch(/^## ✅ Deployed: `web` runs release `[0-9a-f]{12}` on 2 VMs\n/)
    for (const vm of JSON.parse(first.outputs.get('vms') ?? '[]')) {
      expect(summary).toContain(`| <code>${vm.name}</code> | <code>asia-northeast3-`)
      expect(summary).toContain(`<code>${vm.address}</code> |`)
      expect(summary).toContain(`section ${vm.name}\n`)
    }
    for (const step of ['plan', 'build', 'secret gate', 'apply', 'push', 'release', 'roll'])
      expect(summary).toMatch(
        new RegExp(`^section ${step}\\n[\\d.]+ m?s :active, \\d+, \\d+ms$`, 'm')
      )
    expect(summary).toMatch(/\*\*Infrastructure\*\* \d+ added, 0 changed, 0 destroyed/)
    expect(summary).toContain('There is no earlier verified release yet')
  })

  it(
    'ends the earlier deployment of the same service, and no other',
    async () => {
      const { deployments } = stage.emulator.github
      const elsewhere = { ...ENVIRONMENT, ref: SHA, sha: SHA, task: 'deploy', description: '' }
      const other = deployments.create({
        ...elsewhere,
        payload: { name: 'api', project: 'mervis-demo', region: 'asia-northeast3', holder: 'x' },
        creator: 'github-actions[bot]',
        isTransient: false,
        isProduction: true,
      })
      const status = { description: '', logUrl: '', environmentUrl: '', creator: 'x' }
      deployments.addStatus(other.id, { ...status, state: 'success' })
      await stage.write('content', 'second')
      const second = await stage.push({ inputs: { ...ENVIRONMENT, size: '2' } })
      expect(errorOf(second)).toBe('')
      const [newest, , oldest] = list()
      expect(statesOf(newest)).toEqual(['in_progress', 'success'])
      expect(statesOf(oldest)).toEqual(['in_progress', 'success', 'inactive'])
      expect(statesOf(deployments.find(other.id))).toEqual(['success'])
      expect(second.summary).toMatch(/\*\*Cost\*\* (about|at least) [\d.]+ USD a month/)
      expect(second.summary).toContain(
        `gh workflow run rollback.yml --repo mervis/mervis -f release=${first.outputs.get('release')}`
      )
      first = second
    },
    PER_PUSH_MS
  )

  it(
    'says of a run without a change that nothing changed',
    async () => {
      const run = await stage.push({ inputs: { ...ENVIRONMENT, size: '2' } })
      expect(run.summary).toMatch(/^## ✅ Unchanged: `web` runs release `[0-9a-f]{12}` already\n/)
      expect(run.summary).toContain('**Image** `sha256:')
      expect(run.summary).toContain('the same source was built before')
      expect(run.summary).toContain('**Infrastructure** as it was')
      expect(list()[0]?.statuses.at(-1)?.description).toMatch(
        /^Unchanged: release [0-9a-f]{12} on 2 VMs in /
      )
    },
    PER_PUSH_MS
  )

  it(
    'says what failed, shows the last words of the VM, and what runs again',
    async () => {
      const run = await stage.push({
        inputs: { ...ENVIRONMENT, size: '2', env: 'EMULATED_APP=crash' },
      })
      expect(run.outputs.get('outcome')).toBe('rolled_back')
      const good = first.outputs.get('release')
      const [failed, active] = list()
      expect(statesOf(failed)).toEqual(['in_progress', 'failure'])
      expect(failed?.statuses.at(-1)?.description).toMatch(
        new RegExp(`^Taken back to release ${good}: Release [0-9a-f]{12} failed on web: `)
      )
      expect(statesOf(active).at(-1)).toBe('success')
      expect(run.summary).toMatch(
        new RegExp(`^## ❌ Failed and taken back: \`web\` runs release \`${good}\` again\n`)
      )
      expect(run.summary).toContain('The last words of ')
      expect(run.summary).toMatch(/^failed :crit, /m)
      expect(run.summary).toContain(`**Now:** web was taken back: it runs release ${good} again`)
      expect(run.summary).not.toContain('### Roll back')
      expect(run.annotations).toHaveLength(1)
    },
    PER_PUSH_MS
  )

  it(
    'says so when it is cancelled on the way',
    async () => {
      const cancel = new AbortController()
      await stage.write('content', 'third')
      const run = await stage.push({
        inputs: { ...ENVIRONMENT, size: '2' },
        signal: cancel.signal,
        onLine: (line) => {
          if ('text' in line && /^web-\w+ .*creating/.test(line.text)) cancel.abort()
        },
      })
      expect(run.outputs.get('failure_code')).toBe('CANCELLED')
      expect(statesOf(list()[0])).toEqual(['in_progress', 'failure'])
      expect(list()[0]?.statuses.at(-1)?.description).toMatch(
        /^Cancelled: The group was put back on release [0-9a-f]{12}/
      )
      expect(run.summary).toMatch(/^## ⚪ Cancelled: `web`\n/)
      expect(run.summary).toContain('**Now:** The group was put back on release')
    },
    PER_PUSH_MS
  )

  it(
    'is ended by the post step when the run is killed on the way',
    async () => {
      await stage.write('content', 'killed')
      let isKilled = false
      await stage.push({
        inputs: { ...ENVIRONMENT, size: '2' },
        onLine: (line) => {
          if (isKilled || !('text' in line) || !/^web-\w+ .*creating/.test(line.text)) return
          isKilled = true
          void killAction(stage.workspace)
        },
      })
      expect(isKilled).toBe(true)
      expect(statesOf(list()[0])).toEqual(['in_progress', 'failure'])
      expect(list()[0]?.statuses.at(-1)).toMatchObject({
        description: 'The run was stopped before it could tell how it ended.',
        logUrl: RUN_URL,
      })
    },
    PER_PUSH_MS
  )

  it(
    'shows nothing twice where the job itself has the environment',
    async () => {
      const { deployments } = stage.emulator.github
      const its = deployments.create({
        environment: 'Production',
        ref: 'main',
        sha: SHA,
        task: 'deploy',
        description: '',
        payload: {},
        creator: 'github-actions[bot]',
        isTransient: false,
        isProduction: false,
      })
      deployments.addStatus(its.id, {
        state: 'in_progress',
        description: '',
        logUrl: `${RUN_URL}/job/77`,
        environmentUrl: '',
        creator: 'github-actions[bot]',
      })
      const before = list().length
      const run = await stage.push({ inputs: { ...ENVIRONMENT, size: '2' } })
      expect(errorOf(run)).toBe('')
      expect(list()).toHaveLength(before)
      expect(statesOf(deployments.find(its.id))).toEqual(['in_progress'])
    },
    PER_PUSH_MS
  )

  it(
    'deploys all the same without the permission, with one warning that names it',
    async () => {
      permit(stage, { contents: 'read' })
      const before = list().length
      const run = await stage.push({ inputs: { ...ENVIRONMENT, size: '2' } })
      expect(run.exitCode).toBe(0)
      expect(list()).toHaveLength(before)
      expect(run.annotations.map(({ level }) => level)).toEqual(['warning'])
      expect(errorOf(run)).toContain('`permissions: deployments: write`')
    },
    PER_PUSH_MS
  )

  it(
    'tells of an image that the gate refused, and of what was known until then',
    async () => {
      permit(stage, { contents: 'read', deployments: 'write' })
      await stage.write('service_account.json', 'nothing')
      await stage.write('content', 'fourth')
      const run = await stage.push({
        inputs: { ...ENVIRONMENT, size: '2' },
        environment: { GITHUB_RUN_ID: '2' },
      })
      expect(run.exitCode).toBe(1)
      expect(run.summary).toMatch(/^## ❌ Refused: `web` was left as it is\n/)
      expect(run.summary).toContain('- `service_account.json ')
      expect(run.summary).toContain('**Now:** The VMs run what they ran before.')
      expect(run.summary).not.toContain('### VMs')
      expect(statesOf(list()[0])).toEqual(['in_progress', 'failure'])
    },
    PER_PUSH_MS
  )
})
