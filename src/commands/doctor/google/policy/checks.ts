import { grantRole } from '../../../../google/diagnosis/remedies.ts'
import { asRecord } from '../../../../lib/json.ts'
import { type Check, type Finding, unknown } from '../../check.ts'
import { AFTER_PROJECT, type CheckContext } from '../context.ts'
import { CONSTRAINTS, type ConstraintLook } from './constraints.ts'

/** Organisation policies that bite. Resource Manager tells them without an API of their own. */
export function policyChecks(context: CheckContext): readonly Check[] {
  return CONSTRAINTS.map((look) => ({
    id: look.id,
    subject: 'Organisation policies',
    title: look.title,
    after: AFTER_PROJECT,
    look: () => lookAt(look, context),
  }))
}

async function lookAt(look: ConstraintLook, context: CheckContext): Promise<Finding> {
  const { ports, config, readings } = context
  const { projectId: project } = config
  // One question spares nine refusals.
  if (!(await readings.held()).has('orgpolicy.policy.get')) {
    const fix = grantRole('roles/orgpolicy.policyViewer', { project, member: ports.member })
    return unknown('The job may not read organisation policies.', fix)
  }
  const constraint = `constraints/${look.constraint}`
  const answer = await ports.google.request({
    service: 'cloudresourcemanager',
    method: 'POST',
    path: `projects/${project}:getEffectiveOrgPolicy`,
    body: { constraint },
    purpose: `read the organisation policy ${constraint}`,
  })
  return look.judge(asRecord(answer.json), config)
}
