import type { ResourceChange } from './changes.ts'

/** Terraform may add further ones at any time: those say nothing. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_cannot_update: 'cannot be changed in place',
  replace_because_tainted: 'is tainted: its creation or a provisioner failed',
  replace_by_request: 'was asked for with -replace',
  replace_by_triggers: 'follows from replace_triggered_by',
  delete_because_no_resource_config: 'is no longer in the configuration',
  delete_because_wrong_repetition: 'has a key that does not fit count or for_each',
  delete_because_count_index: 'has an index beyond count',
  delete_because_each_key: 'has a key that is no longer in for_each',
  delete_because_no_module: 'belongs to a module that is no longer in the configuration',
  delete_because_no_move_target: 'was moved to an address that is not in the configuration',
  read_because_config_unknown: 'depends on values that are known only after apply',
  read_because_dependency_pending: 'depends on a resource that changes',
  read_because_check_nested: 'belongs to a check',
}

const DEFERRALS: Readonly<Record<string, string>> = {
  instance_count_unknown: 'how many there are is not known yet',
  resource_config_unknown: 'its configuration is not known yet',
  provider_config_unknown: 'the configuration of its provider is not known yet',
  deferred_prereq: 'something that it needs is deferred',
  absent_prereq: 'something that it needs is not there yet',
}

/** Why terraform does this to the resource; empty when it does not say. */
export function renderReason({ reason }: Pick<ResourceChange, 'reason'>): string {
  return REASONS[reason] ?? ''
}

export function renderDeferral(reason: string): string {
  return DEFERRALS[reason] ?? 'terraform cannot plan it yet'
}

/** A path as it is written in HCL: `disk[0].size`, `labels["a b"]`. */
export function renderPath(steps: readonly unknown[]): string {
  return steps
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      const name = String(step)
      if (!/^[A-Za-z_][\w-]*$/.test(name)) return `[${JSON.stringify(name)}]`
      return index === 0 ? name : `.${name}`
    })
    .join('')
}
