import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { errorOf, PER_PUSH_MS, Stage, vmsOf } from './push.ts'

describe('dist/ and the shape of the group', () => {
  let stage: Stage

  beforeEach(async () => {
    stage = await Stage.open()
  }, PER_PUSH_MS)

  afterEach(() => stage.close(), PER_PUSH_MS)

  it(
    'never runs two releases at once with strategy recreate',
    async () => {
      const inputs = { strategy: 'recreate', size: '2' }
      const first = await stage.push({ inputs })
      expect(errorOf(first)).toBe('')
      await stage.write('content', 'second')
      const moments: number[] = []
      const serving = new Set<string>()
      const watch = setInterval(() => {
        const machines = stage.emulator.compute.control.machines()
        const running = machines.filter(({ status }) => status === 'RUNNING')
        const versions = new Set(running.map(({ version }) => String(version)))
        moments.push(versions.size)
        for (const version of versions) serving.add(version)
      }, 5)
      const second = await stage.push({ inputs })
      clearInterval(watch)
      expect(errorOf(second)).toBe('')
      expect(second.outputs.get('outcome')).toBe('deployed')
      expect(serving).toEqual(
        new Set([first.outputs.get('release'), second.outputs.get('release')])
      )
      expect(Math.max(...moments)).toBe(1)
    },
    PER_PUSH_MS
  )

  it(
    'has nothing to wait for with size 0, and is deployed to all three zones with size 3',
    async () => {
      const none = await stage.push({ inputs: { size: '0' } })
      expect(errorOf(none)).toBe('')
      expect(none.outputs.get('outcome')).toBe('deployed')
      expect(vmsOf(none)).toEqual([])
      expect(none.outputs.get('url')).toBe('')

      const again = await stage.push({ inputs: { size: '0' } })
      expect(again.outputs.get('outcome')).toBe('unchanged')

      const three = await stage.push({ inputs: { size: '3' } })
      expect(errorOf(three)).toBe('')
      expect(vmsOf(three).map(({ health }) => health)).toEqual(['HEALTHY', 'HEALTHY', 'HEALTHY'])
      const zones = stage.emulator.compute.control.machines().map(({ zone }) => zone)
      expect(new Set(zones).size).toBe(3)
    },
    PER_PUSH_MS
  )

  it(
    'deploys a worker that serves nothing, and a service out of it',
    async () => {
      const run = await stage.push({ inputs: { port: 'none' } })
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('deployed')
      expect(run.outputs.get('url')).toBe('')
      expect(vmsOf(run)).toMatchObject([{ release: run.outputs.get('release'), health: '' }])

      const again = await stage.push({ inputs: { port: 'none' } })
      expect(again.outputs.get('outcome')).toBe('unchanged')

      const service = await stage.push()
      expect(errorOf(service)).toBe('')
      expect(vmsOf(service)).toMatchObject([{ health: 'HEALTHY' }])

      // A worker has no health check: the plan deletes it, and nobody reviewed that.
      const worker = await stage.push({ inputs: { port: 'none', review: 'off' } })
      expect(errorOf(worker)).toBe('')
      expect(worker.outputs.get('release')).toBe(run.outputs.get('release'))
    },
    PER_PUSH_MS
  )
})
