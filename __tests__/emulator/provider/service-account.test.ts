import { describe, expect, it } from '@jest/globals'
import type { ResourceType } from '../../../emulator/provider/resource-type.ts'
import { buildResources } from '../../../emulator/provider/resources/catalogue.ts'
import { loadSchema } from '../../../emulator/provider/schema.ts'
import { openSession } from '../../../emulator/provider/session/session.ts'
import { type Fields, UNKNOWN } from '../../../emulator/provider/wire/values.ts'

const resources = buildResources(loadSchema())

function typeOf(name: string): ResourceType {
  const type = resources.get(name)
  if (!type) throw new Error(`There is no ${name}.`)
  return type
}

const session = await openSession({
  config: { access_token: 'token' },
  terraformVersion: '1.11.4',
  environment: {},
  fallback: {},
})
const EMAIL = 'mervis-machine@demo-project.iam.gserviceaccount.com'

describe('google_service_account', () => {
  const plan = (fields: Fields, prior?: Fields): Fields =>
    typeOf('google_service_account').customize(
      { email: UNKNOWN, member: UNKNOWN, ...fields },
      prior,
      session
    )

  it('has its address in the plan, as soon as name and project are known', () => {
    const planned = plan({ account_id: 'mervis-machine', project: 'demo-project' })
    expect(planned).toMatchObject({ email: EMAIL, member: `serviceAccount:${EMAIL}` })
  })

  it.each([
    ['name', { account_id: UNKNOWN, project: 'demo-project' }],
    ['project', { account_id: 'mervis-machine', project: UNKNOWN }],
  ])('has none while its %s is unknown', (_, fields) => {
    expect(plan(fields)).toMatchObject({ email: UNKNOWN, member: UNKNOWN })
  })
})

describe('google_service_account_iam_member', () => {
  const problems = (account: string): readonly string[] =>
    typeOf('google_service_account_iam_member')
      .validate({
        service_account_id: `projects/demo-project/serviceAccounts/${account}`,
        role: 'roles/iam.serviceAccountUser',
        member: 'user:owner@example.com',
        condition: [],
      })
      .map(({ summary }) => summary)

  it.each([EMAIL, '123456789012-compute@developer.gserviceaccount.com'])('takes %s', (account) => {
    expect(problems(account)).toEqual([])
  })

  it.each(['some@demo-project.iam.gserviceaccount.com', 'mervis-machine', 'someone@example.com'])(
    'does not take %s',
    (account) => {
      expect(problems(account)).toEqual([expect.stringContaining(`${account}") doesn't match`)])
    }
  )
})
