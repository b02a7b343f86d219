import { describe, expect, it } from '@jest/globals'
import type { Answer, Call } from '../../fakes/scripted-commands.ts'
import { DIGEST, IMAGE, IMAGE_ID, OUTPUTS, planning, Stage } from './stage.ts'

const REPOSITORY_TYPE = 'google_artifact_registry_repository'
const TEMPLATE_TYPE = 'google_compute_region_instance_template'

type Result = Exclude<Answer, Doing | Error>
type Doing = Extract<Answer, (call: Call) => unknown>

/** Two commands that each end only when the other one has begun. */
function meeting(first: () => Result, second: () => Result): readonly [Doing, Doing] {
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
  const answer =
    (own: 0 | 1, other: 0 | 1, then: () => Result): Doing =>
    async () => {
      begun[own].resolve()
      await begun[other].promise
      return then()
    }
  return [answer(0, 1, first), answer(1, 0, second)]
}

describe('deploy', () => {
  it('answers with the address of the load balancer, and says what DNS must point at', async () => {
    const outputs = {
      ...OUTPUTS,
      url: 'https://mervis.example.com',
      load_balancer_address: '203.0.113.10',
    }
    const stage = new Stage({ script: planning({ outputs }) })
    expect((await stage.run()).url).toBe('https://mervis.example.com')
    expect(stage.log.of('info').at(-1)).toBe(
      '  https://mervis.example.com, once its DNS points at 203.0.113.10'
    )
  })

  it('hands over to the post step for as long as a killed run would leave work', async () => {
    const stage = new Stage()
    await stage.run()
    expect(stage.handovers).toEqual(['begin mervis', 'end'])
    expect(stage.cloud.bucket.text('mervis/releases.json')).toContain('"outcome": "verified"')
  })

  describe('to a project that has nothing yet', () => {
    const script = planning({
      creates: [REPOSITORY_TYPE, TEMPLATE_TYPE, 'google_compute_region_instance_group_manager'],
      outputs: { ...OUTPUTS, base_template_name: undefined, vm_service_account: undefined },
    })

    it('ends with every VM on the release, and says all of it', async () => {
      const stage = new Stage({ script })
      const result = await stage.run()
      expect(result).toEqual({
        outcome: 'deployed',
        release: expect.stringMatching(/^[0-9a-f]{12}$/),
        previousRelease: '',
        image: IMAGE,
        changes: { add: 3, change: 0, destroy: 0 },
        vms: [
          {
            name: 'mervis-x7k2',
            release: result.release,
            image: IMAGE,
            health: 'HEALTHY',
            address: '10.0.0.11',
          },
        ],
        url: 'http://10.0.0.11:8080',
        steps: expect.arrayContaining(
          ['terraform', 'init', 'plan', 'build', 'apply', 'push', 'release', 'roll'].map(
            (name) => ({ name, ms: expect.any(Number) })
          )
        ),
        durationMs: expect.any(Number),
      })
      expect(result.durationMs).toBeGreaterThanOrEqual(12_000)
      expect(stage.log.of('info').at(-1)).toContain('mervis-x7k2')
      expect(stage.log.of('info').at(-2)).toMatch(/^Deployed release \w{12} to 1 VM of mervis in /)
    })

    it('pushes only after the apply has made the repository', async () => {
      const slowly: Answer = async () => {
        // Time enough for a push that does not wait to overtake.
        for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
        return {}
      }
      const stage = new Stage({ script: { ...script, 'terraform apply': slowly } })
      await stage.run()
      expect(stage.position('terraform output')).toBeLessThan(stage.position('docker tag'))
    })

    it('rolls only after the push', async () => {
      const stage = new Stage({ script })
      const patchesAtPush: number[] = []
      stage.cloud.onLook = () => patchesAtPush.push(stage.position('docker push'))
      await stage.run()
      expect(patchesAtPush.length).toBeGreaterThan(0)
      expect(stage.cloud.patches).toHaveLength(1)
    })
  })

  it('plans and builds at the same time', async () => {
    const stage: Stage = new Stage({
      script: {
        'terraform init': (call: Call) => plans(call),
        'docker buildx build': (call: Call) => builds(call),
      },
    })
    const [plans, builds] = meeting(
      () => ({}),
      () => stage.built()
    )
    await expect(stage.run()).resolves.toMatchObject({ outcome: 'deployed' })
  })

  it('applies and pushes at the same time when the repository is there already', async () => {
    const stage: Stage = new Stage({
      script: {
        ...planning({ creates: ['google_compute_firewall'] }),
        'terraform apply': (call: Call) => applies(call),
        'docker push': (call: Call) => pushes(call),
      },
    })
    const [applies, pushes] = meeting(
      () => ({}),
      () => stage.pushed()
    )
    await expect(stage.run()).resolves.toMatchObject({
      outcome: 'deployed',
      changes: { add: 1, change: 0, destroy: 0 },
    })
  })

  it('applies nothing when nothing changes', async () => {
    const stage = new Stage()
    await stage.run()
    expect(stage.ran('terraform apply')).toBe(false)
    expect(stage.ran('terraform output')).toBe(false)
    expect(stage.log.of('info')).toContain('Plan: no changes')
  })

  it.each([
    [
      'the base template is replaced, so that its new name is unknown',
      { ...OUTPUTS, base_template_name: undefined },
    ],
    ['the plan knows none of the outputs', {}],
  ])('deploys when %s', async (_, outputs) => {
    const stage = new Stage({ script: planning({ creates: [TEMPLATE_TYPE], outputs }) })
    await expect(stage.run()).resolves.toMatchObject({ outcome: 'deployed', image: IMAGE })
  })

  describe('a second time', () => {
    it('changes nothing when nothing changed', async () => {
      const stage = new Stage()
      const first = await stage.run()
      const second = await stage.run()
      expect(second).toMatchObject({
        outcome: 'unchanged',
        release: first.release,
        image: IMAGE,
        vms: first.vms,
      })
      expect(stage.cloud.patches).toHaveLength(1)
      expect(stage.commands.lines.filter((line) => line.startsWith('docker push'))).toHaveLength(1)
    })

    it('does not call the release its own predecessor', async () => {
      const stage = new Stage()
      const first = await stage.run()
      expect((await stage.run()).previousRelease).not.toBe(first.release)
    })

    it('knows which release was there before', async () => {
      const stage = new Stage()
      const first = await stage.run()
      stage.cloud.templates.set('mervis-base-1', { properties: { machineType: 'e2-medium' } })
      const second = await stage.run()
      expect(second).toMatchObject({ outcome: 'deployed', previousRelease: first.release })
    })
  })

  it('has no URL for a worker', async () => {
    const stage = new Stage({
      inputs: { port: 'none' },
      script: planning({ outputs: { ...OUTPUTS, port: null } }),
    })
    expect((await stage.run()).url).toBe('')
  })

  it('deploys a group of no VMs', async () => {
    const stage = new Stage({ inputs: { size: '0' } })
    stage.cloud.onRoll = () => {
      stage.cloud.vms = []
      stage.cloud.set({ targetSize: 0 })
    }
    expect(await stage.run()).toMatchObject({ outcome: 'deployed', vms: [], url: '' })
  })

  it('refers to images of a domain-scoped project as the registry does', async () => {
    const stage = new Stage({ inputs: { project_id: 'example.com:mervis-demo' } })
    await stage.run().catch(() => undefined)
    expect(stage.commands.call('docker tag').args[2]).toMatch(
      /^europe-west1-docker\.pkg\.dev\/example\.com\/mervis-demo\/mervis\/mervis:build-/
    )
  })

  it('marks the lines of terraform and docker, and groups them by what they are for', async () => {
    const stage = new Stage({
      script: {
        'docker buildx build': () => {
          stage.built()
          return { stderr: '#1 transferring context' }
        },
      },
    })
    await stage.run()
    const labels = new Map(stage.log.entries.map(({ text, label }) => [text, label]))
    expect(labels.get('#1 transferring context')).toBe('docker')
    expect(labels.get('Plan: no changes')).toBe('terraform')
    expect(stage.log.of('group')).toEqual([
      'Planning the infrastructure and building the image',
      'Bringing infrastructure and image in place',
      'Making the release',
      expect.stringMatching(/^Rolling mervis to release [0-9a-f]{12}$/),
    ])
    expect(stage.log.of('end')).toEqual(stage.log.of('group'))
  })

  it('deploys by digest, never by tag', async () => {
    const stage = new Stage()
    const { release } = await stage.run()
    const template = JSON.stringify(stage.cloud.templates.get(`mervis-${release}`))
    expect(template).toContain(DIGEST)
    expect(template).not.toContain(`build-${IMAGE_ID.slice('sha256:'.length)}`)
  })
})
