import { describe, expect, it } from '@jest/globals'
import type { StepRun, WorkflowRun } from '../../../emulator/runner/runs.ts'
import { findDisappointments, readAct, renderReport } from '../../../scripts/demo/report.ts'
import { anAct, NEW_VM, OLD_VM, STORY, storyWith } from './acts.ts'

describe('findDisappointments', () => {
  it('finds none in what a demo promises', () => {
    expect(findDisappointments(STORY)).toEqual([])
  })

  it.each([
    [
      'a story that ended early',
      [anAct({ conclusion: 'failure', failureReason: 'no engine' })],
      'first deploy: no engine',
    ],
    ['no story at all', [], 'the story: it did not go on'],
    [
      'a pull request without a comment',
      storyWith(0, { comment: '' }),
      'pull request: no comment appeared',
    ],
    [
      'a second deploy that rolled nothing',
      storyWith(3, { outcome: 'unchanged' }),
      'after a change: the outcome is "unchanged", not "deployed"',
    ],
    [
      'the same image twice',
      storyWith(3, { image: 'host/web@sha256:1' }),
      'after a change: the image is that of first deploy',
    ],
    [
      'a broken push that went through',
      storyWith(4, { conclusion: 'success' }),
      'broken push ended with success',
    ],
    [
      'a broken release that stayed',
      storyWith(4, { outcome: 'failed' }),
      'broken push: the outcome is "failed", not "rolled_back"',
    ],
    [
      'a VM that was not taken back',
      storyWith(4, { vms: [{ ...NEW_VM, image: 'host/web@sha256:3' }] }),
      'broken push: web-2 runs host/web@sha256:3, not that of after a change',
    ],
    ['no VM at the end', storyWith(5, { vms: [] }), 'rollback: no VM is left'],
    [
      'a rollback to the wrong release',
      storyWith(5, { vms: [OLD_VM, NEW_VM] }),
      'rollback: web-2 runs host/web@sha256:2, not that of first deploy',
    ],
    [
      'a failed request',
      storyWith(4, { requests: { total: 9, failed: 1, failures: ['reset'], versions: {} } }),
      'broken push: 1 requests failed: reset',
    ],
    [
      'a visitor who never asked',
      storyWith(5, { requests: { total: 0, failed: 0, failures: [], versions: {} } }),
      'rollback: nobody asked the service',
    ],
  ])('finds %s', (_, acts, disappointment) => {
    expect(findDisappointments(acts)).toContain(disappointment)
  })
})

const CIRCUMSTANCES = {
  name: 'broken push',
  workflow: 'deploy',
  expected: 'failure',
  durationMs: 1234.5,
  requests: { total: 0, failed: 0, failures: [], versions: {} },
  vms: [],
  comment: '',
} as const

function aRun(name: string, outputs: Readonly<Record<string, string>>, error = ''): WorkflowRun {
  const step: StepRun = {
    number: 1,
    name: 'Deploy',
    status: 'completed',
    conclusion: 'success',
    startedAtMs: 0,
    endedAtMs: 1,
    log: [],
    summary: '',
    annotations:
      error === '' ? [] : [{ kind: 'annotation', level: 'error', title: '', text: error }],
    outputs: new Map(Object.entries(outputs)),
  }
  const ended = { status: 'completed', conclusion: 'failure' } as const
  const job = { id: 1, key: name, name, environment: undefined, environmentUrl: '', ...ended }
  const steps = [{ ...step, outputs: new Map(), annotations: [] }, step]
  return {
    ...{ id: 1, attempt: 1, number: 1, name, path: '', event: 'push', branch: 'main', sha: '' },
    ...{ title: '', actor: '', createdAtMs: 0, errors: [], ...ended },
    jobs: [{ ...job, steps, outputs: new Map() }],
  }
}

describe('readAct', () => {
  it('reads the outputs of the step that has some, in the workflow that it is about', () => {
    const runs = [
      aRun('plan', { outcome: 'none' }),
      aRun(
        'deploy',
        { outcome: 'rolled_back', changes: '{"add":1,"change":2,"destroy":0}' },
        'It fails.'
      ),
    ]
    expect(readAct(runs, CIRCUMSTANCES)).toMatchObject({
      conclusion: 'failure',
      outcome: 'rolled_back',
      durationMs: 1235,
      terraform: { add: 1, change: 2, destroy: 0 },
      failureReason: 'It fails.',
    })
  })

  it('gives the last line of a step that was ended from outside', () => {
    const run = aRun('deploy', {})
    const [job] = run.jobs
    const [step] = job?.steps ?? []
    if (!job || !step) throw new Error('The run has no step.')
    const log = [{ kind: 'text', text: 'The action ended with exit code 137.' }] as const
    const steps = [{ ...step, conclusion: 'failure', log }] as const
    const act = readAct([{ ...run, jobs: [{ ...job, steps }] }], CIRCUMSTANCES)
    expect(act.failureReason).toBe('The action ended with exit code 137.')
  })

  it('says so when no such workflow ran', () => {
    expect(readAct([], CIRCUMSTANCES)).toMatchObject({ conclusion: 'not run', outcome: '' })
  })
})

describe('renderReport', () => {
  it('shows outcome, counts and steps of each act', () => {
    const text = renderReport(STORY)
    expect(text).toContain('terraform +17 ~0 -0   requests 10, failed 0   1 VM')
    expect(text).toContain('seconds: plan 0.4')
    expect(text).toMatch(/^broken push +failure +taken back +9\.0 s/m)
    expect(text).toMatch(/^pull request +success +commented/m)
  })
})
