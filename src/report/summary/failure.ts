import { codeSpan, fence, oneLine, visible } from '../markdown.ts'
import { prose, proseWithCode } from './prose.ts'
import type { FailureStory, RolloutStory } from './rollout-story.ts'

/** A log of more lines than this is cut at its beginning: the end tells why. */
const MOST_LOG_LINES = 60
const MOST_EVIDENCE = 20
const LONGEST_LINE = 600

/** What happened, in words: why, what was seen, what runs now, what to do. */
export function renderFailure({ failure, end }: RolloutStory): string {
  if (failure === undefined) return ''
  const parts = [
    `> [!${end === 'rolled_back' || end === 'cancelled' ? 'WARNING' : 'CAUTION'}]\n> **${prose(cut(failure.reason))}**`,
    renderEvidence(failure),
    ...failure.logs.map(renderLog),
    failure.ending === '' ? '' : `**Now:** ${prose(oneLine(failure.ending))}`,
    renderHint(failure.hint),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function renderEvidence({ evidence }: FailureStory): string {
  const lines = evidence.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '')
  if (lines.length === 0) return ''
  const shown = lines.slice(0, MOST_EVIDENCE).map((line) => `- ${codeSpan(cut(line.trim()))}`)
  const hidden = lines.length - shown.length
  return [
    ...shown,
    ...(hidden > 0 ? [`- and ${hidden} more lines in the log of the run`] : []),
  ].join('\n')
}

function renderLog({ vm, text }: FailureStory['logs'][number]): string {
  const lines = text.split('\n').slice(-MOST_LOG_LINES).map(cut)
  return `<details><summary>The last words of ${prose(vm)}</summary>\n\n${fence(visible(lines.join('\n')), 'text')}\n\n</details>`
}

/** What stands on lines of its own, or is a command, can be taken from there as it is. */
function renderHint(hint: string): string {
  const blocks: { readonly isCode: boolean; readonly lines: string[] }[] = []
  for (const line of hint.split('\n').flatMap(withoutRun)) {
    const isCode = /^(?: {2}|gcloud )/.test(line)
    const last = blocks.at(-1)
    if (line.trim() === '') continue
    if (last?.isCode === isCode) last.lines.push(line)
    else blocks.push({ isCode, lines: [line] })
  }
  if (blocks.length === 0) return ''
  const texts = blocks.map(({ isCode, lines }) =>
    isCode
      ? fence(visible(lines.map((line) => line.replace(/^ {2}/, '')).join('\n')), 'text')
      : lines.map((line) => proseWithCode(line, codeSpan)).join('<br>')
  )
  return `**What to do:** ${texts[0]?.startsWith('`') ? '\n\n' : ''}${texts.join('\n\n')}`
}

/** `Enable it. Run: gcloud …` is a sentence and a command. */
function withoutRun(line: string): readonly string[] {
  const [, words = '', command] = /^(\S.*?)??\s*\bRun: (gcloud .*)$/.exec(line) ?? []
  if (command === undefined) return [line]
  return words === '' ? [command] : [words, command]
}

function cut(line: string): string {
  return line.length <= LONGEST_LINE
    ? line
    : `${line.slice(0, LONGEST_LINE).replace(/[\ud800-\udbff]$/, '')}…`
}
