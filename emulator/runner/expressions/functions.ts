import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { toData } from './values.ts'

type Data = ReturnType<typeof toData>

/** A function that GitHub adds to those of the language. */
export interface ExpressionFunction {
  readonly name: string
  readonly minArgs: number
  readonly maxArgs: number
  readonly call: (...args: Data[]) => Data
}

/** What became of the steps, or of the needed jobs, so far. */
export interface Progress {
  readonly hasFailed: boolean
  readonly hasSucceeded: boolean
  readonly isCancelled: boolean
}

/** `success()`, `failure()`, `cancelled()` and `always()`. */
export function statusFunctions(progress: Progress): readonly ExpressionFunction[] {
  const answer = (name: string, value: boolean): ExpressionFunction => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => toData(value),
  })
  return [
    answer('success', progress.hasSucceeded && !progress.isCancelled),
    answer('failure', progress.hasFailed && !progress.isCancelled),
    answer('cancelled', progress.isCancelled),
    answer('always', true),
  ]
}

const MAX_PATTERNS = 255

/** `hashFiles(pattern, …)`: one digest of all files that fit, empty when none does. */
export function hashFilesIn(workspace: string): ExpressionFunction {
  const call = (...args: Data[]): Data => {
    const patterns = args.flatMap((arg) => arg.coerceString().split('\n'))
    return toData(hashOf(filesThatFit(workspace, patterns)))
  }
  return { name: 'hashFiles', minArgs: 1, maxArgs: MAX_PATTERNS, call }
}

function filesThatFit(workspace: string, patterns: readonly string[]): readonly string[] {
  const chosen = new Set<string>()
  const found = (pattern: string): readonly string[] =>
    globSync(pattern, { cwd: workspace }).map((file) => join(workspace, file))
  // In order: a later `!pattern` takes away what an earlier one brought.
  for (const pattern of patterns.map((one) => one.trim()).filter((one) => one !== '')) {
    if (pattern.startsWith('!')) for (const file of found(pattern.slice(1))) chosen.delete(file)
    else for (const file of found(pattern)) chosen.add(file)
  }
  const isInside = (file: string): boolean => !relative(workspace, file).startsWith('..')
  return [...chosen].filter((file) => isInside(file) && statSync(file).isFile()).sort()
}

function hashOf(files: readonly string[]): string {
  if (files.length === 0) return ''
  const whole = createHash('sha256')
  for (const file of files) whole.update(createHash('sha256').update(readFileSync(file)).digest())
  return whole.digest('hex')
}
