import { createRole, deleteRole, getRole, listRoles, updateRole } from './custom-roles.ts'

export { createRole, deleteRole, getRole, listRoles, updateRole }
export const operations = [listRoles, getRole, createRole, updateRole, deleteRole]
