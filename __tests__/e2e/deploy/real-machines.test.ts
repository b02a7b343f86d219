import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { fetchText } from '../../../scripts/demo/visitor.ts'
import { Stage } from './push.ts'

const PER_PUSH_MS = 120_000
const BASE_IMAGE = process.env['BASE_IMAGE'] ?? 'deploy-spot-mig/base:python3'

const SERVER = `
import http.server

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"version": "1"}')

http.server.ThreadingHTTPServer(("", 8080), Answer).serve_forever()
`

function dockerfile(command: string): string {
  return `FROM ${BASE_IMAGE}\nCOPY server.py /\nCMD ${command}\n`
}

describe('dist/ with VMs that run the real startup script', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await Stage.open({ machines: 'real' })
    await stage.write('server.py', SERVER)
    await stage.write('Dockerfile', dockerfile('["python3", "/server.py"]'))
    const run = await stage.push({ inputs: { health_path: '/' } })
    expect(run.annotations.map(({ text }) => text)).toEqual([])
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it(
    'fails with the reason and the log lines of a container that exits, and the old VM goes on serving',
    async () => {
      const front = await stage.emulator.compute.openFront({ group: 'web' })
      const crash = `["python3", "-c", "print('no DATABASE_URL'); raise SystemExit(3)"]`
      await stage.write('Dockerfile', dockerfile(crash))
      const run = await stage.push({ inputs: { health_path: '/' } })
      expect(run.exitCode).toBe(1)
      expect(run.outputs.get('outcome')).toBe('failed')
      expect(run.outputs.get('failure_code')).toBe('ROLLOUT_FAILED')
      expect(run.annotations).toHaveLength(1)
      expect(run.annotations[0]?.text).toContain('container exited')
      expect(run.annotations[0]?.text).toContain('no DATABASE_URL')
      expect(JSON.parse(await fetchText(front.url))).toEqual({ version: '1' })
    },
    PER_PUSH_MS
  )
})
