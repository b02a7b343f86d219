import { asList, asNumber, asRecord, asText, parseJson } from '../../lib/json.ts'
import type { CommandRunner, Log } from '../../ports.ts'
import type { Builder } from './builder.ts'
import { type BuildOptions, dockerfileOf, renderSubject } from './command.ts'

const TIMEOUT_MS = 2 * 60_000

/** One of BuildKit's build checks, at its line of the Dockerfile. */
export interface CheckFinding {
  readonly rule: string
  readonly message: string
  readonly file: string
  /** From 1; 0 when it belongs to no line. */
  readonly line: number
  /** Where the rule is explained. */
  readonly url: string
}

export interface CheckPorts {
  readonly commands: CommandRunner
  readonly log: Log
}

/**
 * BuildKit's checks of the Dockerfile (https://docs.docker.com/build/checks/), which build nothing.
 * They never fail: a Dockerfile with `# check=error=true` fails its build by itself, and where a
 * builder knows no checks there are no findings.
 */
export async function checkDockerfile(
  { commands, log }: CheckPorts,
  builder: Builder,
  options: BuildOptions
): Promise<readonly CheckFinding[]> {
  if (!builder.can.checks) {
    log.debug('No build checks: they came with buildx 0.15.')
    return []
  }
  const { args, env } = renderSubject(builder, options)
  const command = ['buildx', 'build', '--progress=none', '--call=check,format=json', ...args]
  const asked = commands.runInterruptible('docker', command, {
    env,
    signal: options.signal,
    timeoutMs: TIMEOUT_MS,
  })
  const { stdout, stderr } = await asked
  options.signal.throwIfAborted()
  const findings = readChecks(stdout, dockerfileOf(options))
  if (findings === undefined) log.debug(`No build checks: ${stderr.trim()}`)
  return findings ?? []
}

/** Reads `--call=check,format=json`; undefined where it is none, as with an older BuildKit. */
export function readChecks(text: string, file: string): readonly CheckFinding[] | undefined {
  const result = parseJson(text)
  if (result === undefined) return undefined
  return asList(asRecord(result)['warnings']).map((entry) => {
    const warning = asRecord(entry)
    const range = asRecord(asList(asRecord(warning['location'])['ranges'])[0])
    return {
      rule: asText(warning['ruleName']),
      message: asText(warning['detail']) || asText(warning['description']),
      file,
      line: asNumber(asRecord(range['start'])['line']) ?? 0,
      url: asText(warning['url']),
    }
  })
}
