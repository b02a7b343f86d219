import { existsSync } from 'node:fs'
import { readFile, readlink } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { type GoogleStub, INSTANCE } from './google-stub.ts'
import type { Machine } from './machine.ts'
import { type BootOptions, HEALTHY, IMAGE, RELEASE, withBoot, withMachine } from './vm.ts'

const NOTICE: BootOptions = { attributes: { 'app-preemption-notice': '120' } }
const LIMIT_MS = 30_000

async function until<T>(ask: () => T | Promise<T>, passes: (value: T) => boolean): Promise<T> {
  const deadline = performance.now() + 12_000
  for (;;) {
    const value = await ask()
    if (passes(value)) return value
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Process id of the watcher that a boot has left behind. */
async function watcherOf(machine: Machine): Promise<number> {
  const pid = Number(await readFile(`${machine.runtimeDirectory}/watcher`, 'utf8'))
  if (!existsSync(`/proc/${pid}`)) throw new Error(`no process ${pid}`)
  return pid
}

/** Ends the watcher as the end of its VM would. */
async function powerOff(google: GoogleStub, machine: Machine): Promise<void> {
  const pid = await watcherOf(machine)
  google.preempt()
  await until(
    () => existsSync(`/proc/${pid}`),
    (isThere) => !isThere
  )
}

const stopsOf = async (machine: Machine) =>
  (await machine.calls('docker')).map(({ argv }) => argv).filter(([verb]) => verb === 'stop')
const waits = ({ requests }: GoogleStub) =>
  requests.filter((request) => request.includes('/instance/preempted'))

/** Calls `then` when the VM is up and its watcher waits. */
async function withWatcher(
  options: BootOptions,
  then: (google: GoogleStub, machine: Machine) => Promise<void>
): Promise<void> {
  await withMachine({ ...options, ...NOTICE }, async (google, machine) => {
    expect(await machine.run('startup.sh')).toMatchObject({ exitCode: 0 })
    // One look at how things are, then the wait for the next change.
    await until(
      () => waits(google).length,
      (count) => count >= 2
    )
    await then(google, machine)
  })
}

describe('startup.sh, of a VM that is told of its preemption beforehand', () => {
  it.concurrent(
    'stops the container with all but five seconds of the notice, and says so',
    async () => {
      await withWatcher({ docker: { stop: 'sleep 0.5' } }, async (google, machine) => {
        expect(await stopsOf(machine)).toEqual([])
        await powerOff(google, machine)
        expect(await stopsOf(machine)).toEqual([['stop', '-t', '115', INSTANCE]])
        expect(google.reports.at(-1)).toEqual({
          phase: 'stopping',
          detail: 'the VM is about to be preempted',
          release: RELEASE,
          image: IMAGE,
          at: expect.any(String),
        })
      })
    },
    LIMIT_MS
  )

  it.concurrent(
    'leaves a watcher that holds no output of the script, and knows no secret',
    async () => {
      const options = {
        attributes: { ...NOTICE.attributes, 'app-secrets': 'KEY=key/1' },
        secrets: { 'projects/mervis-demo/secrets/key/versions/1': Buffer.from('hunter2') },
      }
      // That the boot has ended at all shows that nobody holds its output: it is read to its end.
      await withBoot(options, async ({ exitCode, google, machine }) => {
        expect(exitCode).toBe(0)
        const pid = await watcherOf(machine)
        const descriptors = await Promise.all(
          ['0', '1', '2'].map((name) => readlink(`/proc/${pid}/fd/${name}`))
        )
        expect(descriptors).toEqual(['/dev/null', '/dev/null', '/dev/null'])
        const secretReadAt = google.requests.findIndex((request) => request.includes('key'))
        const watchedAt = google.requests.findIndex((request) => request.includes('preempted'))
        expect(watchedAt).toBeLessThan(secretReadAt)
        await powerOff(google, machine)
      })
    },
    LIMIT_MS
  )

  it.concurrent(
    'is watched once, however often the script runs',
    async () => {
      await withWatcher({}, async (google, machine) => {
        const first = await watcherOf(machine)
        await machine.run('startup.sh')
        expect(await watcherOf(machine)).toBe(first)
        await powerOff(google, machine)
        expect(await stopsOf(machine)).toHaveLength(1)
      })
    },
    LIMIT_MS
  )

  it.concurrent(
    'watches on when the metadata server fails for a while',
    async () => {
      const faults = [
        { path: /instance\/preempted/, status: 503, times: 1 },
        { path: /last_etag=etag/, status: 500, times: 1 },
      ]
      await withWatcher({ faults }, async (google, machine) => {
        await until(
          () => waits(google).length,
          (count) => count >= 4
        )
        await powerOff(google, machine)
        expect(await stopsOf(machine)).toHaveLength(1)
      })
    },
    LIMIT_MS
  )

  it.concurrent(
    'does not ask without a pause when it is answered at once',
    async () => {
      await withWatcher({ etags: false }, async (google, machine) => {
        const before = waits(google).length
        await new Promise((resolve) => setTimeout(resolve, 2000))
        expect(waits(google).length - before).toBeLessThanOrEqual(3)
        await powerOff(google, machine)
      })
    },
    LIMIT_MS
  )

  it.concurrent(
    'goes no further with a boot, and calls nothing of it a failure',
    async () => {
      const docker = {
        ...HEALTHY,
        pull: 'until [[ -e $here/stopped ]]; do sleep 0.05; done',
      }
      const options = { ...NOTICE, docker: { ...docker, stop: 'touch "$here/stopped"' } }
      await withMachine(options, async (google, machine) => {
        const boot = machine.run('startup.sh')
        await until(
          () => google.reports.at(-1)?.phase,
          (phase) => phase === 'pulling'
        )
        google.preempt()
        await boot
        await until(
          () => google.reports.at(-1)?.phase,
          (phase) => phase === 'stopping'
        )
        expect(google.reports.map(({ phase }) => phase)).toEqual([
          ...['booting', 'pulling', 'stopping'],
        ])
        const verbs = (await machine.calls('docker')).map(({ argv }) => argv[0])
        expect(verbs).not.toContain('run')
      })
    },
    LIMIT_MS
  )

  it.concurrent(
    'is stopped as ever afterwards, with its container stopped already',
    async () => {
      await withWatcher({}, async (google, machine) => {
        await powerOff(google, machine)
        expect(await machine.run('shutdown.sh')).toMatchObject({ exitCode: 0 })
        expect(google.reports.at(-1)).toMatchObject({
          phase: 'stopping',
          detail: 'the VM is being stopped',
        })
      })
    },
    LIMIT_MS
  )
})

describe('startup.sh, of a notice', () => {
  it.concurrent.each([
    ['that is not set', undefined],
    ['of no seconds', '0'],
    ['that is too short to be of use', '5'],
  ])(
    'watches nothing for one %s',
    async (_, notice) => {
      const attributes = notice === undefined ? {} : { 'app-preemption-notice': notice }
      await withBoot({ attributes }, ({ google, machine, phases }) => {
        expect(phases.at(-1)).toBe('ready')
        expect(waits(google)).toEqual([])
        expect(existsSync(`${machine.runtimeDirectory}/watcher`)).toBe(false)
      })
    },
    LIMIT_MS
  )

  it.concurrent.each(['2 minutes', '-5', '1.5', '120s', '0x10'])(
    'fails for one of %p',
    async (notice) => {
      await withBoot({ attributes: { 'app-preemption-notice': notice } }, ({ google }) => {
        expect(google.reports.at(-1)).toMatchObject({
          phase: 'failed',
          detail: 'the metadata app-preemption-notice is not a number of seconds',
        })
      })
    },
    LIMIT_MS
  )

  it.concurrent(
    'reads a number with a zero in front as a number',
    async () => {
      await withBoot({ attributes: { 'app-preemption-notice': '0120' } }, async (boot) => {
        await powerOff(boot.google, boot.machine)
        expect(await stopsOf(boot.machine)).toEqual([['stop', '-t', '115', INSTANCE]])
      })
    },
    LIMIT_MS
  )
})
