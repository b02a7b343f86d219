import { describe, expect, it } from '@jest/globals'
import {
  type DockerfileOptions,
  readDockerfile,
} from '../../../../src/image/dockerfile/dockerfile.ts'

const OPTIONS: DockerfileOptions = {
  target: undefined,
  buildArgs: new Map(),
  platforms: [],
  builderPlatform: 'linux/amd64',
  builder: 'buildkit',
}

function read(text: string, more: Partial<DockerfileOptions> = {}) {
  return readDockerfile(text, { ...OPTIONS, ...more })
}

/** Names of the images that are needed, as far as they can be told. */
function names(text: string, more: Partial<DockerfileOptions> = {}): readonly string[] {
  return read(text, more).images.map(({ name }) => name)
}

const args = (...entries: readonly [string, string][]) => ({ buildArgs: new Map(entries) })

describe('what else readDockerfile tells', () => {
  it('is how the stages are called', () => {
    expect(read('FROM nginx AS Nginx\nFROM a\nFROM nginx as web').stageNames).toEqual([
      'nginx',
      'web',
    ])
  })

  it.each([
    ['RUN --mount=type=secret,id=x y', true],
    ['RUN --mount=id=x,type=ssh y', true],
    ['RUN --mount=type=$KIND y', true],
    ['RUN --mount=type=cache,target=/x y', false],
    ['RUN echo secret', false],
  ])('is whether a step may see a secret: %s', (line, usesSecrets) => {
    expect(read(`FROM a\n${line}`).usesSecrets).toBe(usesSecrets)
  })
})

describe('the images that readDockerfile finds', () => {
  it.each<[string, string, readonly string[]]>([
    ['one base', 'FROM python:3.12\nRUN x', ['python:3.12']],
    ['none for scratch', 'FROM scratch\nCOPY . /', []],
    ['bases of all stages in between', 'FROM a AS one\nFROM b\nCOPY --from=one /x /x', ['a', 'b']],
    ['no stage that nobody needs', 'FROM a AS one\nFROM b AS two\nFROM two', ['b']],
    ['a stage by its number', 'FROM a\nFROM b\nFROM c\nCOPY --from=1 x y', ['b', 'c']],
    ['stages whatever their case', 'FROM a AS One\nFROM b\nCOPY --from=ONE x y', ['a', 'b']],
    ['the later of two stages of one name', 'FROM a AS s\nFROM b AS s\nFROM s', ['b']],
    ['a copy from an image', 'FROM a\nCOPY --from=b:1 x y', ['a', 'b:1']],
    ['a mount from an image', 'FROM a\nRUN --mount=from=b,target=/x y', ['a', 'b']],
    [
      'a mount from a stage',
      'FROM a AS s\nFROM b\nRUN --mount=type=cache,from=s,target=/x y',
      ['a', 'b'],
    ],
    [
      'mounts from nowhere',
      'FROM a\nRUN --mount=type=cache,target=/x --mount=type=tmpfs,target=/y z',
      ['a'],
    ],
    ['an image once', 'FROM a AS s\nFROM a\nCOPY --from=s x y\nCOPY --from=a x y', ['a']],
    [
      'what ONBUILD of an own stage adds',
      'FROM a AS s\nONBUILD COPY --from=b x y\nFROM s',
      ['a', 'b'],
    ],
    ['not what ONBUILD says for others', 'FROM a\nONBUILD COPY --from=b x y', ['a']],
    ['nothing in heredocs and comments', 'FROM a\nRUN <<E\nFROM b\nE\n# FROM c', ['a']],
    ['the frontend first', '# syntax=docker/dockerfile:1\nFROM a', ['docker/dockerfile:1', 'a']],
    ['an image that is only called like a number', 'FROM 0', ['0']],
  ])('%s', (_, text, expected) => {
    expect(names(text)).toEqual(expected)
    expect(read(text).reasons).toEqual([])
  })

  it.each<[string, string, readonly [string, string][], readonly string[]]>([
    ['a default', 'ARG V=3\nFROM a:$V', [], ['a:3']],
    ['the value of the user', 'ARG V=3\nFROM a:$V', [['V', '4']], ['a:4']],
    ['no value for what is not declared', 'FROM a:${V:-1}', [['V', '4']], ['a:1']],
    ['a default of an earlier one', 'ARG A=x\nARG B=${A}y\nFROM $B', [['A', 'z']], ['zy']],
    ['several in one ARG', 'ARG A=x B=y\nFROM $A$B', [], ['xy']],
    [
      'a whole stage name',
      'ARG S=one\nFROM a AS one\nFROM b AS two\nFROM $S',
      [['S', 'two']],
      ['b'],
    ],
    ['a platform variable', 'FROM a:$TARGETARCH-$BUILDOS', [], ['a:amd64-linux']],
    ['a platform variable of the user', 'FROM a:$TARGETARCH', [['TARGETARCH', 'x']], ['a:x']],
    [
      'none of those inside stages',
      'ARG V=3\nFROM a AS s\nARG V=4\nFROM b:$V\nCOPY --from=s x y',
      [],
      ['a', 'b:3'],
    ],
  ])('with ARG: %s', (_, text, buildArgs, expected) => {
    expect(names(text, args(...buildArgs))).toEqual(expected)
  })

  it('are those of the target', () => {
    const text = 'FROM a AS one\nFROM b AS two\nFROM one AS three'
    expect(names(text, { target: 'two' })).toEqual(['b'])
    expect(names(text, { target: 'THREE' })).toEqual(['a'])
  })

  it('come with line, platform, and what names them', () => {
    const text =
      'FROM --platform=$BUILDPLATFORM a AS s\nFROM b\nCOPY --from=s x y\nCOPY --from=c x y'
    expect(read(text, { platforms: ['linux/arm64/v8'] }).images).toEqual([
      { name: 'a', platform: 'linux/amd64', line: 1, by: 'FROM' },
      { name: 'b', platform: 'linux/arm64', line: 2, by: 'FROM' },
      { name: 'c', platform: 'linux/arm64', line: 4, by: 'COPY --from' },
    ])
  })

  it('are those of every platform', () => {
    const platforms = ['linux/amd64', 'linux/arm64']
    expect(names('FROM a:$TARGETARCH', { platforms })).toEqual(['a:amd64', 'a:arm64'])
  })

  it('are those of all stages up to the target where the classic builder builds', () => {
    const text = '# syntax=docker/dockerfile:1\nFROM a AS one\nFROM b AS two\nFROM c'
    expect(names(text, { builder: 'classic' })).toEqual(['a', 'b', 'c'])
    expect(names(text, { builder: 'classic', target: 'two' })).toEqual(['a', 'b'])
  })
})

describe('the base of the final image', () => {
  it.each<[string, string, readonly string[]]>([
    ['is that of the last stage', 'FROM a AS s\nFROM b\nCOPY --from=s x y', ['b']],
    ['is found through other stages', 'FROM a AS s\nFROM s AS t\nFROM t', ['a']],
    ['is none for scratch', 'FROM a AS s\nFROM scratch\nCOPY --from=s x y', []],
  ])('%s', (_, text, expected) => {
    expect(read(text).finalBases.map(({ name }) => name)).toEqual(expected)
  })

  it('may be another on each platform', () => {
    const { finalBases } = read('FROM a:$TARGETARCH', { platforms: ['linux/amd64', 'linux/arm64'] })
    expect(finalBases.map(({ name, platform }) => `${name} ${platform}`)).toEqual([
      'a:amd64 linux/amd64',
      'a:arm64 linux/arm64',
    ])
  })
})

describe('the reasons against an address', () => {
  it.each<[string, string, string]>([
    [
      'a download',
      'FROM a\nADD https://example.com/x /',
      'line 2 of the Dockerfile: ADD https://example.com/x can give',
    ],
    [
      'a download behind a variable',
      'FROM a\nARG U=https://x/y\nADD $U /',
      'line 3 of the Dockerfile: ADD https://x/y can give',
    ],
    ['a source that the base image decides', 'FROM a\nADD $U /', 'ADD $U may be a URL: what U is'],
    ['a mounted secret', 'FROM a\nRUN --mount=type=secret,id=x y', 'RUN --mount=type=secret'],
    ['a mounted agent', 'FROM a\nRUN --mount=type=ssh y', 'RUN --mount=type=ssh'],
    [
      'a mount of unknown kind',
      'FROM a\nRUN --mount=type=$T,target=/x y',
      'only the build knows what RUN mounts',
    ],
    ['an unknown frontend', '# syntax=someone/else:1\nFROM a', 'the frontend someone/else:1'],
    ['no FROM', 'RUN x', 'line 1 of the Dockerfile cannot be read: RUN before the first FROM'],
    ['an empty file', '', 'there is no FROM in it'],
    ['a FROM with too many words', 'FROM a b c', 'line 1 of the Dockerfile cannot be read'],
    ['a base that comes to nothing', 'ARG X\nFROM $X', 'FROM $X comes to nothing'],
    ['a syntax error in a variable', 'FROM a:${X', 'cannot be read'],
    [
      'a stage number that is none',
      'FROM a\nCOPY --from=7 x y',
      'line 2 of the Dockerfile cannot be read: there is no stage 7',
    ],
    [
      'variables where none are taken',
      'FROM a\nCOPY --from=$X x y',
      'COPY --from=$X takes no variables',
    ],
    ['a heredoc without end', 'FROM a\nRUN <<E\nx', 'line 2 of the Dockerfile cannot be read'],
  ])('%s', (_, text, expected) => {
    const { reasons } = read(text)
    expect(reasons).toEqual([expect.stringContaining(expected)])
  })

  it('a target that is not there', () => {
    expect(read('FROM a', { target: 'x' }).reasons).toEqual([
      'the Dockerfile cannot be read: there is no stage "x" in it',
    ])
  })

  it('a platform that is not known, only where it matters', () => {
    const unknown = { builderPlatform: undefined }
    expect(read('FROM a', unknown).reasons).toEqual([])
    expect(read('FROM a:$TARGETARCH', unknown).reasons).toEqual([
      'line 1 of the Dockerfile: what FROM takes depends on TARGETARCH, which only the build knows',
    ])
  })

  it.each([
    ['in a stage that nobody needs', 'FROM a AS s\nADD https://x/y /\nFROM b'],
    ['of a download with a checksum', `FROM a\nARG C=sha256:0\nADD --checksum=$C https://x/y /`],
    ['of a path with a variable', 'FROM a\nADD files/$X /'],
    ['of a path in a variable that is known', 'FROM scratch\nENV P=files\nADD $P/x $Q /'],
    ['of a heredoc', 'FROM a\nADD <<https://x /\nhttps://x'],
    ['of a program that uses the network', 'FROM a\nRUN curl https://x/y'],
    ["of Docker's own frontend", '# syntax=mirror.example/docker/dockerfile:1.7@sha256:0\nFROM a'],
  ])('are silent %s', (_, text) => {
    expect(read(text).reasons).toEqual([])
  })

  it('know what ARG and ENV of earlier stages set', () => {
    const text = 'FROM scratch AS s\nARG U=https://x/y\nENV V=$U\nFROM s\nADD $V /'
    expect(read(text).reasons).toHaveLength(1)
    expect(read(text, args(['U', 'files'])).reasons).toEqual([])
  })
})

describe('the frontend', () => {
  it('can be chosen by a build argument', () => {
    const chosen = args(['BUILDKIT_SYNTAX', 'docker/dockerfile:labs'])
    expect(names('# syntax=docker/dockerfile:1\nFROM a', chosen)).toEqual([
      'docker/dockerfile:labs',
      'a',
    ])
  })
})
