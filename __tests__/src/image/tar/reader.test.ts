import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { TarError } from '../../../../src/image/tar/header.ts'
import { TarReader } from '../../../../src/image/tar/reader.ts'
import { tarOf } from '../gate/image/archives.ts'

interface Read {
  readonly path: string
  readonly kind: string
  readonly target: string
  readonly digest: string | undefined
}

/** All entries, contents as digests; the archive comes in pieces of the size. */
function read(archive: Buffer, pieceBytes = 65_536): Read[] {
  const entries: Read[] = []
  const reader = new TarReader(({ path, kind, target }) => {
    const hash = createHash('sha256')
    return {
      write: (bytes) => void hash.update(bytes),
      end: () => void entries.push({ path, kind, target, digest: hash.digest('hex') }),
    }
  })
  for (let at = 0; at < archive.length; at += pieceBytes) {
    reader.write(archive.subarray(at, at + pieceBytes))
  }
  reader.end()
  return entries
}

function file(path: string, content: string | Buffer): Read {
  return {
    path,
    kind: 'file',
    target: '',
    digest: createHash('sha256').update(content).digest('hex'),
  }
}

const NOTHING = createHash('sha256').digest('hex')
const LONG = `${'n'.repeat(140)}.txt`
const DEEP = `${'p'.repeat(90)}/${'q'.repeat(90)}/${'r'.repeat(90)}/z`

describe.each(['gnu', 'pax', 'ustar', 'v7'])('TarReader, archives in the format %s', (format) => {
  it('reads files, folders and links', () => {
    const archive = tarOf(
      { 'a.txt': 'hello', 'b/empty': '' },
      {
        args: [`--format=${format}`, 'a.txt', 'b', 'c', 'd'],
        script: 'ln a.txt c; ln -s b/empty d',
      }
    )
    expect(read(archive)).toEqual([
      file('a.txt', 'hello'),
      { path: 'b/', kind: 'folder', target: '', digest: NOTHING },
      file('b/empty', ''),
      { path: 'c', kind: 'hard link', target: 'a.txt', digest: NOTHING },
      { path: 'd', kind: 'symbolic link', target: 'b/empty', digest: NOTHING },
    ])
  })
})

describe.each(['gnu', 'pax'])('TarReader, long and odd names in the format %s', (format) => {
  const args = [`--format=${format}`]

  it.each([
    ['longer than a header holds', LONG],
    ['deeper than a header holds', DEEP],
    ['in other scripts', 'ünï/서비스/😀.txt'],
    ['with a line break', 'a\nb'],
    ['with spaces', ' a b '],
  ])('reads a name %s', (_, path) => {
    expect(read(tarOf({ [path]: 'x', after: 'y' }, { args: [...args, path, 'after'] }))).toEqual([
      file(path, 'x'),
      file('after', 'y'),
    ])
  })

  it('reads long targets of links', () => {
    const script = `ln ${DEEP} hard; ln -s ${DEEP} soft`
    const archive = tarOf({ [DEEP]: 'x' }, { args: [...args, DEEP, 'hard', 'soft'], script })
    expect(read(archive).map(({ kind, target }) => [kind, target])).toEqual([
      ['file', ''],
      ['hard link', DEEP],
      ['symbolic link', DEEP],
    ])
  })
})

describe('TarReader', () => {
  it.each([
    ['gnu', []],
    ['pax', ['--sparse-version=0.0']],
    ['pax', ['--sparse-version=0.1']],
    ['pax', ['--sparse-version=1.0']],
  ])('reads on behind a sparse file with many parts (%s %j)', (format, more) => {
    const script = `for i in $(seq 0 40); do printf part$i | dd of=sparse bs=1 seek=$((i * 100000)) conv=notrunc status=none; done`
    const args = [`--format=${format}`, '--sparse', ...more, 'sparse', 'after']
    const entries = read(tarOf({ after: 'y' }, { args, script }))
    expect(entries.map(({ path }) => path)).toEqual(['sparse', 'after'])
    expect(entries[1]).toEqual(file('after', 'y'))
  })

  it('gives the parts of a sparse file that are there', () => {
    const script = 'printf begin > sparse; truncate -s 1M sparse; printf end >> sparse'
    const pieces: Buffer[] = []
    const reader = new TarReader(() => ({
      write: (bytes) => void pieces.push(bytes),
      end: () => undefined,
    }))
    reader.write(tarOf({}, { args: ['--format=gnu', '--sparse', 'sparse'], script }))
    const content = Buffer.concat(pieces).toString()
    expect(content).toContain('begin')
    expect(content).toContain('end')
  })

  it('reads a size beyond 8 GB', () => {
    // Of the header only: tar writes the rest of such a file for minutes.
    const script = `truncate -s 9G big; tar --format=gnu -cf - big | head -c 512 > header; rm big`
    const archive = tarOf({}, { args: ['--format=gnu', 'header'], script })
    let sizeBytes = 0
    const inner = new TarReader((entry) => {
      sizeBytes = entry.sizeBytes
      return undefined
    })
    inner.write(archive.subarray(512, 1_024))
    expect(sizeBytes).toBe(9 * 1024 ** 3)
    expect(() => inner.end()).toThrow('ends in the middle of a file')
  })

  it.each([1, 7, 511, 512, 513, 4_096])('reads the same in pieces of %i bytes', (pieceBytes) => {
    const content = randomBytes(5_000)
    const archive = tarOf(
      { a: content, b: '', [LONG]: 'x', [DEEP]: content },
      { args: ['--format=pax', 'a', 'b', LONG, DEEP] }
    )
    expect(read(archive, pieceBytes)).toEqual(read(archive))
    expect(read(archive)).toHaveLength(4)
  })

  it('lists what tar itself lists', () => {
    const script =
      'mkdir -p x/y && for i in $(seq 200); do echo $i > x/y/file-$i; done; ln -s y x/z'
    const archive = tarOf({ 'top file': '1' }, { args: ['--format=pax', '.'], script })
    const listed = execFileSync('tar', ['-tf', '-'], { input: archive, encoding: 'utf8' })
    expect(read(archive).map(({ path }) => path)).toEqual(listed.trim().split('\n'))
  })

  it('passes over content that nobody wants', () => {
    const seen: string[] = []
    const reader = new TarReader(({ path }) => void seen.push(path))
    reader.write(tarOf({ a: 'x'.repeat(2_000), b: 'y' }, { args: ['a', 'b'] }))
    reader.end()
    expect(seen).toEqual(['a', 'b'])
  })

  it('ignores what stands behind the end', () => {
    const archive = Buffer.concat([tarOf({ a: 'x' }, { args: ['a'] }), Buffer.alloc(3_000, 'junk')])
    expect(read(archive).map(({ path }) => path)).toEqual(['a'])
  })

  it('reads an archive without an end, as engines do', () => {
    const archive = tarOf({ a: 'x' }, { args: ['a'] }).subarray(0, 1_024)
    expect(read(archive)).toEqual([file('a', 'x')])
  })
})

describe('TarReader, of what is no archive', () => {
  const whole = tarOf({ a: 'x'.repeat(3_000), [LONG]: 'y' }, { args: ['--format=gnu', 'a', LONG] })

  it.each([
    ['in a header', 100, 'ends in the middle of a header'],
    ['in a file', 2_000, 'ends in the middle of a file'],
    ['in the padding behind it', 512 + 3_001, 'ends in the middle of a file'],
    ['behind a long name', 512 + 3_072 + 1_024, 'ends in the middle of a header'],
  ])('says that it ends %s', (_, length, message) => {
    expect(() => read(whole.subarray(0, length))).toThrow(new TarError(message))
  })

  it.each([
    ['text', Buffer.alloc(1_024, 'no archive at all ')],
    ['random bytes', randomBytes(2_048)],
    ['a header with one bit turned', turned(whole, 3)],
  ])('refuses %s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(TarError)
  })

  it('refuses an extended header that would fill the memory', () => {
    const script = 'mkdir x'
    const archive = tarOf({}, { args: ['--format=pax', 'x'], script })
    const header = Buffer.from(archive.subarray(0, 512))
    header.write('00000000000\0', 124)
    header.write('77777777777\0', 124)
    header.write('x', 156)
    expect(() => read(withChecksum(header))).toThrow('has a header of over 1 MB')
  })

  it('ends in a reading or a TarError, whatever single byte is changed', () => {
    for (let at = 0; at < 1_600; at += 3) {
      try {
        read(turned(whole, at))
      } catch (error) {
        expect(error).toBeInstanceOf(TarError)
      }
    }
  })
})

function turned(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x40
  return copy
}

function withChecksum(header: Buffer): Buffer {
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}
