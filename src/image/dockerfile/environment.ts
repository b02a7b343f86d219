import { parsePlatform, renderPlatform } from './platform.ts'
import { readArguments, readEnvironment } from './text/arguments.ts'
import { type Expanded, expandWord, type Lookup, UNKNOWN } from './text/expansion.ts'
import type { Instruction } from './text/instructions.ts'

type Value = string | typeof UNKNOWN

/** What a build is told from outside, as far as variables go. */
export interface BuildSettings {
  readonly buildArgs: ReadonlyMap<string, string>
  /** What is built for, such as `linux/amd64`; undefined when it is not known. */
  readonly platform: string | undefined
  /** What it is built on; undefined when it is not known. */
  readonly builderPlatform: string | undefined
  readonly target: string
  readonly escapeToken: string
}

/** The variables at one place of a Dockerfile. */
export class Environment {
  readonly #escapeToken: string
  readonly #values: Map<string, Value>
  /** A base image sets more than we can see. */
  readonly #isOpen: boolean

  constructor(
    escapeToken: string,
    isOpen: boolean,
    values: ReadonlyMap<string, Value> = new Map()
  ) {
    this.#escapeToken = escapeToken
    this.#isOpen = isOpen
    this.#values = new Map(values)
  }

  /** The same variables, for a stage that begins with another one. */
  copy(): Environment {
    return new Environment(this.#escapeToken, this.#isOpen, this.#values)
  }

  readonly lookup: Lookup = (name) =>
    this.#values.has(name) ? this.#values.get(name) : this.#isOpen ? UNKNOWN : undefined

  /** @throws DockerfileProblem */
  expand(word: string): Expanded {
    return expandWord(word, this.#escapeToken, this.lookup)
  }

  /** Declares what an ARG says; `inherited` are the ones before the first FROM. */
  applyArg(
    { rest }: Pick<Instruction, 'rest'>,
    buildArgs: ReadonlyMap<string, string>,
    inherited?: Environment
  ): void {
    for (const { name, value } of readArguments(rest, this.#escapeToken)) {
      const given = buildArgs.get(name)
      if (given !== undefined) this.#values.set(name, given)
      else if (value !== undefined) this.#values.set(name, this.#evaluate(value))
      else {
        const outer = inherited?.lookup(name)
        if (outer !== undefined) this.#values.set(name, outer)
      }
    }
  }

  /** Sets what an ENV says; all values are taken before any of them is set. */
  applyEnv({ rest }: Pick<Instruction, 'rest'>): void {
    const set = readEnvironment(rest, this.#escapeToken).map(
      ({ name, value }) => [this.#evaluate(name), this.#evaluate(value ?? '')] as const
    )
    for (const [name, value] of set) if (name !== UNKNOWN) this.#values.set(name, value)
  }

  #evaluate(word: string): Value {
    const { text, unknown } = this.expand(word)
    return unknown.length > 0 ? UNKNOWN : text
  }
}

/** The variables that BuildKit itself sets for FROM lines, and those of the ARGs before them. */
export function globalEnvironment(
  args: readonly Instruction[],
  settings: BuildSettings
): Environment {
  const values = new Map<string, Value>([
    ...platformValues('BUILD', settings.builderPlatform),
    ...platformValues('TARGET', settings.platform),
    ['TARGETSTAGE', settings.target || 'default'],
  ])
  for (const name of values.keys()) {
    const given = settings.buildArgs.get(name)
    if (given !== undefined) values.set(name, given)
  }
  const environment = new Environment(settings.escapeToken, false, values)
  for (const arg of args) environment.applyArg(arg, settings.buildArgs)
  return environment
}

function platformValues(prefix: string, text: string | undefined): readonly [string, Value][] {
  const platform = text === undefined ? undefined : parsePlatform(text)
  return [
    [`${prefix}PLATFORM`, platform === undefined ? UNKNOWN : renderPlatform(platform)],
    [`${prefix}OS`, platform?.os ?? UNKNOWN],
    [`${prefix}OSVERSION`, platform === undefined ? UNKNOWN : ''],
    [`${prefix}ARCH`, platform?.architecture ?? UNKNOWN],
    [`${prefix}VARIANT`, platform?.variant ?? UNKNOWN],
  ]
}
