import { globalEnvironment } from './environment.ts'
import { parsePlatform, renderPlatform } from './platform.ts'
import { resolveStages, splitStages, targetStage } from './stages.ts'
import { frontendOf } from './text/directives.ts'
import { parseDockerfile } from './text/instructions.ts'
import { DockerfileProblem } from './text/problem.ts'
import { baseImageOf, type ImageUse, readUses, type Uses } from './uses.ts'

/** What decides which parts of a Dockerfile count. */
export interface DockerfileOptions {
  readonly target: string | undefined
  readonly buildArgs: ReadonlyMap<string, string>
  /** What is built for; empty for the builder's own platform. */
  readonly platforms: readonly string[]
  /** Such as `linux/amd64`; undefined when it is not known. */
  readonly builderPlatform: string | undefined
  readonly builder: 'buildkit' | 'classic'
}

/** What the content address and the gate must know of a Dockerfile. */
export interface DockerfileReading {
  /** The images that the build takes something from, each once, in the order of the file. */
  readonly images: readonly ImageUse[]
  /** What the target stage begins with, by platform built for; none for scratch. */
  readonly finalBases: readonly ImageUse[]
  /** Of all stages that have one, in lower case. */
  readonly stageNames: readonly string[]
  /** Whether a step may see a secret, or an SSH agent. */
  readonly usesSecrets: boolean
  /** Why equal inputs can give another image; empty when they cannot. */
  readonly reasons: readonly string[]
}

// By the text alone: one mount too many that counts costs a cache, one too few a secret.
const SECRET_MOUNT = /--mount=\S*type=["']?(?:secret|ssh|\$)/i

/** Reads a Dockerfile as the builder will; never throws: what cannot be read is a reason. */
export function readDockerfile(text: string, options: DockerfileOptions): DockerfileReading {
  const frontend = readFrontend(text, options)
  const platforms: readonly (string | undefined)[] =
    options.platforms.length > 0 ? options.platforms : [options.builderPlatform]
  const perPlatform = platforms.map((platform) => readForPlatform(text, options, platform))
  return {
    images: distinct([frontend, ...perPlatform].flatMap(({ images }) => images)),
    finalBases: distinct(perPlatform.flatMap(({ base }) => (base ? [base] : []))),
    stageNames: [...new Set(perPlatform.flatMap((reading) => reading.stageNames))],
    usesSecrets: SECRET_MOUNT.test(text),
    reasons: [...new Set([frontend, ...perPlatform].flatMap(({ reasons }) => reasons))],
  }
}

function readForPlatform(
  text: string,
  options: DockerfileOptions,
  platform: string | undefined
): Uses & { readonly base?: ImageUse | undefined; readonly stageNames: readonly string[] } {
  try {
    const parsed = parseDockerfile(text)
    if (parsed.problem !== undefined) throw parsed.problem
    const { args, sections } = splitStages(parsed)
    const isClassic = options.builder === 'classic'
    const settings = {
      buildArgs: options.buildArgs,
      // The classic builder does not set the platform variables.
      platform: isClassic ? undefined : platform,
      builderPlatform: isClassic ? undefined : options.builderPlatform,
      target: options.target ?? sections.at(-1)?.[0]?.rest.split(/\s+/)[2]?.toLowerCase() ?? '',
      escapeToken: parsed.escapeToken,
    }
    const globals = globalEnvironment(args, settings)
    const stages = resolveStages(sections, globals, parsed.escapeToken)
    const target = targetStage(stages, options.target)
    const builtFor = normalPlatform(platform)
    const uses = readUses({ stages, target, globals, platform: builtFor, settings, isClassic })
    const stageNames = stages.map(({ name }) => name).filter((name) => name !== '')
    return { ...uses, base: baseImageOf(target, builtFor), stageNames }
  } catch (error) {
    if (!(error instanceof DockerfileProblem)) throw error
    const where = error.line > 0 ? `line ${error.line} of the Dockerfile` : 'the Dockerfile'
    return { images: [], stageNames: [], reasons: [`${where} cannot be read: ${error.message}`] }
  }
}

function normalPlatform(text: string | undefined): string | undefined {
  const platform = text === undefined ? undefined : parsePlatform(text)
  return platform === undefined ? undefined : renderPlatform(platform)
}

/** Docker's own frontends and mirrors of them: what others read, and how, cannot be known here. */
const DOCKERS_FRONTEND = /(?:^|\/)docker\/dockerfile(?:-upstream)?(?:[:@].*)?$/

function readFrontend(
  text: string,
  { buildArgs, builder, builderPlatform }: DockerfileOptions
): Uses {
  if (builder === 'classic') return { images: [], reasons: [] }
  const asked = buildArgs.get('BUILDKIT_SYNTAX')?.trim().split(' ')[0] || frontendOf(text)
  if (asked === undefined) return { images: [], reasons: [] }
  const image = { name: asked, platform: normalPlatform(builderPlatform), line: 1, by: '# syntax' }
  const reason = `the frontend ${asked} (# syntax) reads the Dockerfile in its own way`
  return { images: [image], reasons: DOCKERS_FRONTEND.test(asked) ? [] : [reason] }
}

function distinct(uses: readonly ImageUse[]): readonly ImageUse[] {
  const byKey = new Map<string, ImageUse>()
  for (const use of uses) {
    const key = `${use.name} ${use.platform ?? ''}`
    if (!byKey.has(key)) byKey.set(key, use)
  }
  return [...byKey.values()]
}
