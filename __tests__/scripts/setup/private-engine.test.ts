import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { findEngineProcesses, privateLabel } from '../../../scripts/setup/daemon/processes.ts'

it('tells an engine that a test started for itself from those that all may use', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'private-engine-'))
  const program = join(directory, 'dockerd.js')
  await writeFile(program, 'setInterval(() => undefined, 1000)\n')
  const start = async (host: string, ...args: string[]) => {
    // Only its command line counts.
    const child = spawn(process.execPath, [program, '--host', host, ...args], { argv0: 'dockerd' })
    await new Promise((resolve) => child.once('spawn', resolve))
    return child
  }
  const ours = await start('unix:///private.sock', `--label=${privateLabel}`)
  const theirs = await start('unix:///shared.sock')
  try {
    const found = await findEngineProcesses()
    const isPrivate = new Map(found.map((engine) => [engine.hosts[0], engine.isPrivate]))
    expect(isPrivate.get('unix:///private.sock')).toBe(true)
    expect(isPrivate.get('unix:///shared.sock')).toBe(false)
  } finally {
    ours.kill('SIGKILL')
    theirs.kill('SIGKILL')
    await rm(directory, { recursive: true })
  }
})
