import { parseArgs } from 'node:util'

export interface DemoOptions {
  readonly machines: 'real' | 'simulated'
  /** Where the same result goes as data; undefined: nowhere. */
  readonly jsonPath: string | undefined
  /** Leave everything running until Ctrl-C. */
  readonly keep: boolean
  readonly help: boolean
}

export const USAGE = `npm run demo -- [options]

  --machines real|simulated   real (default): every VM is a container of the local Docker engine that the
                              real startup script has started; simulated: no container, the VM is played
  --json FILE                 write the result as data, too
  --keep                      leave the cloud running at the end, until Ctrl-C
  --help                      this text
`

/** @throws Error with one sentence for the person who typed it */
export function parseOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      machines: { type: 'string', default: 'real' },
      json: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { machines } = values
  if (machines !== 'real' && machines !== 'simulated') {
    throw new Error(`--machines is "${machines}": write real or simulated.`)
  }
  return { machines, jsonPath: values.json, keep: values.keep, help: values.help }
}
