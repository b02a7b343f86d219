import { ActionError } from '../errors.ts'
import { renderDuration } from '../lib/duration.ts'
import type { InterruptibleResult } from '../ports.ts'
import { type Diagnostic, renderDiagnostic } from './ui-stream.ts'

/** Of plain words, which may be a whole screen. */
const MOST_CHARACTERS = 2_000

/** A terraform that ended with an error of its own. */
export class TerraformFailure extends ActionError {
  /** What it said in its machine-readable form, each with its place; init has only plain words. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(
    title: string,
    result: InterruptibleResult,
    more: {
      readonly errors: readonly Diagnostic[]
      readonly backend: { readonly bucket: string; readonly prefix: string }
    }
  ) {
    const said = more.errors.map(renderDiagnostic).join('\n\n') || plainWords(result)
    const isLocked = said.includes('Error acquiring the state lock')
    super('TERRAFORM_FAILED', `${title} failed: ${said}`, {
      hint: isLocked
        ? `Another terraform holds the lock: wait for it. If its run is no more, free it with: gcloud storage rm ${lockUrl(more.backend)}`
        : undefined,
    })
    this.diagnostics = more.errors
  }
}

/** Its name is that of the workspace: https://developer.hashicorp.com/terraform/language/backend/gcs */
function lockUrl({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }): string {
  return `gs://${bucket}/${prefix}/default.tflock`
}

export function timedOut(title: string, timeoutMs: number): ActionError {
  return new ActionError(
    'TERRAFORM_TIMED_OUT',
    `${title} was still running after ${renderDuration(timeoutMs)} and was interrupted.`,
    {
      hint: 'Terraform itself retries a state bucket that does not answer for ever; check that Cloud Storage can be reached.',
    }
  )
}

/** Init and output do not speak JSON: their own last words, without the box that they are drawn in. */
function plainWords({ stderr, stdout, exitCode }: InterruptibleResult): string {
  const text = (stderr.trim() || stdout.trim()).replace(/^[╷│╵]\s?/gm, '').trim()
  const from = text.indexOf('Error: ')
  const words = (from < 0 ? text : text.slice(from + 'Error: '.length)).trim()
  return words.slice(0, MOST_CHARACTERS) || `it ended with exit code ${exitCode} and said nothing.`
}
