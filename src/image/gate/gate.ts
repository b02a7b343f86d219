import { ActionError } from '../../errors.ts'
import type { Log } from '../../ports.ts'
import type { BuildContext } from '../context/build-context.ts'
import type { Tree } from '../context/tree.ts'
import type { AllowList } from './allow-list.ts'
import { ContentScan, scanContent } from './content-scan.ts'
import { type ContextScanOptions, searchContext } from './context-stage.ts'
import { judgeName } from './file-names.ts'
import type { GatedFinding, Scanner, SecretScan } from './findings.ts'
import { type ImageScanOptions, searchImage } from './image/image-stage.ts'
import type { ImageSource } from './image/source.ts'
import { annotationsOf, renderAllowListProblems, renderReport, renderWayOut } from './report.ts'

export type { SecretScan } from './findings.ts'

/** GitHub shows ten of a kind for each step, and the warning itself is one. */
const MOST_ANNOTATIONS = 9

const RULES: Scanner = { judgeName, scan: scanContent, start: (path) => new ContentScan(path) }

/**
 * The secrets in what the builder would get. Needs no Docker.
 *
 * @throws ActionError IMAGE_CONTEXT when a file cannot be read
 */
export function scanContext(
  tree: Tree,
  context: BuildContext,
  options: ContextScanOptions
): Promise<readonly GatedFinding[]> {
  return searchContext(tree, context, { ...options, scanner: RULES })
}

/**
 * The secrets in what a built image adds to its base.
 *
 * @throws ActionError IMAGE_SECRETS when the image cannot be looked through
 */
export function scanImage(
  source: ImageSource,
  options: Omit<ImageScanOptions, 'scanner'>
): Promise<readonly GatedFinding[]> {
  return searchImage(source, { ...options, scanner: RULES })
}

/**
 * Lets pass what is clean, and else stops or warns, as the input `secret_scan` says. No value of a
 * secret is ever told.
 *
 * @throws ActionError IMAGE_SECRETS
 */
export function guardFindings(
  mode: SecretScan,
  findings: readonly GatedFinding[],
  where: 'context' | 'image',
  log: Pick<Log, 'warning' | 'annotate'>
): void {
  if (mode === 'off' || findings.length === 0) return
  const report = renderReport(findings, where)
  const hint = renderWayOut(findings, where)
  if (mode === 'block') {
    const annotations = annotationsOf(findings, 'error')
    throw new ActionError('IMAGE_SECRETS', report, { hint, annotations })
  }
  log.warning(`${report}\n${hint}`)
  const places = annotationsOf(findings, 'warning')
  for (const place of places.slice(0, MOST_ANNOTATIONS)) log.annotate(place)
}

/** To be called when both stages are over: only then it is known which lines nothing needs any more. */
export function warnOfAllowList(allowList: AllowList, log: Pick<Log, 'warning'>): void {
  const problems = renderAllowListProblems(allowList)
  if (problems !== '') log.warning(problems)
}
