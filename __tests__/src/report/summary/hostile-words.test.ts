import { describe, expect, it } from '@jest/globals'
import { marked, type Token } from 'marked'
import { ganttText } from '../../../../src/report/summary/gantt.ts'
import type { RolloutStory } from '../../../../src/report/summary/rollout-story.ts'
import { renderRolloutSummary } from '../../../../src/report/summary/summary.ts'
import { randomFrom, seedOfRun } from '../../release/random.ts'
import { aStory, at } from './stories.ts'

const seed = seedOfRun()
const ROUNDS = 150

/** What breaks Markdown, HTML or a gantt where nobody keeps it from doing so. */
const PIECES = [
  ...[
    '`',
    '``',
    '```',
    '~~~',
    '|',
    '#',
    '# ',
    ':',
    '::',
    ';',
    '%%',
    '%%{init: {}}%%',
    '\n',
    '\r\n',
  ],
  ...['<b>', '</details>', '</code>', '<script>', '<!--', '-->', '&amp;', '&#58;', '\\', '$', '$$'],
  ...['[a](http://evil.test)', '![a](http://evil.test)', 'https://evil.test', 'www.evil.test'],
  ...['@ada', '#12', '- ', '1. ', '> ', '---', '***', '__', '_a_', '{', '}', '"', "'", ':tada:'],
  ...['section ', 'title ', 'click ', 'gantt', 'dateFormat ', 'done', 'crit, ', 'href', 'call '],
  ...['\u202e', '\u200b', '\u2028', '\ud800', '💥', 'é', '한', ' ', '  ', '\t', 'a', 'word', '7'],
]

function anyText(random: () => number): string {
  const length = Math.floor(random() * 8)
  const pieces = Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)])
  return pieces.join('')
}

/** Every text that is not our own is anything at all. */
function anyStory(random: () => number): RolloutStory {
  const text = (): string => anyText(random)
  const texts = (): readonly string[] => [text(), text(), text()]
  const ends = ['deployed', 'unchanged', 'rolled_back', 'failed', 'refused', 'cancelled'] as const
  return aStory({
    end: ends[Math.floor(random() * ends.length)] ?? 'failed',
    name: text(),
    group: text(),
    release: text(),
    previousRelease: text(),
    runs: text(),
    image: text(),
    ref: text(),
    actor: text(),
    url: `http://${text()}`,
    environment: text(),
    vms: texts().map((name) => ({
      name,
      zone: text(),
      release: text(),
      image: text(),
      health: text(),
      address: text(),
    })),
    failure: {
      reason: text(),
      evidence: texts(),
      logs: texts().map((vm) => ({ vm, text: `${text()}\n${text()}` })),
      ending: text(),
      hint: texts().join('\n'),
    },
    spans: texts().map((name) => ({
      name,
      startedAtMs: at(0),
      endedAtMs: at(random() * 60),
      hasFailed: random() < 0.3,
    })),
    watches: [
      {
        direction: random() < 0.5 ? 'forth' : 'back',
        release: text(),
        endedAtMs: at(90),
        entries: texts().map((vm) => ({ vm, phase: text(), atMs: at(random() * 60) })),
      },
    ],
  })
}

function tokensOf(markdown: string): readonly Token[] {
  const tokens: Token[] = []
  marked.walkTokens(marked.lexer(markdown), (token) => void tokens.push(token))
  return tokens
}

/** A line of the gantt as Mermaid's grammar takes it, after the head of our own. */
const GANTT_LINE =
  /^(?:section [^:#;%<>{}"`\n]+|[^:#;%<>{}"`\n]+ :(?:(?:active|done|crit), )?\d+, \d+ms)$/
const GANTT_HEAD = 9

describe('hostile words', () => {
  const random = randomFrom(seed)
  const pages = Array.from({ length: ROUNDS }, () => {
    const page = renderRolloutSummary(anyStory(random))
    return { page, tokens: tokensOf(page) }
  })

  it(`bring no link and no picture of their own (SEED=${seed})`, () => {
    for (const { page, tokens } of pages) {
      for (const token of tokens) {
        expect(token.type).not.toBe('image')
        if (token.type !== 'link') continue
        const isOurs =
          /^https:\/\/(github\.com\/mervis\/mervis|console\.cloud\.google\.com)\//.test(token.href)
        // The address of the service is what terraform says it is.
        const isService = page.split('\n')[2]?.startsWith(token.raw)
        expect(isOurs || isService ? '' : token.raw).toBe('')
      }
    }
  })

  it(`bring no markup (SEED=${seed})`, () => {
    for (const { page, tokens } of pages) {
      for (const token of tokens) {
        if (token.type === 'html')
          expect(token.raw.replace(/<code>[^<>]*<\/code>/g, '')).toMatch(
            /^(?:<\/?(?:details|summary|sub|code|br)>|[^<>])*$/
          )
      }
      const headings = tokens.flatMap((token) =>
        token.type === 'heading' ? [token.raw.trim()] : []
      )
      expect(headings[0]).toMatch(/^## (?:✅|❌|⚪) /)
      for (const heading of headings.slice(1))
        expect(['### VMs', '### Timeline', '### Roll back']).toContain(heading)
      expect(page).not.toMatch(/[\u200b\u2028\u202a-\u202e]/)
    }
  })

  it(`leave each VM its row (SEED=${seed})`, () => {
    for (const { tokens } of pages) {
      const tables = tokens.filter((token) => token.type === 'table')
      expect(tables).toHaveLength(1)
      for (const table of tables) expect(table.type === 'table' && table.rows).toHaveLength(3)
    }
  })

  it(`leave the gantt one that Mermaid draws (SEED=${seed})`, () => {
    for (const { tokens } of pages) {
      const [gantt] = tokens.filter((token) => token.type === 'code' && token.lang === 'mermaid')
      const lines = gantt?.type === 'code' ? gantt.text.split('\n') : []
      expect(lines.length).toBeGreaterThan(GANTT_HEAD)
      for (const line of lines.slice(GANTT_HEAD + 1)) expect(line).toMatch(GANTT_LINE)
    }
  })
})

describe('ganttText', () => {
  it.each([
    ['mervis-x7k2', 'mervis-x7k2'],
    ['a:b#c;d%e', 'a_b_c_d_e'],
    ['click here', '· click here'],
    ['Title', '· Title'],
    ['', '·'],
    ['\n', '_n'],
    ['한국어 é', '한국어 é'],
    ['x'.repeat(60), `${'x'.repeat(47)}…`],
  ])('makes of %j something that is only read', (text, safe) => {
    expect(ganttText(text)).toBe(safe)
  })
})
