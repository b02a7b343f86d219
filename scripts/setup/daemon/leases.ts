import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStartTime } from './processes.ts'

/**
 * Marks that this process uses something shared. Returns the lease's path, to hand to `giveBack`.
 */
export async function lease(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, `${process.pid}-${randomUUID()}`)
  await writeFile(path, (await readStartTime(process.pid)) ?? '')
  return path
}

/**
 * Takes the mark away. True when nobody who is still alive holds another one. Call it under a lock.
 */
export async function giveBack(directory: string, path: string): Promise<boolean> {
  await rm(path, { force: true })
  const names = await readdir(directory)
  const held = await Promise.all(names.map((name) => isHeld(directory, name)))
  return !held.includes(true)
}

async function isHeld(directory: string, name: string): Promise<boolean> {
  const startTime = await readFile(join(directory, name), 'utf8').catch(() => undefined)
  if (startTime === (await readStartTime(Number.parseInt(name, 10)))) return startTime !== undefined
  // Its holder was killed before it could give it back.
  await rm(join(directory, name), { force: true })
  return false
}
