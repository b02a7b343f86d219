import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { PER_PUSH_MS, Stage } from './push.ts'

const TAGS =
  '/artifactregistry/v1/projects/mervis-demo/locations/asia-northeast3/repositories/web/packages/web/tags'
const TEMPLATES = '/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceTemplates'

function namesIn(list: unknown): readonly string[] {
  const items: readonly { readonly name: string }[] = Array.isArray(list) ? list : []
  return items.map(({ name }) => name.slice(name.lastIndexOf('/') + 1))
}

describe('releases beyond keep_releases', () => {
  let stage: Stage
  const releases: string[] = []

  /** Another content is another release. */
  async function push(content: string, keepReleases = '2'): Promise<ActionRun> {
    await stage.write('content', content)
    const run = await stage.push({ inputs: { keep_releases: keepReleases } })
    expect(run.outputs.get('outcome')).toBe('deployed')
    releases.push(run.outputs.get('release') ?? '')
    return run
  }

  /** Ids of the releases that have a template, and of those whose image has a tag. */
  async function standing() {
    const { items } = await stage.read(TEMPLATES)
    const { tags } = await stage.read(TAGS)
    const ofTemplates = namesIn(items).filter((name) => /^web-[0-9a-f]{12}$/.test(name))
    const ofTags = namesIn(tags).filter((name) => name.startsWith('release-'))
    return {
      templates: ofTemplates.map((name) => name.slice('web-'.length)).sort(),
      tags: ofTags.map((name) => name.slice('release-'.length)).sort(),
    }
  }

  function both(from: number) {
    const ids = releases.slice(from).sort()
    return { templates: ids, tags: ids }
  }

  function deny(permission: string, answer: 'POST' | 'DELETE'): Promise<Response> {
    const body = JSON.stringify({ permission })
    return fetch(`${stage.emulator.url}/emulator/deny`, { method: answer, body })
  }

  beforeAll(async () => {
    stage = await Stage.open()
    await push('first')
    await push('second')
  }, 2 * PER_PUSH_MS)

  afterAll(() => stage.close())

  it('are none at first', async () => {
    expect(await standing()).toEqual(both(0))
    expect(stage.log.join('\n')).not.toContain('Pruned')
  })

  it(
    'lose template and tag once the next release is verified; its image stays for a while',
    async () => {
      await push('third')
      expect(await standing()).toEqual(both(1))
      expect(stage.log.join('\n')).toContain(
        `Pruned ${releases[0]}: the last 2 verified releases stay.`
      )
      const { dockerImages } = await stage.read(
        TAGS.replace(/packages\/web\/tags$/, 'dockerImages')
      )
      expect(namesIn(dockerImages).length).toBeGreaterThanOrEqual(3)
      const { store } = stage.emulator.cloud
      const names = store.list('mervis-demo-tfstate').map((object) => object.name)
      expect(names).not.toContain('web/deploy.lock')
    },
    PER_PUSH_MS
  )

  it(
    'stay where they cannot be deleted, with one warning and a green job',
    async () => {
      await deny('compute.instanceTemplates.delete', 'POST')
      const run = await push('fourth')
      expect(run.exitCode).toBe(0)
      expect(await standing()).toEqual(both(1))
      expect(run.annotations).toMatchObject([
        { level: 'warning', text: expect.stringContaining('roles/compute.instanceAdmin.v1') },
      ])
    },
    PER_PUSH_MS
  )

  it(
    'go with the next deploy that may',
    async () => {
      await deny('compute.instanceTemplates.delete', 'DELETE')
      const run = await push('fifth', '1')
      expect(run.annotations).toEqual([])
      // What runs and its predecessor stay, however few are to be kept.
      expect(await standing()).toEqual(both(3))
    },
    PER_PUSH_MS
  )
})
