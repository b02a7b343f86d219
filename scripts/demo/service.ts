import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A developer's change: the next minor version in app/version.py. Returns the new version. */
export async function raiseVersion(directory: string): Promise<string> {
  const path = join(directory, 'app', 'version.py')
  const source = await readFile(path, 'utf8')
  const [, major, minor] = /VERSION[^=]*= *"(\d+)\.(\d+)\.\d+"/.exec(source) ?? []
  if (major === undefined) throw new Error('app/version.py holds no VERSION = "x.y.z"')
  const version = `${major}.${Number(minor) + 1}.0`
  await writeFile(path, source.replace(/"\d+\.\d+\.\d+"/, `"${version}"`))
  return version
}

const START = 'sys.exit(main())'
/** The last words of the broken service. */
export const BROKEN_APP_SAYS = 'MERVIS_MODEL is not set'

/** The change that nobody should have pushed: the service ends as soon as it is started. */
export async function breakService(directory: string): Promise<void> {
  const path = join(directory, 'app', '__main__.py')
  const source = await readFile(path, 'utf8')
  if (!source.includes(START)) throw new Error(`app/__main__.py does not hold ${START}`)
  await writeFile(path, source.replace(START, `sys.exit("${BROKEN_APP_SAYS}")`))
}
