import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { Visitor, type Visits } from '../../../scripts/demo/visitor.ts'
import { PER_PUSH_MS, type PushOptions, Stage } from './push.ts'

const BASE_IMAGE = process.env['BASE_IMAGE'] ?? 'deploy-spot-mig/base:python3'

const server = (status: number): string => `
import http.server

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(${status})
        self.end_headers()
        self.wfile.write(b'{"version": "1"}')

    def log_message(self, format, *arguments):
        print("asked for", self.path, flush=True)

http.server.ThreadingHTTPServer(("", 8080), Answer).serve_forever()
`

function dockerfile(command: string): string {
  return `FROM ${BASE_IMAGE}\nCOPY server.py /\nCMD ${command}\n`
}

const SERVE = '["python3", "/server.py"]'

describe('dist/ with VMs that run the real startup script', () => {
  let stage: Stage
  let url: string
  let good: string

  /** A push while somebody keeps asking for the page: what became of both. */
  async function visited(options: PushOptions): Promise<readonly [ActionRun, Visits]> {
    const visitor = new Visitor(url)
    const run = await stage.push({
      ...options,
      inputs: { health_path: '/', progress_deadline: '30s', ...options.inputs },
    })
    await visitor.stop()
    return [run, visitor.take()]
  }

  /** Takes the image that is being rolled out away from the registry. */
  async function loseImage(): Promise<void> {
    const { emulator } = stage
    const images =
      '/artifactregistry/v1/projects/mervis-demo/locations/asia-northeast3/repositories/web'
    const { dockerImages } = await stage.read(`${images}/dockerImages`)
    const uploaded = Array.isArray(dockerImages) ? dockerImages : []
    const newest = uploaded.sort((a, b) => (a.uploadTime < b.uploadTime ? 1 : -1))[0]
    const digest = /sha256:[0-9a-f]{64}/.exec(String(newest?.uri))?.[0]
    const authorization = `Bearer ${emulator.accessToken('user:owner@example.com')}`
    const manifest = `${emulator.url}/v2/mervis-demo/web/web/manifests/${digest}`
    const gone = await fetch(manifest, { method: 'DELETE', headers: { authorization } })
    if (!gone.ok) throw new Error(await gone.text())
  }

  beforeAll(async () => {
    stage = await Stage.open({ machines: 'real' })
    await stage.write('server.py', server(200))
    await stage.write('Dockerfile', dockerfile(SERVE))
    const run = await stage.push({ inputs: { health_path: '/' } })
    expect(run.annotations.map(({ text }) => text)).toEqual([])
    good = run.outputs.get('release') ?? ''
    url = (await stage.emulator.compute.openFront({ group: 'web' })).url
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it.each<[string, { readonly server?: string; readonly command?: string }, string[]]>([
    [
      'whose container exits',
      { command: `["python3", "-c", "print('no DATABASE_URL'); raise SystemExit(3)"]` },
      ['container exited with code 3', 'no DATABASE_URL'],
    ],
    [
      'that answers 500 on its health path',
      { server: server(500) },
      [
        'made no progress on web for 30',
        'the health check said UNHEALTHY: it answered, but not with 200',
      ],
    ],
  ])(
    'takes a release back %s, says why, and no request fails',
    async (_, { server: code = server(200), command = SERVE }, reasons) => {
      await stage.write('server.py', code)
      await stage.write('Dockerfile', dockerfile(command))
      const [run, visits] = await visited({})
      expectTakenBack(run, reasons)
      expect(visits).toMatchObject({ failed: 0, failures: [], versions: { 1: visits.total } })
      const [last] = (await stage.ledger()).slice(-1)
      expect(last).toMatchObject({ outcome: 'rolled_back', rolled_back_to: good })
    },
    PER_PUSH_MS
  )

  it(
    'takes a release back whose image is lost, says why, and no request fails',
    async () => {
      await stage.write('server.py', `${server(200)}\n# another image`)
      await stage.write('Dockerfile', dockerfile(SERVE))
      let lost: Promise<void> | undefined
      const [run, visits] = await visited({
        onLine: (line) => {
          if (line.kind === 'group' && line.title.startsWith('Rolling')) lost ??= loseImage()
        },
      })
      await lost
      expectTakenBack(run, ['image pull failed'])
      expect(visits).toMatchObject({ failed: 0, failures: [], versions: { 1: visits.total } })
    },
    PER_PUSH_MS
  )

  function expectTakenBack(run: ActionRun, reasons: readonly string[]): void {
    expect(run.exitCode).toBe(1)
    expect(run.annotations).toHaveLength(1)
    for (const reason of reasons) expect(run.annotations[0]?.text).toContain(reason)
    expect(run.annotations[0]?.text).toContain(`it runs release ${good} again, verified`)
    expect(run.outputs.get('outcome')).toBe('rolled_back')
    expect(run.outputs.get('release')).toBe(good)
  }
})
