import type { Annotation } from './ports.ts'

/** What went wrong, for callers to branch on; the prefix names the subject. */
export type ErrorCode =
  | 'INPUT_INVALID'
  | 'AUTH_NO_OIDC'
  | 'AUTH_FAILED'
  | 'TERRAFORM_MISSING'
  | 'TERRAFORM_FAILED'
  | 'TERRAFORM_TIMED_OUT'
  | 'TERRAFORM_OUTPUTS'
  | 'REVIEW_REFUSED'
  | 'IMAGE_NO_ENGINE'
  | 'IMAGE_BUILD_FAILED'
  | 'IMAGE_PUSH_FAILED'
  | 'IMAGE_MISSING'
  | 'IMAGE_CONTEXT'
  | 'IMAGE_SECRETS'
  | 'IMAGE_REFERENCE'
  | 'GCP_REQUEST_FAILED'
  | 'GCP_UNREACHABLE'
  | 'GCP_OPERATION_FAILED'
  | 'GCP_UNEXPECTED_ANSWER'
  | 'ROLLOUT_FAILED'
  | 'ROLLOUT_TIMED_OUT'
  | 'ROLLOUT_SUPERSEDED'
  | 'ROLLOUT_CAPACITY'
  | 'ROLLOUT_QUOTA'
  | 'ROLLOUT_PERMISSION'
  | 'ROLLOUT_CONFIGURATION'
  | 'LEDGER_UNREADABLE'
  | 'LEDGER_CONFLICT'
  | 'LEDGER_BUSY'
  | 'DEPLOY_LOCKED'
  | 'DEPLOY_LOCK_LOST'
  | 'TOOL_MISSING'
  | 'GITHUB_DENIED'
  | 'GITHUB_REQUEST_FAILED'
  | 'GITHUB_UNREACHABLE'
  | 'RELEASE_UNKNOWN'
  | 'RELEASE_GONE'
  | 'RELEASE_ROLLED_BACK'
  | 'SECRET_VALUES'
  | 'DOCTOR_FOUND'
  | 'DESTROY_FAILED'
  | 'CANCELLED'

export interface ErrorMore {
  /** The next thing to do: a command or a YAML line. */
  readonly hint?: string | undefined
  readonly cause?: unknown
  /** Whether the same request may succeed later, without anybody mending anything. */
  readonly isPassing?: boolean | undefined
  /** Where it stands in the repository. */
  readonly annotations?: readonly Annotation[] | undefined
  /** Set when the group was taken back and the earlier release is verified again. */
  readonly outcome?: 'rolled_back' | undefined
  /** The release that runs now, where it is known. */
  readonly runs?: string | undefined
}

/**
 * The one error that people are meant to read: `message` says what failed and on what, `hint` what
 * to do next. Anything else that is thrown is a bug of ours.
 */
export class ActionError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly isPassing: boolean
  readonly annotations: readonly Annotation[]
  readonly outcome: 'rolled_back' | 'failed'
  readonly runs: string | undefined

  constructor(code: ErrorCode, message: string, more: ErrorMore = {}) {
    super(message, { cause: more.cause })
    this.name = 'ActionError'
    this.code = code
    this.hint = more.hint
    this.isPassing = more.isPassing ?? false
    this.annotations = more.annotations ?? []
    this.outcome = more.outcome ?? 'failed'
    this.runs = more.runs
  }
}

/** One sentence for any thrown value; never a stack trace. */
export function describeError(error: unknown): string {
  if (error instanceof ActionError)
    return error.hint ? `${error.message}\n${error.hint}` : error.message
  const text = error instanceof Error ? error.message : String(error)
  return `Unexpected error, which is a bug of deploy-spot-mig (please report it): ${text}`
}
