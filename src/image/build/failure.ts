import { ActionError } from '../../errors.ts'
import type { ToldFailure } from './progress.ts'

export interface FailedBuild {
  /** Path of the Dockerfile in the workspace. */
  readonly dockerfile: string
  /** How it ended: "exit code 1". */
  readonly ending: string
  readonly told: ToldFailure
}

/** A build that ended with an error of its own, shown at the line of the Dockerfile that is known. */
export class BuildFailure extends ActionError {
  constructor({ dockerfile, ending, told }: FailedBuild) {
    const { step, lastLines, error, line } = told
    const cause = CAUSES.find(([pattern]) => pattern.test(`${error}\n${lastLines.join('\n')}`))
    const place = line > 0 ? `${dockerfile}:${line}` : dockerfile
    const failed = `Building the image from ${place} failed (${ending})`
    const message = [
      step === '' ? `${failed}.` : `${failed} in the step ${step}.`,
      ...(error === '' ? [] : [error]),
      ...(lastLines.length === 0 ? [] : [`Its last lines:\n${lastLines.join('\n')}`]),
    ].join('\n')
    const title = step === '' ? 'The image could not be built' : `Failed: ${step}`
    const words = [error || ending, cause?.[1]].filter((part) => part !== undefined).join('\n')
    super('IMAGE_BUILD_FAILED', message, {
      hint: cause?.[1],
      isPassing: cause?.[2] ?? false,
      annotations: [{ severity: 'error', title, message: words, file: dockerfile, line }],
    })
  }
}

/** What people meet often, told by words that stand in no result a builder hands out otherwise. */
const CAUSES: readonly (readonly [said: RegExp, hint: string, isPassing: boolean])[] = [
  [
    /error reading from server|code = Unavailable|Cannot connect to the Docker daemon|error during connect/i,
    'The builder went away in the middle, such as an engine that ran out of memory: see its log, then run the job again.',
    true,
  ],
  [
    /toomanyrequests|429 Too Many Requests|pull rate limit/i,
    'Docker Hub allows few pulls to those who are not signed in: sign in before this step with docker/login-action, or copy the base image into your own registry.',
    true,
  ],
  [
    /no space left on device|disk quota exceeded/i,
    'The disk is full: free room before this step (`docker system prune --all --force`), or use a runner with a larger disk.',
    false,
  ],
  [
    /failed to (?:calculate checksum|compute cache key).*not found|COPY failed.*(?:not found|no such file|no source files)|ADD failed.*(?:not found|no such file)/is,
    'The build does not see that file: is it left out by .dockerignore, missing in the commit, or outside of the context? Paths of COPY begin at the input `context`.',
    false,
  ],
  [
    /target stage .* could not be found|failed to reach build target/i,
    'The input `target` must be a name that a FROM line of the Dockerfile gives: `FROM … AS <target>`.',
    false,
  ],
  [
    /failed to read dockerfile|unable to prepare context|Cannot locate specified Dockerfile/i,
    'The inputs `context` and `dockerfile` are paths below the root of the repository; was it checked out before this step?',
    false,
  ],
  [
    /no match for platform|exec format error/i,
    'The base image is not there for this platform: see the input `platforms`, and the FROM line.',
    false,
  ],
  [
    /pull access denied|insufficient_scope|authorization failed|401 Unauthorized|403 Forbidden|denied: /i,
    'The base image does not exist, or is private: check its name, or sign in to its registry before this step with docker/login-action.',
    false,
  ],
  [
    /manifest unknown|manifest for .* not found|failed to resolve source metadata.*not found|: not found$/im,
    'There is no such base image: check the name and the tag in the FROM line.',
    false,
  ],
  [
    /no such host|i\/o timeout|connection refused|connection reset|TLS handshake timeout|Temporary failure (?:in name resolution|resolving)|could not resolve host|ETIMEDOUT|EAI_AGAIN|unexpected EOF|50[0-4] /i,
    'The network, or a server that the build asks, did not answer: run the job again.',
    true,
  ],
]
