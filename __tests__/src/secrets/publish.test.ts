import { describe, expect, it } from '@jest/globals'
import { ensureSecrets } from '../../../src/secrets/ensure.ts'
import { aConfig } from '../../fakes/deploy-inputs.ts'
import { googleError } from '../../fakes/scripted-http.ts'
import { drawn } from './drawn-values.ts'
import { SecretsWorld } from './secrets-world.ts'

const SECRETS = { secrets: 'API_KEY=api-key' }

describe('publishSecretValues', () => {
  it('makes the secret and its first version', async () => {
    const world = new SecretsWorld()
    const value = drawn()
    const published = await world.publish({ ...SECRETS, secret_values: `API_KEY=${value}` })
    expect(published).toEqual([{ secret: 'api-key', version: '1', wasAdded: true }])
    expect(world.versionsOf('api-key')).toEqual([{ number: 1, state: 'ENABLED', text: value }])
    expect(world.secrets.get('api-key').fields).toMatchObject({
      replication: { automatic: {} },
      labels: { app: 'mervis', 'managed-by': 'deploy-spot-mig' },
    })
    expect(world.log.of('info')).toContain('Created secret api-key.')
    expect(world.log.of('info')).toContain('api-key: version 1 is new.')
  })

  it('writes nothing when the newest version has the value, and asks but once', async () => {
    const world = new SecretsWorld()
    const value = drawn()
    world.given('api-key', drawn(), value)
    const published = await world.publish({ ...SECRETS, secret_values: `API_KEY=${value}` })
    expect(published).toEqual([{ secret: 'api-key', version: '2', wasAdded: false }])
    expect(world.asked).toEqual(['GET secrets/api-key/versions/latest:access'])
    expect(world.cloud.bucket.requests).toEqual([])
  })

  it('adds a version when an earlier one has the value: the newest counts', async () => {
    const world = new SecretsWorld()
    const value = drawn()
    world.given('api-key', value, drawn())
    const [published] = await world.publish({ ...SECRETS, secret_values: `API_KEY=${value}` })
    expect(published).toMatchObject({ version: '3', wasAdded: true })
  })

  it.each([
    ['disabled', 'DISABLED'],
    ['destroyed', 'DESTROYED'],
  ] as const)(
    'compares with the newest that can be read where the newest is %s',
    async (_, state) => {
      const world = new SecretsWorld()
      const value = drawn()
      world.given('api-key', value, drawn())
      world.setState('api-key', 2, state)
      const [published] = await world.publish({ ...SECRETS, secret_values: `API_KEY=${value}` })
      expect(published).toEqual({ secret: 'api-key', version: '1', wasAdded: false })
      expect(await world.clients().secretManager.resolveVersion('api-key', 'latest')).toBe('1')
    }
  )

  it.each([
    ['has no version', () => []],
    ['has none that can be read', () => [drawn()]],
  ])('adds a version to a secret that %s', async (_, values) => {
    const world = new SecretsWorld()
    world.given('api-key', ...values())
    for (const { number } of world.versionsOf('api-key'))
      world.setState('api-key', number, 'DISABLED')
    const [published] = await world.publish({ ...SECRETS, secret_values: `API_KEY=${drawn()}` })
    expect(published).toMatchObject({ wasAdded: true })
  })

  it('writes a secret of two names once', async () => {
    const world = new SecretsWorld()
    const value = drawn()
    const published = await world.publish({
      secrets: 'A=shared\nB=projects/mervis-demo/secrets/shared',
      secret_values: `A=${value}\nB=${value}`,
    })
    expect(published).toEqual([{ secret: 'shared', version: '1', wasAdded: true }])
  })

  it('takes a cancelled write for no write', async () => {
    const world = new SecretsWorld()
    const stop = new AbortController()
    stop.abort(new Error('cancelled'))
    await expect(
      world.clients(stop.signal).secretManager.addVersion('api-key', Buffer.from(drawn()))
    ).rejects.toThrow()
  })
})

describe('publishSecretValues, when two runs come at once', () => {
  it('adds one version: the second run finds it there', async () => {
    const world = new SecretsWorld()
    world.given('api-key', drawn())
    const inputs = { ...SECRETS, secret_values: `API_KEY=${drawn()}` }
    const both = await Promise.all([
      world.publish(inputs, { holder: 'one' }),
      world.publish(inputs, { holder: 'two' }),
    ])
    expect(both.flat().map(({ version }) => version)).toEqual(['2', '2'])
    expect(both.flat().filter(({ wasAdded }) => wasAdded)).toHaveLength(1)
    expect(world.states('api-key')).toBe('1 2')
    expect(world.cloud.bucket.text('mervis/deploy.lock')).toBeUndefined()
  })
})

describe('publishSecretValues, when Google refuses', () => {
  const two = { secrets: 'A=one\nB=two' }

  it('says which role is missing where it may not read the value, and writes nothing', async () => {
    const world = new SecretsWorld()
    world.given('one', drawn())
    world.given('two', drawn())
    world.fault = (line) =>
      line.includes('two/') && line.endsWith(':access') ? googleError(403) : undefined
    const publishing = world.publish({
      ...two,
      secret_values: `A=${drawn()}\nB=${drawn()}`,
      service_account: 'deployer@mervis-demo.iam.gserviceaccount.com',
    })
    await expect(publishing).rejects.toMatchObject({
      code: 'SECRET_VALUES',
      message: expect.stringMatching(
        /1 of 2 secrets did not get their value:\n {2}two: Could not compare .*\nNo new version was written\./
      ),
      hint: expect.stringContaining(
        'gcloud secrets add-iam-policy-binding two --project=mervis-demo --member=serviceAccount:deployer@mervis-demo.iam.gserviceaccount.com --role=roles/secretmanager.secretAccessor'
      ),
    })
    expect(world.states('one')).toBe('1')
  })

  it('needs not read what has no version', async () => {
    const world = new SecretsWorld()
    world.given('one')
    world.fault = (line) => (line.endsWith(':access') ? googleError(403) : undefined)
    const [published] = await world.publish({ secrets: 'A=one', secret_values: `A=${drawn()}` })
    expect(published).toMatchObject({ wasAdded: true })
  })

  it('tells what was written and what was not, and goes on there when it is run again', async () => {
    const world = new SecretsWorld()
    world.fault = (line) => (line === 'POST secrets/two:addVersion' ? googleError(403) : undefined)
    const inputs = { ...two, secret_values: `A=${drawn()}\nB=${drawn()}` }
    await expect(world.publish(inputs)).rejects.toMatchObject({
      code: 'SECRET_VALUES',
      message: expect.stringMatching(
        /\n {2}two: Could not add a version to secret two: .*\nNew versions were written of one \(version 1\)\.$/
      ),
    })
    world.fault = () => undefined
    expect(await world.publish(inputs)).toEqual([
      { secret: 'one', version: '1', wasAdded: false },
      { secret: 'two', version: '1', wasAdded: true },
    ])
  })

  it('takes the newer one where the answer to the first try is lost, and goes on from there', async () => {
    const world = new SecretsWorld()
    const value = drawn()
    world.given('api-key')
    let tries = 0
    world.fault = (line) => {
      if (!line.endsWith(':addVersion') || tries++ > 0) return undefined
      world.secrets.addVersion(world.secrets.get('api-key'), Buffer.from(value), true)
      return googleError(503)
    }
    const inputs = { ...SECRETS, secret_values: `API_KEY=${value}` }
    expect(await world.publish(inputs)).toMatchObject([{ version: '2', wasAdded: true }])
    expect(await world.publish(inputs)).toMatchObject([{ version: '2', wasAdded: false }])
  })

  it('takes no unchecked version for a written one', async () => {
    const world = new SecretsWorld()
    world.fault = (line) =>
      line.endsWith(':addVersion')
        ? { status: 200, headers: {}, body: '{"name":"projects/1/secrets/api-key/versions/1"}' }
        : undefined
    await expect(
      world.publish({ ...SECRETS, secret_values: `API_KEY=${drawn()}` })
    ).rejects.toMatchObject({ code: 'GCP_UNEXPECTED_ANSWER' })
  })
})

describe('publishSecretValues, where Terraform makes secrets', () => {
  const inputs = { ...SECRETS, terraform_variables: 'create_secrets=["api-key"]' }

  it('refuses before the apply, and says what to do', async () => {
    const world = new SecretsWorld()
    await expect(
      world.publish({ ...inputs, secret_values: `API_KEY=${drawn()}` })
    ).rejects.toMatchObject({
      code: 'SECRET_VALUES',
      message: expect.stringContaining('create_secrets'),
      hint: expect.stringContaining('command: deploy'),
    })
    expect(world.secrets.list()).toEqual([])
  })

  it('adds the version after it', async () => {
    const world = new SecretsWorld()
    world.given('api-key')
    await world.publish({ ...inputs, secret_values: `API_KEY=${drawn()}` })
    expect(world.states('api-key')).toBe('1')
  })
})

describe('ensureSecrets', () => {
  const values = () => ({
    secrets: 'A=one\nB=two\nC=three',
    secret_values: `A=${drawn()}\nB=${drawn()}`,
  })

  it('makes what gets a value and is not there', async () => {
    const world = new SecretsWorld()
    world.given('one', drawn())
    await ensureSecrets(world.ports(), aConfig(values()))
    expect(world.secrets.list().map(({ id }) => id)).toEqual(['one', 'two'])
    expect(world.states('one')).toBe('1')
    expect(world.states('two')).toBe('')
  })

  it.each([
    ['what terraform makes', { terraform_variables: 'create_secrets=["one","two"]' }],
    ['everything where the configuration is one of your own', { terraform_directory: 'infra' }],
  ])('leaves %s alone', async (_, more) => {
    const world = new SecretsWorld()
    await ensureSecrets(world.ports(), aConfig({ ...values(), ...more }))
    expect(world.secrets.list()).toEqual([])
  })
})

describe('what was read', () => {
  it('is masked before anything is said', async () => {
    const world = new SecretsWorld()
    const old = drawn()
    world.given('api-key', old)
    await world.publish({ ...SECRETS, secret_values: `API_KEY=${drawn()}` })
    expect(world.log.masked).toContain(old)
    expect(world.log.masked).toContain(Buffer.from(old).toString('base64'))
    expect(world.log.text).not.toContain(old)
  })
})
