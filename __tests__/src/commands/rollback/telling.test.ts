import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../../src/errors.ts'
import { idOf } from '../../release/choice/history.ts'
import { Scene } from './scene.ts'

async function pageOf(scene: Scene, release = ''): Promise<string> {
  await scene.run(release).catch((error: unknown) => {
    if (!(error instanceof ActionError)) throw error
  })
  expect(scene.pages).toHaveLength(1)
  return scene.pages[0] ?? ''
}

describe('what is told of a rollback', () => {
  it('is what came back, and how to go back further', async () => {
    const scene = new Scene()
    const page = await pageOf(scene)
    expect(page).toMatch(/^## ✅ Rolled back: `mervis` runs release `b{12}` on 1 VM\n/)
    expect(page).toContain('222222222222')
    expect(page).toContain('by `grace`')
    expect(page).toContain(`-f release=${idOf('a')}`)
    expect(scene.announced).toEqual([
      `begun ${idOf('b')}`,
      expect.stringMatching(/^Rolled back to release b{12} on 1 VM in /),
    ])
  })

  it('is that nothing is left to go back to', async () => {
    expect(await pageOf(new Scene(), '-2')).toContain('There is no earlier verified release')
  })

  it('is that nothing had to be done', async () => {
    const scene = new Scene()
    expect(await pageOf(scene, idOf('c'))).toMatch(
      /^## ✅ Unchanged: `mervis` runs release `c{12}`/
    )
    expect(scene.announced.at(-1)).toMatch(/^Unchanged: release c{12} on 1 VM in /)
  })

  it('is what failed, and what runs', async () => {
    const scene = new Scene()
    scene.broken.add('b')
    const page = await pageOf(scene)
    expect(page).toMatch(/^## ❌ Failed and taken back: `mervis` runs release `c{12}` again\n/)
    expect(page).toContain('container exited with 1')
    expect(scene.announced.at(-1)).toMatch(
      /^Not rolled back to release b{12}: Release b{12} failed/
    )
  })

  it('is what there is to choose from, and no deployment that failed', async () => {
    const scene = new Scene()
    const page = await pageOf(scene, 'no-such-tag')
    expect(page).toContain('no-such-tag')
    expect(page).toContain(idOf('a'))
    expect(scene.announced).toEqual([])
  })

  it('does not change how it ends, even where it cannot be told', async () => {
    const scene = new Scene()
    scene.pages.push = () => {
      throw new Error('no room')
    }
    await expect(scene.run()).resolves.toMatchObject({ outcome: 'deployed' })
    expect(scene.log.of('warning')).toEqual([expect.stringContaining('no summary of this run')])
  })
})
