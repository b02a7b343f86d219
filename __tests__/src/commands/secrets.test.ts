import { describe, expect, it } from '@jest/globals'
import { renderSecretsOutputs } from '../../../src/commands/secrets/outputs.ts'
import { renderSecretsSummary } from '../../../src/commands/secrets/summary.ts'
import { drawn } from '../secrets/drawn-values.ts'
import { SecretsStage } from './secrets-stage.ts'
import { IMAGE } from './stage.ts'

const SECRETS = { secrets: 'API_KEY=api-key\nPASSWORD=password' }

/** A service whose release names version 1 of both of its secrets. */
async function running(): Promise<{ stage: SecretsStage; release: string; value: string }> {
  const stage = new SecretsStage()
  const value = drawn()
  stage.world.given('api-key', value)
  stage.world.given('password', drawn())
  return { stage, release: await stage.deployed(SECRETS), value }
}

describe('secrets', () => {
  it('writes values before there is anything else', async () => {
    const stage = new SecretsStage()
    stage.world.cloud.bucket.put('mervis/default.tfstate', '{}')
    const result = await stage.run({
      secrets: 'API_KEY=api-key',
      secret_values: `API_KEY=${drawn()}`,
      roll: 'true',
    })
    expect(result).toMatchObject({ outcome: 'written', release: '', behind: [] })
    expect(stage.world.log.of('info')).toContain(
      'There is no release yet: the first deploy takes the newest values.'
    )
    expect(Object.fromEntries(renderSecretsOutputs(result))).toMatchObject({
      outcome: 'written',
      secret_versions: '{"api-key":{"version":1,"changed":true}}',
    })
  })

  it('says that there is no release where the group is on the base template', async () => {
    const stage = new SecretsStage()
    const secret_values = `API_KEY=${drawn()}`
    const result = await stage.run({ secrets: 'API_KEY=api-key', secret_values, roll: 'true' })
    expect(result).toMatchObject({ outcome: 'written', release: '', rolled: undefined })
  })

  it('names the VMs that have an old value, and rolls none of its own accord', async () => {
    const { stage, release } = await running()
    const result = await stage.run({ ...SECRETS, secret_values: `API_KEY=${drawn()}` })
    expect(result).toMatchObject({ outcome: 'written', release })
    expect(result.behind.map(({ vm }) => vm)).toEqual(['mervis-a', 'mervis-b'])
    const said = stage.world.log.of('info')
    expect(said).toContain('mervis-a still has api-key 1 (newest: 2)')
    expect(said).toContain('mervis-b still has api-key 1 (newest: 2)')
    expect(said.join('\n')).toContain('2 VMs will keep the old values until the next deploy')
    expect(stage.world.cloud.patches).toEqual([])
    expect(renderSecretsSummary(result)).toContain(
      '2 VMs still have an old value: `mervis-a`, `mervis-b`.'
    )
  })

  it('says that all is well when it is', async () => {
    const { stage, release, value } = await running()
    const result = await stage.run({ ...SECRETS, secret_values: `API_KEY=${value}`, roll: 'true' })
    expect(result).toMatchObject({ outcome: 'unchanged', release, behind: [], rolled: undefined })
    expect(stage.world.log.of('info')).toContain(
      `Every VM of release ${release} has the newest values.`
    )
    expect(stage.world.cloud.patches).toEqual([])
  })

  it('sees a version that somebody else has added', async () => {
    const { stage } = await running()
    const { secrets } = stage.world
    secrets.addVersion(secrets.get('password'), Buffer.from(drawn()))
    const result = await stage.run(SECRETS)
    expect(result.behind[0]?.secrets).toEqual([{ secret: 'password', has: '1', wanted: '2' }])
  })

  it('tells VMs of the release before from those of the new one', async () => {
    const { stage } = await running()
    const { cloud, secrets } = stage.world
    const old = cloud.vms
    secrets.addVersion(secrets.get('password'), Buffer.from(drawn()))
    await stage.deployed(SECRETS)
    cloud.vms = [...old.slice(0, 1), ...cloud.vms.slice(1)]
    const result = await stage.run(SECRETS)
    expect(result.behind.map(({ vm }) => vm)).toEqual(['mervis-a'])
  })
})

describe('secrets, with roll', () => {
  it('rolls the image that runs onto the new versions', async () => {
    const { stage, release } = await running()
    const result = await stage.run({
      ...SECRETS,
      secret_values: `API_KEY=${drawn()}`,
      roll: 'true',
    })
    expect(result).toMatchObject({ outcome: 'deployed', behind: [] })
    expect(result.rolled).toMatchObject({ previousRelease: release, image: IMAGE })
    expect(stage.metadataOf(result.release, 'app-image')).toBe(IMAGE)
    expect(stage.metadataOf(result.release, 'app-secrets')).toBe(
      'API_KEY=api-key/2\nPASSWORD=password/1'
    )
    expect(stage.descriptionOf(result.release)).toMatchObject({
      commit: 'c0ffee00'.repeat(5),
      ref: 'refs/heads/main',
      actor: 'ada',
    })
    expect(stage.handovers).toEqual(['begin ', 'begin mervis', 'end'])
    const outputs = Object.fromEntries(renderSecretsOutputs(result))
    expect(JSON.parse(outputs['vms'] ?? '')).toHaveLength(2)
    expect(outputs).toMatchObject({ previous_release: release, release: result.release })

    expect(renderSecretsSummary(result)).toBe(
      [
        `### 2 VMs rolled onto the newest values, release \`${result.release}\``,
        '| secret | version | |\n| --- | ---: | --- |\n| `api-key` | 2 | new |',
        `A rollback to release \`${release}\` brings the old values back.`,
        '',
      ].join('\n\n')
    )

    const again = await stage.run({ ...SECRETS, roll: 'true' })
    expect(again).toMatchObject({ outcome: 'unchanged', release: result.release })
    expect(stage.world.cloud.patches).toHaveLength(1)
  })

  it('rolls nothing over a deploy that came in between', async () => {
    const { stage, release } = await running()
    const { cloud } = stage.world
    cloud.fault = ({ method, url }) => {
      const isMakingRelease = method === 'POST' && url.includes('/instanceTemplates')
      if (isMakingRelease) cloud.set({ versions: [{ name: 'newer', instanceTemplate: 't/newer' }] })
      return undefined
    }
    const inputs = { ...SECRETS, secret_values: `API_KEY=${drawn()}`, roll: 'true' }
    await expect(stage.run(inputs)).rejects.toMatchObject({
      code: 'ROLLOUT_SUPERSEDED',
      message: expect.stringContaining(`release newer by now, and no longer on ${release}`),
    })
    expect(cloud.group.versions[0]?.name).toBe('newer')
    expect(cloud.patches).toEqual([])
    expect(stage.world.states('api-key')).toBe('1 2')
  })

  it('rolls a group without VMs, whose next one would have the old value', async () => {
    const { stage } = await running()
    stage.world.cloud.set({ targetSize: 0 })
    stage.world.cloud.vms = []
    stage.world.cloud.onRoll = () => undefined
    const secret_values = `API_KEY=${drawn()}`
    const asIs = await stage.run({ ...SECRETS, secret_values })
    expect(asIs).toMatchObject({ outcome: 'written', behind: [] })
    expect(stage.world.log.text).toContain('New VMs get the old values until the next deploy')
    const rolled = await stage.run({ ...SECRETS, secret_values, roll: 'true' })
    expect(rolled).toMatchObject({ outcome: 'deployed', rolled: { vms: [] } })
    expect(stage.metadataOf(rolled.release, 'app-secrets')).toContain('api-key/2')
  })

  it('keeps the versions that the release before names, whatever is to be kept', async () => {
    const { stage } = await running()
    for (const keep of ['1', '1', '1']) {
      const secret_values = `API_KEY=${drawn()}`
      await stage.run({ ...SECRETS, secret_values, roll: 'true', keep_secret_versions: keep })
    }
    // Four releases stand, each with its version.
    expect(stage.world.states('api-key')).toBe('1 2 3 4')
    const [first] = [...stage.world.cloud.templates.keys()].filter((name) =>
      /[0-9a-f]{12}$/.test(name)
    )
    stage.world.cloud.templates.delete(first ?? '')
    await stage.run({
      ...SECRETS,
      keep_secret_versions: '1',
      secret_values: `API_KEY=${stage.world.versionsOf('api-key').at(-1)?.text}`,
    })
    expect(stage.world.states('api-key')).toBe('-1 2 3 4')
  })

  it('refuses a binary value, with which no VM would start, before it writes anything', async () => {
    const { stage } = await running()
    const secret_values = `API_KEY:base64=${Buffer.from([0, 1, 2, 3, 255]).toString('base64')}`
    await expect(stage.run({ ...SECRETS, secret_values, roll: 'true' })).rejects.toMatchObject({
      code: 'SECRET_VALUES',
      message: expect.stringContaining('API_KEY is binary'),
    })
    expect(stage.world.states('api-key')).toBe('1')
    await stage.run({ ...SECRETS, secret_values })
    expect(stage.world.states('api-key')).toBe('1 2')
    expect(stage.world.log.of('warning').join('\n')).toContain('is binary')
  })
})

describe('what "secrets" says', () => {
  it('is never a value, new or old, in any form', async () => {
    const { stage, value } = await running()
    const values = [drawn(), `${drawn()}\n${drawn()}`]
    const secret_values = `API_KEY<<END\n${values[1]}\nEND\nPASSWORD=${values[0]}`
    const result = await stage.run({ ...SECRETS, secret_values, roll: 'true' })
    const said = [
      stage.world.log.text,
      ...renderSecretsOutputs(result).values(),
      renderSecretsSummary(result),
      ...stage.world.asked,
      ...stage.world.cloud.http.requests.map(({ url, body }) => `${url} ${body}`),
      ...stage.world.cloud.bucket.requests.map(({ url, body }) => `${url} ${body}`),
      ...[...stage.world.cloud.templates.values()].map((template) => JSON.stringify(template)),
    ].join('\n')
    for (const one of [value, ...values, ...values.flatMap((all) => all.split('\n'))]) {
      expect(said).not.toContain(one)
      expect(said).not.toContain(Buffer.from(one).toString('base64').replace(/=+$/, ''))
      expect(said).not.toContain(JSON.stringify(one).slice(1, -1))
    }
  })
})
