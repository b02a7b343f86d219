import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, Stage } from './push.ts'

/** The emulated repository's id, as its OIDC tokens have it. */
const REPOSITORY_ID = '817263544'

interface Vm {
  readonly image: string
  readonly release: string
  readonly health: string
}

function vmsOf(run: ActionRun): readonly Vm[] {
  return JSON.parse(run.outputs.get('vms') ?? '[]')
}

/** Gives the repository's jobs themselves what the deployer's service account may do. */
function grantToEveryJob({ emulator }: Stage): void {
  const { policies } = emulator.cloud
  const { deployerEmail, projectId, stateBucket, workloadIdentityProvider } = emulator.identities
  const pool = workloadIdentityProvider.split('/providers/')[0]
  const jobs = `principalSet://iam.googleapis.com/${pool}/attribute.repository_id/${REPOSITORY_ID}`
  for (const resource of [`projects/${projectId}`, `b/${stateBucket}`]) {
    for (const { role, members } of policies.get(resource).bindings ?? []) {
      if (members.includes(`serviceAccount:${deployerEmail}`)) policies.grant(resource, role, jobs)
    }
  }
}

/** What changes something in the cloud, token exchanges apart. */
function writesIn(requests: readonly string[]): readonly string[] {
  return requests.filter(
    (request) =>
      /^(POST|PUT|PATCH|DELETE) \/(compute|v2|secretmanager)\//.test(request) &&
      !/(listManagedInstances|v2\/token)$/.test(request)
  )
}

describe('dist/ on a push to main', () => {
  let stage: Stage
  let first: ActionRun

  beforeAll(async () => {
    stage = await Stage.open()
    first = await stage.push({ inputs: { size: '2' } })
  }, PER_PUSH_MS)

  afterAll(() => stage.close())

  it('deploys: every VM reports the digest that the registry has', () => {
    expect(first.annotations).toEqual([])
    expect(first.outputs.get('outcome')).toBe('deployed')
    const image = first.outputs.get('image')
    expect(image).toMatch(/\/mervis-demo\/web\/web@sha256:[0-9a-f]{64}$/)
    expect(vmsOf(first)).toHaveLength(2)
    for (const vm of vmsOf(first)) {
      expect(vm).toMatchObject({ image, release: first.outputs.get('release'), health: 'HEALTHY' })
    }
  })

  it('leaves the state in the bucket and no lock', () => {
    const { store } = stage.emulator.cloud
    const names = store.list('mervis-demo-tfstate').map((object) => object.name)
    expect(names).toEqual(['web/default.tfstate', 'web/releases.json'])
  })

  it('writes nothing into the workspace and takes its credentials away', () => {
    expect(readdirSync(stage.workspace).sort()).toEqual(['Dockerfile', 'content'])
    const left = readdirSync(stage.tempDirectory).filter((name) => name.startsWith('deploy-spot'))
    expect(left).toEqual([])
  })

  it(
    'finds nothing to do the second time, and changes nothing',
    async () => {
      const from = stage.emulator.requests.length
      const again = await stage.push({ inputs: { size: '2' } })
      expect(again.outputs.get('outcome')).toBe('unchanged')
      expect(again.outputs.get('release')).toBe(first.outputs.get('release'))
      expect(JSON.parse(again.outputs.get('changes') ?? '')).toEqual({
        add: 0,
        change: 0,
        destroy: 0,
      })
      expect(stage.log).toContain('terraform │ Plan: no changes')
      expect(writesIn(stage.requestsSince(from))).toEqual([])
    },
    PER_PUSH_MS
  )

  it(
    'rolls when only a setting changed: same image, another release',
    async () => {
      const run = await stage.push({ inputs: { size: '2', env: 'GREETING=hello' } })
      expect(run.outputs.get('outcome')).toBe('deployed')
      expect(run.outputs.get('image')).toBe(first.outputs.get('image'))
      expect(run.outputs.get('release')).not.toBe(first.outputs.get('release'))
      expect(run.outputs.get('previous_release')).toBe(first.outputs.get('release'))
    },
    PER_PUSH_MS
  )

  it(
    'shows no change in the plan after all of that',
    async () => {
      const run = await stage.push({ inputs: { size: '2', env: 'GREETING=hello' } })
      expect(run.outputs.get('outcome')).toBe('unchanged')
      expect(JSON.parse(run.outputs.get('changes') ?? '')).toEqual({
        add: 0,
        change: 0,
        destroy: 0,
      })
    },
    PER_PUSH_MS
  )

  it(
    'works with the federated identity itself, without a service account',
    async () => {
      grantToEveryJob(stage)
      const run = await stage.push({
        inputs: { service_account: '', size: '2', env: 'GREETING=hello' },
      })
      expect(run.annotations.map(({ text }) => text)).toEqual([])
      expect(run.outputs.get('outcome')).toBe('unchanged')
    },
    PER_PUSH_MS
  )
})

describe('dist/ when something is wrong', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await Stage.open()
    const run = await stage.push()
    expect(run.outputs.get('outcome')).toBe('deployed')
  }, PER_PUSH_MS)

  afterAll(() => stage.close())

  it(
    'names the role when a permission is missing',
    async () => {
      await stage.write('content', 'denied')
      const { access } = stage.emulator.cloud
      access.deny({ permission: 'compute.instanceGroupManagers.update' })
      const run = await stage.push()
      access.undeny('compute.instanceGroupManagers.update')
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(run.annotations[0]?.text).toContain('roles/compute.instanceAdmin.v1')
      expect(run.outputs.get('failure_code')).toBe('GCP_REQUEST_FAILED')
    },
    PER_PUSH_MS
  )

  it(
    'says which claim is not admitted when the provider trusts another repository',
    async () => {
      const stranger = await Stage.open()
      await fetch(`${stranger.emulator.url}/emulator/github/claims`, {
        method: 'PUT',
        body: JSON.stringify({ repository_id: '1' }),
        headers: { 'content-type': 'application/json' },
      })
      const run = await stranger.push()
      await stranger.close()
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(run.annotations[0]?.text).toContain('attribute condition')
    },
    PER_PUSH_MS
  )

  it(
    'reports a build that fails with its last lines, and releases nothing',
    async () => {
      await stage.write('Dockerfile', 'FROM scratch\nCOPY missing-file /\n')
      const from = stage.emulator.requests.length
      const run = await stage.push()
      await stage.write('Dockerfile', 'FROM scratch\nCOPY content /\n')
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(run.annotations[0]?.place).toBe('Dockerfile:2')
      expect(errorOf(run)).toContain('missing-file')
      expect(writesIn(stage.requestsSince(from))).toEqual([])
    },
    PER_PUSH_MS
  )

  it(
    'frees the state lock and leaves no credentials when it is cancelled in the apply',
    async () => {
      const cancel = new AbortController()
      const run = await stage.push({
        inputs: { machine_type: 'e2-medium' },
        signal: cancel.signal,
        onLine: (line) => {
          if ('text' in line && line.text.endsWith(': creating')) cancel.abort()
        },
      })
      expect(run.exitCode).toBe(1)
      expect(run.outputs.get('failure_code')).toBe('CANCELLED')
      const names = stage.emulator.cloud.store.list('mervis-demo-tfstate').map(({ name }) => name)
      expect(names).toEqual(['web/default.tfstate', 'web/releases.json'])
      expect(existsSync(`${stage.workspace}/.terraform`)).toBe(false)
    },
    PER_PUSH_MS
  )

  it(
    'names the service, in one error, when Google stops answering in the middle',
    async () => {
      await stage.write('content', 'gone')
      const { emulator } = stage
      const run = await stage.push({
        onLine: (line) => {
          if (line.kind === 'group' && line.title.startsWith('Rolling')) void emulator.stop()
        },
      })
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(run.annotations[0]?.text).toMatch(/(Compute Engine|Cloud Storage) did not answer/)
      expect(run.annotations[0]?.text).not.toMatch(/\n\s+at /)
    },
    PER_PUSH_MS
  )
})
