import { registerHooks } from 'node:module'
import { MUTANTS } from './catalogue.ts'
import { mutate } from './mutant.ts'

/** Lets the next import of a file load it with a mutant's bug. @throws for an unknown name */
export function patchModule(name: string): void {
  const mutant = MUTANTS.find((one) => one.name === name)
  if (mutant === undefined) throw new Error(`There is no mutant ${name}.`)
  const target = new URL(`../../../${mutant.file}`, import.meta.url).href
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (url !== target) return loaded
      const source = loaded.source ?? ''
      const text =
        typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString()
      return { ...loaded, source: mutate(text, mutant) }
    },
  })
}
