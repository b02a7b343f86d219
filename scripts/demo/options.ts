import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface DemoOptions {
  readonly machines: 'real' | 'simulated'
  /** Of the emulated cloud and its console; 0 takes any free one. */
  readonly port: number
  /** Where the same result goes as data; undefined: nowhere. */
  readonly jsonPath: string | undefined
  /** Leave everything running until Ctrl-C. */
  readonly keep: boolean
  readonly help: boolean
}

/** What `--help` prints. */
export const USAGE = `npm run demo -- [options]

  --machines real|simulated   real (default): every VM is a container of the local Docker engine that the
                              real startup script has started; simulated: no container, the VM is played
  --port N                    port of the emulated cloud and of its console, on 127.0.0.1; 0 (default): any
                              free one
  --json FILE                 write the result as data, too
  --keep                      leave the cloud and its console running at the end, until Ctrl-C
  --help                      this text
`

/** What a person can do about a port that somebody else has; any other failure as it is. */
export function explained(failure: unknown): unknown {
  if (failure === null || typeof failure !== 'object') return failure
  if (!('code' in failure) || !('port' in failure)) return failure
  if (failure.code !== 'EADDRINUSE') return failure
  return new Error(
    `Port ${failure.port} is taken, perhaps by a demo that still runs. Give --port another one, or leave it out for any free one.`
  )
}

/** @throws Error with one sentence for the person who typed it */
export function parseOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      machines: { type: 'string', default: 'real' },
      port: { type: 'string', default: '0' },
      json: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { machines, keep, help } = values
  if (machines !== 'real' && machines !== 'simulated') {
    throw new Error(`--machines is "${machines}": write real or simulated.`)
  }
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new Error(`--port is "${values.port}": write a number from 0 to 65535.`)
  }
  return { machines, port: Number(values.port), jsonPath: values.json, keep, help }
}
