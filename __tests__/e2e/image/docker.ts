import { spawn } from 'node:child_process'
import { run, runOrThrow } from '../../../scripts/setup/command.ts'
import type { Engine } from '../../../scripts/setup/engine.ts'

/** The ways in which people build an image. */
export const builders = {
  'docker buildx build': { args: ['buildx', 'build', '--load'], buildkit: '1' },
  'plain docker build': { args: ['build'], buildkit: '0' },
} as const

export type Builder = keyof typeof builders

/**
 * The real docker client on a real engine; remembers what it made, so that `cleanUp` can take it
 * away.
 */
export class Docker {
  readonly #environment: NodeJS.ProcessEnv
  readonly #made: string[][] = []

  constructor(engine: Pick<Engine, 'environment'>) {
    this.#environment = { ...process.env, ...engine.environment }
  }

  /** Standard output of a docker command that has to succeed. */
  async call(...args: string[]): Promise<string> {
    const options = {
      environment: this.#environment,
      hint: 'The engine is the one in DOCKER_HOST.',
    }
    return (await runOrThrow('docker', args, options)).trim()
  }

  async build(builder: Builder, context: string, options: BuildOptions): Promise<string> {
    const { args, buildkit } = builders[builder]
    const environment = { ...this.#environment, DOCKER_BUILDKIT: buildkit }
    const base = ['--build-arg', `BASE_IMAGE=${options.baseImage}`, '--tag', options.tag]
    this.#made.push(['image', 'rm', '--force', options.tag])
    const cache = options.noCache === true ? ['--no-cache'] : []
    const hint = 'See the Dockerfile.'
    await runOrThrow('docker', [...args, ...cache, ...base, context], { environment, hint })
    return options.tag
  }

  /** Starts a container and returns its id. */
  async start(image: string, ...options: string[]): Promise<string> {
    const id = await this.call('run', '--detach', ...options, image)
    this.#made.push(['rm', '--force', id])
    return id
  }

  /**
   * True when these bytes stand anywhere in what a push of the image would send: layers, history,
   * configuration.
   */
  async imageContains(image: string, text: string): Promise<boolean> {
    const child = spawn('docker', ['save', image], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const wanted = Buffer.from(text)
    let rest = Buffer.alloc(0)
    let isFound = false
    let totalBytes = 0
    for await (const part of child.stdout) {
      const bytes = Buffer.concat([rest, part])
      isFound ||= bytes.includes(wanted)
      rest = bytes.subarray(-wanted.length)
      totalBytes += part.length
    }
    if (totalBytes === 0) throw new Error(`docker save ${image} gave nothing`)
    return isFound
  }

  async cleanUp(): Promise<void> {
    for (const args of this.#made.splice(0).reverse()) {
      await run('docker', args, { environment: this.#environment })
    }
  }
}

export interface BuildOptions {
  readonly baseImage: string
  readonly tag: string
  readonly noCache?: boolean
}
