import { asList, asRecord, asText } from '../../lib/json.ts'

/** A `check` block, or the conditions of a resource or output. */
export interface Check {
  readonly name: string
  readonly status: 'pass' | 'fail' | 'error' | 'unknown'
  readonly problems: readonly string[]
}

export function readChecks(json: unknown): readonly Check[] {
  return asList(json).map((item) => {
    const check = asRecord(item)
    const status = check['status']
    return {
      name: asText(asRecord(check['address'])['to_display']),
      status: status === 'pass' || status === 'fail' || status === 'error' ? status : 'unknown',
      problems: asList(check['instances']).flatMap((instance) =>
        asList(asRecord(instance)['problems']).map((problem) =>
          asText(asRecord(problem)['message'])
        )
      ),
    }
  })
}
