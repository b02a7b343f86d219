import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { commitOf, type Deployed, errorOf, PER_PUSH_MS, Service } from './service.ts'

const PER_ROLLBACK_MS = PER_PUSH_MS

describe('dist/ on a rollback', () => {
  let service: Service
  const past: Deployed[] = []

  function at(index: number): Deployed {
    const deployed = past[index]
    if (!deployed) throw new Error(`release ${index} was not deployed`)
    return deployed
  }

  async function expectOn({ release }: Deployed): Promise<void> {
    expect(await service.releaseOfGroup()).toBe(release)
    expect(service.machines()).toEqual([{ version: release, health: 'HEALTHY' }])
    expect(service.objects()).not.toContain('web/deploy.lock')
  }

  beforeAll(async () => {
    service = await Service.open()
    for (const content of ['apple', 'banana', 'cherry', 'damson']) {
      past.push(await service.deploy(content))
    }
  }, 4 * PER_PUSH_MS)

  afterAll(() => service.close(), PER_PUSH_MS)

  it(
    'brings the release before back: one PATCH, no terraform, no docker, few requests',
    async () => {
      const { environment, started } = await service.watchingChildren()
      const { emulator } = service.stage
      const from = emulator.requests.length
      const run = await service.rollBack('', { environment })
      expect(errorOf(run)).toBe('')
      expect(started()).toBe('')
      await expectOn(at(2))

      const requests = service.stage.requestsSince(from)
      const untilPatch = requests.findIndex((request) => request.startsWith('PATCH '))
      expect(requests.filter((request) => /^(PATCH|DELETE) .*compute/.test(request))).toHaveLength(
        1
      )
      // Of them three for the token.
      expect(untilPatch).toBeLessThanOrEqual(22)
      expect(run.outputs.get('outcome')).toBe('deployed')
      expect(run.outputs.get('release')).toBe(at(2).release)
      expect(run.outputs.get('previous_release')).toBe(at(3).release)
      expect(run.outputs.get('image')).toBe(at(2).image)
      expect(JSON.parse(run.outputs.get('vms') ?? '')).toMatchObject([
        { release: at(2).release, image: at(2).image, health: 'HEALTHY' },
      ])
      expect(run.outputs.get('url')).toMatch(/^http:\/\/.+:8080$/)
      expect(run.outputs.get('duration_seconds')).toMatch(/^\d+\.\d$/)
    },
    PER_ROLLBACK_MS
  )

  it(
    'would have been caught starting something, as a deploy is',
    async () => {
      const { environment, started } = await service.watchingChildren()
      expect((await service.push('apple', { environment })).exitCode).toBe(1)
      expect(started()).toContain('docker')
    },
    PER_PUSH_MS
  )

  it('writes into the ledger what came back, who did it and from where', async () => {
    const entries = await service.ledger()
    expect(entries.at(-1)).toMatchObject({
      kind: 'rollback',
      release: at(2).release,
      previous: at(3).release,
      commit: at(2).commit,
      ref: 'refs/heads/main',
      actor: 'grace',
      run_url: 'https://github.com/mervis/mervis/actions/runs/911',
      outcome: 'verified',
      rolled_back_to: null,
    })
  })

  it(
    'changes nothing where the group is on that release already',
    async () => {
      const before = await service.ledger()
      const run = await service.rollBack(at(2).release.slice(0, 6))
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('unchanged')
      expect(run.outputs.get('previous_release')).toBe('')
      expect(await service.ledger()).toEqual(before)
      expect(service.stage.log.join('\n')).toContain(`The group is on release ${at(2).release}`)
    },
    PER_ROLLBACK_MS
  )

  it(
    'goes on backwards, two at a time, and never to what was rolled back',
    async () => {
      const run = await service.rollBack('-2')
      expect(errorOf(run)).toBe('')
      await expectOn(at(0))
      const further = await service.rollBack('')
      expect(further.outputs.get('failure_code')).toBe('RELEASE_UNKNOWN')
      expect(errorOf(further)).toContain('verified releases before that: none')
      await expectOn(at(0))
    },
    PER_ROLLBACK_MS
  )

  it.each([
    ['a commit', 1, ({ commit }: Deployed) => commit.slice(0, 9)],
    ['an image digest', 3, ({ image }: Deployed) => image.slice(image.indexOf('sha256:'))],
    ['an image with its digest', 2, ({ image }: Deployed) => image],
    ["the tag of a release's image", 1, ({ release }: Deployed) => `release-${release}`],
    ['a release id in full', 0, ({ release }: Deployed) => release],
  ] as const)(
    'finds the release by %s',
    async (_, index, wish) => {
      const run = await service.rollBack(wish(at(index)))
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('deployed')
      await expectOn(at(index))
    },
    PER_ROLLBACK_MS
  )

  it(
    'finds the release by the tag that its build left',
    async () => {
      const tags = service.stage.emulator.cloud.images.tagsOf('mervis-demo/web/web')
      const digest = at(2).image.split('@')[1]
      const isOfBuild = ([name, target]: readonly [string, string]): boolean =>
        name.startsWith('src-') && target === digest
      const run = await service.rollBack([...tags].find(isOfBuild)?.[0] ?? 'no such tag')
      expect(errorOf(run)).toBe('')
      await expectOn(at(2))
    },
    PER_ROLLBACK_MS
  )

  it.each([
    ['0000aaaa', 'is neither a release, nor a commit that was deployed, nor a tag of the image'],
    ['sha256:0000aaaa', 'no verified release has an image sha256:0000aaaa'],
    ['-9', 'verified releases before that: 1'],
    ['v1.2.3', '"v1.2.3" is neither'],
  ])(
    'lists what there is when it is asked for %s',
    async (wish, words) => {
      const from = service.stage.emulator.requests.length
      const run = await service.rollBack(wish)
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(run.outputs.get('failure_code')).toBe('RELEASE_UNKNOWN')
      expect(errorOf(run)).toContain(words)
      for (const { release, commit } of past) {
        expect(errorOf(run)).toMatch(new RegExp(`${release} +${commit.slice(0, 7)}`))
      }
      expect(errorOf(run)).toMatch(
        new RegExp(`\\* ${at(0).release} .* mervis +sha256:[0-9a-f]{12}`)
      )
      expect(errorOf(run)).toMatch(new RegExp(`  ${at(2).release} .* runs now`))
      const writes = service.stage
        .requestsSince(from)
        .filter((request) => /^(PUT|PATCH|DELETE) |POST .*(upload|instanceTemplates)/.test(request))
      expect(writes).toEqual([])
    },
    PER_ROLLBACK_MS
  )

  it(
    'does not bring back what was pruned, and says so',
    async () => {
      const { release } = at(3)
      const path = `/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceTemplates/web-${release}`
      const token = service.stage.emulator.accessToken('user:owner@example.com')
      const { url } = service.stage.emulator
      const answer = await fetch(`${url}${path}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      })
      expect(answer.status).toBe(200)
      const run = await service.rollBack(release)
      expect(run.outputs.get('failure_code')).toBe('RELEASE_UNKNOWN')
      expect(errorOf(run)).toContain(`release ${release} was pruned`)
      expect(errorOf(run)).toMatch(new RegExp(`   ${release} .* pruned`))
      await expectOn(at(2))
    },
    PER_ROLLBACK_MS
  )

  it(
    'deploys forward again with the next push',
    async () => {
      const next = await service.deploy('elder')
      await expectOn(next)
      expect(commitOf('elder')).toBe(next.commit)
    },
    PER_PUSH_MS
  )
})

describe('dist/ on a rollback of what is not there', () => {
  it(
    'says what to do first, without infrastructure and without a ledger',
    async () => {
      const service = await Service.open()
      const early = await service.rollBack('')
      expect(early.outputs.get('failure_code')).toBe('RELEASE_UNKNOWN')
      expect(errorOf(early)).toContain('holds no infrastructure of it')
      expect(errorOf(early)).toContain('command: deploy')
      await service.close()
    },
    PER_ROLLBACK_MS
  )
})
