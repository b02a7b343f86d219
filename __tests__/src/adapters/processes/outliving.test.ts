import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { OutlivingChild } from '../../../../src/adapters/processes/outliving.ts'

const PROCESSES = fileURLToPath(
  new URL('../../../../src/adapters/processes/processes.ts', import.meta.url)
)
const MINUTE_MS = 60_000

/** Talks all the time, and needs a while to stop after its first SIGINT; says how many there were. */
const TALKER = `
  let count = 0
  process.on('SIGINT', () => {
    count += 1
    require('node:fs').writeFileSync('heard', String(count))
    if (count === 1) setTimeout(() => {
      require('node:fs').writeFileSync('told', String(count))
      process.exit(0)
    }, 400)
  })
  setInterval(() => console.log('talking'), 10)`

describe('a child that may outlive us', () => {
  let folder = ''
  let parent: ChildProcess | undefined

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'outliving-'))
  })
  afterEach(async () => {
    parent?.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  /** A process of its own that runs the child; what it says is what the child said. */
  async function startParent(): Promise<ChildProcess> {
    const program = `
      import { ProcessRunner } from ${JSON.stringify(PROCESSES)}
      const stop = new AbortController()
      for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stop.abort())
      await new ProcessRunner(process.env).runInterruptible(process.execPath, ['-e', ${JSON.stringify(TALKER)}], {
        cwd: ${JSON.stringify(folder)}, outliveIn: ${JSON.stringify(folder)}, signal: stop.signal,
        timeoutMs: ${MINUTE_MS}, onLine: (line) => console.log(line),
      })`
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program]
    parent = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    if (parent.stdout) await once(parent.stdout, 'data')
    return parent
  }

  it('goes on when we are killed, and is interrupted once by who comes next', async () => {
    const killed = await startParent()
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    const child = new OutlivingChild(folder)
    expect(await child.hasEnded(200)).toBe(false)
    child.interrupt()
    child.interrupt()
    expect(await child.hasEnded(MINUTE_MS)).toBe(true)
    expect(await readFile(join(folder, 'told'), 'utf8')).toBe('1')
  })

  it('is not interrupted a second time when we had done so before we were killed', async () => {
    const killed = await startParent()
    killed.kill('SIGTERM')
    // Not our own mark: between that and the signal is a moment in which a kill loses the signal.
    const heard = join(folder, 'heard')
    while (!existsSync(heard)) await new Promise((resolve) => setImmediate(resolve))
    killed.kill('SIGKILL')
    const child = new OutlivingChild(folder)
    child.interrupt()
    expect(await child.hasEnded(MINUTE_MS)).toBe(true)
    expect(await readFile(join(folder, 'told'), 'utf8')).toBe('1')
  })

  it('gets one interrupt by a Ctrl-C in the terminal, which all of a process group get', async () => {
    const living = await startParent()
    process.kill(-(living.pid ?? Number.NaN), 'SIGINT')
    await once(living, 'exit')
    expect(await readFile(join(folder, 'told'), 'utf8')).toBe('1')
  })

  it('leaves nothing to wait for when it ended before us', async () => {
    const living = await startParent()
    living.kill('SIGTERM')
    await once(living, 'exit')
    expect(new OutlivingChild(folder).pid).toBeUndefined()
    expect(await new OutlivingChild(folder).hasEnded(0)).toBe(true)
  })

  it('is not waited for where it is dead and nobody buries it', async () => {
    const script = 'sleep 0 & echo $!; exec sleep 60'
    parent = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said] = parent.stdout ? await once(parent.stdout, 'data') : []
    const child = new OutlivingChild(folder)
    child.begin(Number(String(said)))
    expect(await child.hasEnded(10_000)).toBe(true)
    expect(existsSync(`/proc/${String(said).trim()}/stat`)).toBe(true)
  })

  it('is nobody where nothing was started', () => {
    expect(new OutlivingChild(folder).pid).toBeUndefined()
  })
})
