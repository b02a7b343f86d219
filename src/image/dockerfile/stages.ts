import type { Environment } from './environment.ts'
import { flagValues, plainWords } from './text/arguments.ts'
import { type Instruction, type ParsedDockerfile, parseInstruction } from './text/instructions.ts'
import { DockerfileProblem } from './text/problem.ts'

/** What a stage begins with. */
export type Base =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'image'; readonly name: string; readonly platform: string | undefined }
  /** It depends on variables whose value only the build knows. */
  | { readonly kind: 'unknown'; readonly variables: readonly string[] }

/** A FROM and what follows it. */
export interface Stage {
  readonly index: number
  /** In lower case; empty when it has none. */
  readonly name: string
  readonly base: Base
  readonly line: number
  /** In the order in which they are built, with the ONBUILD instructions of a stage it begins with. */
  readonly instructions: readonly Instruction[]
}

/** The ARGs before the first FROM, and the instructions from each FROM to the next. */
export function splitStages({ instructions }: Pick<ParsedDockerfile, 'instructions'>): {
  readonly args: readonly Instruction[]
  readonly sections: readonly (readonly Instruction[])[]
} {
  const args: Instruction[] = []
  const sections: Instruction[][] = []
  for (const instruction of instructions) {
    const current = sections.at(-1)
    if (instruction.keyword === 'FROM') sections.push([instruction])
    else if (current !== undefined) current.push(instruction)
    else if (instruction.keyword === 'ARG') args.push(instruction)
    else {
      throw new DockerfileProblem(`${instruction.keyword} before the first FROM`, instruction.line)
    }
  }
  if (sections.length === 0) throw new DockerfileProblem('there is no FROM in it')
  return { args, sections }
}

/** Reads every FROM. @throws DockerfileProblem */
export function resolveStages(
  sections: readonly (readonly Instruction[])[],
  globals: Environment,
  escapeToken: string
): readonly Stage[] {
  const stages: Stage[] = []
  const byName = new Map<string, Stage>()
  for (const [from, ...own] of sections) {
    if (from === undefined) continue
    const { baseName, name } = parseFrom(from)
    const base = resolveBase(from, { baseName, globals, byName })
    const instructions =
      base.kind === 'stage' ? [...triggersOf(base.stage, escapeToken), ...own] : own
    const stage = { index: stages.length, name, base, line: from.line, instructions }
    stages.push(stage)
    if (name !== '') byName.set(name, stage)
  }
  return stages
}

function parseFrom(from: Instruction): { readonly baseName: string; readonly name: string } {
  const [baseName = '', as, name = '', ...more] = plainWords(from.rest)
  const isNamed = as?.toLowerCase() === 'as' && /^[a-z][a-z0-9-_.]*$/i.test(name)
  if (baseName === '' || more.length > 0 || (as !== undefined && !isNamed)) {
    throw new DockerfileProblem('FROM takes an image, or an image AS a name', from.line)
  }
  return { baseName, name: name.toLowerCase() }
}

function resolveBase(
  from: Instruction,
  {
    baseName,
    globals,
    byName,
  }: {
    readonly baseName: string
    readonly globals: Environment
    readonly byName: ReadonlyMap<string, Stage>
  }
): Base {
  const { text, unknown } = globals.expand(baseName)
  const [written] = flagValues(from.flags, 'platform')
  const platform = written === undefined ? undefined : globals.expand(written)
  const variables = [...unknown, ...(platform?.unknown ?? [])]
  // A name of which a part is unknown could be that of a stage as well.
  if (variables.length > 0) return { kind: 'unknown', variables }
  if (text === '') throw new DockerfileProblem(`FROM ${baseName} comes to nothing`, from.line)
  const stage = byName.get(text)
  if (stage !== undefined) return { kind: 'stage', stage }
  if (text === 'scratch') return { kind: 'scratch' }
  return { kind: 'image', name: text, platform: platform?.text }
}

/** What the ONBUILD instructions of a stage add to one that begins with it. */
function triggersOf(stage: Stage, escapeToken: string): readonly Instruction[] {
  return stage.instructions
    .filter(({ keyword, rest }) => keyword === 'ONBUILD' && rest !== '')
    .map((onBuild) => ({ ...onBuild, ...parseInstruction(onBuild.rest, escapeToken) }))
}

/** The stage that `--target` names, else the last one. @throws DockerfileProblem */
export function targetStage(stages: readonly Stage[], target: string | undefined): Stage {
  const stage = target === undefined || target === '' ? stages.at(-1) : findStage(stages, target)
  if (stage === undefined) throw new DockerfileProblem(`there is no stage "${target}" in it`)
  return stage
}

/** The last stage of that name, whatever the case: it is the one that later lines mean. */
export function findStage(stages: readonly Stage[], name: string): Stage | undefined {
  return stages.findLast((stage) => stage.name === name.toLowerCase() && name !== '')
}
