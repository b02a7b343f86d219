import type { PlanRules } from './plan/rules.ts'
import type { Block } from './schema.ts'
import type { Session } from './session/session.ts'
import { type Diagnostic, ProviderError } from './wire/diagnostics.ts'
import type { Fields } from './wire/values.ts'

/** A resource type: what can be planned without asking Google, and the calls that carry it out. */
export interface ResourceType {
  readonly block: Block
  readonly schemaVersion: number
  readonly rules: PlanRules
  /** What `terraform validate` says beyond the schema. */
  validate(config: Fields): readonly Diagnostic[]
  /** Computed values that depend on the provider block (the SDK's CustomizeDiff). */
  customize(planned: Fields, prior: Fields | undefined, session: Session): Fields
  create(planned: Fields, session: Session): Promise<Fields>
  /** The state as Google has it now, or null when the resource is gone. */
  read(state: Fields, session: Session): Promise<Fields | null>
  update(planned: Fields, prior: Fields, session: Session): Promise<Fields>
  delete(state: Fields, session: Session): Promise<void>
  /** What can be told from an import id; terraform reads the rest. */
  import(id: string, session: Session): Fields
}

/** A data source: one read, at plan time. */
export interface DataSourceType {
  readonly block: Block
  read(config: Fields, session: Session): Promise<Fields>
}

/** A failure after the resource came to be: terraform keeps `state` and marks it tainted. */
export class IncompleteError extends ProviderError {
  readonly state: Fields

  constructor(message: string, state: Fields, cause: unknown) {
    super(message, { cause })
    this.name = 'IncompleteError'
    this.state = state
  }
}
