import { readdir, stat } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { INSTANCE, startGoogleStub, TOKEN } from './google-stub.ts'
import { type Call, containerEnvironment, createMachine } from './machine.ts'
import { HEALTHY, IMAGE, RELEASE, RUNNING, withBoot, withMachine } from './vm.ts'

function runOf(calls: readonly Call[]): Call {
  const run = calls.find((call) => call.argv[0] === 'run')
  if (run === undefined) throw new Error('docker run was not called')
  return run
}

describe('startup.sh', () => {
  describe('when the group is still on the base template', () => {
    it.concurrent('says so and leaves docker alone', async () => {
      const google = await startGoogleStub()
      const machine = await createMachine(google, {})
      const { exitCode } = await machine.run('startup.sh')
      expect(exitCode).toBe(0)
      expect(google.reports.at(-1)).toEqual({
        phase: 'ready',
        detail: 'no release yet',
        release: '',
        image: '',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      })
      expect(await machine.calls('docker')).toEqual([])
      await machine.dispose()
      await google.close()
    })
  })

  describe('when everything goes well', () => {
    const options = {
      attributes: {
        'app-port': '8080',
        'app-env': 'LOG_LEVEL=debug\nGREETING=hello',
        'app-secrets': 'API_KEY=api-key/3\nOTHER=projects/other-project/secrets/shared/latest',
      },
      secrets: {
        'projects/mervis-demo/secrets/api-key/versions/3': Buffer.from('hunter2'),
        'projects/other-project/secrets/shared/versions/latest': Buffer.from('elsewhere'),
      },
    }

    it.concurrent('reports each phase once, in order, with the release it is about', async () => {
      await withBoot(options, ({ exitCode, phases, google }) => {
        expect(exitCode).toBe(0)
        expect(phases).toEqual(['booting', 'secrets', 'pulling', 'starting', 'ready'])
        expect(google.reports.every((report) => report.release === RELEASE)).toBe(true)
        expect(google.reports.every((report) => report.image === IMAGE)).toBe(true)
      })
    })

    it.concurrent('starts one container, named after the VM and published on its address only', async () => {
      await withBoot(options, async ({ machine }) => {
        const run = runOf(await machine.calls('docker'))
        expect(run.argv).toEqual([
          ...['run', '--detach', '--name', INSTANCE, '--hostname', INSTANCE],
          ...['--restart', 'always', '--stop-timeout', '25'],
          ...['--log-driver', 'json-file', '--log-opt', 'max-size=10m', '--log-opt', 'max-file=3'],
          ...['--env-file', `${machine.runtimeDirectory}/environment`],
          ...['-p', '10.10.0.7:8080:8080', IMAGE],
        ])
        expect(containerEnvironment(run)).toEqual({
          APP_RELEASE: RELEASE,
          APP_IMAGE: IMAGE,
          LOG_LEVEL: 'debug',
          GREETING: 'hello',
          API_KEY: 'hunter2',
          OTHER: 'elsewhere',
        })
      })
    })

    it.concurrent('shows no secret and no token in any argument list, and leaves neither behind', async () => {
      await withBoot(options, async ({ machine, output, google }) => {
        const calls = [...(await machine.calls('docker')), ...(await machine.calls('curl'))]
        const visible =
          calls.flatMap((call) => call.argv).join('\n') + output + google.writes.join()
        for (const secret of ['hunter2', 'elsewhere', TOKEN]) expect(visible).not.toContain(secret)
        expect((await stat(machine.runtimeDirectory)).mode & 0o777).toBe(0o700)
        expect((await readdir(machine.runtimeDirectory)).sort()).toEqual(['docker', 'report'])
        expect(await readdir(`${machine.runtimeDirectory}/docker`)).toEqual([])
      })
    })
  })

  it.concurrent('publishes nothing when the app has no port', async () => {
    await withBoot({}, async ({ machine, phases }) => {
      expect(runOf(await machine.calls('docker')).argv).not.toContain('-p')
      expect(phases).toEqual(['booting', 'pulling', 'starting', 'ready'])
    })
  })

  it.concurrent('takes ten seconds of running for ready when the image has no HEALTHCHECK', async () => {
    await withBoot({ docker: RUNNING }, ({ google }) => {
      const [starting, ready] = google.reports.slice(-2)
      expect(ready).toMatchObject({ phase: 'ready', detail: 'running for 10 s' })
      const waitedMs = Date.parse(ready?.at ?? '') - Date.parse(starting?.at ?? '')
      expect(waitedMs).toBeGreaterThanOrEqual(10_000)
      expect(waitedMs).toBeLessThan(12_000)
    })
  }, 20_000)

  it.concurrent('waits while the HEALTHCHECK has not decided', async () => {
    const docker = {
      inspect: 'echo health_status: starting',
      events: 'sleep 0.5; echo "health_status: healthy <no value>"; exec sleep 20',
    }
    await withBoot({ docker }, ({ google }) => {
      const [starting, ready] = google.reports.slice(-2)
      expect(ready).toMatchObject({ phase: 'ready', detail: 'the HEALTHCHECK of the image passed' })
      const waitedMs = Date.parse(ready?.at ?? '') - Date.parse(starting?.at ?? '')
      expect(waitedMs).toBeGreaterThanOrEqual(500)
    })
  })

  it.concurrent('asks again when the docker daemon was restarted meanwhile', async () => {
    const docker = {
      'inspect.1': 'echo health_status: starting',
      'events.1': 'exit 1',
      'inspect.2': 'echo "Cannot connect to the Docker daemon." >&2; exit 1',
      'events.2': 'exit 1',
      'inspect.3': 'echo health_status: healthy',
    }
    await withBoot({ docker }, ({ google }) => {
      expect(google.reports.at(-1)).toMatchObject({
        phase: 'ready',
        detail: 'the HEALTHCHECK of the image passed',
      })
    })
  })

  it.concurrent('replaces the container of the last boot', async () => {
    await withMachine({ docker: HEALTHY }, async (google, machine) => {
      await machine.run('startup.sh')
      const { exitCode } = await machine.run('startup.sh')
      const verbs = (await machine.calls('docker')).map((call) => call.argv[0])
      expect(exitCode).toBe(0)
      expect(verbs.filter((verb) => verb === 'rm' || verb === 'run')).toEqual([
        ...['rm', 'run', 'rm', 'run'],
      ])
      expect(google.reports.at(-1)?.phase).toBe('ready')
    })
  }, 20_000)

  it.concurrent('boots as well where guest attributes are forbidden', async () => {
    await withBoot({ guestAttributesStatus: 403 }, async ({ exitCode, machine, output }) => {
      expect(exitCode).toBe(0)
      expect(runOf(await machine.calls('docker')).argv).toContain(IMAGE)
      expect(output).toContain('boot report not taken: status 403')
    })
  })

  describe('when a fault passes by itself', () => {
    it.concurrent('tries the metadata server, Secret Manager and the report again', async () => {
      const faults = [
        { path: /attributes\/app-image$/, status: 503, times: 1 },
        { path: /api-key/, status: 503, times: 1 },
        { path: /service-accounts/, status: 429, times: 1 },
      ]
      const attributes = { 'app-secrets': 'API_KEY=api-key/1' }
      const secrets = { 'projects/mervis-demo/secrets/api-key/versions/1': Buffer.from('x') }
      await withBoot({ faults, attributes, secrets }, async ({ phases, machine }) => {
        expect(phases.at(-1)).toBe('ready')
        expect(containerEnvironment(runOf(await machine.calls('docker')))).toMatchObject({
          API_KEY: 'x',
        })
      })
    })

    it.concurrent('tries the last report again, but holds up no step for another one', async () => {
      const faults = [{ path: /guest-attributes/, status: 503, times: 3 }]
      await withBoot({ faults }, ({ phases, exitCode }) => {
        expect(exitCode).toBe(0)
        expect(phases).toEqual(['ready'])
      })
    })

    it.concurrent('pulls again', async () => {
      const docker = {
        'pull.1': 'echo "Get https://x/v2/: net/http: TLS handshake timeout" >&2; exit 1',
      }
      await withBoot({ docker }, ({ phases }) => {
        expect(phases).toEqual(['booting', 'pulling', 'starting', 'ready'])
      })
    })
  })

  it.concurrent('logs in to the registry of the image with the token of the VM', async () => {
    const auth = Buffer.from(`oauth2accesstoken:${TOKEN}`).toString('base64')
    const config = `{"auths":{"europe-west1-docker.pkg.dev":{"auth":"${auth}"}}}`
    const docker = {
      pull: `config=$DOCKER_CONFIG/config.json
        [[ $(cat "$config") == '${config}' && $(stat -c %a "$config") == 600 ]] || exit 1`,
    }
    await withBoot({ docker }, ({ phases }) => {
      expect(phases.at(-1)).toBe('ready')
    })
  })
})
