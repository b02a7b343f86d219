import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Deployed, errorOf, PER_PUSH_MS, Service } from './service.ts'

const SECRET = 'db-password'
const VM_ACCOUNT = 'serviceAccount:web-machine@mervis-demo.iam.gserviceaccount.com'
const IMAGE = 'mervis-demo/web/web'
const READ_SECRETS = 'secretmanager.versions.access'

describe('dist/ on a rollback to a release that is not whole', () => {
  let service: Service
  let old: Deployed
  let latest: Deployed

  /** `disable` or `enable`, as its owner does it. */
  async function change(version: string, verb: string): Promise<void> {
    const { url, accessToken } = service.stage.emulator
    const path = `/secretmanager/v1/projects/mervis-demo/secrets/${SECRET}/versions/${version}:${verb}`
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken('user:owner@example.com')}` },
      body: '{}',
    })
    expect(answer.status).toBe(200)
  }

  beforeAll(async () => {
    service = await Service.open({ secrets: `DB_PASSWORD=${SECRET}` })
    const { secrets } = service.stage.emulator.cloud
    secrets.addVersion(secrets.create(SECRET, {}), Buffer.from('first-value-of-it'))
    old = await service.deploy('apple')
    secrets.addVersion(secrets.get(SECRET), Buffer.from('second-value-of-it'))
    latest = await service.deploy('banana')
  }, 2 * PER_PUSH_MS)

  afterAll(() => service.close(), PER_PUSH_MS)

  it(
    'touches nothing, and names in one error all that is missing, with the way to bring it back',
    async () => {
      const { images } = service.stage.emulator.cloud
      const digest = old.image.split('@')[1] ?? ''
      const manifest = images.find(IMAGE, digest)
      await change('1', 'disable')
      images.delete(IMAGE, digest)
      const before = await service.ledger()

      const run = await service.rollBack('')

      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(run.outputs.get('failure_code')).toBe('RELEASE_GONE')
      expect(errorOf(run)).toContain(`The registry has no ${old.image}`)
      expect(errorOf(run)).toContain(`Version 1 of secret ${SECRET} is DISABLED`)
      expect(errorOf(run)).toContain(
        `gcloud secrets versions enable 1 --secret=${SECRET} --project=`
      )
      expect(errorOf(run)).toContain(`Deploy commit ${old.commit.slice(0, 12)} again`)
      expect(await service.ledger()).toEqual(before)
      expect(await service.releaseOfGroup()).toBe(latest.release)

      await change('1', 'enable')
      if (manifest) images.put(IMAGE, manifest.mediaType, manifest.bytes, () => 0)
    },
    PER_PUSH_MS
  )

  it(
    'goes back to the old version of the secret, too',
    async () => {
      const run = await service.rollBack('')
      expect(errorOf(run)).toBe('')
      expect(service.machines()).toEqual([{ version: old.release, health: 'HEALTHY' }])
      const metadata = await service.stage.metadataOf(old.release)
      expect(metadata.get('app-secrets')).toBe(`DB_PASSWORD=${SECRET}/1`)
    },
    PER_PUSH_MS
  )

  it(
    'is taken back itself when the VMs do not come up, and says what runs',
    async () => {
      const { access } = service.stage.emulator.cloud
      access.deny({ permission: READ_SECRETS, member: VM_ACCOUNT })
      const run = await service.rollBack(latest.release)
      access.undeny(READ_SECRETS)

      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(run.outputs.get('outcome')).toBe('rolled_back')
      expect(run.outputs.get('release')).toBe(old.release)
      expect(run.outputs.get('failure_code')).toBe('ROLLOUT_FAILED')
      expect(errorOf(run)).toContain('DB_PASSWORD')
      expect(errorOf(run)).toContain(`it runs release ${old.release} again, verified`)
      expect((await service.ledger()).at(-1)).toMatchObject({
        kind: 'rollback',
        release: latest.release,
        previous: old.release,
        outcome: 'rolled_back',
        rolled_back_to: old.release,
      })
      expect(service.machines()).toEqual([{ version: old.release, health: 'HEALTHY' }])
    },
    PER_PUSH_MS
  )
})
