import { createOrganization } from './create-organization.ts'
import { acceptInvitation, previewInvitation, signUpByInvitation } from './invitations/accept-invitation.ts'
import { createInvitation } from './invitations/create-invitation.ts'
import { listInvitations, resendInvitation, revokeInvitation } from './invitations/manage-invitations.ts'
import { getMember, listMembers } from './members/list-members.ts'
import { leaveOrganization, removeMember } from './members/remove-member.ts'
import { revokeTokensOf } from './members/revoke-tokens.ts'
import { suspendMember, unsuspendMember } from './members/suspend-member.ts'
import { transferOwnership } from './members/transfer-ownership.ts'
import { updateMember } from './members/update-member.ts'
import { getOrganization, listAllOrganizations, listOrganizations } from './read-organizations.ts'
import { listRegions } from './regions.ts'
import { getTrust, trustOrganization } from './trust-organization.ts'
import { updateOrganization, updateOrganizationSettings } from './update-organization.ts'

export { chosenRole, heldRole } from './roles.ts'
export { slugOf } from './slug.ts'
export {
  acceptInvitation, createInvitation, createOrganization, getMember, getOrganization, getTrust, leaveOrganization, listAllOrganizations, listInvitations,
  listMembers,
  listOrganizations, listRegions, previewInvitation, removeMember, resendInvitation, revokeInvitation, signUpByInvitation, suspendMember, transferOwnership,
  trustOrganization,
  unsuspendMember, updateMember, updateOrganization, updateOrganizationSettings,
}
export const operations = [
  createOrganization, listOrganizations, getOrganization, updateOrganization, updateOrganizationSettings, transferOwnership, listRegions, listMembers,
  getMember,
  updateMember, suspendMember, unsuspendMember, removeMember, leaveOrganization, createInvitation, listInvitations, resendInvitation, revokeInvitation,
  previewInvitation, acceptInvitation, signUpByInvitation, listAllOrganizations, getTrust, trustOrganization,
]
export const jobs = [revokeTokensOf]
