import type { LogLine } from '../../emulator/runner/log-lines.ts'
import type { WorkflowRun } from '../../emulator/runner/runs.ts'

const ESC = '\u001b'

/** Where in a run a line was written. */
export interface RunPlace {
  readonly run: Pick<WorkflowRun, 'name'>
  readonly step: string
}

/** What every job does; the console shows it. */
const ROUTINE_STEP = /^(?:Set up job|Complete job|Post |Run actions\/)/
/** The runner's own groups (permissions, inputs of a step), and the whole plan, which fills pages. */
const ROUTINE_GROUP = /^(?:Run |GITHUB_TOKEN |The plan$)/

/** Prints for people: headings bold where the terminal can, everything else as it is. */
export class Narrator {
  readonly #print: (text: string) => void
  readonly #hasColour: boolean
  readonly #startedAt = performance.now()
  #followed = ''
  #isRoutine = false

  constructor(print: (text: string) => void, hasColour: boolean) {
    this.#print = print
    this.#hasColour = hasColour
  }

  heading(text: string): void {
    this.#print(`\n${this.#styled('1', text)}`)
  }

  line(text: string): void {
    this.#print(text)
  }

  /** A line with the time since the start in front of it. */
  step(text: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(1)
    this.#print(`${this.#styled('2', `${seconds.padStart(6)} s`)}  ${text}`)
  }

  /** From now on the log of this workflow is told, and no other. */
  follow(workflow: string): void {
    this.#followed = workflow
  }

  /** One line of a run, if it is one of the workflow that is followed, and of what it is there for. */
  runLine(line: LogLine, { run, step }: RunPlace): void {
    if (run.name !== this.#followed || ROUTINE_STEP.test(step)) return
    if (line.kind === 'group') this.#isRoutine = ROUTINE_GROUP.test(line.title)
    if (!this.#isRoutine) this.actionLine(line)
    if (line.kind === 'endgroup') this.#isRoutine = false
  }

  /** One line of the action's own log, indented below the deploy it belongs to. */
  actionLine(line: LogLine): void {
    if (line.kind === 'group') this.step(this.#styled('36', line.title))
    else if (line.kind === 'text') this.#print(`            ${line.text}`)
    else if (line.kind === 'annotation') {
      const colour = line.level === 'error' ? '31' : '33'
      this.#print(
        this.#styled(
          colour,
          `            ${line.level}: ${line.text.replaceAll('\n', '\n            ')}`
        )
      )
    }
  }

  #styled(code: string, text: string): string {
    return this.#hasColour ? `${ESC}[${code}m${text}${ESC}[0m` : text
  }
}
