import type { Clinic } from '../clinic.ts'

/** Exactly one thing that is wrong, what the doctor says of it, and that its fix is one. */
export interface Case {
  readonly id: string
  /** Completes the name of the test. */
  readonly when: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly breaks?: (clinic: Clinic) => Promise<unknown>
  readonly kind: 'error' | 'warning' | 'unknown'
  readonly said: RegExp
  readonly fix: string
  /** Other checks that see it too; undefined where half of them do. */
  readonly also?: readonly string[] | 'many'
  /** What a person does beside pasting, such as waiting for Google. */
  readonly helps?: (clinic: Clinic) => Promise<unknown>
}

export const MEMBER = 'serviceAccount:deployer@mervis-demo.iam.gserviceaccount.com'

/** The command that gives the job a role in the project. */
export function granting(role: string, member = MEMBER): string {
  return `gcloud projects add-iam-policy-binding mervis-demo --member=${member} --role=${role} --condition=None`
}
