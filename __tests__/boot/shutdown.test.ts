import { describe, expect, it } from '@jest/globals'
import type { GoogleStub } from './google-stub.ts'
import { INSTANCE } from './google-stub.ts'
import { IMAGE, RELEASE, withMachine } from './vm.ts'

async function untilPhase(google: GoogleStub, phase: string): Promise<void> {
  const deadline = performance.now() + 5000
  while (google.reports.at(-1)?.phase !== phase) {
    if (performance.now() > deadline) throw new Error(`no ${phase}: ${google.writes.join('\n')}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('shutdown.sh', () => {
  it.concurrent('reports stopping and gives the container 25 seconds', async () => {
    await withMachine({}, async (google, machine) => {
      const { exitCode } = await machine.run('shutdown.sh')
      expect(exitCode).toBe(0)
      const calls = await machine.calls('docker')
      expect(calls.map((call) => call.argv)).toEqual([['stop', '-t', '25', INSTANCE]])
      expect(google.reports).toEqual([
        {
          phase: 'stopping',
          detail: 'the VM is being stopped',
          release: RELEASE,
          image: IMAGE,
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ])
    })
  })

  it.concurrent('waits for the container', async () => {
    await withMachine(
      { docker: { stop: 'sleep 1; touch "$here/stopped"' } },
      async (_, machine) => {
        const startedAt = performance.now()
        await machine.run('shutdown.sh')
        expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1000)
      }
    )
  })

  it.concurrent('stops the container even when nobody takes the report', async () => {
    const faults = [{ path: /guest-attributes/, status: 503, times: 9 }]
    await withMachine({ faults }, async (_, machine) => {
      await machine.run('shutdown.sh')
      expect(await machine.calls('docker')).toHaveLength(1)
    })
  })

  it.concurrent('does not let a boot that it interrupts report a failure', async () => {
    const docker = {
      stop: 'touch "$here/stopped"',
      inspect: 'echo health_status: starting',
      events: 'until [[ -e $here/stopped ]]; do sleep 0.05; done; echo die 143',
    }
    await withMachine({ docker }, async (google, machine) => {
      const boot = machine.run('startup.sh')
      await untilPhase(google, 'starting')
      await machine.run('shutdown.sh')
      await boot
      expect(google.reports.map((report) => report.phase)).toEqual([
        ...['booting', 'pulling', 'starting', 'stopping'],
      ])
    })
  })
})
