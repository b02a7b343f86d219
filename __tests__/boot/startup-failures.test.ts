import { describe, expect, it } from '@jest/globals'
import { CRASHING, IMAGE, withBoot } from './vm.ts'

const secret = (answer: Buffer | number) => ({
  attributes: { 'app-secrets': 'API_KEY=api-key/3' },
  secrets: { 'projects/mervis-demo/secrets/api-key/versions/3': answer },
})
const docker = (answers: Readonly<Record<string, string>>) => ({ docker: answers })
const pull = (message: string) => docker({ pull: `echo "${message}" >&2; exit 1` })
const logs = 'for i in {1..30}; do echo "line $i"; done; echo "panic: \\"boom\\"" >&2'

describe('startup.sh', () => {
  it.concurrent.each([
    [
      'the VM may not pull',
      pull(
        `denied: Permission 'artifactregistry.repositories.downloadArtifacts' denied on ${IMAGE}`
      ),
      /^image pull failed: denied: Permission/,
    ],
    [
      'the image is gone',
      pull('manifest unknown: not there'),
      /^image pull failed: manifest unknown/,
    ],
    ['the disk is full', pull('write /x: no space left on device'), /no space left on device/],
    [
      'the VM may not read a secret',
      secret(403),
      /^access to secret api-key\/3 denied: .*roles\/secretmanager.secretAccessor/,
    ],
    ['a secret does not exist', secret(404), /^secret api-key\/3 does not exist/],
    ['a secret version is disabled', secret(400), /^secret api-key\/3 .* disabled or destroyed/],
    ['a secret is binary', secret(Buffer.from([1, 0, 2])), /^secret api-key\/3 is binary/],
    ['a secret is not text', secret(Buffer.from([0xc3, 0x28])), /^API_KEY is not valid UTF-8/],
    [
      'a value of several lines has a name that the docker client takes for itself',
      {
        attributes: { 'app-secrets': 'DOCKER_HOST=api-key/3' },
        secrets: { 'projects/mervis-demo/secrets/api-key/versions/3': Buffer.from('a\nb') },
      },
      /DOCKER_HOST cannot hold a value of several lines/,
    ],
    [
      'a setting is no assignment',
      { attributes: { 'app-env': 'A=1\nPATH' } },
      /app-env is not NAME=VALUE/,
    ],
    [
      'docker cannot start the container',
      docker({
        run: `echo c0ffee; echo "docker: Error response from daemon: port is already allocated

Run 'docker run --help' for more information" >&2; exit 125`,
      }),
      /^container did not start: port is already allocated$/,
    ],
    ['the container exits', docker({ ...CRASHING, logs }), /^container exited with code 3$/],
    [
      'the HEALTHCHECK fails',
      docker({ inspect: 'echo health_status: unhealthy', logs }),
      /^the HEALTHCHECK of the image failed$/,
    ],
    [
      'the container disappears',
      docker({ inspect: 'echo "Error: No such object" >&2; exit 1' }),
      /^container is gone: Error: No such object/,
    ],
  ])(
    'fails at once when %s',
    async (_, options, detail) => {
      const startedAt = performance.now()
      await withBoot(options, ({ exitCode, google }) => {
        expect(exitCode).toBe(1)
        expect(google.reports.at(-1)).toMatchObject({
          phase: 'failed',
          detail: expect.stringMatching(detail),
        })
        expect(google.reports.filter((report) => report.phase === 'failed')).toHaveLength(1)
      })
      // Any series of further tries would take longer.
      expect(performance.now() - startedAt).toBeLessThan(12_000)
    },
    20_000
  )

  it.concurrent('does not pull when a secret is missing', async () => {
    await withBoot(secret(404), async ({ machine }) => {
      expect(await machine.calls('docker')).toEqual([])
    })
  })

  it.concurrent('shows the last twenty lines that the container wrote', async () => {
    const options = docker({ ...CRASHING, logs })
    await withBoot(options, ({ google }) => {
      const log = google.reports.at(-1)?.log?.split('\n') ?? []
      expect(log).toHaveLength(20)
      expect(log[0]).toBe('line 12')
      expect(log.at(-1)).toBe('panic: "boom"')
    })
  })

  it.concurrent('keeps the end of a long log, whole characters only', async () => {
    const options = docker({
      ...CRASHING,
      logs: "printf 'ä%.0s' {1..5000}; echo x",
    })
    await withBoot(options, ({ google }) => {
      expect(google.reports.at(-1)?.log).toMatch(/^ä+x$/)
      expect(Buffer.byteLength(google.writes.at(-1) ?? '')).toBeLessThan(2600)
    })
  })

  it.concurrent('writes valid JSON whatever the container has logged', async () => {
    const seed = Date.now() % 1_000_000
    let state = seed
    const next = () => {
      state = (state * 48_271) % 2_147_483_647
      return state
    }
    for (let round = 0; round < 5; round += 1) {
      const bytes = Buffer.from(Array.from({ length: 3000 }, () => next() % 256))
      const options = docker({
        ...CRASHING,
        logs: `base64 --decode <<<${bytes.toString('base64')}`,
      })
      await withBoot(options, ({ google, output }) => {
        // Named so that a failure can be played again.
        expect({ seed, round, phase: google.reports.at(-1)?.phase, output }).toMatchObject({
          phase: 'failed',
        })
      })
    }
  }, 30_000)
})
