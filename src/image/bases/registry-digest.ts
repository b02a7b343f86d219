import type { CommandRunner } from '../../ports.ts'
import { parsePlatform } from '../dockerfile/platform.ts'
import { type AskOptions, askDocker, type Found, readVerboseManifest } from './docker.ts'

/** Which digest is asked for; the reference is in full. */
export interface DigestQuestion {
  readonly reference: string
  readonly platform: string | undefined
  readonly builder: { readonly hasBuildx: boolean }
  readonly ask: AskOptions
}

/** The digest that a registry has under a name right now. */
export async function findRegistryDigest(
  commands: CommandRunner,
  question: DigestQuestion
): Promise<Found<string>> {
  return question.builder.hasBuildx
    ? findThroughBuildx(commands, question)
    : findThroughClient(commands, question)
}

// In words on purpose. `--format` fetches the configuration of every platform, each of which counts
// for Docker Hub's limit, and the bytes of `--raw` cannot be hashed once they were read as lines.
async function findThroughBuildx(
  commands: CommandRunner,
  { reference, ask }: DigestQuestion
): Promise<Found<string>> {
  const answer = await askDocker(commands, ['buildx', 'imagetools', 'inspect', reference], ask)
  if ('missing' in answer) return answer
  const digest = /^Digest:\s+(sha256:[0-9a-f]{64})\s*$/m.exec(answer.found)?.[1]
  return digest === undefined ? { missing: 'docker buildx names no digest' } : { found: digest }
}

async function findThroughClient(
  commands: CommandRunner,
  { reference, platform, ask }: DigestQuestion
): Promise<Found<string>> {
  const args = ['manifest', 'inspect', '--verbose', ...insecureOnLoopback(reference), reference]
  const answer = await askDocker(commands, args, ask)
  if ('missing' in answer) return answer
  const wanted = platform === undefined ? undefined : parsePlatform(platform)
  const digest = readVerboseManifest(answer.found, wanted)
  return digest === undefined ? { missing: `there is none for ${platform}` } : { found: digest }
}

/** Engine and buildx speak plain HTTP to this machine by themselves; here it has to be said. */
function insecureOnLoopback(reference: string): readonly string[] {
  return /^(127\.[0-9.]+|localhost|\[::1\])[:/]/.test(reference) ? ['--insecure'] : []
}
