import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../src/errors.ts'
import { IMAGE, planning, Stage } from './stage.ts'

const EMPTY_PRICES = { skus: [], asOf: '2026-11-20' }

describe('deploy tells', () => {
  it('GitHub and the page of the run what runs now', async () => {
    const stage = new Stage()
    const { release, url } = await stage.run()
    expect(stage.announced).toEqual([
      `begun ${release} ${IMAGE}`,
      expect.stringMatching(new RegExp(`^ok Release ${release} on 1 VM in .* ${url}$`)),
    ])
    expect(stage.summaries).toHaveLength(1)
    expect(stage.summaries[0]).toMatch(
      new RegExp(`^## ✅ Deployed: \`mervis\` runs release \`${release}\` on 1 VM\\n`)
    )
    expect(stage.summaries[0]).not.toContain('**Cost**')
  })

  it('how to go back once there is somewhere to go', async () => {
    const stage = new Stage()
    const { release } = await stage.run()
    stage.cloud.templates.set('mervis-base-1', { properties: { machineType: 'e2-medium' } })
    await stage.run()
    expect(stage.summaries.at(-1)).toContain(`-f release=${release}`)
  })

  it('that nothing had to be done', async () => {
    const stage = new Stage()
    const { release } = await stage.run()
    await stage.run()
    expect(stage.summaries.at(-1)).toContain(`Unchanged: \`mervis\` runs release \`${release}\``)
    expect(stage.announced.at(-1)).toContain(`ok Unchanged: release ${release} on 1 VM in `)
  })

  it('what a plan was that could not be applied, and that no VM was touched', async () => {
    const stage = new Stage({
      script: {
        ...planning({ creates: ['google_compute_firewall'] }),
        'terraform apply': { exitCode: 1 },
      },
    })
    await expect(stage.run()).rejects.toThrow('apply')
    const [page] = stage.summaries
    expect(page).toMatch(/^## ❌ Failed: `mervis`\n/)
    expect(page).toContain('**Infrastructure** 1 change planned, not all of them applied')
    expect(page).toContain('**Now:** The VMs run what they ran before.')
    expect(page).toMatch(/^section apply\n[^\n]* :crit, /m)
    expect(stage.announced).toEqual([expect.stringMatching(/^failed Failed: terraform apply /)])
  })

  it('of a cancel', async () => {
    const cancel = new AbortController()
    const stage: Stage = new Stage({
      signal: cancel.signal,
      script: {
        'docker push': () => {
          cancel.abort(new ActionError('CANCELLED', 'The run was cancelled.'))
          return stage.pushed()
        },
      },
    })
    await expect(stage.run()).rejects.toThrow('cancelled')
    expect(stage.summaries[0]).toMatch(/^## ⚪ Cancelled: `mervis`\n/)
    expect(stage.announced).toEqual(['failed Cancelled: The VMs run what they ran before.'])
  })

  it('nothing of prices that are not there yet, and waits for none', async () => {
    const stage = new Stage()
    let isStopped = false
    stage.readPrices = (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          isStopped = true
          reject(signal.reason)
        })
      })
    await stage.run()
    expect(stage.summaries[0]).not.toContain('**Cost**')
    expect(isStopped).toBe(true)
  })

  it('the cost where prices can be read', async () => {
    const stage = new Stage()
    stage.readPrices = async () => EMPTY_PRICES
    await stage.run()
    expect(stage.summaries[0]).toContain('**Cost** about 0.00 USD a month')
  })

  it('all the same of a page that cannot be written', async () => {
    const stage = new Stage()
    stage.summarize = async () => {
      throw new Error('no space left')
    }
    await expect(stage.run()).resolves.toMatchObject({ outcome: 'deployed' })
    expect(stage.log.of('warning')).toEqual([
      expect.stringContaining('There is no summary of this run'),
    ])
    expect(stage.announced).toHaveLength(2)
  })
})
