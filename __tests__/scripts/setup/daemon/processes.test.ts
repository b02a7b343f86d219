import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { giveBack, lease } from '../../../../scripts/setup/daemon/leases.ts'
import { parseDaemonHosts, readStartTime } from '../../../../scripts/setup/daemon/processes.ts'

describe('parseDaemonHosts', () => {
  it.each([
    ['dockerd -H unix:///a/docker.sock', ['unix:///a/docker.sock']],
    [
      '/usr/sbin/dockerd --host=unix:///a.sock -H tcp://0.0.0.0:1 -Hunix:///b.sock',
      ['unix:///a.sock', 'unix:///b.sock'],
    ],
    ['dockerd --host unix:///a.sock --data-root /x', ['unix:///a.sock']],
    ['/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock', []],
    ['dockerd -H', []],
    ['bash -c dockerd -H unix:///a.sock', undefined],
    ['mydockerd -H unix:///a.sock', undefined],
    ['', undefined],
  ])('%j', (commandLine, hosts) => {
    expect(parseDaemonHosts(commandLine.split(' '))).toEqual(hosts)
  })
})

describe('readStartTime', () => {
  it('is the same for one process every time and absent for none', async () => {
    const own = await readStartTime(process.pid)
    expect(own).toMatch(/^\d+$/)
    expect(await readStartTime(process.pid)).toBe(own)
    // Larger than any pid that Linux gives out.
    expect(await readStartTime(2 ** 22 + 1)).toBeUndefined()
  })
})

describe('leases', () => {
  let directory = ''
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'leases-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  it('tells the last of the living holders that it is the last', async () => {
    const first = await lease(directory)
    const second = await lease(directory)
    expect(await giveBack(directory, first)).toBe(false)
    expect(await giveBack(directory, second)).toBe(true)
  })

  it.each([
    ['a process that is gone', `${2 ** 22 + 1}-x`, '1'],
    ['an earlier process with a number that was given out again', `${process.pid}-x`, '1'],
    ['a process that was killed before it had written its start time', `${2 ** 22 + 1}-x`, ''],
  ])('does not count %s', async (_, name, startTime) => {
    await writeFile(join(directory, name), startTime)
    expect(await giveBack(directory, await lease(directory))).toBe(true)
    expect(await readdir(directory)).toEqual([])
  })
})
