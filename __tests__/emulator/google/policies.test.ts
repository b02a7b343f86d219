import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, enable, type Harness, OWNER, PROJECT, startHarness } from '../harness.ts'

let harness: Harness
let url: string
let token: string

beforeAll(async () => {
  harness = await startHarness()
  url = harness.emulator.url
  token = harness.emulator.accessToken(OWNER)
  await enable(harness, 'artifactregistry', 'secretmanager')
  harness.emulator.cloud.repositories.create('europe-west1', 'mervis', { format: 'DOCKER' })
  harness.emulator.cloud.secrets.create('key', {})
  harness.emulator.cloud.serviceAccounts.create('vm-account')
})
afterAll(() => harness.stop())

const EMAIL = `vm-account@${PROJECT}.iam.gserviceaccount.com`
const RESOURCES: readonly (readonly [string, string])[] = [
  ['project', `cloudresourcemanager/v1/projects/${PROJECT}`],
  ['project, v3', `cloudresourcemanager/v3/projects/${PROJECT}`],
  ['service account', `iam/v1/projects/-/serviceAccounts/${EMAIL}`],
  ['secret', `secretmanager/v1/projects/${PROJECT}/secrets/key`],
  [
    'repository',
    `artifactregistry/v1/projects/${PROJECT}/locations/europe-west1/repositories/mervis`,
  ],
]
const binding = (member: string) => ({ role: 'roles/viewer', members: [member] })

describe.each(RESOURCES)('the policy of a %s', (_, path) => {
  const get = async () =>
    (await call(`${url}/${path}:getIamPolicy`, { method: 'POST', token })).json
  const set = (policy: object) => call(`${url}/${path}:setIamPolicy`, { token, body: { policy } })

  it('is what was written last', async () => {
    const before = await get()
    const bindings = [...(before.bindings ?? []), binding('user:a@example.com')]
    const written = await set({ ...before, bindings })
    expect(written.json.etag).not.toBe(before.etag)
    expect(await get()).toEqual(written.json)
    expect(written.json.bindings).toContainEqual(binding('user:a@example.com'))
  })

  it('is not written by somebody who read an older one', async () => {
    const old = await get()
    await set(old)
    const { status, json } = await set(old)
    expect(status).toBe(409)
    expect(json.error).toMatchObject({
      status: 'ABORTED',
      message: expect.stringMatching(/concurrent policy changes/),
    })
  })

  it.each([
    ['a member without a type', { role: 'roles/viewer', members: ['a@example.com'] }],
    ['no role', { members: ['user:a@example.com'] }],
  ])('cannot hold %s', async (_case, wrong) => {
    expect((await set({ bindings: [wrong] })).status).toBe(400)
  })
})

describe('setIamPolicy', () => {
  it('joins bindings of the same role', async () => {
    const bindings = [binding('user:b@example.com'), binding('user:a@example.com')]
    const path = `${url}/secretmanager/v1/projects/${PROJECT}/secrets/key`
    const { json } = await call(`${path}:setIamPolicy`, { token, body: { policy: { bindings } } })
    const members = ['user:a@example.com', 'user:b@example.com']
    expect(json.bindings).toEqual([{ role: 'roles/viewer', members }])
  })
})

describe('what a policy grants', () => {
  const reader = `serviceAccount:${EMAIL}`
  const secret = `secretmanager/v1/projects/${PROJECT}/secrets/key`

  it('reaches what lies below, and nothing beside it', async () => {
    const { cloud } = harness.emulator
    cloud.secrets.create('other', {})
    for (const id of ['key', 'other']) {
      cloud.secrets.addVersion(cloud.secrets.get(id), Buffer.from('value'))
    }
    cloud.policies.grant(
      `projects/${PROJECT}/secrets/key`,
      'roles/secretmanager.secretAccessor',
      reader
    )
    const vm = harness.emulator.accessToken(reader)
    const access = (path: string) => call(`${url}/${path}/versions/1:access`, { token: vm })
    expect((await access(secret)).status).toBe(200)
    const denied = await access(secret.replace('key', 'other'))
    expect(denied.json.error).toMatchObject({
      code: 403,
      message: `Permission 'secretmanager.versions.access' denied for resource 'projects/${PROJECT}/secrets/other/versions/1' (or it may not exist).`,
    })
  })

  it('is cut down by a condition', async () => {
    const { cloud } = harness.emulator
    const expression =
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/logging.logWriter'])"
    const limited = 'user:limited@example.com'
    const project = `${url}/cloudresourcemanager/v1/projects/${PROJECT}`
    const { bindings: born = [], etag } = cloud.policies.get(`projects/${PROJECT}`)
    const admin = {
      role: 'roles/resourcemanager.projectIamAdmin',
      members: [limited],
      condition: { title: 'logging_only', expression },
    }
    const unreadable = {
      role: 'roles/owner',
      members: ['user:unreadable@example.com'],
      condition: { title: 'unreadable', expression: 'request.time < timestamp("2030-01-01")' },
    }
    cloud.policies.set(`projects/${PROJECT}`, { etag, bindings: [...born, admin, unreadable] })
    const as = harness.emulator.accessToken
    const readable = await call(`${project}:getIamPolicy`, { method: 'POST', token: as(limited) })
    expect(readable.status).toBe(200)
    const { bindings } = readable.json
    const write = async (role: string) => {
      const policy = { bindings: [...bindings, { role, members: [limited] }] }
      return call(`${project}:setIamPolicy`, { token: as(limited), body: { policy } })
    }
    expect((await write('roles/owner')).json.error).toMatchObject({
      status: 'PERMISSION_DENIED',
      message: expect.stringContaining('resourcemanager.projects.setIamPolicy'),
    })
    expect((await write('roles/logging.logWriter')).status).toBe(200)
    const without = { policy: { bindings: bindings.filter((one: object) => one !== bindings[0]) } }
    const removal = await call(`${project}:setIamPolicy`, { token: as(limited), body: without })
    expect(removal.status).toBe(403)
    const read = { method: 'POST', token: as('user:unreadable@example.com') }
    expect((await call(`${project}:getIamPolicy`, read)).status).toBe(403)
  })

  it('holds for the roles a project has made itself', async () => {
    const roles = `${url}/iam/v1/projects/${PROJECT}/roles`
    const role = { title: 'Deployer', includedPermissions: ['secretmanager.secrets.list'] }
    const created = await call(roles, { token, body: { roleId: 'deployer', role } })
    expect(created.json).toMatchObject({ name: `projects/${PROJECT}/roles/deployer`, ...role })
    const member = 'user:custom@example.com'
    harness.emulator.cloud.policies.grant(`projects/${PROJECT}`, created.json.name, member)
    const custom = harness.emulator.accessToken(member)
    const list = () =>
      call(`${url}/secretmanager/v1/projects/${PROJECT}/secrets`, { token: custom })
    expect((await list()).status).toBe(200)
    await call(`${roles}/deployer`, { method: 'DELETE', token })
    expect((await list()).status).toBe(403)
    await call(`${roles}/deployer:undelete`, { method: 'POST', token })
    expect((await list()).status).toBe(200)
    expect((await call(roles, { token, body: { roleId: 'deployer', role } })).status).toBe(409)
  })
})

describe('service accounts', () => {
  const accounts = (): string => `${url}/iam/v1/projects/${PROJECT}/serviceAccounts`

  it('are made, changed and removed together with their policy', async () => {
    const body = { accountId: 'runner-1', serviceAccount: { displayName: 'Runner' } }
    const { json } = await call(accounts(), { token, body })
    expect(json).toMatchObject({
      email: `runner-1@${PROJECT}.iam.gserviceaccount.com`,
      displayName: 'Runner',
      uniqueId: expect.stringMatching(/^1\d{20}$/),
    })
    const one = `${url}/iam/v1/${json.name}`
    const change = { serviceAccount: { description: 'Runs.' }, updateMask: 'description' }
    await call(one, { method: 'PATCH', token, body: change })
    expect((await call(one, { token })).json.description).toBe('Runs.')
    harness.emulator.cloud.policies.grant(json.name, 'roles/iam.serviceAccountUser', OWNER)
    await call(one, { method: 'DELETE', token })
    expect((await call(one, { token })).status).toBe(404)
    await call(accounts(), { token, body })
    const policy = await call(`${one}:getIamPolicy`, { method: 'POST', token })
    expect(policy.json.bindings).toBeUndefined()
  })

  it.each([['short'], ['Upper-case'], ['x'.repeat(31)], ['']])(
    'refuse the id "%s"',
    async (accountId) => {
      expect((await call(accounts(), { token, body: { accountId } })).status).toBe(400)
    }
  )
})

describe('workload identity pools', () => {
  const pools = (): string =>
    `${url}/iam/v1/projects/${PROJECT}/locations/global/workloadIdentityPools`
  const provider = {
    oidc: { issuerUri: 'https://token.actions.githubusercontent.com' },
    attributeMapping: { 'google.subject': 'assertion.sub' },
    attributeCondition: "assertion.repository_id == '7'",
  }

  it('are there for GitHub from the start', async () => {
    const { json } = await call(`${pools()}/github/providers/github`, { token })
    expect(json).toMatchObject({
      name: harness.emulator.identities.workloadIdentityProvider,
      state: 'ACTIVE',
    })
  })

  it('keep the id of a deleted one, which can come back', async () => {
    await call(`${pools()}?workloadIdentityPoolId=second`, { token, body: {} })
    await call(`${pools()}/second`, { method: 'DELETE', token })
    expect((await call(`${pools()}/second`, { token })).json.state).toBe('DELETED')
    expect(
      (await call(`${pools()}?workloadIdentityPoolId=second`, { token, body: {} })).status
    ).toBe(409)
    await call(`${pools()}/second:undelete`, { method: 'POST', token })
    expect((await call(`${pools()}/second`, { token })).json.state).toBe('ACTIVE')
  })

  it.each([
    ['no condition', { attributeCondition: '' }, /attribute condition must reference/],
    [
      'a condition on no claim',
      { attributeCondition: 'true' },
      /attribute condition must reference/,
    ],
    ['no subject', { attributeMapping: {} }, /google\.subject/],
    [
      'a mapping that is no expression',
      { attributeMapping: { 'google.subject': 'assertion.sub +' } },
      /Invalid mapping for google\.subject/,
    ],
  ])('take no provider with %s', async (_, change, message) => {
    const body = { ...provider, ...change }
    const path = `${pools()}/github/providers?workloadIdentityPoolProviderId=other`
    const { status, json } = await call(path, { token, body })
    expect(status).toBe(400)
    expect(json.error.message).toMatch(message)
  })
})
