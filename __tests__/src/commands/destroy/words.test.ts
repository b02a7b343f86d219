import { describe, expect, it } from '@jest/globals'
import { Progress } from '../../../../src/commands/destroy/progress.ts'
import { nameReleases } from '../../../../src/commands/destroy/releases.ts'
import {
  renderDestroyOutputs,
  renderLog,
  renderPage,
  whatStays,
} from '../../../../src/commands/destroy/result.ts'
import { ActionError } from '../../../../src/errors.ts'
import { aConfig } from '../../../fakes/deploy-inputs.ts'

describe('Progress', () => {
  it('tells what is gone, what is left, and how to go on', async () => {
    const progress = new Progress()
    progress.expect(['2 VMs', '', 'a secret'])
    await progress.step('2 VMs', async () => '2 VMs')
    await progress.step('', () => Promise.reject(new Error('nothing to do')))
    const cause = new ActionError('GCP_REQUEST_FAILED', 'No.', { hint: 'Grant it.' })
    expect(progress.explain(cause)).toMatchObject({
      code: 'GCP_REQUEST_FAILED',
      message: 'No.\nGone already: 2 VMs.\nStill there: a secret.',
      hint: 'Grant it.\nThen run this job again: it goes on with what is left.',
    })
  })

  it('says of a step that failed half-way that not all of it is left', async () => {
    const progress = new Progress()
    progress.expect(['18 resources'])
    const cause = new ActionError('CANCELLED', 'Cancelled.')
    const step = progress.step('18 resources', () => Promise.reject(cause), 'some of 18 resources')
    await expect(step).rejects.toBe(cause)
    expect(progress.explain(cause)).toMatchObject({
      message: 'Cancelled.\nGone already: nothing.\nStill there: some of 18 resources.',
    })
  })

  it('explains what a configuration protects', () => {
    const cause = new ActionError('TERRAFORM_FAILED', 'Instance cannot be destroyed (module.x)')
    expect(new Progress().explain(cause)).toMatchObject({
      hint: expect.stringContaining('prevent_destroy'),
    })
  })

  it('leaves our own bugs as they are', () => {
    const bug = new Error('bug')
    expect(new Progress().explain(bug)).toBe(bug)
  })
})

describe('what is said at the end', () => {
  const result = { service: 'mervis', resources: 18, durationMs: 6_000 }
  const stays = whatStays(aConfig(), { strangers: ['mervis-0123456789ab'] })

  it('names what is gone and what stays, and why', () => {
    const gone = ['2 VMs', '18 resources that terraform made']
    const text = renderLog({ ...result, gone, stays })
    expect(text).toContain('Destroyed mervis in 6 s. Gone:\n  2 VMs\n  18 resources')
    expect(text).toContain('delete_history: true removes them')
    expect(text).toContain('mervis-0123456789ab')
    expect(renderPage({ ...result, gone, stays })).toContain('- 2 VMs\n')
    expect(Object.fromEntries(renderDestroyOutputs({ ...result, gone, stays }))).toEqual({
      outcome: 'destroyed',
      changes: '{"add":0,"change":0,"destroy":18}',
      duration_seconds: '6.0',
    })
  })

  it('says that there was nothing', () => {
    expect(renderLog({ ...result, gone: [], stays })).toMatch(/^There was nothing of mervis/)
  })

  it('does not call a history kept that is gone', () => {
    const text = whatStays(aConfig({ delete_history: 'true' }), { strangers: [] }).join()
    expect(text).not.toContain('ledger')
  })

  it.each([
    [2, 3, '2 releases'],
    [0, 1, '1 release tag'],
  ])('counts %i templates and %i tags as %s', (templates, tags, words) => {
    const template = { id: 'i', name: 'n', image: '', createdAtMs: 0 }
    const tag = { of: { repositoryId: 'r', image: 'i' }, tag: 't' }
    const found = { templates: Array(templates).fill(template), tags: Array(tags).fill(tag) }
    expect(nameReleases(found)).toBe(words)
  })
})
