import type { ActionRun } from '../../emulator/runner/action.ts'
import type { Visits } from './visitor.ts'

export interface StepTime {
  readonly name: string
  readonly ms: number
}

export interface Vm {
  readonly name: string
  readonly release: string
  readonly image: string
  readonly health: string
  readonly address: string
}

/** One deploy as data: what `--json` writes. */
export interface DeployReport {
  readonly outcome: string
  readonly release: string
  readonly image: string
  readonly durationMs: number
  readonly steps: readonly StepTime[]
  readonly terraform: { readonly add: number; readonly change: number; readonly destroy: number }
  readonly requests: Visits
  readonly vms: readonly Vm[]
  readonly failureReason: string
}

/** Reads the outputs that the action set; they are its contract, its log is not. */
export function readDeploy(run: ActionRun, requests: Visits): DeployReport {
  const text = (name: string): string => run.outputs.get(name) ?? ''
  return {
    outcome: text('outcome'),
    release: text('release'),
    image: text('image'),
    durationMs: Math.round(run.durationMs),
    steps: JSON.parse(text('steps') || '[]'),
    terraform: JSON.parse(text('changes') || '{"add":0,"change":0,"destroy":0}'),
    requests,
    vms: JSON.parse(text('vms') || '[]'),
    failureReason: text('failure_reason'),
  }
}

/** What a demo must have shown; an empty list when it did. */
export function findDisappointments(deploys: readonly DeployReport[]): readonly string[] {
  const [first, second, third] = deploys
  if (!first || !second || !third) {
    const last = deploys.at(-1)
    return [`deploy ${deploys.length} failed: ${last?.failureReason ?? 'nothing was deployed'}`]
  }
  const expected = (deploy: DeployReport, outcome: string, which: string): string[] =>
    deploy.outcome === outcome
      ? []
      : [`the ${which} deploy ended "${deploy.outcome}", not "${outcome}"`]
  return [
    ...expected(first, 'deployed', 'first'),
    ...expected(second, 'deployed', 'second'),
    ...expected(third, 'unchanged', 'third'),
    ...(first.image === second.image ? ['the second deploy has the image of the first'] : []),
    ...second.vms
      .filter((vm) => vm.image !== second.image)
      .map((vm) => `${vm.name} runs ${vm.image} after the second deploy`),
    ...(second.requests.failed === 0
      ? []
      : [
          `${second.requests.failed} requests failed during the second deploy: ${second.requests.failures.join('; ')}`,
        ]),
  ]
}

const TITLES = ['first deploy', 'after a change', 'without a change']

export function renderReport(deploys: readonly DeployReport[]): string {
  return deploys.map((deploy, index) => renderDeploy(TITLES[index] ?? '', deploy)).join('\n')
}

function renderDeploy(title: string, deploy: DeployReport): string {
  const { add, change, destroy } = deploy.terraform
  const { total, failed } = deploy.requests
  const steps = deploy.steps.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)}`).join(' · ')
  return [
    `${title.padEnd(18)} ${deploy.outcome.padEnd(10)} release ${deploy.release}  ${(deploy.durationMs / 1000).toFixed(1)} s`,
    `${' '.repeat(19)}terraform +${add} ~${change} -${destroy}   requests ${total}, failed ${failed}   ${deploy.vms.length} VM`,
    `${' '.repeat(19)}seconds: ${steps}`,
  ].join('\n')
}

export function renderVms(vms: readonly Vm[], port: number): string {
  return vms
    .map(
      (vm) =>
        `${vm.name}  http://${vm.address}:${port}/  ${vm.health.toLowerCase()}  release ${vm.release}\n  ${vm.image}`
    )
    .join('\n')
}
