import type { Environment } from './environment.ts'
import { commaFields, flagValues } from './text/arguments.ts'
import type { Instruction } from './text/instructions.ts'

/** One `RUN --mount=…`. */
export interface Mount {
  /** In lower case; undefined when only the build knows it. */
  readonly type: string | undefined
  /** The stage or image it shows; empty for the build context. */
  readonly from: string
}

/** The mounts of one RUN. @throws DockerfileProblem */
export function mountsOf({ flags }: Instruction, environment: Environment): readonly Mount[] {
  return flagValues(flags, 'mount').map((value) => {
    const fields = new Map(
      commaFields(value).map((field) => {
        const [name = '', ...rest] = field.split('=')
        return [name.toLowerCase(), rest.join('=')]
      })
    )
    const { text, unknown } = environment.expand(fields.get('type') ?? 'bind')
    return {
      type: unknown.length > 0 ? undefined : text.toLowerCase(),
      from: fields.get('from') ?? '',
    }
  })
}
