import { ActionError } from '../errors.ts'
import { fixFor } from '../google/diagnosis/diagnose.ts'
import { failureInWords } from '../google/diagnosis/failure.ts'
import { renderDuration } from '../lib/duration.ts'
import type { InterruptibleResult } from '../ports.ts'
import { stateLockName } from './state-lock.ts'
import { type Diagnostic, renderDiagnostic } from './ui-stream.ts'

/** Of plain words, which may be a whole screen. */
const MOST_CHARACTERS = 2_000
/** Of what becomes an output, which a later step may put into its environment. */
const MOST_ERRORS = 20
const MOST_CHARACTERS_IN_ALL = 20_000
const MOST_FIXES = 5

/** A terraform that ended with an error of its own. */
export class TerraformFailure extends ActionError {
  /** Errors and warnings, with their places as far as terraform told them. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(
    title: string,
    result: InterruptibleResult,
    more: {
      readonly diagnostics: readonly Diagnostic[]
      readonly backend: { readonly bucket: string; readonly prefix: string }
      readonly fixForWords?: ((text: string) => string | undefined) | undefined
    }
  ) {
    const told = more.diagnostics.filter(({ severity }) => severity === 'error')
    const errors = told.length > 0 ? told : [readPlainWords(result)]
    const texts = errors.map(renderDiagnostic)
    const hint = hintFor(texts.join('\n'), more.backend) ?? knownFixes(texts, more.fixForWords)
    super('TERRAFORM_FAILED', `${title} failed: ${renderAll(errors)}`, { hint })
    const warnings = more.diagnostics.filter(({ severity }) => severity === 'warning')
    this.diagnostics = [...errors, ...warnings]
  }
}

function hintFor(
  said: string,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string }
): string | undefined {
  // The backend locks the state once to begin it, whatever was said of locks.
  if (/Error loading state: writing "gs:[^"]+tflock" failed/.test(said.replace(/\s+/g, ' '))) {
    return 'There is no state yet, and who may only read cannot begin one: let the default branch be deployed once, then plan again.'
  }
  const stateLock = `gs://${bucket}/${stateLockName(prefix)}`
  // What the lock says of itself may be cut short: its place is known here.
  return said.includes('Error acquiring the state lock')
    ? fixFor(failureInWords(said), { projectId: '', stateLock })
    : undefined
}

/** Each once, and only some: what is missing is often missing many times. */
function knownFixes(
  texts: readonly string[],
  fixForWords: ((text: string) => string | undefined) | undefined
): string | undefined {
  const fixes = new Set(texts.flatMap((text) => fixForWords?.(text) ?? []))
  return fixes.size === 0 ? undefined : [...fixes].slice(0, MOST_FIXES).join('\n')
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

function renderAll(errors: readonly Diagnostic[]): string {
  const shown = errors.slice(0, MOST_ERRORS).map(renderDiagnostic).join('\n\n')
  const more = errors.length - MOST_ERRORS
  const text = shown.slice(0, MOST_CHARACTERS_IN_ALL)
  return more > 0 ? `${text}\n\nand ${more} more errors` : text
}

/** Init and output do not speak JSON: their own last words, without the box that they are drawn in. */
function readPlainWords({ stderr, stdout, exitCode }: InterruptibleResult): Diagnostic {
  const text = (stderr.trim() || stdout.trim()).replace(/^[╷│╵]\s?/gm, '').trim()
  const from = text.indexOf('Error: ')
  const words = (from < 0 ? text : text.slice(from + 'Error: '.length)).trim()
  const [, file = '', line = '0'] = /^\s*on (\S+) line (\d+)/m.exec(words) ?? []
  const [summary = '', ...rest] = words.slice(0, MOST_CHARACTERS).split('\n')
  return {
    severity: 'error',
    summary: summary || `it ended with exit code ${exitCode} and said nothing.`,
    detail: rest.join('\n').trim(),
    address: '',
    file,
    line: Number(line),
  }
}
