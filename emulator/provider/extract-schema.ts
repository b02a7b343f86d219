/**
 * Cuts schema.json out of a larger schema of hashicorp/google, given as the only argument.
 * One line per resource type, so that a new provider version shows as a readable difference.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { DATA_SOURCE_TYPES, parseBlock, RESOURCE_TYPES } from './schema.ts'

interface Source {
  readonly provider_version: string
  readonly provider: unknown
  readonly resources: Readonly<Record<string, unknown>>
}

function main(path: string | undefined): void {
  if (!path) throw new Error('Usage: node emulator/provider/extract-schema.ts <schema.json>')
  const source = readSource(path)
  writeFileSync(new URL('schema.json', import.meta.url), render(source))
}

function readSource(path: string): Source {
  const source: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof source !== 'object' || source === null || !('resources' in source)) {
    throw new Error(`${path} has no "resources".`)
  }
  return source as Source
}

function render(source: Source): string {
  const fields = [
    `"providerVersion": ${JSON.stringify(source.provider_version)}`,
    `"provider": ${JSON.stringify(parseBlock(source.provider))}`,
    `"resources": ${renderTypes(source, RESOURCE_TYPES)}`,
    `"dataSources": ${renderTypes(source, DATA_SOURCE_TYPES)}`,
  ]
  return `{\n${fields.join(',\n')}\n}\n`
}

function renderTypes(source: Source, types: readonly string[]): string {
  const lines = types.map((type) => {
    return `  ${JSON.stringify(type)}: ${JSON.stringify(parseBlock(source.resources[type]))}`
  })
  return `{\n${lines.join(',\n')}\n}`
}

main(process.argv[2])
