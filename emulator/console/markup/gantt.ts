/** One bar of a chart. */
export interface GanttTask {
  readonly label: string
  readonly startMs: number
  readonly endMs: number
  readonly tone: 'plain' | 'done' | 'active' | 'crit' | 'milestone'
}

/** Tasks under one heading. */
export interface GanttSection {
  readonly title: string
  readonly tasks: readonly GanttTask[]
}

/** A Mermaid gantt chart as data. */
export interface Gantt {
  readonly title: string
  /** Tasks of a section share one line, `displayMode: compact`. */
  readonly isCompact: boolean
  readonly sections: readonly GanttSection[]
}

const TONES = ['done', 'active', 'crit', 'milestone'] as const
/** How Mermaid shall draw; the picture here has a way of its own. */
const SETTINGS = new Set(['axisFormat', 'tickInterval', 'todayMarker', 'excludes', 'weekday'])
const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
}

/** Reads a `gantt` block with times in ms or s (`dateFormat x`, `X`); undefined for any other diagram. */
export function parseGantt(source: string): Gantt | undefined {
  const [, settings = '', body = source] = FRONT_MATTER.exec(source.trim()) ?? []
  const [first, ...lines] = body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('%%'))
  if (first !== 'gantt') return undefined
  const chart = new Chart(/^displayMode:\s*compact\s*$/m.test(settings))
  for (const line of lines) chart.read(line)
  return chart.finish()
}

class Chart {
  readonly #isCompact: boolean
  #title = ''
  #unitMs = 1
  #sections: { title: string; tasks: GanttTask[] }[] = []
  readonly #ends = new Map<string, number>()
  #previousEndMs = 0

  constructor(isCompact: boolean) {
    this.#isCompact = isCompact
  }

  read(line: string): void {
    const [, keyword = '', value = ''] = /^(\w+)\s*(.*)$/.exec(line) ?? []
    if (keyword === 'title') this.#title = decode(value)
    else if (keyword === 'dateFormat') this.#unitMs = value === 'X' ? 1_000 : 1
    else if (keyword === 'section') this.#sections.push({ title: decode(value), tasks: [] })
    else if (!SETTINGS.has(keyword) && line.includes(':')) this.#readTask(line)
  }

  finish(): Gantt | undefined {
    const sections = this.#sections.filter(({ tasks }) => tasks.length > 0)
    if (sections.length === 0) return undefined
    return { title: this.#title, isCompact: this.#isCompact, sections }
  }

  /** `label :tags, id, start, end`: the last two are times, what stands before them is optional. */
  #readTask(line: string): void {
    const at = line.lastIndexOf(':')
    const parts = line
      .slice(at + 1)
      .split(',')
      .map((part) => part.trim())
    const tone = TONES.find((one) => one === 'milestone' && parts.includes(one))
    const tags = parts.filter((part) => TONES.some((one) => one === part))
    const rest = parts.filter((part) => !tags.includes(part))
    const [id, start, end] = rest.length > 2 ? rest : [undefined, ...rest.slice(-2)]
    const startMs = end === undefined ? this.#previousEndMs : this.#timeOf(start ?? '')
    const endMs = this.#endOf(end ?? start ?? '', startMs)
    if (!Number.isFinite(startMs) || !Number.isFinite(endMs)) return
    this.#previousEndMs = endMs
    if (id !== undefined) this.#ends.set(id, endMs)
    const label = decode(line.slice(0, at).trim())
    this.#section().push({ label, startMs, endMs, tone: tone ?? strongest(tags) })
  }

  #section(): GanttTask[] {
    const last = this.#sections.at(-1)
    if (last) return last.tasks
    const tasks: GanttTask[] = []
    this.#sections.push({ title: '', tasks })
    return tasks
  }

  #timeOf(text: string): number {
    const [, after] = /^after\s+(\S+)$/.exec(text) ?? []
    if (after !== undefined) return this.#ends.get(after) ?? Number.NaN
    return text === '' ? Number.NaN : Number(text) * this.#unitMs
  }

  #endOf(text: string, startMs: number): number {
    const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? []
    if (amount !== undefined) return startMs + Number(amount) * (UNITS[unit] ?? 1)
    return Math.max(startMs, this.#timeOf(text))
  }
}

function strongest(tags: readonly string[]): GanttTask['tone'] {
  return (['crit', 'active', 'done'] as const).find((tone) => tags.includes(tone)) ?? 'plain'
}

/** Mermaid writes signs that have a meaning of their own as `#58;` and `#quot;`. */
function decode(text: string): string {
  return text
    .replaceAll('#quot;', '"')
    .replaceAll('#colon;', ':')
    .replace(/#(\d{1,6});/g, (_, code) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
}
