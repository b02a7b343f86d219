import { canaryOf, Maker, type Resource, times } from './any-resource.ts'

/** Random plans: any shape, hostile texts, and secrets in every place where a plan can hold one. */
export interface AnyPlan {
  readonly plan: Readonly<Record<string, unknown>>
  /** Texts that nobody must ever see. */
  readonly canaries: readonly string[]
  /** Of these, those that only the caller knows. */
  readonly secrets: readonly string[]
  /** Addresses of what is destroyed or replaced. */
  readonly destructive: readonly string[]
}

export function anyPlan(random: () => number, most = 12): AnyPlan {
  const canaries: string[] = []
  const secrets = times(random, 3, () => canaryOf(random, canaries))
  const maker = new Maker(random, canaries)
  const resources = times(random, most, (index) => maker.resource(index))
  const plan = {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: { hidden: { value: maker.value(3, true) }, open: { value: maker.text() } },
    configuration: { root_module: { variables: { hidden: { sensitive: true } } } },
    resource_changes: resources,
    resource_drift: times(random, 4, (index) => maker.resource(index + 1000)),
    relevant_attributes: resources
      .slice(0, 2)
      .map(({ address }) => ({ resource: address, attribute: ['a'] })),
    output_changes: Object.fromEntries(
      times(random, 5, (index) => [`out_${index}`, maker.output()])
    ),
    checks: times(random, 3, (index) => ({
      address: { to_display: maker.address(index) },
      status: maker.pick('pass', 'fail', 'error', 'unknown'),
      instances: [{ problems: [{ message: maker.text() }] }],
    })),
    deferred_changes: times(random, 2, () => ({
      reason: 'unknown',
      resource_change: { address: maker.address(9) },
    })),
    action_invocations: times(random, 2, (index) => ({ address: maker.address(index) })),
    prior_state: {
      values: {
        root_module: {
          resources: [{ values: { a: maker.value(2, true) }, sensitive_values: { a: true } }],
        },
      },
    },
  }
  // One that was made for a name that came twice is nowhere in the plan: nothing says it is secret.
  const text = JSON.stringify(plan)
  const known = canaries.filter(
    (canary) => secrets.includes(canary) || text.includes(JSON.stringify(canary))
  )
  const leaky = JSON.parse(text, (name, value: unknown) => {
    if (typeof value !== 'string') return value
    return leak(value, {
      random,
      canaries: known,
      isQuoted: ADDRESSES.has(name),
    })
  })
  const destructive = (leaky.resource_changes as readonly Resource[])
    .filter(({ change }) => change.actions.includes('delete'))
    .map(({ address }) => address)
  return { plan: leaky, canaries: [...known, ...maker.named], secrets, destructive }
}

const ADDRESSES = new Set(['address', 'previous_address', 'to_display'])

interface Leak {
  readonly random: () => number
  readonly canaries: readonly string[]
  /** Whether it stands between the quotes of a key. */
  readonly isQuoted: boolean
}

/** Puts secrets into texts that nothing marks, as providers do; `LEAK` stands where one goes. */
function leak(text: string, { random, canaries, isQuoted }: Leak): string {
  return text.replace(/LEAK/g, () => {
    const canary = canaries[Math.floor(random() * canaries.length)] ?? ''
    const forms = [
      canary,
      Buffer.from(canary).toString('base64'),
      encodeURIComponent(canary),
      JSON.stringify(canary),
      Buffer.from(`u:${canary}`).toString('base64'),
    ]
    const form = forms[Math.floor(random() * forms.length)] ?? ''
    return isQuoted ? JSON.stringify(form).slice(1, -1) : form
  })
}
