import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'

// What the documents say about the set-up, held against the set-up. The errors that docs/setup.md
// explains are provoked in the other tests of this folder.

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const names = (path: string, kind: string): readonly string[] =>
  [...read(path).matchAll(new RegExp(`^${kind} "(\\w+)"`, 'gm'))].map(([, name]) => name ?? '')
const rows = (text: string): readonly string[] =>
  [...text.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name ?? '')
const section = (title: string): string =>
  read('terraform/bootstrap/README.md').split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? ''

describe('terraform/bootstrap/README.md', () => {
  it.each([
    ['Variables', 'variables.tf', 'variable'],
    ['Outputs', 'outputs.tf', 'output'],
  ])('has a row for each of its %s, and no other', (title, file, kind) => {
    const declared = names(`terraform/bootstrap/${file}`, kind)
    expect([...rows(section(title))].sort()).toEqual([...declared].sort())
  })

  it('names every role that is granted', () => {
    const readme = read('terraform/bootstrap/README.md')
    const granted = [...read('terraform/bootstrap/identities.tf').matchAll(/"roles\/([\w.]+)"/g)]
    expect(granted.map(([, role]) => role ?? '').filter((role) => !readme.includes(role))).toEqual(
      []
    )
  })
})

describe('docs/setup.md', () => {
  it.each([
    'has not been used in project mervis-demo before or it is disabled',
    'Error creating WorkloadIdentityPool: googleapi: Error 409: Requested entity already exists',
    'The given credential is rejected by the attribute condition.',
    "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
  ])('explains the error `%s`', (error) => {
    expect(read('docs/setup.md')).toContain(`### \`${error}\``)
  })
})
