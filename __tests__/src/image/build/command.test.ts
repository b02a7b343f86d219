import { describe, expect, it } from '@jest/globals'
import {
  dockerfileOf,
  renderBuild,
  renderCacheExport,
} from '../../../../src/image/build/command.ts'
import { anOptions, CONTAINER, ENGINE, PLAIN } from './scene.ts'

const DIGEST = `sha256:${'ab'.repeat(32)}`
const CACHE = 'europe-west1-docker.pkg.dev/p/r/app:buildcache'
const LAYOUT = [
  'buildx',
  'build',
  '--output=type=oci,dest=/job/image.tar',
  '--progress=rawjson',
  '--attest=type=provenance,mode=min',
]
const LOAD = ['buildx', 'build', '--load', '--iidfile=/job/image-id', '--progress=rawjson']

describe('renderBuild', () => {
  it.each(['OTEL_EXPORTER_OTLP_ENDPOINT', 'SSL_CERT_FILE', 'LD_LIBRARY_PATH', 'KUBECONFIG'])(
    'does not let the build argument %s steer the client',
    (name) => {
      const { args, env } = renderBuild(ENGINE, anOptions({ buildArgs: new Map([[name, 'x']]) }))
      expect(env).not.toHaveProperty(name)
      expect(args).toContain(`--build-arg=${name}=x`)
    }
  )

  it.each([
    ['into a file where the builder can', CONTAINER, {}, [...LAYOUT, '--', '.']],
    ['into the engine where it cannot', ENGINE, {}, [...LOAD, '--', '.']],
    ['without buildx', PLAIN, {}, ['build', '--iidfile=/job/image-id', '--', '.']],
    [
      'without buildx and without a cache',
      PLAIN,
      { noCache: true },
      ['build', '--iidfile=/job/image-id', '--no-cache', '--', '.'],
    ],
    [
      'with everything',
      CONTAINER,
      {
        context: 'app dir',
        dockerfile: 'app/Dockerfile.prod',
        target: 'prod',
        buildArgs: new Map([['VERSION', '1.2 "3"']]),
        labels: new Map([['org.opencontainers.image.source', 'https://github.com/m/m']]),
        platforms: ['linux/amd64', 'linux/arm64'],
        bases: [{ name: 'python:3.12-slim', digest: DIGEST }],
        secrets: new Map([['npm,rc', 'hunter2']]),
        noCache: true,
        cache: CACHE,
        sbom: true,
      },
      [
        ...['buildx', 'build', '--output=type=oci,dest=/job/image.tar', '--progress=rawjson'],
        ...['--no-cache', '--platform=linux/amd64,linux/arm64'],
        ...['--attest=type=provenance,mode=min', '--attest=type=sbom'],
        ...['--file=app/Dockerfile.prod', '--target=prod', '--build-arg=VERSION'],
        '--label=org.opencontainers.image.source=https://github.com/m/m',
        '--secret="id=npm,rc",env=DEPLOY_SPOT_MIG_BUILD_SECRET_0',
        `--build-context=python:3.12-slim=docker-image://python:3.12-slim@${DIGEST}`,
        ...['--', 'app dir'],
      ],
    ],
    [
      'with the layers of earlier builds',
      CONTAINER,
      { cache: CACHE, commitTime: 1_700_000_000 },
      [
        ...['buildx', 'build', '--output=type=oci,dest=/job/image.tar'],
        `--cache-from=type=registry,ref=${CACHE}`,
        ...['--progress=rawjson', '--attest=type=provenance,mode=min', '--', '.'],
      ],
    ],
    [
      'with the layers that the last image tells of, where the engine exports no others',
      ENGINE,
      { cache: CACHE },
      [
        ...['buildx', 'build', '--load', '--iidfile=/job/image-id', '--cache-to=type=inline'],
        ...[`--cache-from=type=registry,ref=${CACHE}`, '--progress=rawjson', '--', '.'],
      ],
    ],
    [
      'with the time of the commit in every file, where no cache keeps layers equal',
      CONTAINER,
      { commitTime: 1_700_000_000, workDirectory: '/a,b', provenance: false },
      [
        ...['buildx', 'build', '--output=type=oci,"dest=/a,b/image.tar",rewrite-timestamp=true'],
        ...['--progress=rawjson', '--provenance=false', '--', '.'],
      ],
    ],
    [
      'from a base that is named by digest, which needs no pin',
      ENGINE,
      { bases: [{ name: `python@${DIGEST}`, digest: DIGEST }] },
      [...LOAD, '--', '.'],
    ],
    [
      'a context that looks like an option',
      ENGINE,
      { context: '--network=host' },
      [...LOAD, '--', '--network=host'],
    ],
  ])('builds %s', (_, builder, options, args) => {
    expect(renderBuild(builder, anOptions(options)).args).toEqual(args)
  })

  it('passes values by the environment, never on the command line', () => {
    const buildArgs = new Map([
      ['TOKEN', 'hunter2'],
      ['EMPTY', ''],
    ])
    const secrets = new Map([
      ['PATH', 'hunter2'],
      ['npmrc', 'hunter2'],
    ])
    const { args, env } = renderBuild(CONTAINER, anOptions({ buildArgs, secrets }))
    expect(args.join(' ')).not.toContain('hunter2')
    expect(env).toEqual({
      TOKEN: 'hunter2',
      EMPTY: '',
      DEPLOY_SPOT_MIG_BUILD_SECRET_0: 'hunter2',
      DEPLOY_SPOT_MIG_BUILD_SECRET_1: 'hunter2',
    })
  })

  it.each([
    ...['PATH', 'HOME', 'DOCKER_HOST', 'docker_config', 'BUILDX_BUILDER', 'BUILDKIT_PROGRESS'],
    ...['HTTPS_PROXY', 'no_proxy', 'SOURCE_DATE_EPOCH'],
  ])('does not change the docker client itself by a build argument %s', (name) => {
    const { args, env } = renderBuild(CONTAINER, anOptions({ buildArgs: new Map([[name, 'x']]) }))
    expect(env).not.toHaveProperty(name)
    expect(args).toContain(`--build-arg=${name}=x`)
  })

  it.each([
    ['buildx', CONTAINER, { SOURCE_DATE_EPOCH: '1700000000' }],
    ['docker alone', PLAIN, { SOURCE_DATE_EPOCH: '1700000000', DOCKER_BUILDKIT: '0' }],
  ])('tells %s the time of the commit', (_, builder, env) => {
    expect(renderBuild(builder, anOptions({ commitTime: 1_700_000_000 })).env).toEqual(env)
  })

  it.each([
    [
      'several platforms',
      ENGINE,
      { platforms: ['linux/amd64', 'linux/arm64'] },
      'The builder (driver docker) cannot build for several platforms (linux/amd64, linux/arm64).',
    ],
    [
      'a platform without buildx',
      PLAIN,
      { platforms: ['linux/arm64'] },
      'Docker without buildx cannot build for a platform of choice (linux/arm64).',
    ],
    [
      'secrets without buildx',
      PLAIN,
      { secrets: new Map([['npmrc', 'x']]) },
      'Docker without buildx takes no build secrets.',
    ],
  ])('refuses %s, and says how to get it', (_, builder, options, message) => {
    expect(() => renderBuild(builder, anOptions(options))).toThrow(
      expect.objectContaining({
        code: 'IMAGE_BUILD_FAILED',
        message,
        hint: expect.stringContaining('docker/setup-buildx-action'),
      })
    )
  })
})

describe('renderCacheExport', () => {
  it('keeps the layers of earlier stages only where none of them may have seen a secret', () => {
    const modeOf = (cachesStages: boolean): string | undefined =>
      /mode=(\w+),image/.exec(
        renderCacheExport(CONTAINER, anOptions({ cache: CACHE, cachesStages })).args.join(' ')
      )?.[1]
    expect(modeOf(true)).toBe('max')
    expect(modeOf(false)).toBe('min')
  })

  it('builds the same thing once more, from the cache and for the cache', () => {
    const options = anOptions({ cache: CACHE, noCache: true, target: 'prod' })
    expect(renderCacheExport(CONTAINER, options).args).toEqual([
      ...['buildx', 'build', '--output=type=cacheonly', '--provenance=false', '--progress=plain'],
      `--cache-to=type=registry,ref=${CACHE},mode=max,image-manifest=true,oci-mediatypes=true`,
      ...['--target=prod', '--', '.'],
    ])
  })
})

describe('dockerfileOf', () => {
  it.each([
    [{ context: '.' }, 'Dockerfile'],
    [{ context: 'app' }, 'app/Dockerfile'],
    [{ context: 'app', dockerfile: 'docker/Dockerfile.prod' }, 'docker/Dockerfile.prod'],
  ])('of %j is %s', (options, path) => {
    expect(dockerfileOf(anOptions(options))).toBe(path)
  })
})
