import type { Annotation } from '../../ports.ts'
import { counted, grouped, oneLine } from '../../report/markdown.ts'
import type { Leaks } from '../../report/sections/leaks.ts'
import type { AllowList } from './allow-list.ts'
import type { GatedFinding, SecretScan } from './findings.ts'

const MAX_LINES = 50
const MAX_PATH = 200
/** Of one file and rule. */
const MAX_NUMBERS = 5

/** Headline and one line for each place. */
export function renderReport(
  findings: readonly GatedFinding[],
  where: 'context' | 'image'
): string {
  const groups = groupFindings(findings)
  const subject = where === 'context' ? 'The build context' : 'The image'
  const lines = groups.slice(0, MAX_LINES).map(renderGroup)
  return [
    `${subject} holds ${counted(findings.length, 'secret')}:`,
    ...lines.map((line) => `  ${line}`),
    ...(groups.length > MAX_LINES
      ? [`  … and ${grouped(groups.length - MAX_LINES)} more places`]
      : []),
  ].join('\n')
}

/** Findings of one rule in one file of one layer. */
interface Group {
  readonly first: GatedFinding
  readonly lines: readonly number[]
}

function groupFindings(findings: readonly GatedFinding[]): readonly Group[] {
  const keyOf = ({ path, rule, title, layer }: GatedFinding): string =>
    JSON.stringify([path, rule, title, layer])
  return [...Map.groupBy(findings, keyOf).values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [{ first, lines: group.map(({ line }) => line) }]
  })
}

function renderGroup({ first, lines }: Group): string {
  const layer = first.layer === undefined ? '' : `  ${oneLine(first.layer)}`
  return `${placeOf(first.path, lines)}  ${first.title} (${first.rule})${layer}`
}

function placeOf(path: string, lines: readonly number[]): string {
  const numbers = lines.filter((line) => line > 0)
  const shown = numbers.slice(0, MAX_NUMBERS).join(', ')
  const more = numbers.length > MAX_NUMBERS ? ' …' : ''
  return numbers.length === 0 ? shortPath(path) : `${shortPath(path)}:${shown}${more}`
}

/** A path as text of one line that cannot do anything: others chose it. */
function shortPath(path: string): string {
  const line = oneLine(path)
  return line.length > MAX_PATH ? `…${line.slice(-MAX_PATH)}` : line
}

/** The same for the comment of a pull request, which has its own ways to show and to cut it. */
export function leaksOf(findings: readonly GatedFinding[], mode: SecretScan): Leaks {
  return {
    isRefused: mode === 'block',
    findings: findings.map((finding) => ({
      place: placeOf(finding.path, [finding.line]),
      what: `${finding.title} (${finding.rule})`,
    })),
  }
}

/** For the files of the repository: what stands in a layer has no place in it. */
export function annotationsOf(
  findings: readonly GatedFinding[],
  severity: Annotation['severity']
): readonly Annotation[] {
  return findings
    .filter(({ layer }) => layer === undefined)
    .map(({ path, line, title, rule }) => ({
      severity,
      title,
      message: `A secret must not get into the image (rule ${rule}). The log of the job says how to mend it.`,
      file: path,
      line,
    }))
}

/** What to do, for the kinds of findings that there are; commands and lines to copy. */
export function renderWayOut(
  findings: readonly GatedFinding[],
  where: 'context' | 'image'
): string {
  const [first] = findings
  if (first === undefined) return ''
  const file = findings.find(isFile)
  const isInHistory = findings.some((finding) => !isFile(finding))
  const isInLayer = where === 'image' && file !== undefined
  return [
    ...secretManagerLines(findings),
    ...(file ? ignoreLines(file) : []),
    ...(isInLayer ? [DELETED_LATER] : []),
    ...(isInLayer || isInHistory ? BUILD_SECRET : []),
    KNOWN_BY_NOW,
    ...allowLines(first),
  ].join('\n')
}

function isFile({ layer }: GatedFinding): boolean {
  return layer === undefined || /^(?:\S+, )?layer \d/.test(layer)
}

/** What the service needs, by the name under which the finding knows it. */
function secretManagerLines(findings: readonly GatedFinding[]): readonly string[] {
  const names = findings.map(({ path }) => /^(?:ENV|build argument) (\w+)$/.exec(path)?.[1])
  const name = names.find((one) => one !== undefined) ?? 'API_KEY'
  const secret = name.toLowerCase().replaceAll('_', '-')
  return [
    'A value that the service needs belongs into Secret Manager, from where the VM gets it when it boots:',
    `  printf %s "$${name}" | gcloud secrets create ${secret} --data-file=-`,
    `  secrets: ${name}=${secret}    # input of this action; the container then has the variable ${name}`,
  ]
}

function ignoreLines({ path }: GatedFinding): readonly string[] {
  // A name such as "config" alone would leave out others, too.
  const isOfGit = /(^|\/)\.git\//.test(path)
  const name = isOfGit ? '.git' : path.slice(path.lastIndexOf('/') + 1)
  return [
    `A file that the image does not need is left out by a line in .dockerignore: **/${shortPath(name)}`,
  ]
}

const DELETED_LATER =
  'A later step that deletes the file does not help: the layer that has it is pushed all the same.'
const BUILD_SECRET = [
  'A value that only the build needs goes to the one step that reads it, and into no layer and no history:',
  '  RUN --mount=type=secret,id=API_KEY …    # in the Dockerfile; the value is in /run/secrets/API_KEY',
  '  build_secrets: API_KEY=…    # input of this action',
]
const KNOWN_BY_NOW =
  'A value that was committed or pushed counts as known: revoke it and make a new one.'

function allowLines({ path, rule }: GatedFinding): readonly string[] {
  return [
    'What is no secret is allowed by a line in .secret-scan-allow, or by a comment `secret-scan:allow REASON` at its place:',
    `  ${rule}  ${path.replace(/[^\w.,:@+=/-]/g, '?')}  # REASON`,
  ]
}

/** Lines of the allow-list that are not understood, or that nothing needed; empty without any. */
export function renderAllowListProblems(allowList: AllowList): string {
  const unused = allowList.unused().map((line) => `Nothing needs it any more: ${line}`)
  const lines = [...allowList.problems, ...unused]
  if (lines.length === 0) return ''
  return [
    '.secret-scan-allow has lines to look at:',
    ...lines.map((line) => `  ${oneLine(line)}`),
  ].join('\n')
}
