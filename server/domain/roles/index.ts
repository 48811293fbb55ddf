import { createRole, deleteRole, listRoles, updateRole } from './custom-roles.ts'

export { createRole, deleteRole, listRoles, updateRole }
export const operations = [listRoles, createRole, updateRole, deleteRole]
