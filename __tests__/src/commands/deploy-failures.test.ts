import { describe, expect, it } from '@jest/globals'
import { untilInterrupted } from '../../fakes/scripted-commands.ts'
import { IMAGE, OUTPUTS, planning, Stage } from './stage.ts'

describe('deploy', () => {
  describe('when the plan fails', () => {
    const building = Promise.withResolvers<void>()
    const stage = new Stage({
      script: {
        'terraform plan': async () => {
          await building.promise
          return { exitCode: 1, stderr: 'Error: no such region' }
        },
        'docker buildx build': (call) => {
          building.resolve()
          return untilInterrupted(call)
        },
      },
    })

    it('stops the build, goes no further, and has the plan’s error as the only one', async () => {
      await expect(stage.run()).rejects.toMatchObject({
        code: 'TERRAFORM_FAILED',
        message: 'terraform plan failed: no such region',
      })
      expect(stage.commands.call('docker buildx build').options.signal?.aborted).toBe(true)
      expect(stage.ran('docker push')).toBe(false)
      expect(stage.ran('terraform apply')).toBe(false)
      expect(stage.cloud.patches).toEqual([])
      expect(stage.log.of('warning')).toEqual([])
    })
  })

  it('stops terraform when the build fails, and applies nothing', async () => {
    const stage = new Stage({
      script: {
        'terraform init': untilInterrupted,
        'docker buildx build': { exitCode: 1, stderr: 'failed to solve: no such stage' },
      },
    })
    await expect(stage.run()).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringContaining('no such stage'),
    })
    expect(stage.commands.call('terraform init').options.signal?.aborted).toBe(true)
    expect(stage.ran('terraform plan')).toBe(false)
    expect(stage.ran('terraform apply')).toBe(false)
  })

  it('stops the push when the apply fails, and rolls nothing', async () => {
    const stage = new Stage({
      script: {
        ...planning({ creates: ['google_compute_firewall'] }),
        'terraform apply': { exitCode: 1, stderr: 'Error: quota' },
        'docker push': untilInterrupted,
      },
    })
    await expect(stage.run()).rejects.toMatchObject({
      code: 'TERRAFORM_FAILED',
      message: 'terraform apply failed: quota',
    })
    expect(stage.cloud.patches).toEqual([])
  })

  it('lets an apply end when the push fails, and rolls nothing', async () => {
    const pushFailed = Promise.withResolvers<void>()
    const events: string[] = []
    const stage = new Stage({
      script: {
        ...planning({ creates: ['google_compute_firewall'] }),
        'terraform apply': async (call) => {
          await pushFailed.promise
          events.push(call.options.signal?.aborted ? 'apply was interrupted' : 'apply ended')
          return {}
        },
        'docker push': async () => {
          setImmediate(() => pushFailed.resolve())
          return { exitCode: 1, stderr: 'denied' }
        },
      },
    })
    await expect(stage.run()).rejects.toMatchObject({ code: 'IMAGE_PUSH_FAILED' })
    expect(events).toEqual(['apply ended'])
    expect(stage.cloud.patches).toEqual([])
  })

  it.each(['terraform init', 'docker buildx build', 'docker push'])(
    'ends with the reason of a cancel during %s',
    async (during) => {
      const cancel = new AbortController()
      const stage = new Stage({
        signal: cancel.signal,
        script: {
          [during]: (call) => {
            setImmediate(() => cancel.abort(new Error('cancelled by a person')))
            return untilInterrupted(call)
          },
        },
      })
      await expect(stage.run()).rejects.toThrow('cancelled by a person')
      expect(stage.cloud.patches).toEqual([])
    }
  )

  it('fails with what the VM says when it cannot run the image, and says no result', async () => {
    const stage = new Stage()
    stage.cloud.onRoll = (release) => {
      const report = {
        phase: 'failed',
        detail: 'exited with code 3',
        release,
        image: IMAGE,
        log: 'no DATABASE_URL',
      }
      stage.cloud.vms = [
        { name: 'mervis-x7k2', version: release, action: 'VERIFYING', health: 'TIMEOUT', report },
      ]
      stage.cloud.set({ isStable: false })
    }
    await expect(stage.run()).rejects.toMatchObject({
      code: 'ROLLOUT_FAILED',
      message: expect.stringContaining('no DATABASE_URL'),
    })
    expect(stage.log.text).not.toContain('Deployed')
    const [page = '', ...others] = stage.summaries
    expect(others).toEqual([])
    expect(page).toMatch(/^## ❌ Failed: `mervis`\n/)
    expect(page).toContain('```text\nno DATABASE_URL\n```')
    expect(page).toContain('**Now:** There is no verified release to go back to.')
    expect(stage.announced).toEqual([
      expect.stringMatching(/^begun \w{12} /),
      expect.stringMatching(/^failed Failed: Release \w{12} failed on mervis: exited with code 3$/),
    ])
  })

  it('names the outputs that a configuration of one’s own lacks, before anything is rolled', async () => {
    const stage = new Stage({
      script: planning({ outputs: { ...OUTPUTS, group_name: undefined } }),
    })
    await expect(stage.run()).rejects.toMatchObject({
      code: 'TERRAFORM_OUTPUTS',
      message: expect.stringContaining('group_name'),
    })
    expect(stage.cloud.patches).toEqual([])
  })
})
