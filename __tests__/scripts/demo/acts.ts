import type { ActReport, Vm } from '../../../scripts/demo/report.ts'

export const OLD_VM: Vm = {
  name: 'web-1',
  release: 'r1',
  image: 'host/web@sha256:1',
  health: 'HEALTHY',
  address: '127.0.1.2',
}
export const NEW_VM: Vm = { ...OLD_VM, name: 'web-2', release: 'r2', image: 'host/web@sha256:2' }
const VISITS = { total: 10, failed: 0, failures: [], versions: { '1.0.0': 10 } }
const NONE = { total: 0, failed: 0, failures: [], versions: {} }

export function anAct(overrides: Partial<ActReport> = {}): ActReport {
  return {
    name: 'first deploy',
    workflow: 'deploy',
    expected: 'success',
    conclusion: 'success',
    outcome: 'deployed',
    release: 'r1',
    image: 'host/web@sha256:1',
    durationMs: 9000,
    steps: [{ name: 'plan', ms: 400 }],
    terraform: { add: 17, change: 0, destroy: 0 },
    requests: VISITS,
    vms: [OLD_VM],
    comment: '',
    failureReason: '',
    ...overrides,
  }
}

const PLAN = { workflow: 'plan', outcome: '', release: '', image: '', comment: '**17 to add**' }

/** The story as it should go. */
export const STORY: readonly ActReport[] = [
  anAct({ ...PLAN, name: 'pull request', vms: [], requests: NONE }),
  anAct({ requests: NONE }),
  anAct({ ...PLAN, name: 'second pull request' }),
  anAct({ name: 'after a change', release: 'r2', image: 'host/web@sha256:2', vms: [NEW_VM] }),
  anAct({
    name: 'broken push',
    expected: 'failure',
    conclusion: 'failure',
    outcome: 'rolled_back',
    vms: [NEW_VM],
  }),
  anAct({ name: 'rollback', workflow: 'rollback', vms: [OLD_VM] }),
]

/** The story with another act in the place of one. */
export function storyWith(index: number, overrides: Partial<ActReport>): readonly ActReport[] {
  return STORY.map((act, at) => (at === index ? { ...act, ...overrides } : act))
}
