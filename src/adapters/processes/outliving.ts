import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The one child of a folder that may outlive its parent. Its process id stands there as long as it
 * runs, and whether it was interrupted: terraform that is interrupted twice leaves its state lock.
 */
export class OutlivingChild {
  readonly #notePath: string
  readonly #interruptedPath: string

  constructor(folder: string) {
    this.#notePath = join(folder, 'child.pid')
    this.#interruptedPath = join(folder, 'child.interrupted')
  }

  begin(pid: number): void {
    rmSync(this.#interruptedPath, { force: true })
    writeFileSync(this.#notePath, String(pid), { mode: 0o600 })
  }

  /** Sends the one SIGINT, unless it was sent already. */
  interrupt(): void {
    const pid = this.pid
    if (pid === undefined || existsSync(this.#interruptedPath)) return
    writeFileSync(this.#interruptedPath, '')
    isSent('SIGINT', pid)
  }

  end(): void {
    rmSync(this.#notePath, { force: true })
  }

  /** Its process id while it runs. */
  get pid(): number | undefined {
    const pid = Number(readIfThere(this.#notePath))
    return pid > 0 && isRunning(pid) ? pid : undefined
  }

  /** Whether it ended within `patienceMs`. */
  async hasEnded(patienceMs: number): Promise<boolean> {
    const untilMs = performance.now() + patienceMs
    // It is nobody's child any more, so there is no event to wait for.
    while (this.pid !== undefined && performance.now() < untilMs) await sleep(LOOK_EVERY_MS)
    return this.pid === undefined
  }
}

const LOOK_EVERY_MS = 100

// In a container nobody may bury the dead: they keep their process id and are in state Z.
function isRunning(pid: number): boolean {
  return isSent(0, pid) && !/\) Z /.test(readIfThere(`/proc/${pid}/stat`))
}

/** False where there is no such process, or only one of somebody else that has its id by now. */
function isSent(signal: NodeJS.Signals | 0, pid: number): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
