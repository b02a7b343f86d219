import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { IdentityPoolClient } from 'google-auth-library'
import { call, type Harness, PROJECT, startHarness } from '../emulator/harness.ts'
import { externalAccount } from './external-account.ts'

let harness: Harness

beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness.stop())

const projectUrl = (): string =>
  `${harness.emulator.url}/cloudresourcemanager/v1/projects/${PROJECT}`

describe('IdentityPoolClient', () => {
  it('reaches an API through the deployer', async () => {
    const client = new IdentityPoolClient(externalAccount(harness.emulator))
    const { data } = await client.request<{ projectId: string }>({ url: projectUrl() })
    expect(data.projectId).toBe(PROJECT)
    const members = harness.emulator.requests.map(({ member }) => member)
    expect(members.at(-1)).toBe(`serviceAccount:deployer@${PROJECT}.iam.gserviceaccount.com`)
  })

  it('reaches an API directly, where the repository itself has a role', async () => {
    const options = externalAccount(harness.emulator)
    const { service_account_impersonation_url: _, ...direct } = options
    const client = new IdentityPoolClient(direct)
    await expect(client.request({ url: projectUrl() })).rejects.toThrow(
      /Permission 'resourcemanager.projects.get' denied/
    )
    const pool = options.audience.replace(/\/providers\/.*$/, '')
    const repositoryId = await repositoryIdOf(harness)
    const { policies } = harness.emulator.cloud
    const member = `principalSet:${pool}/attribute.repository_id/${repositoryId}`
    policies.grant(`projects/${PROJECT}`, 'roles/browser', member)
    const { data } = await client.request<{ projectId: string }>({ url: projectUrl() })
    expect(data.projectId).toBe(PROJECT)
  })

  it('hears why it is turned away', async () => {
    const claims = `${harness.emulator.url}/emulator/github/claims`
    await call(claims, { method: 'PUT', body: { repository_id: '1' } })
    const client = new IdentityPoolClient(externalAccount(harness.emulator))
    await expect(client.getAccessToken()).rejects.toThrow(
      'Error code unauthorized_client: The given credential is rejected by the attribute condition.'
    )
    await call(claims, { method: 'PUT', body: {} })
  })
})

async function repositoryIdOf({ emulator }: Harness): Promise<string> {
  const { environment } = emulator
  const { json } = await call(environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '', {
    token: environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '',
  })
  return JSON.parse(Buffer.from(json.value.split('.')[1], 'base64url').toString()).repository_id
}
