import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { TOKEN } from '../../boot/google-stub.ts'

export interface ImageOptions {
  readonly command: readonly string[]
  readonly healthcheck?: readonly string[]
}

export interface Registry {
  /** Adds an image of busybox and a command; gives its reference by digest. */
  add(options: ImageOptions): string
  close(): Promise<void>
}

const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json'
const BUSYBOX = '/bin/busybox'

/** A registry on loopback that only the VM's access token may pull from. */
export async function startRegistry(): Promise<Registry> {
  const content = new Map<string, Buffer>()
  const layer = await busyboxLayer()
  const server = createServer((request, response) => {
    answer(request, response, content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    add: (options) => `127.0.0.1:${address.port}/boot-test@${addImage(content, layer, options)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  content: ReadonlyMap<string, Buffer>
): void {
  const login = Buffer.from(`oauth2accesstoken:${TOKEN}`).toString('base64')
  if (request.headers.authorization !== `Basic ${login}`) {
    const body = '{"errors":[{"code":"UNAUTHORIZED","message":"no such token"}]}'
    response.writeHead(401, { 'www-authenticate': 'Basic realm="boot-test"' }).end(body)
    return
  }
  const digest = (request.url ?? '').split('/').at(-1) ?? ''
  const found = request.url === '/v2/' ? Buffer.from('{}') : content.get(digest)
  if (found === undefined) {
    response
      .writeHead(404)
      .end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}')
    return
  }
  response.writeHead(200, {
    'content-type': request.url?.includes('/manifests/')
      ? MANIFEST_TYPE
      : 'application/octet-stream',
    'content-length': found.length,
    'docker-content-digest': digest,
  })
  response.end(request.method === 'HEAD' ? undefined : found)
}

function addImage(content: Map<string, Buffer>, layer: Buffer, options: ImageOptions): string {
  const put = (bytes: Buffer): string => {
    const digest = sha256(bytes)
    content.set(digest, bytes)
    return digest
  }
  const packed = gzipSync(layer)
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
      os: 'linux',
      config: {
        Cmd: options.command,
        Labels: { 'boot-test': '' },
        ...(options.healthcheck === undefined
          ? {}
          : { Healthcheck: { Test: ['CMD', ...options.healthcheck], Interval: 1_000_000_000 } }),
      },
      rootfs: { type: 'layers', diff_ids: [sha256(layer)] },
    })
  )
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.length,
      digest: put(config),
    },
    layers: [
      {
        mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        size: packed.length,
        digest: put(packed),
      },
    ],
  }
  return put(Buffer.from(JSON.stringify(manifest)))
}

async function busyboxLayer(): Promise<Buffer> {
  const root = await mkdtemp(join(tmpdir(), 'boot-image-'))
  try {
    for (const directory of ['bin', 'www', 'tmp']) await mkdir(join(root, directory))
    await copyFile(BUSYBOX, join(root, 'bin', 'busybox'))
    return execFileSync('tar', ['--create', '--directory', root, '--owner=0', '--group=0', '.'], {
      maxBuffer: 64 * 1024 * 1024,
    })
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
