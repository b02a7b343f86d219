import type { Carrier } from './window.ts'

const CODE = new Set(
  (
    'ts tsx js jsx mjs cjs mts cts py pyi pyc java class kt kts scala groovy go rs c h cc cpp cxx hpp cs fs vb rb erb php ' +
    'swift m mm vue svelte html htm xhtml css scss sass less lua pl pm r jl dart ex exs erl hs clj elm ml sql ' +
    'map json jsonc json5 ipynb xml svg po pot tf hcl proto graphql wasm so o a dll exe'
  ).split(' ')
)

/** By the name alone: in source code a bare word behind `password:` is a type or a variable. */
export function carrierOf(path: string): Carrier {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const dot = name.lastIndexOf('.')
  return dot > 0 && CODE.has(name.slice(dot + 1)) ? 'code' : 'config'
}
