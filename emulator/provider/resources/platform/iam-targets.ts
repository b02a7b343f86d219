import { lastSegment } from '../../plan/sameness.ts'
import { expand, parseId, resolve } from '../../rest/template.ts'
import type { Api } from '../../session/endpoints.ts'
import type { Session } from '../../session/session.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import type { Fields, Value } from '../../wire/values.ts'

/** Something that has an IAM policy, and how its API lets one read and write it. */
export interface PolicyTarget {
  readonly api: Api
  /** As the real provider names it in messages: "project". */
  readonly title: string
  readonly getMethod: 'GET' | 'POST'
  readonly setMethod: 'POST' | 'PUT'
  readonly verbs: { readonly get: string; readonly set: string }
  /** Where it is, relative to the API. */
  path(fields: Fields, session: Session): string
  /** The first part of the Terraform id. */
  id(fields: Fields, session: Session): string
  /** The fields that say what it is, each in the form that the state has. */
  scope(fields: Fields, session: Session): Fields
  /** The fields that an import id's first part stands for. */
  parse(id: string, session: Session): Fields
}

const COLON_VERBS = { get: ':getIamPolicy', set: ':setIamPolicy' } as const
const VERSIONED_VERBS = {
  get: ':getIamPolicy?options.requestedPolicyVersion=3',
  set: ':setIamPolicy',
} as const

/** google_project_iam_member. */
export const PROJECT_POLICY: PolicyTarget = {
  api: 'resourceManager',
  title: 'project',
  getMethod: 'POST',
  setMethod: 'POST',
  verbs: COLON_VERBS,
  path: (fields) => `projects/${projectOf(fields)}`,
  id: projectOf,
  scope: () => ({}),
  parse: (id) => ({ project: id }),
}

function projectOf(fields: Fields): string {
  return String(fields['project']).replace(/^projects\//, '')
}

/** google_service_account_iam_member. */
export const SERVICE_ACCOUNT_POLICY: PolicyTarget = {
  api: 'iam',
  title: 'service account',
  getMethod: 'POST',
  setMethod: 'POST',
  verbs: VERSIONED_VERBS,
  path: (fields) => String(fields['service_account_id']),
  id: (fields) => String(fields['service_account_id']),
  scope: () => ({}),
  parse: (id) => ({ service_account_id: id }),
}

/** A policy target whose fields are placeholders of one path template. */
function fromTemplate(target: {
  readonly api: Api
  readonly title: string
  readonly template: string
  readonly field: string
}): PolicyTarget {
  const { template, field } = target
  const spread = (fields: Fields): Fields => ({
    ...parseId([template], String(fields[field])),
    ...known(fields, field),
  })
  const path = (fields: Fields, session: Session): string =>
    expand(template, spread(fields), session)
  return {
    api: target.api,
    title: target.title,
    getMethod: 'GET',
    setMethod: 'POST',
    verbs: VERSIONED_VERBS,
    path,
    id: path,
    scope: (fields, session) => ({
      ...scopeOf(template, field, spread(fields), session),
      [field]: path(fields, session),
    }),
    parse: (id, session) => {
      const found = parseId([template], id)
      if (!found)
        throw new ProviderError(
          `Import id "${id}" doesn't match any of the accepted formats: [${template}]`
        )
      return { ...found, ...scopeOf(template, field, found, session), [field]: id }
    },
  }
}

// The field may hold the whole path; then the path's parts count, and the field is its last one.
function known(fields: Fields, field: string): Fields {
  const own: [string, Value][] = Object.entries(fields).filter(
    ([, value]) => typeof value === 'string'
  )
  return { ...Object.fromEntries(own), [field]: lastSegment(String(fields[field])) }
}

function scopeOf(template: string, field: string, fields: Fields, session: Session): Fields {
  const names = [...template.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => name ?? [])
  return Object.fromEntries(
    names.filter((name) => name !== field).map((name) => [name, resolve(name, fields, session)])
  )
}

/** google_secret_manager_secret_iam_member. */
export const SECRET_POLICY = fromTemplate({
  api: 'secretManager',
  title: 'secretmanager secret',
  template: 'projects/{{project}}/secrets/{{secret_id}}',
  field: 'secret_id',
})

/** google_artifact_registry_repository_iam_member. */
export const REPOSITORY_POLICY = fromTemplate({
  api: 'artifactRegistry',
  title: 'artifactregistry repository',
  template: 'projects/{{project}}/locations/{{location}}/repositories/{{repository}}',
  field: 'repository',
})

/** google_storage_bucket_iam_member; the policy is the body, not a field of it. */
export const BUCKET_POLICY: PolicyTarget = {
  api: 'storage',
  title: 'storage bucket',
  getMethod: 'GET',
  setMethod: 'PUT',
  verbs: { get: '/iam?optionsRequestedPolicyVersion=3', set: '/iam' },
  path: (fields) => `b/${lastSegment(String(fields['bucket']))}`,
  id: (fields) => `b/${lastSegment(String(fields['bucket']))}`,
  scope: (fields) => ({ bucket: `b/${lastSegment(String(fields['bucket']))}` }),
  parse: (id) => ({ bucket: `b/${lastSegment(id)}` }),
}
