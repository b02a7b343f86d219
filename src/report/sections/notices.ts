import type { Diagnostic } from '../../terraform/ui-stream.ts'
import { LAST_TO_GO } from '../budget.ts'
import { codeSpan, fence, visible } from '../markdown.ts'
import type { Masker } from '../masking/masker.ts'
import type { PlanChanges } from '../plan/changes.ts'
import type { Check } from '../plan/checks.ts'
import { excerptOf } from './excerpt.ts'
import { bullet, type Section, type SectionPiece } from './section.ts'

/** Terraform's errors, each with its place; nothing of them is folded away. */
export function buildErrors(diagnostics: readonly Diagnostic[], masker: Masker): Section {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  return {
    title: 'Errors',
    importance: LAST_TO_GO + 2,
    pieces: errors.map((error) => buildDiagnostic(error, masker)),
  }
}

export function buildWarnings(diagnostics: readonly Diagnostic[], masker: Masker): Section {
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning')
  return {
    title: 'Warnings',
    importance: 35,
    pieces: warnings.map((warning) => buildDiagnostic(warning, masker)),
  }
}

/** Checks that fail, and those that only the apply can tell; the others are no news. */
export function buildChecks(
  { checks, hasChanges }: PlanChanges,
  masker: Masker
): readonly Section[] {
  const failing = checks.filter(({ status }) => status === 'fail' || status === 'error')
  const open = hasChanges ? checks.filter(({ status }) => status === 'unknown') : []
  return [
    {
      title: 'Failed checks',
      importance: 36,
      pieces: failing.map((check) => buildCheck(check, masker)),
    },
    {
      title: 'Checks that only the apply can tell',
      importance: 2,
      isFolded: true,
      pieces: open.map(({ name }) => bullet(masker.maskAddress(name))),
    },
  ]
}

function buildCheck({ name, status, problems }: Check, masker: Masker): SectionPiece {
  const address = masker.maskAddress(name)
  const words = masker.mask(
    problems.join('\n') || (status === 'error' ? 'could not be evaluated' : 'failed')
  )
  return buildMessage(codeSpan(address), address, words)
}

function buildDiagnostic(
  { summary, detail, address, file, line }: Diagnostic,
  masker: Masker
): SectionPiece {
  const where = [
    masker.maskAddress(address),
    masker.mask(file === '' ? '' : `${file}:${line}`),
  ].filter((part) => part !== '')
  const what = masker.mask(summary)
  const head = [what, ...where]
  return buildMessage(head.map(codeSpan).join(' · '), head.join(' · '), masker.mask(detail))
}

function buildMessage(head: string, plainHead: string, words: string): SectionPiece {
  const lines = visible(words).split('\n')
  const body = (text: string): string => `\n${head}\n\n${fence(text, 'text')}\n\n`
  return {
    renderLog: () => [plainHead, ...lines.map((line) => `    ${line}`)].join('\n'),
    render: (level) => {
      if (words.trim() === '' || level >= 3) return `- ${head}\n`
      return body(level === 2 ? excerptOf(lines) : lines.join('\n'))
    },
  }
}
