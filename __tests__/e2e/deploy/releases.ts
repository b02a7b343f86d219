import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { crc32 } from 'node:zlib'

export interface Releases {
  readonly url: string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/**
 * Serves terraform releases as releases.hashicorp.com lays them out: the zip of each version holds
 * `script` as its program. The list of checksums of a version in `tampered` is that of another zip.
 */
export async function serveReleases(
  script: string,
  tampered: readonly string[] = []
): Promise<Releases> {
  const zip = zipOf('terraform', Buffer.from(script))
  const sum = createHash('sha256').update(zip).digest('hex')
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const [, version = '', file = ''] = /^\/terraform\/([^/]+)\/terraform_\1_(.+)$/.exec(url) ?? []
    if (file === 'linux_amd64.zip') response.end(zip)
    else if (file === 'SHA256SUMS') {
      const said = tampered.includes(version) ? '0'.repeat(64) : sum
      response.end(`${said}  terraform_${version}_linux_amd64.zip\n`)
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const LOCAL_HEADER_BYTES = 30
const CENTRAL_HEADER_BYTES = 46
const END_BYTES = 22
/** A regular file that everybody may run. */
const MODE = 0o100755

/** A zip of one executable file, stored as it is (PKWARE's APPNOTE, 4.3). */
function zipOf(name: string, content: Buffer): Buffer {
  // Version, flags, method "stored", time, date, checksum, both sizes, length of the name, no extra.
  const shared = Buffer.alloc(26)
  shared.writeUInt16LE(20, 0)
  shared.writeUInt32LE(crc32(content), 10)
  shared.writeUInt32LE(content.length, 14)
  shared.writeUInt32LE(content.length, 18)
  shared.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), content])

  const central = Buffer.alloc(CENTRAL_HEADER_BYTES)
  central.write('PK\x01\x02')
  // Made on Unix, so that the mode below counts.
  central.writeUInt16LE((3 << 8) | 20, 4)
  shared.copy(central, 6)
  central.writeUInt32LE((MODE << 16) >>> 0, 38)

  const end = Buffer.alloc(END_BYTES)
  end.write('PK\x05\x06')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(CENTRAL_HEADER_BYTES + name.length, 12)
  end.writeUInt32LE(LOCAL_HEADER_BYTES + name.length + content.length, 16)
  return Buffer.concat([local, central, Buffer.from(name), end])
}
