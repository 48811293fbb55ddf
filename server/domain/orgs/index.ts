import { createOrganization } from './create-organization.ts'
import { getOrganization, listAllOrganizations, listMembers, listOrganizations } from './read-organizations.ts'

export { slugOf } from './slug.ts'
export { createOrganization, getOrganization, listAllOrganizations, listMembers, listOrganizations }
export const operations = [createOrganization, listOrganizations, getOrganization, listMembers, listAllOrganizations]
