import { readFileSync, writeFileSync } from 'node:fs'
import { completeLock } from './lock/optional-packages.ts'

/**
 * Run after `npm install` where the registry holds the packages of one platform only: npm then
 * leaves the others out of package-lock.json, and `npm ci` refuses such a file everywhere.
 */
const PATH = 'package-lock.json'
const { lock, added } = completeLock(JSON.parse(readFileSync(PATH, 'utf8')))
if (added.length > 0) writeFileSync(PATH, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added.length} optional packages were added to ${PATH}.\n`)
