import { type BuildSettings, Environment } from './environment.ts'
import { mountsOf } from './mounts.ts'
import { whyUnpinned } from './remote-sources.ts'
import { findStage, type Stage } from './stages.ts'
import { flagValues, plainWords } from './text/arguments.ts'
import { parseHeredoc } from './text/heredocs.ts'
import type { Instruction } from './text/instructions.ts'
import { DockerfileProblem } from './text/problem.ts'

/** An image from outside that a build needs. */
export interface ImageUse {
  /** As in the Dockerfile, variables expanded. */
  readonly name: string
  /** The one that is taken of it; undefined when only the builder knows. */
  readonly platform: string | undefined
  readonly line: number
  /** What names it: `FROM`, `COPY --from`, `RUN --mount` or `# syntax`. */
  readonly by: string
}

/** What a build takes from outside. */
export interface Uses {
  readonly images: readonly ImageUse[]
  readonly reasons: readonly string[]
}

/** A Dockerfile with its stages resolved, and what is built of it. */
export interface UsesOptions {
  readonly stages: readonly Stage[]
  readonly target: Stage
  readonly globals: Environment
  readonly platform: string | undefined
  readonly settings: BuildSettings
  readonly isClassic: boolean
}

/** The images that the target needs, through all stages that it needs. @throws DockerfileProblem */
export function readUses(options: UsesOptions): Uses {
  const reader = new UsesReader(options)
  return reader.read()
}

/** What a stage begins with in the end, through the stages between. */
export function baseImageOf(stage: Stage, platform: string | undefined): ImageUse | undefined {
  const { base, line } = stage
  if (base.kind === 'stage') return baseImageOf(base.stage, platform)
  if (base.kind !== 'image') return undefined
  return { name: base.name, platform: base.platform ?? platform, line, by: 'FROM' }
}

class UsesReader {
  readonly #options: UsesOptions
  readonly #environments = new Map<Stage, Environment>()
  readonly #images = new Map<Stage, ImageUse[]>()
  readonly #reasons = new Map<Stage, string[]>()

  constructor(options: UsesOptions) {
    this.#options = options
  }

  read(): Uses {
    const { stages, target, isClassic } = this.#options
    // The classic builder builds everything up to the target, needed or not.
    for (const stage of isClassic ? stages.slice(0, target.index) : []) this.#visit(stage)
    this.#visit(target)
    const needed = stages.filter((stage) => this.#images.has(stage))
    return {
      images: needed.flatMap((stage) => this.#images.get(stage) ?? []),
      reasons: needed.flatMap((stage) => this.#reasons.get(stage) ?? []),
    }
  }

  #visit(stage: Stage): void {
    if (this.#images.has(stage)) return
    this.#images.set(stage, [])
    this.#reasons.set(stage, [])
    this.#readBase(stage)
    const environment = this.#environmentBefore(stage)
    this.#environments.set(stage, environment)
    for (const instruction of stage.instructions) {
      try {
        this.#readInstruction(stage, instruction, environment)
      } catch (error) {
        if (!(error instanceof DockerfileProblem)) throw error
        throw new DockerfileProblem(error.message, instruction.line)
      }
    }
  }

  #readBase(stage: Stage): void {
    const { base, line } = stage
    if (base.kind === 'stage') this.#visit(base.stage)
    if (base.kind === 'unknown') {
      this.#because(
        stage,
        line,
        `what FROM takes depends on ${base.variables.join(', ')}, which only the build knows`
      )
    }
    if (base.kind === 'image') this.#add(stage, { ...base, line, by: 'FROM' })
  }

  #environmentBefore({ base }: Stage): Environment {
    if (base.kind === 'stage') {
      const inherited = this.#environments.get(base.stage)
      if (inherited !== undefined) return inherited.copy()
    }
    return new Environment(this.#options.settings.escapeToken, base.kind !== 'scratch')
  }

  #readInstruction(stage: Stage, instruction: Instruction, environment: Environment): void {
    const { settings, globals } = this.#options
    const { keyword } = instruction
    if (keyword === 'ARG') environment.applyArg(instruction, settings.buildArgs, globals)
    if (keyword === 'ENV') environment.applyEnv(instruction)
    if (keyword === 'COPY') this.#readCopy(stage, instruction)
    if (keyword === 'ADD') this.#readAdd(stage, instruction, environment)
    if (keyword === 'RUN') this.#readRun(stage, instruction, environment)
  }

  #readCopy(stage: Stage, { flags, line }: Instruction): void {
    const [from = ''] = flagValues(flags, 'from')
    if (from === '') return
    if (!/^[+-]?[0-9]+$/.test(from)) {
      this.#take(stage, from, { line, by: 'COPY --from' })
      return
    }
    const source = this.#options.stages[Number(from)]
    if (source === undefined) throw new DockerfileProblem(`there is no stage ${from}`)
    this.#visit(source)
  }

  #readAdd(stage: Stage, { flags, rest, line }: Instruction, environment: Environment): void {
    const [checksum = ''] = flagValues(flags, 'checksum')
    for (const written of plainWords(rest).slice(0, -1)) {
      if (parseHeredoc(written) !== undefined) continue
      const why = whyUnpinned({
        written,
        expanded: environment.expand(written),
        checksum: environment.expand(checksum).text,
      })
      if (why !== undefined) this.#because(stage, line, why)
    }
  }

  #readRun(stage: Stage, instruction: Instruction, environment: Environment): void {
    const { line } = instruction
    for (const { type, from } of mountsOf(instruction, environment)) {
      if (type === undefined) this.#because(stage, line, 'only the build knows what RUN mounts')
      if (type === 'secret' || type === 'ssh') {
        this.#because(stage, line, `RUN --mount=type=${type} shows it what is not in the context`)
      }
      if (from !== '') this.#take(stage, from, { line, by: 'RUN --mount' })
    }
  }

  /** A stage of that name, or else an image from outside. */
  #take(stage: Stage, from: string, where: Pick<ImageUse, 'line' | 'by'>): void {
    if (from.includes('$')) {
      throw new DockerfileProblem(`${where.by}=${from} takes no variables`)
    }
    const source = findStage(this.#options.stages, from)
    if (source !== undefined) this.#visit(source)
    else if (from !== 'scratch') this.#add(stage, { name: from, platform: undefined, ...where })
  }

  #add(stage: Stage, { name, platform, line, by }: ImageUse): void {
    const use = { name, platform: platform ?? this.#options.platform, line, by }
    this.#images.get(stage)?.push(use)
  }

  #because(stage: Stage, line: number, why: string): void {
    this.#reasons.get(stage)?.push(`line ${line} of the Dockerfile: ${why}`)
  }
}
