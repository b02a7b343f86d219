import type { Stopwatch } from '../lib/stopwatch.ts'
import type { Log } from '../ports.ts'
import type { Plan } from './plan.ts'
import type { Terraform } from './terraform.ts'

export interface Planned {
  readonly terraform: Terraform
  readonly plan: Plan
}

export interface PlanningPorts {
  /** Finds or downloads terraform, and lays out what it needs. */
  readonly terraform: (signal: AbortSignal) => Promise<Terraform>
  readonly log: Log
}

/** Terraform made ready, initialised and asked for its plan. @throws ActionError TERRAFORM_* */
export async function planInfrastructure(
  ports: PlanningPorts,
  steps: Stopwatch,
  { signal, isLocked }: { readonly signal: AbortSignal; readonly isLocked: boolean }
): Promise<Planned> {
  const log = ports.log.labelled('terraform')
  const terraform = await steps.time('terraform', () => ports.terraform(signal))
  await steps.time('init', () => terraform.init(log))
  const plan = await steps.time('plan', () => terraform.plan(log, { isLocked }))
  const { add, change, destroy } = plan.counts
  log.info(
    plan.hasChanges
      ? `Plan: ${add} to add, ${change} to change, ${destroy} to destroy`
      : 'Plan: no changes'
  )
  return { terraform, plan }
}
