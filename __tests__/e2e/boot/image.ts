import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface ImageOptions {
  /** What the container runs with its shell. */
  readonly script: string
  /** Run each second; left out: the image has no HEALTHCHECK. */
  readonly healthcheck?: string
}

/** An image as a registry stores it. */
export interface Image {
  readonly manifestType: string
  readonly manifest: Buffer
  readonly digest: string
  readonly blobs: readonly { readonly digest: string; readonly bytes: Buffer }[]
}

/** Marks the images of these tests, so that they can be taken off the engine. */
export const LABEL = 'boot-test'

const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json'
const CONFIG_TYPE = 'application/vnd.docker.container.image.v1+json'
const LAYER_TYPE = 'application/vnd.docker.image.rootfs.diff.tar.gzip'
const APPLETS = ['sh', 'env', 'httpd', 'rm', 'seq', 'sleep', 'touch']
// A request that takes its time; while it is answered, /tmp/busy is there.
const SLOW = `#!/bin/sh
touch /tmp/busy
sleep 3
printf 'Content-Type: text/plain\\r\\n\\r\\ndone'
rm /tmp/busy
`

/** A file system of nothing but busybox (static), a web folder and a slow page. */
export async function busyboxLayer(): Promise<Buffer> {
  const root = await mkdtemp(join(tmpdir(), 'boot-image-'))
  try {
    for (const directory of ['bin', 'www/cgi-bin', 'tmp']) {
      await mkdir(join(root, directory), { recursive: true })
    }
    await copyFile('/bin/busybox', join(root, 'bin/busybox'))
    for (const applet of APPLETS) await symlink('busybox', join(root, 'bin', applet))
    await writeFile(join(root, 'www/cgi-bin/slow'), SLOW)
    await chmod(join(root, 'www/cgi-bin/slow'), 0o755)
    return execFileSync('tar', ['--create', '--directory', root, '--owner=0', '--group=0', '.'], {
      maxBuffer: 64 * 1024 * 1024,
    })
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/** Pure: an image of one layer and a command. */
export function buildImage(layer: Buffer, { script, healthcheck }: ImageOptions): Image {
  const packed = blobOf(gzipSync(layer))
  const test = healthcheck === undefined ? [] : ['CMD', '/bin/sh', '-c', healthcheck]
  const config = blobOf(
    Buffer.from(
      JSON.stringify({
        architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
        os: 'linux',
        config: {
          Env: ['PATH=/bin'],
          Cmd: ['/bin/sh', '-c', script],
          Labels: { [LABEL]: '' },
          ...(test.length > 0 && {
            Healthcheck: { Test: test, Interval: 1_000_000_000, Retries: 2 },
          }),
        },
        rootfs: { type: 'layers', diff_ids: [blobOf(layer).digest] },
      })
    )
  )
  const describe = (mediaType: string, { bytes, digest }: typeof config) => ({
    mediaType,
    size: bytes.length,
    digest,
  })
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: describe(CONFIG_TYPE, config),
      layers: [describe(LAYER_TYPE, packed)],
    })
  )
  const { digest } = blobOf(manifest)
  return { manifestType: MANIFEST_TYPE, manifest, digest, blobs: [config, packed] }
}

function blobOf(bytes: Buffer): { readonly digest: string; readonly bytes: Buffer } {
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, bytes }
}
