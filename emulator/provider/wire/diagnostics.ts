/** Where in a resource something is: attribute names and list positions, outermost first. */
export type AttributePath = readonly (string | number)[]

/** A problem as terraform shows it: a title, a text below it, and the line of HCL it belongs to. */
export interface Diagnostic {
  readonly summary: string
  readonly detail?: string
  readonly path?: AttributePath
}

/** Thrown by any part of the provider to fail the call with a message meant for the user. */
export class ProviderError extends Error {
  readonly path: AttributePath | undefined

  constructor(
    message: string,
    more: { readonly path?: AttributePath; readonly cause?: unknown } = {}
  ) {
    super(message, { cause: more.cause })
    this.name = 'ProviderError'
    this.path = more.path
  }
}

/** The diagnostic for anything thrown; what is not a ProviderError is a fault of this provider. */
export function toDiagnostic(error: unknown): Diagnostic {
  if (error instanceof ProviderError) {
    return { summary: error.message, ...(error.path && { path: error.path }) }
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { summary: 'The stand-in google provider failed', detail }
}

// The protocol's number; it has warnings as well, of which this provider gives none.
const ERROR = 1

/** The diagnostic in the protocol's form. */
export function wireDiagnostic(diagnostic: Diagnostic): object {
  return {
    severity: ERROR,
    summary: diagnostic.summary,
    detail: diagnostic.detail ?? '',
    ...(diagnostic.path && { attribute: wirePath(diagnostic.path) }),
  }
}

/** The path in the protocol's form. */
export function wirePath(path: AttributePath): object {
  const steps = path.map((step) => {
    return typeof step === 'number' ? { element_key_int: step } : { attribute_name: step }
  })
  return { steps }
}
