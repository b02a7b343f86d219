import { LAST_TO_GO } from '../budget.ts'
import { codeSpan, counted } from '../markdown.ts'
import type { Masker } from '../masking/masker.ts'
import type { Section } from './section.ts'

/** Secrets that a merge would put into the image. */
export interface Leaks {
  /** Whether the deploy refuses them. */
  readonly isRefused: boolean
  /** Never with a value. */
  readonly findings: readonly {
    /** `app/settings.py:3` */
    readonly place: string
    /** `Google API key (google-api-key)` */
    readonly what: string
  }[]
}

/** Whether a merge would change nothing, since the deploy ends before it has begun. */
export function isDeployRefused(leaks: Leaks | undefined): boolean {
  return leaks?.isRefused === true && leaks.findings.length > 0
}

/** Part of the headline; undefined where nothing is to be said. */
export function renderLeaksLine({ isRefused, findings }: Leaks): string | undefined {
  if (findings.length === 0) return undefined
  const what = `the build context holds ${counted(findings.length, 'secret')}`
  return isRefused ? `${what}, the deploy will refuse it` : what
}

/** Where they are; never folded, and the last to be cut. */
export function buildLeaks({ findings }: Leaks, masker: Masker): Section {
  return {
    title: 'Secrets in the build context',
    importance: LAST_TO_GO + 1,
    note:
      'They are in the commits of this pull request: revoke them and make new ones. ' +
      'The log of the run tells where they belong, and how to allow a false alarm.',
    pieces: findings.map(({ place, what }) => {
      const at = masker.mask(place)
      return { renderLog: () => `${at}  ${what}`, render: () => `- ${codeSpan(at)} ${what}\n` }
    }),
  }
}
