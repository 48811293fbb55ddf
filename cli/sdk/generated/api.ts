// Made from docs/api/openapi.json by `node scripts/sdk/main.ts`. Do not edit.
export interface paths {
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign up: creates an account under this host's brand and mails a verification link */
        post: operations["users.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in account and its organizations */
        get: operations["users.me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the name of the signed-in account */
        patch: operations["users.update_me"];
        trace?: never;
    };
    "/v1/users/me/security": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the signed-in account is protected */
        get: operations["users.security"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange e-mail, password and, where the account has a second factor, a code of it for a session token of 24 hours */
        post: operations["auth.create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices and tokens signed in to this account */
        get: operations["auth.list_sessions"];
        put?: never;
        post?: never;
        /** End every session of this account, those of POST /v1/auth/token included */
        delete: operations["auth.sign_out_everywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session */
        delete: operations["auth.revoke_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions/revoke-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End every session of this account but this one */
        post: operations["auth.revoke_other_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to set up an authenticator app; it counts once a code of it was confirmed */
        post: operations["auth.start_totp"];
        /** Remove the authenticator app */
        delete: operations["auth.remove_totp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn the authenticator app on with a code of it */
        post: operations["auth.confirm_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the recovery codes; the old ones stop working */
        post: operations["auth.regenerate_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/passkeys/{passkey_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a passkey; it no longer signs in */
        delete: operations["auth.remove_passkey"];
        options?: never;
        head?: never;
        /** Name a passkey */
        patch: operations["auth.rename_passkey"];
        trace?: never;
    };
    "/v1/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a new password; every other session ends */
        post: operations["auth.change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a link to the new address; the account keeps the old one until it is confirmed */
        post: operations["auth.request_email_change"];
        /** Keep the present address; the mailed link stops working */
        delete: operations["auth.cancel_email_change"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email-change/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the new address with the token from its mail; the old one gets a link to undo */
        post: operations["auth.confirm_email_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email-change/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring the old address back with the token from its mail; ends every session and asks for a new password */
        post: operations["auth.undo_email_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm an e-mail address with the token from the mail */
        post: operations["auth.verify_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a link to choose a new password; the answer is the same for an unknown address */
        post: operations["auth.request_password_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a new password with the token from the mail; ends every session */
        post: operations["auth.reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** First visit: creates the operator account with the one-time setup code */
        post: operations["setup.create_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A program asks to act for a person, who approves it in the console (RFC 8628) */
        post: operations["auth.start_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/device/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The token of an approved program, once; until then authorization_pending, slow_down, access_denied or expired_token */
        post: operations["auth.poll_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a token by itself (RFC 7009); an unknown one is revoked already */
        post: operations["auth.revoke_presented"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Limits of the organization and how much of each is in use
         * @description Needs `org:read`.
         */
        get: operations["organizations.quotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/organizations/{organization_id}/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Limits of one organization and how much of each is in use
         * @description For the operator only.
         */
        get: operations["admin.get_quotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set limits of one organization; null goes back to its plan's, what is left out stays
         * @description For the operator only.
         */
        patch: operations["admin.set_quotas"];
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organizations of the signed-in account */
        get: operations["organizations.list"];
        put?: never;
        /** Create an organization; the caller becomes its owner */
        post: operations["organizations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One organization
         * @description Needs `org:read`.
         */
        get: operations["organizations.get"];
        put?: never;
        post?: never;
        /**
         * Delete the organization in 72 hours: its apps stop now, and until then it can be undone
         * @description Needs `org:delete`.
         */
        delete: operations["organizations.delete"];
        options?: never;
        head?: never;
        /**
         * Change name, billing contact, time zone or country
         * @description Needs `org:write`.
         */
        patch: operations["organizations.update"];
        trace?: never;
    };
    "/v1/organizations/{organization_id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change allowed regions, the duty to have a second factor, and how long the audit log is kept
         * @description Needs `org:write`.
         */
        patch: operations["organizations.update_settings"];
        trace?: never;
    };
    "/v1/organizations/{organization_id}/actions/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make another member the owner in your place; you become an admin
         * @description Needs `org:delete`.
         */
        post: operations["organizations.transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Regions with nodes */
        get: operations["regions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People of the organization: role, restriction, second factor, last seen
         * @description Needs `members:read`.
         */
        get: operations["members.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a membership; the account itself stays
         * @description Needs `members:write`.
         */
        delete: operations["members.remove"];
        options?: never;
        head?: never;
        /**
         * Change a member's role, the apps they are restricted to, or what they may do on single apps
         * @description Needs `members:write`.
         */
        patch: operations["members.update"];
        trace?: never;
    };
    "/v1/organizations/{organization_id}/members/{user_id}/actions/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shut a member out without removing them; their tokens stop working here
         * @description Needs `members:write`.
         */
        post: operations["members.suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/members/{user_id}/actions/unsuspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a suspended member in again
         * @description Needs `members:write`.
         */
        post: operations["members.unsuspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/actions/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave the organization; its name is asked for, so that a wrong id leaves nothing
         * @description Needs `org:read`.
         */
        post: operations["members.leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invitations that are neither accepted nor withdrawn
         * @description Needs `members:read`.
         */
        get: operations["invitations.list"];
        put?: never;
        /**
         * Invite somebody by mail; the link works once and only for that address
         * @description Needs `members:write`.
         */
        post: operations["invitations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/invitations/{invitation_id}/actions/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a new link, good for seven more days; the one before stops working
         * @description Needs `members:write`.
         */
        post: operations["invitations.resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation; its link stops working
         * @description Needs `members:write`.
         */
        delete: operations["invitations.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an invitation offers, for whoever holds its link */
        post: operations["invitations.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join by the link of an invitation to your own address, which counts as confirmed by it */
        post: operations["invitations.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the account of the invited address and join; the link has confirmed the address */
        post: operations["invitations.sign_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every organization of the installation
         * @description For the operator only.
         */
        get: operations["admin.organizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/organizations/{organization_id}/trust": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say whether an organization's code may run on nodes that only emulate the machine
         * @description For the operator only.
         */
        put: operations["admin.trust_organization"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your personal tokens that are not revoked */
        get: operations["tokens.list"];
        put?: never;
        /** Make a personal token; it is shown once */
        post: operations["tokens.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of your personal tokens */
        get: operations["tokens.get"];
        put?: never;
        post?: never;
        /** Revoke a personal token at once */
        delete: operations["tokens.revoke"];
        options?: never;
        head?: never;
        /** Rename a personal token */
        patch: operations["tokens.update"];
        trace?: never;
    };
    "/v1/tokens/temporary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a token for one purpose that ends after 15 minutes */
        post: operations["tokens.create_temporary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke one of your tokens or sessions at once */
        delete: operations["auth.revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{token_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace a personal token by a new one with the same limits */
        post: operations["tokens.rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/service-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Machines that act in the organization
         * @description Needs `tokens:read`.
         */
        get: operations["service_accounts.list"];
        put?: never;
        /**
         * Make an account for a machine; tokens are made for it apart
         * @description Needs `tokens:write`.
         */
        post: operations["service_accounts.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/service-accounts/{service_account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One service account
         * @description Needs `tokens:read`.
         */
        get: operations["service_accounts.get"];
        put?: never;
        post?: never;
        /**
         * Delete a service account and its tokens at once
         * @description Needs `tokens:write`.
         */
        delete: operations["service_accounts.delete"];
        options?: never;
        head?: never;
        /**
         * Rename a service account, change its role, or disable it at once
         * @description Needs `tokens:write`.
         */
        patch: operations["service_accounts.update"];
        trace?: never;
    };
    "/v1/organizations/{organization_id}/service-accounts/{service_account_id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tokens of a service account that are not revoked
         * @description Needs `tokens:read`.
         */
        get: operations["service_accounts.tokens"];
        put?: never;
        /**
         * Make a token for a service account; it is shown once
         * @description Needs `tokens:write`.
         */
        post: operations["service_accounts.create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/service-accounts/{service_account_id}/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token of a service account at once
         * @description Needs `tokens:write`.
         */
        delete: operations["service_accounts.revoke_token"];
        options?: never;
        head?: never;
        /**
         * Rename a token of a service account
         * @description Needs `tokens:write`.
         */
        patch: operations["service_accounts.rename_token"];
        trace?: never;
    };
    "/v1/organizations/{organization_id}/service-accounts/{service_account_id}/tokens/{token_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a token of a service account by a new one with the same limits
         * @description Needs `tokens:write`.
         */
        post: operations["service_accounts.rotate_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Built-in roles and those of the organization
         * @description Needs `members:read`.
         */
        get: operations["roles.list"];
        put?: never;
        /**
         * Make a role out of permissions
         * @description Needs `members:write`.
         */
        post: operations["roles.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a role nobody has any more
         * @description Needs `members:write`.
         */
        delete: operations["roles.delete"];
        options?: never;
        head?: never;
        /**
         * Change a role; it holds for its members at once
         * @description Needs `members:write`.
         */
        patch: operations["roles.update"];
        trace?: never;
    };
    "/v1/organizations/{organization_id}/sso": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The organization's single sign-on, without its secret
         * @description Needs `org:read`.
         */
        get: operations["sso.get"];
        /**
         * Connect an OpenID Connect provider, or change the connection
         * @description Needs `org:write`.
         */
        put: operations["sso.save"];
        post?: never;
        /**
         * Disconnect the identity provider; members sign in by their other ways again
         * @description Needs `org:write`.
         */
        delete: operations["sso.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/sso/enforce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let members of the proven domains sign in through the identity provider only, or end that
         * @description Needs `org:write`.
         */
        post: operations["sso.enforce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/sso/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * E-mail domains of the organization and the DNS records that prove them
         * @description Needs `org:read`.
         */
        get: operations["sso.list_domains"];
        put?: never;
        /**
         * Claim an e-mail domain; the answer holds the TXT record that proves it
         * @description Needs `org:write`.
         */
        post: operations["sso.add_domain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/sso/domains/{domain_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Give a domain up; its people no longer sign in through the organization
         * @description Needs `org:write`.
         */
        delete: operations["sso.remove_domain"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log: who did what, when and from where, newest first
         * @description Needs `audit:read`.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/audit/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the audit log can be filtered by: the types and actors it holds
         * @description Needs `audit:read`.
         */
        get: operations["audit.facets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recompute the audit chain; names the first entry that is not what it was
         * @description Needs `audit:read`.
         */
        get: operations["audit.verify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/organizations/{organization_id}/impersonate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a customer's account for an hour, with a reason the customer can read; the answer is a link, good for five minutes
         * @description For the operator only.
         */
        post: operations["admin.impersonate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/brand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The brand this host name shows */
        get: operations["brands.current"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/brands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Brands of this installation, oldest first
         * @description For the operator only.
         */
        get: operations["brands.list"];
        put?: never;
        /**
         * Create a reseller: a cloud under its own host name, name, logo, colours, prices and invoices
         * @description For the operator only.
         */
        post: operations["brands.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/brands/{brand_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One brand
         * @description For the operator only.
         */
        get: operations["brands.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change how a brand looks and what its invoices say
         * @description For the operator only.
         */
        patch: operations["brands.update"];
        trace?: never;
    };
    "/v1/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Machines that run instances, with what they hold
         * @description For the operator only.
         */
        get: operations["nodes.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/nodes/{node_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One machine
         * @description For the operator only.
         */
        get: operations["nodes.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/nodes/join-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A single-use token with which one machine may join; shown once, good for 30 minutes
         * @description For the operator only.
         */
        post: operations["nodes.create_join_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Secrets of the organization and its apps, newest first; never their values
         * @description Needs `secrets:read`.
         */
        get: operations["secrets.list"];
        put?: never;
        /**
         * Keep a secret for one app, or for every app that refers to it
         * @description Needs `secrets:write`.
         */
        post: operations["secrets.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/secrets/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set many secrets from the lines of a .env file: all of them, or none
         * @description Needs `secrets:write`.
         */
        post: operations["secrets.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/secrets/{secret_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One secret: versions, expiry, who uses it; never its value
         * @description Needs `secrets:read`.
         */
        get: operations["secrets.get"];
        put?: never;
        post?: never;
        /**
         * Delete a secret; running instances keep it until they are deployed again
         * @description Needs `secrets:write`.
         */
        delete: operations["secrets.delete"];
        options?: never;
        head?: never;
        /**
         * Change when a secret expires
         * @description Needs `secrets:write`.
         */
        patch: operations["secrets.update"];
        trace?: never;
    };
    "/v1/secrets/{secret_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of a secret that can be rolled back to, newest first
         * @description Needs `secrets:read`.
         */
        get: operations["secrets.versions"];
        put?: never;
        /**
         * Give a secret a new value as its next version
         * @description Needs `secrets:write`.
         */
        post: operations["secrets.rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/secrets/{secret_id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back an earlier version of a secret as its newest
         * @description Needs `secrets:write`.
         */
        post: operations["secrets.roll_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an app gets: its own secrets and those of the organization it refers to
         * @description Needs `secrets:read`.
         */
        get: operations["secrets.of_app"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/secrets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a secret of an app: new, or the next version of the one there is
         * @description Needs `secrets:write`.
         */
        put: operations["secrets.set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys/organizations/{organization_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an organization a new data key and encrypt its secrets again
         * @description For the operator only.
         */
        post: operations["keys.replace_data_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Apps of the organization, newest first
         * @description Needs `apps:read`.
         */
        get: operations["apps.list"];
        put?: never;
        /**
         * Create an app from an OCI image and deploy it
         * @description Needs `apps:write`.
         */
        post: operations["apps.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One app with its instances
         * @description Needs `apps:read`.
         */
        get: operations["apps.get"];
        put?: never;
        post?: never;
        /**
         * Delete an app, its instances and its host name
         * @description Needs `apps:write`.
         */
        delete: operations["apps.delete"];
        options?: never;
        head?: never;
        /**
         * Change an app; what its instances run is rolled out as a new release
         * @description Needs `apps:write`.
         */
        patch: operations["apps.update"];
        trace?: never;
    };
    "/v1/apps/{app_id}/scale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set how many instances run
         * @description Needs `apps:write`.
         */
        post: operations["apps.scale"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/actions/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a stopped app again
         * @description Needs `apps:write`.
         */
        post: operations["apps.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/actions/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop every instance; nothing is billed but what is stored
         * @description Needs `apps:write`.
         */
        post: operations["apps.stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/actions/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace every instance by a fresh one, without an outage
         * @description Needs `apps:write`.
         */
        post: operations["apps.restart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deploy an image, or the present one again
         * @description Needs `apps:write`.
         */
        post: operations["apps.deploy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Deployments of an app, newest first
         * @description Needs `apps:read`.
         */
        get: operations["deployments.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{deployment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One deployment with its steps
         * @description Needs `apps:read`.
         */
        get: operations["deployments.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Apps of the marketplace */
        get: operations["catalog.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalog/{catalog_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One app of the marketplace with its form */
        get: operations["catalog.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Installs of the organization, newest first; those undone only when asked for by filter[state]
         * @description Needs `apps:read`.
         */
        get: operations["installs.list"];
        put?: never;
        /**
         * Install an app of the marketplace; its services start in the order of their dependencies
         * @description Needs `apps:write`.
         */
        post: operations["installs.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installs/{install_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One install with its steps
         * @description Needs `apps:read`.
         */
        get: operations["installs.get"];
        put?: never;
        post?: never;
        /**
         * Delete every app of an install, dependants first
         * @description Needs `apps:write`.
         */
        delete: operations["installs.undo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Newest log lines of an app, oldest first; next_cursor leads to older ones
         * @description Needs `apps:read`.
         */
        get: operations["apps.logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{app_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * CPU, memory or network traffic of an app over time
         * @description Needs `apps:read`.
         */
        get: operations["apps.metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened in the organization, newest first
         * @description Needs `org:read`.
         */
        get: operations["events.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rate any price, quantity, coupon and credit without side effects */
        post: operations["billing.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/spend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This month's spend so far: the invoice as it stands now, with a forecast and how it was made
         * @description Needs `usage:read`.
         */
        get: operations["billing.spend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What every app used of every meter on every day, and what it costs before tax
         * @description Needs `usage:read`.
         */
        get: operations["usage.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invoices of the organization, newest first
         * @description Needs `billing:read`.
         */
        get: operations["invoices.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invoices of every organization, newest first
         * @description For the operator only.
         */
        get: operations["admin.invoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Balance of every account of every seller; debits positive, each currency of a seller sums to zero
         * @description For the operator only.
         */
        get: operations["admin.trial_balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/invariants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proves over all rows that the books hold: sums are zero, invoices match the ledger, numbers have no gaps
         * @description For the operator only.
         */
        get: operations["admin.check_invariants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Price lists of every brand, newest version first
         * @description For the operator only.
         */
        get: operations["prices.list"];
        put?: never;
        /**
         * New version of a brand's price list. It counts from the first period that starts after it becomes active; issued invoices never change
         * @description For the operator only.
         */
        post: operations["prices.set"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prices/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The price list that applies to the organization now
         * @description Needs `org:read`.
         */
        get: operations["prices.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prices/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prices of this host's brand, for the page where people sign up */
        get: operations["prices.public"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prices/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an app of a size costs in a whole month, before tax and traffic
         * @description Needs `org:read`.
         */
        get: operations["prices.estimate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One invoice as issued, with its payments and the ways to pay it
         * @description Needs `billing:read`.
         */
        get: operations["invoices.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments of the organization, newest first
         * @description Needs `billing:read`.
         */
        get: operations["payments.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{payment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One payment
         * @description Needs `billing:read`.
         */
        get: operations["payments.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/actions/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a deletion that is under way; the apps it stopped start again
         * @description Needs `org:delete`.
         */
        post: operations["organizations.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Webhooks of the organization with their last 24 hours
         * @description Needs `webhooks:read`.
         */
        get: operations["webhooks.list"];
        put?: never;
        /**
         * Have events sent to an address; the answer shows the signing secret this once
         * @description Needs `webhooks:write`.
         */
        post: operations["webhooks.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook
         * @description Needs `webhooks:read`.
         */
        get: operations["webhooks.get"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook and its delivery log
         * @description Needs `webhooks:write`.
         */
        delete: operations["webhooks.delete"];
        options?: never;
        head?: never;
        /**
         * Change a webhook, disable it or enable it again
         * @description Needs `webhooks:write`.
         */
        patch: operations["webhooks.update"];
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new signing secret; for some hours messages are signed with the old one too
         * @description Needs `webhooks:write`.
         */
        post: operations["webhooks.rotate_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a webhook.test event to this webhook alone
         * @description Needs `webhooks:write`.
         */
        post: operations["webhooks.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent to a webhook, newest first; kept for 30 days
         * @description Needs `webhooks:read`.
         */
        get: operations["webhooks.deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One delivery with each attempt, request and response
         * @description Needs `webhooks:read`.
         */
        get: operations["webhooks.delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again, with the same webhook-id
         * @description Needs `webhooks:write`.
         */
        post: operations["webhooks.redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send what was given up in a span of time again, or all of it
         * @description Needs `webhooks:write`.
         */
        post: operations["webhooks.redeliver_range"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a hosted checkout for an invoice; send the customer to checkout_url
         * @description Needs `billing:pay`.
         */
        post: operations["invoices.pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys that wrap the data keys, and how far a rewrap is
         * @description For the operator only.
         */
        get: operations["keys.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new wrapping key and move every data key under it
         * @description For the operator only.
         */
        post: operations["keys.rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an old wrapping key unusable for ever; refused while anything remains under an old key
         * @description For the operator only.
         */
        post: operations["keys.retire"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/sso/domains/{domain_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look for the TXT record; the answer shows what the resolver said
         * @description Needs `org:write`.
         */
        post: operations["sso.verify_domain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The invoice as PDF
         * @description Needs `billing:read`.
         */
        get: operations["invoices.pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organization_id}/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log as CSV or JSON, newest first, filtered as in the list
         * @description Needs `audit:read`.
         */
        get: operations["audit.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance?: string;
            code: string;
            request_id: string;
            errors?: {
                /** @description RFC 6901 pointer into the input */
                pointer: string;
                code: string;
                message: string;
            }[];
            /** @description With quota_exceeded: which limits, and what was wanted */
            quotas?: {
                /** @enum {string} */
                name: "apps" | "instances" | "vcpu" | "memory_mib" | "disk_mib" | "databases" | "members";
                used: number;
                requested: number;
                limit: number;
            }[];
        };
        /** @enum {string} */
        ProblemCode: "invalid_json" | "invalid_request" | "idempotency_key_required" | "authorization_pending" | "slow_down" | "access_denied" | "expired_token" | "organization_required" | "unauthenticated" | "invalid_credentials" | "mfa_code_required" | "invalid_mfa_code" | "invalid_passkey" | "payment_required" | "forbidden" | "email_not_verified" | "mfa_required" | "reauthentication_required" | "session_required" | "address_refused" | "wrong_account" | "csrf_refused" | "sso_required" | "sso_refused" | "impersonation_refused" | "not_found" | "method_not_allowed" | "name_taken" | "hostname_taken" | "domain_taken" | "email_taken" | "state_conflict" | "quota_exceeded" | "no_capacity" | "clock_backwards" | "organization_deleting" | "role_in_use" | "last_owner" | "idempotency_key_in_use" | "setup_done" | "precondition_failed" | "body_too_large" | "unsupported_media_type" | "unknown_host" | "rule_violated" | "idempotency_key_reused" | "token_invalid" | "precondition_required" | "rate_limited" | "internal" | "secret_unreadable" | "provider_failed" | "identity_provider_failed" | "unavailable";
    };
    responses: {
        /** @description `invalid_json`: The body is not valid JSON; `invalid_request`: The request does not fit the schema; `idempotency_key_required`: Send an Idempotency-Key; `authorization_pending`: Nobody has answered yet; `slow_down`: Ask less often; `access_denied`: The request was refused; `expired_token`: The code is expired or used; `organization_required`: Say which organization is meant */
        Problem400: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unauthenticated`: Sign in first; `invalid_credentials`: E-mail or password is wrong; `mfa_code_required`: Send a code of your second factor; `invalid_mfa_code`: The code is wrong; `invalid_passkey`: The passkey was not accepted */
        Problem401: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `payment_required`: An invoice is unpaid */
        Problem402: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `forbidden`: Your role does not allow this; `email_not_verified`: Verify your e-mail address first; `mfa_required`: Your organization asks for a second factor; `reauthentication_required`: Prove again who you are; `session_required`: Only a signed-in person may do this; `address_refused`: This token may not be used from here; `wrong_account`: The invitation is for another address; `csrf_refused`: The request did not come from this console; `sso_required`: Sign in by single sign-on; `sso_refused`: Single sign-on was refused; `impersonation_refused`: Not while the operator is in this account */
        Problem403: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_found`: Not found */
        Problem404: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `method_not_allowed`: Method not allowed */
        Problem405: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `name_taken`: That name is taken; `hostname_taken`: That host name is taken; `domain_taken`: That domain belongs to another organization; `email_taken`: An account with that e-mail exists; `state_conflict`: The present state does not allow this; `quota_exceeded`: A limit is reached; `no_capacity`: No node has room; `clock_backwards`: The test clock only runs forward; `organization_deleting`: The organization is about to be deleted; `role_in_use`: Somebody still has this role; `last_owner`: An organization needs an owner; `idempotency_key_in_use`: The first request with that Idempotency-Key is under way; `setup_done`: Setup is already done */
        Problem409: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `precondition_failed`: It changed since you read it */
        Problem412: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `body_too_large`: The body is too large */
        Problem413: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type`: Send application/json */
        Problem415: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unknown_host`: No console is served under this host name */
        Problem421: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `rule_violated`: A value breaks a rule; `idempotency_key_reused`: That Idempotency-Key was used for another request; `token_invalid`: The link is invalid or expired */
        Problem422: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `precondition_required`: Send If-Match */
        Problem428: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `rate_limited`: Too many requests */
        Problem429: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal`: Something failed on our side; `secret_unreadable`: A secret cannot be decrypted */
        Problem500: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `provider_failed`: The payment provider did not answer; `identity_provider_failed`: The identity provider did not answer */
        Problem502: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unavailable`: Temporarily unavailable */
        Problem503: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description Which organization is meant, for those who belong to several and do not send organization_id
         * @example org_01k3m8q2rt6vxyzabcdefg1
         */
        Organization: string;
        /**
         * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
         * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
         */
        IdempotencyKey: string;
        /**
         * @description 1 to 255 visible ASCII characters. Needed here, because money moves
         * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
         */
        RequiredIdempotencyKey: string;
        /**
         * @description ETag of the state you change. 428 without it, 412 when it changed meanwhile
         * @example "4.9f86d081884c7d659a2f"
         */
        IfMatch: string;
        /**
         * @description ETag of what you have: 304 when it is still that
         * @example "4.9f86d081884c7d659a2f"
         */
        IfNoneMatch: string;
        /**
         * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
         * @example my-trace.0123
         */
        RequestId: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Names this request in our log; yours if you sent a well-formed one
         * @example req_01k3m8q2rt6vxyzabcdefg1
         */
        "X-Request-Id": string;
        /**
         * @description Requests a minute
         * @example 1000
         */
        "X-RateLimit-Limit": string;
        /**
         * @description Left of this minute
         * @example 999
         */
        "X-RateLimit-Remaining": string;
        /**
         * @description When the minute is over, in seconds since 1970
         * @example 1795262460
         */
        "X-RateLimit-Reset": string;
        /**
         * @description The limits that hold, as structured field
         * @example "sustained";q=1000;w=60, "burst";q=50;w=3
         */
        "RateLimit-Policy": string;
        /**
         * @description What is left of each, as structured field
         * @example "sustained";r=999;t=60, "burst";r=49;t=0
         */
        RateLimit: string;
        /**
         * @description Seconds to wait
         * @example 1
         */
        "Retry-After": string;
        /**
         * @description Names this state; send it as If-None-Match to read again, or as If-Match to change it
         * @example "4.9f86d081884c7d659a2f"
         */
        ETag: string;
        /**
         * @description The next page, `rel="next"`; for deprecated routes their successor
         * @example </v1/apps?cursor=WyI2ZjFiIl0.3q2rt6vxyzabcdefg1hjkm>; rel="next"
         */
        Link: string;
        /**
         * @description `true`: this answer was given before, under the same Idempotency-Key
         * @example true
         */
        "Idempotent-Replayed": string;
        /**
         * @description Since when this route should not be used
         * @example @1798675200
         */
        Deprecation: string;
        /**
         * @description When it goes
         * @example Thu, 31 Dec 2026 00:00:00 GMT
         */
        Sunset: string;
        /**
         * @description Methods of this route
         * @example GET, POST, HEAD, OPTIONS
         */
        Allow: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "users.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery",
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    email: string;
                    /** @description secret */
                    password: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Sign up: creates an account under this host's brand and mails a verification link */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "email": "ada@example.com",
                     *       "name": "hello",
                     *       "staff": true,
                     *       "email_verified": true,
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        email: string;
                        name: string;
                        staff: boolean;
                        email_verified: boolean;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "users.me": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signed-in account and its organizations */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "example",
                     *         "email": "ada@example.com",
                     *         "name": "hello",
                     *         "staff": true,
                     *         "email_verified": true,
                     *         "created_at": "2026-11-21T12:00:00Z",
                     *         "mfa_enabled": true
                     *       },
                     *       "organizations": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "slug": "example",
                     *           "currency": "USD",
                     *           "delete_after": "2026-11-21T12:00:00Z",
                     *           "permissions": [
                     *             "org:read"
                     *           ],
                     *           "app_ids": [
                     *             "app_01k3m8q2rt6vxyzabcdefg1"
                     *           ],
                     *           "grants": [
                     *             {
                     *               "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *               "permissions": [
                     *                 "org:read"
                     *               ]
                     *             }
                     *           ],
                     *           "role": "owner",
                     *           "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *           "role_name": "example"
                     *         }
                     *       ],
                     *       "impersonation": {
                     *         "by": "example",
                     *         "reason": "Maintenance",
                     *         "until": "2026-11-21T12:00:00Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        user: {
                            id: string;
                            email: string;
                            name: string;
                            staff: boolean;
                            email_verified: boolean;
                            /** Format: date-time */
                            created_at: string;
                            /** @description A second factor is asked for at sign-in */
                            mfa_enabled: boolean;
                        };
                        organizations: {
                            id: string;
                            name: string;
                            slug: string;
                            currency: string;
                            delete_after: string | null;
                            permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                            /** @description Apps it is restricted to; null = every app */
                            app_ids: string[] | null;
                            grants: {
                                app_id: string;
                                permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                            }[];
                            /** @enum {string} */
                            role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                            role_id: string | null;
                            /** @description Of a custom role */
                            role_name: string | null;
                        }[];
                        /** @description The operator at work in this account */
                        impersonation: {
                            by: string;
                            reason: string;
                            /** Format: date-time */
                            until: string;
                        } | null;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "users.update_me": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Change the name of the signed-in account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "email": "ada@example.com",
                     *       "name": "hello",
                     *       "staff": true,
                     *       "email_verified": true,
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        email: string;
                        name: string;
                        staff: boolean;
                        email_verified: boolean;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "users.security": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the signed-in account is protected */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "password": {
                     *         "set": true,
                     *         "changed_at": "2026-11-21T12:00:00Z"
                     *       },
                     *       "totp": {
                     *         "enabled": true,
                     *         "since": "2026-11-21T12:00:00Z"
                     *       },
                     *       "passkeys": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "host": "cloud.example.com",
                     *           "usable_here": true,
                     *           "backed_up": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "last_used_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "recovery_codes_left": 1,
                     *       "session": {
                     *         "mfa": true
                     *       },
                     *       "email_change": {
                     *         "new_email": "example",
                     *         "expires_at": "2026-11-21T12:00:00Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        password: {
                            set: boolean;
                            changed_at: string | null;
                        };
                        totp: {
                            enabled: boolean;
                            since: string | null;
                        };
                        passkeys: {
                            id: string;
                            name: string;
                            /** @description Host name it works under */
                            host: string;
                            usable_here: boolean;
                            /** @description Synchronised by its provider */
                            backed_up: boolean;
                            /** Format: date-time */
                            created_at: string;
                            last_used_at: string | null;
                        }[];
                        recovery_codes_left: number;
                        session: {
                            /** @description A second factor was proven in this session */
                            mfa: boolean;
                        };
                        /** @description Waits for the new address to be confirmed */
                        email_change: {
                            new_email: string;
                            /** Format: date-time */
                            expires_at: string;
                        } | null;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.create_token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    email: string;
                    /** @description secret */
                    password: string;
                    /** @description secret */
                    mfa_code?: string;
                    /** @description What the token may do; absent = everything its holder may */
                    scope?: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                };
            };
        };
        responses: {
            /** @description Exchange e-mail, password and, where the account has a second factor, a code of it for a session token of 24 hours */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "example",
                     *       "type": "session_token",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "scope": [
                     *         "org:read"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        token: string;
                        /** @constant */
                        type: "session_token";
                        /** Format: date-time */
                        expires_at: string;
                        scope: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.list_sessions": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Devices and tokens signed in to this account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "kind": "web",
                     *           "current": true,
                     *           "device": "example",
                     *           "ip": "example",
                     *           "user_agent": "example",
                     *           "mfa": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "last_seen_at": "2026-11-21T12:00:00Z",
                     *           "expires_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            /** @enum {string} */
                            kind: "web" | "api";
                            current: boolean;
                            /** @description Browser and system, or the program */
                            device: string;
                            ip: string | null;
                            user_agent: string | null;
                            /** @description A second factor was proven in it */
                            mfa: boolean;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            last_seen_at: string;
                            /** Format: date-time */
                            expires_at: string;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.sign_out_everywhere": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End every session of this account, those of POST /v1/auth/token included */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ended": 1
                     *     }
                     */
                    "application/json": {
                        ended: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.revoke_session": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example sid_01k3m8q2rt6vxyzabcdefg1 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End one session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.revoke_other_sessions": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End every session of this account but this one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ended": 1
                     *     }
                     */
                    "application/json": {
                        ended: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.start_totp": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to set up an authenticator app; it counts once a code of it was confirmed */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "example",
                     *       "uri": "example"
                     *     }
                     */
                    "application/json": {
                        secret: string;
                        /** @description For a QR code */
                        uri: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.remove_totp": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove the authenticator app */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.confirm_totp": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Turn the authenticator app on with a code of it */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recovery_codes": [
                     *         "example"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        recovery_codes: string[] | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.regenerate_recovery_codes": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Replace the recovery codes; the old ones stop working */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recovery_codes": [
                     *         "example"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Shown once; each works once in place of the second factor */
                        recovery_codes: string[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.remove_passkey": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example example */
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a passkey; it no longer signs in */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.rename_passkey": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example example */
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Name a passkey */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "host": "cloud.example.com",
                     *       "usable_here": true,
                     *       "backed_up": true,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description Host name it works under */
                        host: string;
                        usable_here: boolean;
                        /** @description Synchronised by its provider */
                        backed_up: boolean;
                        /** Format: date-time */
                        created_at: string;
                        last_used_at: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.change_password": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Choose a new password; every other session ends */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ended": 1
                     *     }
                     */
                    "application/json": {
                        /** @description Other sessions that were ended */
                        ended: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.request_email_change": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Mail a link to the new address; the account keeps the old one until it is confirmed */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.cancel_email_change": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keep the present address; the mailed link stops working */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.confirm_email_change": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "example"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Confirm the new address with the token from its mail; the old one gets a link to undo */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "ada@example.com"
                     *     }
                     */
                    "application/json": {
                        email: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.undo_email_change": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "example"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Bring the old address back with the token from its mail; ends every session and asks for a new password */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "ada@example.com"
                     *     }
                     */
                    "application/json": {
                        email: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.verify_email": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "example"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Confirm an e-mail address with the token from the mail */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.request_password_reset": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Mail a link to choose a new password; the answer is the same for an unknown address */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.reset_password": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "example",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    token: string;
                    /** @description secret */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Choose a new password with the token from the mail; ends every session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "setup.create_operator": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456",
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery",
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    code: string;
                    email: string;
                    /** @description secret */
                    password: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description First visit: creates the operator account with the one-time setup code */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "email": "ada@example.com",
                     *       "name": "hello",
                     *       "staff": true,
                     *       "email_verified": true,
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        email: string;
                        name: string;
                        staff: boolean;
                        email_verified: boolean;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.start_device": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @default A program */
                    client_name?: string;
                    /**
                     * @description Permissions it has; empty = everything its holder may do
                     * @default []
                     */
                    scopes?: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                };
            };
        };
        responses: {
            /** @description A program asks to act for a person, who approves it in the console (RFC 8628) */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "device_code": "example",
                     *       "user_code": "example",
                     *       "verification_uri": "example",
                     *       "verification_uri_complete": "example",
                     *       "expires_in": 1,
                     *       "interval": 1
                     *     }
                     */
                    "application/json": {
                        /** @description secret */
                        device_code: string;
                        user_code: string;
                        verification_uri: string;
                        verification_uri_complete: string;
                        /** @description Seconds */
                        expires_in: number;
                        /** @description Seconds between two questions for the token */
                        interval: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.poll_device": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "device_code": "example"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    device_code: string;
                };
            };
        };
        responses: {
            /** @description The token of an approved program, once; until then authorization_pending, slow_down, access_denied or expired_token */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example",
                     *       "token": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                        /** @description secret */
                        token: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.revoke_presented": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "example"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Revoke a token by itself (RFC 7009); an unknown one is revoked already */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.quotas": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Limits of the organization and how much of each is in use */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": "example",
                     *       "data": [
                     *         {
                     *           "name": "apps",
                     *           "used": 1,
                     *           "limit": 1,
                     *           "source": "plan"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        plan: string;
                        data: {
                            /** @enum {string} */
                            name: "apps" | "instances" | "vcpu" | "memory_mib" | "disk_mib" | "databases" | "members";
                            used: number;
                            limit: number;
                            /**
                             * @description Who set the limit
                             * @enum {string}
                             */
                            source: "plan" | "operator";
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "admin.get_quotas": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Limits of one organization and how much of each is in use */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": "example",
                     *       "data": [
                     *         {
                     *           "name": "apps",
                     *           "used": 1,
                     *           "limit": 1,
                     *           "source": "plan"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        plan: string;
                        data: {
                            /** @enum {string} */
                            name: "apps" | "instances" | "vcpu" | "memory_mib" | "disk_mib" | "databases" | "members";
                            used: number;
                            limit: number;
                            /**
                             * @description Who set the limit
                             * @enum {string}
                             */
                            source: "plan" | "operator";
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "admin.set_quotas": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    apps?: number | null;
                    instances?: number | null;
                    vcpu?: number | null;
                    memory_mib?: number | null;
                    disk_mib?: number | null;
                    databases?: number | null;
                    members?: number | null;
                };
            };
        };
        responses: {
            /** @description Set limits of one organization; null goes back to its plan's, what is left out stays */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": "example",
                     *       "data": [
                     *         {
                     *           "name": "apps",
                     *           "used": 1,
                     *           "limit": 1,
                     *           "source": "plan"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        plan: string;
                        data: {
                            /** @enum {string} */
                            name: "apps" | "instances" | "vcpu" | "memory_mib" | "disk_mib" | "databases" | "members";
                            used: number;
                            limit: number;
                            /**
                             * @description Who set the limit
                             * @enum {string}
                             */
                            source: "plan" | "operator";
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.list": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Organizations of the signed-in account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "slug": "example",
                     *           "currency": "USD",
                     *           "timezone": "Africa/Lagos",
                     *           "country": "NG",
                     *           "billing_email": "billing@example.com",
                     *           "billing_address": "example",
                     *           "settings": {
                     *             "regions": [
                     *               "example"
                     *             ],
                     *             "mfa_required": true,
                     *             "audit_retention_days": 1
                     *           },
                     *           "delete_after": "2026-11-21T12:00:00Z",
                     *           "permissions": [
                     *             "org:read"
                     *           ],
                     *           "app_ids": [
                     *             "app_01k3m8q2rt6vxyzabcdefg1"
                     *           ],
                     *           "grants": [
                     *             {
                     *               "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *               "permissions": [
                     *                 "org:read"
                     *               ]
                     *             }
                     *           ],
                     *           "role": "owner",
                     *           "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *           "role_name": "example",
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            slug: string;
                            currency: string;
                            timezone: string;
                            country: string;
                            billing_email: string;
                            billing_address: string;
                            settings: {
                                /** @description Where its apps may run; empty = everywhere */
                                regions: string[];
                                mfa_required: boolean;
                                audit_retention_days: number;
                            };
                            /** @description Set while a deletion can still be undone */
                            delete_after: string | null;
                            permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                            /** @description Apps it is restricted to; null = every app */
                            app_ids: string[] | null;
                            grants: {
                                app_id: string;
                                permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                            }[];
                            /** @enum {string} */
                            role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                            role_id: string | null;
                            /** @description Of a custom role */
                            role_name: string | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "1.0.0"
                 *     }
                 */
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    currency?: "USD" | "NGN";
                    /** @default UTC */
                    timezone?: string;
                    /** @default NG */
                    country?: string;
                    /** @default  */
                    billing_address?: string;
                };
            };
        };
        responses: {
            /** @description Create an organization; the caller becomes its owner */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "slug": "example",
                     *       "currency": "USD",
                     *       "timezone": "Africa/Lagos",
                     *       "country": "NG",
                     *       "billing_email": "billing@example.com",
                     *       "billing_address": "example",
                     *       "settings": {
                     *         "regions": [
                     *           "example"
                     *         ],
                     *         "mfa_required": true,
                     *         "audit_retention_days": 1
                     *       },
                     *       "delete_after": "2026-11-21T12:00:00Z",
                     *       "permissions": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "permissions": [
                     *             "org:read"
                     *           ]
                     *         }
                     *       ],
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        slug: string;
                        currency: string;
                        timezone: string;
                        country: string;
                        billing_email: string;
                        billing_address: string;
                        settings: {
                            /** @description Where its apps may run; empty = everywhere */
                            regions: string[];
                            mfa_required: boolean;
                            audit_retention_days: number;
                        };
                        /** @description Set while a deletion can still be undone */
                        delete_after: string | null;
                        permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        /** @description Apps it is restricted to; null = every app */
                        app_ids: string[] | null;
                        grants: {
                            app_id: string;
                            permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        }[];
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One organization */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "slug": "example",
                     *       "currency": "USD",
                     *       "timezone": "Africa/Lagos",
                     *       "country": "NG",
                     *       "billing_email": "billing@example.com",
                     *       "billing_address": "example",
                     *       "settings": {
                     *         "regions": [
                     *           "example"
                     *         ],
                     *         "mfa_required": true,
                     *         "audit_retention_days": 1
                     *       },
                     *       "delete_after": "2026-11-21T12:00:00Z",
                     *       "permissions": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "permissions": [
                     *             "org:read"
                     *           ]
                     *         }
                     *       ],
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        slug: string;
                        currency: string;
                        timezone: string;
                        country: string;
                        billing_email: string;
                        billing_address: string;
                        settings: {
                            /** @description Where its apps may run; empty = everywhere */
                            regions: string[];
                            mfa_required: boolean;
                            audit_retention_days: number;
                        };
                        /** @description Set while a deletion can still be undone */
                        delete_after: string | null;
                        permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        /** @description Apps it is restricted to; null = every app */
                        app_ids: string[] | null;
                        grants: {
                            app_id: string;
                            permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        }[];
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.delete": {
        parameters: {
            query: {
                /** @description The organization's name, typed again */
                name: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete the organization in 72 hours: its apps stop now, and until then it can be undone */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "delete_after": "2026-11-21T12:00:00Z",
                     *       "stopped_apps": 1
                     *     }
                     */
                    "application/json": {
                        /** Format: date-time */
                        delete_after: string;
                        stopped_apps: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.update": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description ETag of the state you change. 428 without it, 412 when it changed meanwhile
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-Match": components["parameters"]["IfMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    name?: string;
                    billing_email?: string;
                    billing_address?: string;
                    timezone?: string;
                    country?: string;
                };
            };
        };
        responses: {
            /** @description Change name, billing contact, time zone or country */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "slug": "example",
                     *       "currency": "USD",
                     *       "timezone": "Africa/Lagos",
                     *       "country": "NG",
                     *       "billing_email": "billing@example.com",
                     *       "billing_address": "example",
                     *       "settings": {
                     *         "regions": [
                     *           "example"
                     *         ],
                     *         "mfa_required": true,
                     *         "audit_retention_days": 1
                     *       },
                     *       "delete_after": "2026-11-21T12:00:00Z",
                     *       "permissions": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "permissions": [
                     *             "org:read"
                     *           ]
                     *         }
                     *       ],
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        slug: string;
                        currency: string;
                        timezone: string;
                        country: string;
                        billing_email: string;
                        billing_address: string;
                        settings: {
                            /** @description Where its apps may run; empty = everywhere */
                            regions: string[];
                            mfa_required: boolean;
                            audit_retention_days: number;
                        };
                        /** @description Set while a deletion can still be undone */
                        delete_after: string | null;
                        permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        /** @description Apps it is restricted to; null = every app */
                        app_ids: string[] | null;
                        grants: {
                            app_id: string;
                            permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        }[];
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.update_settings": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description ETag of the state you change. 428 without it, 412 when it changed meanwhile
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-Match": components["parameters"]["IfMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    regions?: string[];
                    mfa_required?: boolean;
                    audit_retention_days?: number;
                };
            };
        };
        responses: {
            /** @description Change allowed regions, the duty to have a second factor, and how long the audit log is kept */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "slug": "example",
                     *       "currency": "USD",
                     *       "timezone": "Africa/Lagos",
                     *       "country": "NG",
                     *       "billing_email": "billing@example.com",
                     *       "billing_address": "example",
                     *       "settings": {
                     *         "regions": [
                     *           "example"
                     *         ],
                     *         "mfa_required": true,
                     *         "audit_retention_days": 1
                     *       },
                     *       "delete_after": "2026-11-21T12:00:00Z",
                     *       "permissions": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "permissions": [
                     *             "org:read"
                     *           ]
                     *         }
                     *       ],
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        slug: string;
                        currency: string;
                        timezone: string;
                        country: string;
                        billing_email: string;
                        billing_address: string;
                        settings: {
                            /** @description Where its apps may run; empty = everywhere */
                            regions: string[];
                            mfa_required: boolean;
                            audit_retention_days: number;
                        };
                        /** @description Set while a deletion can still be undone */
                        delete_after: string | null;
                        permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        /** @description Apps it is restricted to; null = every app */
                        app_ids: string[] | null;
                        grants: {
                            app_id: string;
                            permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        }[];
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.transfer": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "user_01k3m8q2rt6vxyzabcdefg1"
                 *     }
                 */
                "application/json": {
                    user_id: string;
                };
            };
        };
        responses: {
            /** @description Make another member the owner in your place; you become an admin */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "user_01k3m8q2rt6vxyzabcdefg1",
                     *       "email": "ada@example.com",
                     *       "name": "hello",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "permissions": [
                     *             "apps:read"
                     *           ]
                     *         }
                     *       ],
                     *       "suspended_at": "2026-11-21T12:00:00Z",
                     *       "mfa": true,
                     *       "last_seen_at": "2026-11-21T12:00:00Z",
                     *       "joined_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        user_id: string;
                        email: string;
                        name: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        app_ids: string[];
                        grants: {
                            app_id: string;
                            permissions: ("apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "usage:read")[];
                        }[];
                        suspended_at: string | null;
                        /** @description Has a second factor */
                        mfa: boolean;
                        last_seen_at: string | null;
                        /** Format: date-time */
                        joined_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "regions.list": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Regions with nodes */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "hello"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            name: string;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "members.list": {
        parameters: {
            query?: {
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `created_at`; `-` is descending. Fields: role, created_at */
                sort?: string;
                filter?: {
                    /** @description One or several of owner, admin, developer, viewer, billing, custom, separated by commas */
                    role?: string;
                    /** @description One or several values, separated by commas */
                    email?: string;
                    /** @description One or several of active, suspended, separated by commas */
                    status?: string;
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People of the organization: role, restriction, second factor, last seen */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "user_id": "user_01k3m8q2rt6vxyzabcdefg1",
                     *           "email": "ada@example.com",
                     *           "name": "hello",
                     *           "role": "owner",
                     *           "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *           "role_name": "example",
                     *           "app_ids": [
                     *             "app_01k3m8q2rt6vxyzabcdefg1"
                     *           ],
                     *           "grants": [
                     *             {
                     *               "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *               "permissions": [
                     *                 "apps:read"
                     *               ]
                     *             }
                     *           ],
                     *           "suspended_at": "2026-11-21T12:00:00Z",
                     *           "mfa": true,
                     *           "last_seen_at": "2026-11-21T12:00:00Z",
                     *           "joined_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            user_id: string;
                            email: string;
                            name: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                            role_id: string | null;
                            /** @description Of a custom role */
                            role_name: string | null;
                            app_ids: string[];
                            grants: {
                                app_id: string;
                                permissions: ("apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "usage:read")[];
                            }[];
                            suspended_at: string | null;
                            /** @description Has a second factor */
                            mfa: boolean;
                            last_seen_at: string | null;
                            /** Format: date-time */
                            joined_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "members.remove": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example user_01k3m8q2rt6vxyzabcdefg1 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "members.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example user_01k3m8q2rt6vxyzabcdefg1 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @enum {string} */
                    role?: "owner" | "admin" | "developer" | "viewer" | "billing";
                    /** @description A custom role, instead of `role` */
                    role_id?: string;
                    /** @description Restricts to these apps; empty = all */
                    app_ids?: string[];
                    /** @description Permissions on single apps besides the role; replaces what was granted before */
                    grants?: {
                        app_id: string;
                        permissions: ("apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "usage:read")[];
                    }[];
                };
            };
        };
        responses: {
            /** @description Change a member's role, the apps they are restricted to, or what they may do on single apps */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "user_01k3m8q2rt6vxyzabcdefg1",
                     *       "email": "ada@example.com",
                     *       "name": "hello",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "permissions": [
                     *             "apps:read"
                     *           ]
                     *         }
                     *       ],
                     *       "suspended_at": "2026-11-21T12:00:00Z",
                     *       "mfa": true,
                     *       "last_seen_at": "2026-11-21T12:00:00Z",
                     *       "joined_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        user_id: string;
                        email: string;
                        name: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        app_ids: string[];
                        grants: {
                            app_id: string;
                            permissions: ("apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "usage:read")[];
                        }[];
                        suspended_at: string | null;
                        /** @description Has a second factor */
                        mfa: boolean;
                        last_seen_at: string | null;
                        /** Format: date-time */
                        joined_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "members.suspend": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example user_01k3m8q2rt6vxyzabcdefg1 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shut a member out without removing them; their tokens stop working here */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "user_01k3m8q2rt6vxyzabcdefg1",
                     *       "email": "ada@example.com",
                     *       "name": "hello",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "permissions": [
                     *             "apps:read"
                     *           ]
                     *         }
                     *       ],
                     *       "suspended_at": "2026-11-21T12:00:00Z",
                     *       "mfa": true,
                     *       "last_seen_at": "2026-11-21T12:00:00Z",
                     *       "joined_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        user_id: string;
                        email: string;
                        name: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        app_ids: string[];
                        grants: {
                            app_id: string;
                            permissions: ("apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "usage:read")[];
                        }[];
                        suspended_at: string | null;
                        /** @description Has a second factor */
                        mfa: boolean;
                        last_seen_at: string | null;
                        /** Format: date-time */
                        joined_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "members.unsuspend": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example user_01k3m8q2rt6vxyzabcdefg1 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let a suspended member in again */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "user_01k3m8q2rt6vxyzabcdefg1",
                     *       "email": "ada@example.com",
                     *       "name": "hello",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "permissions": [
                     *             "apps:read"
                     *           ]
                     *         }
                     *       ],
                     *       "suspended_at": "2026-11-21T12:00:00Z",
                     *       "mfa": true,
                     *       "last_seen_at": "2026-11-21T12:00:00Z",
                     *       "joined_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        user_id: string;
                        email: string;
                        name: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        app_ids: string[];
                        grants: {
                            app_id: string;
                            permissions: ("apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "usage:read")[];
                        }[];
                        suspended_at: string | null;
                        /** @description Has a second factor */
                        mfa: boolean;
                        last_seen_at: string | null;
                        /** Format: date-time */
                        joined_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "members.leave": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Leave the organization; its name is asked for, so that a wrong id leaves nothing */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invitations.list": {
        parameters: {
            query?: {
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: email, expires_at, created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several values, separated by commas */
                    email?: string;
                    /** @description From and to: instants or days (UTC) */
                    expires_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invitations that are neither accepted nor withdrawn */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "email": "ada@example.com",
                     *           "role": "owner",
                     *           "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *           "role_name": "example",
                     *           "app_ids": [
                     *             "app_01k3m8q2rt6vxyzabcdefg1"
                     *           ],
                     *           "invited_by": "example",
                     *           "expires_at": "2026-11-21T12:00:00Z",
                     *           "expired": true,
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                            role_id: string | null;
                            /** @description Of a custom role */
                            role_name: string | null;
                            app_ids: string[];
                            invited_by: string;
                            /** Format: date-time */
                            expires_at: string;
                            expired: boolean;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invitations.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": {
                    email: string;
                    /** @enum {string} */
                    role?: "admin" | "developer" | "viewer" | "billing";
                    /** @description A custom role, instead of `role` */
                    role_id?: string;
                    /**
                     * @description Restricts to these apps; empty = all
                     * @default []
                     */
                    app_ids?: string[];
                    /** @default 7d */
                    expires_in?: string;
                };
            };
        };
        responses: {
            /** @description Invite somebody by mail; the link works once and only for that address */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "email": "ada@example.com",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "invited_by": "example",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "expired": true,
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        app_ids: string[];
                        invited_by: string;
                        /** Format: date-time */
                        expires_at: string;
                        expired: boolean;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invitations.resend": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example example */
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mail a new link, good for seven more days; the one before stops working */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "email": "ada@example.com",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "invited_by": "example",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "expired": true,
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        /** @description Of a custom role */
                        role_name: string | null;
                        app_ids: string[];
                        invited_by: string;
                        /** Format: date-time */
                        expires_at: string;
                        expired: boolean;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invitations.revoke": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example example */
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invitations.preview": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "example"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description What an invitation offers, for whoever holds its link */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "organization": "example",
                     *       "inviter": "example",
                     *       "email": "ada@example.com",
                     *       "role": "owner",
                     *       "role_name": "example",
                     *       "restricted": true,
                     *       "account_exists": true,
                     *       "expires_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        organization: string;
                        inviter: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_name: string | null;
                        /** @description To some apps */
                        restricted: boolean;
                        account_exists: boolean;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invitations.accept": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "example"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Join by the link of an invitation to your own address, which counts as confirmed by it */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "organization": {
                     *         "id": "example",
                     *         "name": "hello",
                     *         "slug": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        organization: {
                            id: string;
                            name: string;
                            slug: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invitations.sign_up": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "example",
                 *       "name": "hello",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /** @description secret */
                    token: string;
                    name: string;
                    /** @description secret */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Create the account of the invited address and join; the link has confirmed the address */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "organization": {
                     *         "id": "example",
                     *         "name": "hello",
                     *         "slug": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        organization: {
                            id: string;
                            name: string;
                            slug: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "admin.organizations": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every organization of the installation */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "slug": "example",
                     *           "brand": "example",
                     *           "currency": "USD",
                     *           "apps": 1,
                     *           "trusted": true,
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            slug: string;
                            brand: string;
                            currency: string;
                            apps: number;
                            trusted: boolean;
                            created_at: string;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "admin.trust_organization": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "trusted": true
                 *     }
                 */
                "application/json": {
                    trusted: boolean;
                };
            };
        };
        responses: {
            /** @description Say whether an organization's code may run on nodes that only emulate the machine */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "trusted": true
                     *     }
                     */
                    "application/json": {
                        id: string;
                        trusted: boolean;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "tokens.list": {
        parameters: {
            query?: {
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: name, created_at, expires_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several values, separated by commas */
                    name?: string;
                    /** @description One or several values, separated by commas */
                    organization_id?: string;
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    expires_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your personal tokens that are not revoked */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "kind": "personal",
                     *           "name": "hello",
                     *           "hint": "example",
                     *           "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *           "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *           "scopes": [
                     *             "org:read"
                     *           ],
                     *           "app_ids": [
                     *             "app_01k3m8q2rt6vxyzabcdefg1"
                     *           ],
                     *           "ip_allow": [
                     *             "example"
                     *           ],
                     *           "status": "active",
                     *           "created_by": "example",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "expires_at": "2026-11-21T12:00:00Z",
                     *           "last_used_at": "2026-11-21T12:00:00Z",
                     *           "last_used_ip": "example"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            /** @enum {string} */
                            kind: "personal" | "service_account" | "temporary";
                            name: string;
                            /** @description How it ends */
                            hint: string;
                            organization_id: string | null;
                            service_account_id: string | null;
                            scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                            app_ids: string[];
                            ip_allow: string[];
                            /** @enum {string} */
                            status: "active" | "expired" | "revoked";
                            created_by: string;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            expires_at: string;
                            last_used_at: string | null;
                            last_used_ip: string | null;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "tokens.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    name: string;
                    /**
                     * @description Permissions it has; empty = everything its holder may do
                     * @default []
                     */
                    scopes?: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                    /**
                     * @description Apps it may touch; empty = all
                     * @default []
                     */
                    app_ids?: string[];
                    /**
                     * @description Addresses or CIDR blocks it may be used from; empty = anywhere
                     * @default []
                     */
                    ip_allow?: (string)[];
                    /** @description Works in this organization only */
                    organization_id?: string;
                    /** @default 365 */
                    expires_in_days?: number;
                };
            };
        };
        responses: {
            /** @description Make a personal token; it is shown once */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example",
                     *       "token": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                        /** @description secret */
                        token: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "tokens.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example tok_01k3m8q2rt6vxyzabcdefg1 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of your personal tokens */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "tokens.revoke": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example tok_01k3m8q2rt6vxyzabcdefg1 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a personal token at once */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "tokens.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example tok_01k3m8q2rt6vxyzabcdefg1 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Rename a personal token */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "tokens.create_temporary": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                 *       "scope": "org:read"
                 *     }
                 */
                "application/json": {
                    organization_id: string;
                    /**
                     * @description The one permission it has
                     * @enum {string}
                     */
                    scope: "org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read";
                    app_id?: string;
                };
            };
        };
        responses: {
            /** @description Make a token for one purpose that ends after 15 minutes */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example",
                     *       "token": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                        /** @description secret */
                        token: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.revoke_token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example tok_01k3m8q2rt6vxyzabcdefg1 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke one of your tokens or sessions at once */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "tokens.rotate": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example tok_01k3m8q2rt6vxyzabcdefg1 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /**
                     * @description How long the old one still works
                     * @default 0
                     */
                    overlap_minutes?: number;
                };
            };
        };
        responses: {
            /** @description Replace a personal token by a new one with the same limits */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example",
                     *       "token": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                        /** @description secret */
                        token: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.list": {
        parameters: {
            query?: {
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: name, created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several values, separated by commas */
                    name?: string;
                    /** @description One or several of owner, admin, developer, viewer, billing, custom, separated by commas */
                    role?: string;
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Machines that act in the organization */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "role": "owner",
                     *           "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *           "role_name": "example",
                     *           "disabled": true,
                     *           "tokens": 1,
                     *           "last_used_at": "2026-11-21T12:00:00Z",
                     *           "created_by": "example",
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                            role_id: string | null;
                            role_name: string | null;
                            disabled: boolean;
                            tokens: number;
                            last_used_at: string | null;
                            created_by: string;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    name: string;
                    /**
                     * @description A built-in role; or give role_id
                     * @enum {string}
                     */
                    role?: "owner" | "admin" | "developer" | "viewer" | "billing";
                    /** @description A role of the organization */
                    role_id?: string;
                };
            };
        };
        responses: {
            /** @description Make an account for a machine; tokens are made for it apart */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "disabled": true,
                     *       "tokens": 1,
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        role_name: string | null;
                        disabled: boolean;
                        tokens: number;
                        last_used_at: string | null;
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example svc_01k3m8q2rt6vxyzabcdefg1 */
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One service account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "disabled": true,
                     *       "tokens": 1,
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        role_name: string | null;
                        disabled: boolean;
                        tokens: number;
                        last_used_at: string | null;
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example svc_01k3m8q2rt6vxyzabcdefg1 */
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a service account and its tokens at once */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example svc_01k3m8q2rt6vxyzabcdefg1 */
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    name?: string;
                    /**
                     * @description A built-in role; or give role_id
                     * @enum {string}
                     */
                    role?: "owner" | "admin" | "developer" | "viewer" | "billing";
                    /** @description A role of the organization */
                    role_id?: string;
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Rename a service account, change its role, or disable it at once */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "role": "owner",
                     *       "role_id": "role_01k3m8q2rt6vxyzabcdefg1",
                     *       "role_name": "example",
                     *       "disabled": true,
                     *       "tokens": 1,
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "developer" | "viewer" | "billing" | "custom";
                        role_id: string | null;
                        role_name: string | null;
                        disabled: boolean;
                        tokens: number;
                        last_used_at: string | null;
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.tokens": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example svc_01k3m8q2rt6vxyzabcdefg1 */
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tokens of a service account that are not revoked */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "kind": "personal",
                     *           "name": "hello",
                     *           "hint": "example",
                     *           "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *           "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *           "scopes": [
                     *             "org:read"
                     *           ],
                     *           "app_ids": [
                     *             "app_01k3m8q2rt6vxyzabcdefg1"
                     *           ],
                     *           "ip_allow": [
                     *             "example"
                     *           ],
                     *           "status": "active",
                     *           "created_by": "example",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "expires_at": "2026-11-21T12:00:00Z",
                     *           "last_used_at": "2026-11-21T12:00:00Z",
                     *           "last_used_ip": "example"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            /** @enum {string} */
                            kind: "personal" | "service_account" | "temporary";
                            name: string;
                            /** @description How it ends */
                            hint: string;
                            organization_id: string | null;
                            service_account_id: string | null;
                            scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                            app_ids: string[];
                            ip_allow: string[];
                            /** @enum {string} */
                            status: "active" | "expired" | "revoked";
                            created_by: string;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            expires_at: string;
                            last_used_at: string | null;
                            last_used_ip: string | null;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.create_token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example svc_01k3m8q2rt6vxyzabcdefg1 */
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    name: string;
                    /**
                     * @description Permissions it has; empty = everything its holder may do
                     * @default []
                     */
                    scopes?: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                    /**
                     * @description Apps it may touch; empty = all
                     * @default []
                     */
                    app_ids?: string[];
                    /**
                     * @description Addresses or CIDR blocks it may be used from; empty = anywhere
                     * @default []
                     */
                    ip_allow?: (string)[];
                    /** @default 90 */
                    expires_in_days?: number;
                };
            };
        };
        responses: {
            /** @description Make a token for a service account; it is shown once */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example",
                     *       "token": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                        /** @description secret */
                        token: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.revoke_token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example svc_01k3m8q2rt6vxyzabcdefg1 */
                service_account_id: string;
                /** @example tok_01k3m8q2rt6vxyzabcdefg1 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a token of a service account at once */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.rename_token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example svc_01k3m8q2rt6vxyzabcdefg1 */
                service_account_id: string;
                /** @example tok_01k3m8q2rt6vxyzabcdefg1 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Rename a token of a service account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "service_accounts.rotate_token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example svc_01k3m8q2rt6vxyzabcdefg1 */
                service_account_id: string;
                /** @example tok_01k3m8q2rt6vxyzabcdefg1 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /**
                     * @description How long the old one still works
                     * @default 0
                     */
                    overlap_minutes?: number;
                };
            };
        };
        responses: {
            /** @description Replace a token of a service account by a new one with the same limits */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "kind": "personal",
                     *       "name": "hello",
                     *       "hint": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "service_account_id": "svc_01k3m8q2rt6vxyzabcdefg1",
                     *       "scopes": [
                     *         "org:read"
                     *       ],
                     *       "app_ids": [
                     *         "app_01k3m8q2rt6vxyzabcdefg1"
                     *       ],
                     *       "ip_allow": [
                     *         "example"
                     *       ],
                     *       "status": "active",
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used_at": "2026-11-21T12:00:00Z",
                     *       "last_used_ip": "example",
                     *       "token": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "personal" | "service_account" | "temporary";
                        name: string;
                        /** @description How it ends */
                        hint: string;
                        organization_id: string | null;
                        service_account_id: string | null;
                        scopes: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        app_ids: string[];
                        ip_allow: string[];
                        /** @enum {string} */
                        status: "active" | "expired" | "revoked";
                        created_by: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        last_used_at: string | null;
                        last_used_ip: string | null;
                        /** @description secret */
                        token: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "roles.list": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Built-in roles and those of the organization */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "description": "An example",
                     *           "built_in": true,
                     *           "permissions": [
                     *             "org:read"
                     *           ],
                     *           "holders": 1,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "updated_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            description: string;
                            built_in: boolean;
                            permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                            /** @description Members and service accounts that have it */
                            holders: number;
                            created_at: string | null;
                            updated_at: string | null;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "roles.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello",
                 *       "permissions": [
                 *         "org:read"
                 *       ]
                 *     }
                 */
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                };
            };
        };
        responses: {
            /** @description Make a role out of permissions */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "description": "An example",
                     *       "built_in": true,
                     *       "permissions": [
                     *         "org:read"
                     *       ],
                     *       "holders": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        built_in: boolean;
                        permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        /** @description Members and service accounts that have it */
                        holders: number;
                        created_at: string | null;
                        updated_at: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "roles.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example role_01k3m8q2rt6vxyzabcdefg1 */
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a role nobody has any more */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "roles.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example role_01k3m8q2rt6vxyzabcdefg1 */
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    name?: string;
                    description?: string;
                    permissions?: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                };
            };
        };
        responses: {
            /** @description Change a role; it holds for its members at once */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "description": "An example",
                     *       "built_in": true,
                     *       "permissions": [
                     *         "org:read"
                     *       ],
                     *       "holders": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        built_in: boolean;
                        permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                        /** @description Members and service accounts that have it */
                        holders: number;
                        created_at: string | null;
                        updated_at: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "sso.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organization's single sign-on, without its secret */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "connection": {
                     *         "id": "example",
                     *         "issuer": "https://id.example.com",
                     *         "client_id": "shellwego",
                     *         "default_role": "admin",
                     *         "tested_at": "2026-11-21T12:00:00Z",
                     *         "enforced_at": "2026-11-21T12:00:00Z",
                     *         "created_at": "2026-11-21T12:00:00Z",
                     *         "updated_at": "2026-11-21T12:00:00Z"
                     *       },
                     *       "redirect_uri": "example"
                     *     }
                     */
                    "application/json": {
                        connection: {
                            id: string;
                            issuer: string;
                            client_id: string;
                            /** @enum {string} */
                            default_role: "admin" | "developer" | "viewer" | "billing";
                            tested_at: string | null;
                            enforced_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        } | null;
                        /** @description To be registered at the identity provider, to the letter */
                        redirect_uri: string;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "sso.save": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "issuer": "https://id.example.com",
                 *       "client_id": "shellwego"
                 *     }
                 */
                "application/json": {
                    issuer: string;
                    client_id: string;
                    /** @description secret; absent = the stored one stays */
                    client_secret?: string;
                    /**
                     * @default developer
                     * @enum {string}
                     */
                    default_role?: "admin" | "developer" | "viewer" | "billing";
                };
            };
        };
        responses: {
            /** @description Connect an OpenID Connect provider, or change the connection */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "issuer": "https://id.example.com",
                     *       "client_id": "shellwego",
                     *       "default_role": "admin",
                     *       "tested_at": "2026-11-21T12:00:00Z",
                     *       "enforced_at": "2026-11-21T12:00:00Z",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        issuer: string;
                        client_id: string;
                        /** @enum {string} */
                        default_role: "admin" | "developer" | "viewer" | "billing";
                        tested_at: string | null;
                        enforced_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "sso.remove": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect the identity provider; members sign in by their other ways again */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "sso.enforce": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enforced": true
                 *     }
                 */
                "application/json": {
                    enforced: boolean;
                };
            };
        };
        responses: {
            /** @description Let members of the proven domains sign in through the identity provider only, or end that */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "issuer": "https://id.example.com",
                     *       "client_id": "shellwego",
                     *       "default_role": "admin",
                     *       "tested_at": "2026-11-21T12:00:00Z",
                     *       "enforced_at": "2026-11-21T12:00:00Z",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        issuer: string;
                        client_id: string;
                        /** @enum {string} */
                        default_role: "admin" | "developer" | "viewer" | "billing";
                        tested_at: string | null;
                        enforced_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "sso.list_domains": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description E-mail domains of the organization and the DNS records that prove them */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "domain": "example.com",
                     *           "verified": true,
                     *           "verified_at": "2026-11-21T12:00:00Z",
                     *           "record": {
                     *             "type": "TXT",
                     *             "name": "hello",
                     *             "value": "example"
                     *           },
                     *           "check": {
                     *             "at": "2026-11-21T12:00:00Z",
                     *             "answer": [
                     *               "example"
                     *             ],
                     *             "fault": "example"
                     *           },
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            domain: string;
                            verified: boolean;
                            verified_at: string | null;
                            /** @description What to put into the DNS */
                            record: {
                                /** @constant */
                                type: "TXT";
                                name: string;
                                value: string;
                            };
                            check: {
                                /** Format: date-time */
                                at: string;
                                /** @description The TXT values the resolver gave */
                                answer: string[];
                                /** @description Why that does not do */
                                fault: string | null;
                            } | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "sso.add_domain": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "domain": "example.com"
                 *     }
                 */
                "application/json": {
                    domain: string;
                };
            };
        };
        responses: {
            /** @description Claim an e-mail domain; the answer holds the TXT record that proves it */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "domain": "example.com",
                     *       "verified": true,
                     *       "verified_at": "2026-11-21T12:00:00Z",
                     *       "record": {
                     *         "type": "TXT",
                     *         "name": "hello",
                     *         "value": "example"
                     *       },
                     *       "check": {
                     *         "at": "2026-11-21T12:00:00Z",
                     *         "answer": [
                     *           "example"
                     *         ],
                     *         "fault": "example"
                     *       },
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        domain: string;
                        verified: boolean;
                        verified_at: string | null;
                        /** @description What to put into the DNS */
                        record: {
                            /** @constant */
                            type: "TXT";
                            name: string;
                            value: string;
                        };
                        check: {
                            /** Format: date-time */
                            at: string;
                            /** @description The TXT values the resolver gave */
                            answer: string[];
                            /** @description Why that does not do */
                            fault: string | null;
                        } | null;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "sso.remove_domain": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example example */
                domain_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give a domain up; its people no longer sign in through the organization */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                filter?: {
                    /** @description In type, ids, addresses, names of members and details */
                    q?: string;
                    type?: string;
                    /** @description Also finds what the operator did in somebody's account */
                    actor_id?: string;
                    subject_type?: string;
                    subject_id?: string;
                    ip?: string;
                    at?: {
                        /** Format: date-time */
                        gte?: string;
                        /** Format: date-time */
                        gt?: string;
                        /** Format: date-time */
                        lte?: string;
                        /** Format: date-time */
                        lt?: string;
                    };
                };
                limit?: number;
                cursor?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The audit log: who did what, when and from where, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "type": "example",
                     *           "at": "2026-11-21T12:00:00Z",
                     *           "actor": {
                     *             "type": "example",
                     *             "id": "example",
                     *             "name": "hello",
                     *             "operator": true,
                     *             "token_id": "tok_01k3m8q2rt6vxyzabcdefg1",
                     *             "impersonator": {
                     *               "id": "example",
                     *               "name": "hello"
                     *             }
                     *           },
                     *           "subject": {
                     *             "type": "example",
                     *             "id": "example"
                     *           },
                     *           "data": {
                     *             "EXAMPLE": {}
                     *           },
                     *           "ip": "example",
                     *           "user_agent": "example",
                     *           "request_id": "req_01k3m8q2rt6vxyzabcdefg1",
                     *           "chain_seq": 1,
                     *           "prev_hash": "example",
                     *           "hash": "example"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            type: string;
                            /** Format: date-time */
                            at: string;
                            actor: {
                                type: string;
                                id: string | null;
                                /** @description Of members and service accounts of today */
                                name: string | null;
                                /** @description One of the operator's people, who is no member */
                                operator: boolean;
                                token_id: string | null;
                                /** @description The operator, at work in this person's account */
                                impersonator: {
                                    id: string;
                                    name: string;
                                } | null;
                            };
                            subject: {
                                type: string;
                                id: string;
                            };
                            /** @description `<field>.before` and `<field>.after` tell what a change changed */
                            data: {
                                [key: string]: unknown;
                            };
                            ip: string | null;
                            user_agent: string | null;
                            request_id: string | null;
                            chain_seq: number;
                            prev_hash: string;
                            hash: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "audit.facets": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the audit log can be filtered by: the types and actors it holds */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "types": [
                     *         "example"
                     *       ],
                     *       "actors": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        types: string[];
                        actors: {
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "audit.verify": {
        parameters: {
            query?: {
                /** @description A position you noted earlier */
                known_seq?: number;
                /** @description The hash you noted with it */
                known_hash?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Recompute the audit chain; names the first entry that is not what it was */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true,
                     *       "checked": 1,
                     *       "checked_at": "2026-11-21T12:00:00Z",
                     *       "head": {
                     *         "chain_seq": 1,
                     *         "hash": "example"
                     *       },
                     *       "anchor": {
                     *         "chain_seq": 1,
                     *         "hash": "example",
                     *         "at": "2026-11-21T12:00:00Z"
                     *       },
                     *       "checkpoint": {
                     *         "chain_seq": 1,
                     *         "hash": "example",
                     *         "at": "2026-11-21T12:00:00Z"
                     *       },
                     *       "expired": 1,
                     *       "broken": {
                     *         "chain_seq": 1,
                     *         "event_id": "evt_01k3m8q2rt6vxyzabcdefg1",
                     *         "fault": "edited"
                     *       }
                     *     }
                     */
                    "application/json": {
                        ok: boolean;
                        checked: number;
                        /** Format: date-time */
                        checked_at: string;
                        head: {
                            chain_seq: number;
                            hash: string;
                        };
                        anchor: {
                            chain_seq: number;
                            hash: string;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        checkpoint: {
                            chain_seq: number;
                            hash: string;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        expired: number;
                        broken: {
                            chain_seq: number;
                            event_id: string | null;
                            /** @enum {string} */
                            fault: "edited" | "deleted" | "missing" | "reordered" | "inserted" | "truncated" | "rewritten";
                        } | null;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "admin.impersonate": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "aaaaaaaaaa"
                 *     }
                 */
                "application/json": {
                    /** @description Whose account; absent = the first owner's */
                    user_id?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Open a customer's account for an hour, with a reason the customer can read; the answer is a link, good for five minutes */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "url": "https://example.com/hook",
                     *       "expires_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "brands.current": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The brand this host name shows */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "hello",
                     *       "accent": "#2563eb",
                     *       "logo_url": "data:image/png;base64,iVBORw0KGgo=",
                     *       "support_email": "help@example.com",
                     *       "default_currency": "USD",
                     *       "mode": "sandbox",
                     *       "apps_domain": "example",
                     *       "platform": true
                     *     }
                     */
                    "application/json": {
                        name: string;
                        accent: string;
                        logo_url: string | null;
                        support_email: string;
                        default_currency: string;
                        /** @enum {string} */
                        mode: "sandbox" | "production";
                        apps_domain: string;
                        platform: boolean;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "brands.list": {
        parameters: {
            query?: {
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `created_at`; `-` is descending. Fields: name, invoice_prefix, country, created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several values, separated by commas */
                    name?: string;
                    /** @description One or several values, separated by commas */
                    invoice_prefix?: string;
                    /** @description One or several values, separated by commas */
                    country?: string;
                    /** @description One or several values, separated by commas */
                    default_currency?: string;
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Brands of this installation, oldest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "accent": "#2563eb",
                     *           "logo_url": "data:image/png;base64,iVBORw0KGgo=",
                     *           "support_email": "help@example.com",
                     *           "hostnames": [
                     *             "cloud.example.com"
                     *           ],
                     *           "legal_name": "Example Ltd",
                     *           "legal_address": "example",
                     *           "country": "NG",
                     *           "tax_id": "example",
                     *           "tax_rate": "0.075",
                     *           "tax_label": "example",
                     *           "invoice_prefix": "EXA",
                     *           "default_currency": "USD",
                     *           "platform": true,
                     *           "organizations": 1,
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            accent: string;
                            logo_url: string | null;
                            support_email: string;
                            hostnames: string[];
                            legal_name: string;
                            legal_address: string;
                            country: string;
                            tax_id: string | null;
                            tax_rate: string;
                            tax_label: string;
                            invoice_prefix: string;
                            default_currency: string;
                            platform: boolean;
                            organizations: number;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "brands.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello",
                 *       "hostname": "cloud.example.com",
                 *       "support_email": "help@example.com",
                 *       "legal_name": "Example Ltd",
                 *       "invoice_prefix": "EXA"
                 *     }
                 */
                "application/json": {
                    name: string;
                    hostname: string;
                    /** @default #2563eb */
                    accent?: string;
                    /** @default null */
                    logo_url?: string | null;
                    support_email: string;
                    legal_name: string;
                    /** @default  */
                    legal_address?: string;
                    /** @default NG */
                    country?: string;
                    /** @default null */
                    tax_id?: string | null;
                    /** @default 0 */
                    tax_rate?: string;
                    invoice_prefix: string;
                    /**
                     * @default USD
                     * @enum {string}
                     */
                    default_currency?: "USD" | "NGN";
                    starter_price?: string;
                };
            };
        };
        responses: {
            /** @description Create a reseller: a cloud under its own host name, name, logo, colours, prices and invoices */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "accent": "#2563eb",
                     *       "logo_url": "data:image/png;base64,iVBORw0KGgo=",
                     *       "support_email": "help@example.com",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "legal_name": "Example Ltd",
                     *       "legal_address": "example",
                     *       "country": "NG",
                     *       "tax_id": "example",
                     *       "tax_rate": "0.075",
                     *       "tax_label": "example",
                     *       "invoice_prefix": "EXA",
                     *       "default_currency": "USD",
                     *       "platform": true,
                     *       "organizations": 1,
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        accent: string;
                        logo_url: string | null;
                        support_email: string;
                        hostnames: string[];
                        legal_name: string;
                        legal_address: string;
                        country: string;
                        tax_id: string | null;
                        tax_rate: string;
                        tax_label: string;
                        invoice_prefix: string;
                        default_currency: string;
                        platform: boolean;
                        organizations: number;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "brands.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example brand_01k3m8q2rt6vxyzabcdefg1 */
                brand_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One brand */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "accent": "#2563eb",
                     *       "logo_url": "data:image/png;base64,iVBORw0KGgo=",
                     *       "support_email": "help@example.com",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "legal_name": "Example Ltd",
                     *       "legal_address": "example",
                     *       "country": "NG",
                     *       "tax_id": "example",
                     *       "tax_rate": "0.075",
                     *       "tax_label": "example",
                     *       "invoice_prefix": "EXA",
                     *       "default_currency": "USD",
                     *       "platform": true,
                     *       "organizations": 1,
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        accent: string;
                        logo_url: string | null;
                        support_email: string;
                        hostnames: string[];
                        legal_name: string;
                        legal_address: string;
                        country: string;
                        tax_id: string | null;
                        tax_rate: string;
                        tax_label: string;
                        invoice_prefix: string;
                        default_currency: string;
                        platform: boolean;
                        organizations: number;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "brands.update": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description ETag of the state you change. 428 without it, 412 when it changed meanwhile
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-Match": components["parameters"]["IfMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example brand_01k3m8q2rt6vxyzabcdefg1 */
                brand_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    name?: string;
                    accent?: string;
                    logo_url?: string | null;
                    support_email?: string;
                    legal_name?: string;
                    legal_address?: string;
                    tax_rate?: string;
                };
            };
        };
        responses: {
            /** @description Change how a brand looks and what its invoices say */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "accent": "#2563eb",
                     *       "logo_url": "data:image/png;base64,iVBORw0KGgo=",
                     *       "support_email": "help@example.com",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "legal_name": "Example Ltd",
                     *       "legal_address": "example",
                     *       "country": "NG",
                     *       "tax_id": "example",
                     *       "tax_rate": "0.075",
                     *       "tax_label": "example",
                     *       "invoice_prefix": "EXA",
                     *       "default_currency": "USD",
                     *       "platform": true,
                     *       "organizations": 1,
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        accent: string;
                        logo_url: string | null;
                        support_email: string;
                        hostnames: string[];
                        legal_name: string;
                        legal_address: string;
                        country: string;
                        tax_id: string | null;
                        tax_rate: string;
                        tax_label: string;
                        invoice_prefix: string;
                        default_currency: string;
                        platform: boolean;
                        organizations: number;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "nodes.list": {
        parameters: {
            query?: {
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: status, region, hostname, last_seen_at, created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several values, separated by commas */
                    status?: string;
                    /** @description One or several values, separated by commas */
                    region?: string;
                    /** @description One or several values, separated by commas */
                    hostname?: string;
                    /** @description One or several values, separated by commas */
                    agent_version?: string;
                    /** @description From and to: instants or days (UTC) */
                    last_seen_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Machines that run instances, with what they hold */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "hostname": "cloud.example.com",
                     *           "region": "example",
                     *           "status": "example",
                     *           "isolation": "hardware",
                     *           "accelerator": "kvm",
                     *           "driver": "example",
                     *           "network": "bridge",
                     *           "kernel": "example",
                     *           "agent_version": "example",
                     *           "instances": 1,
                     *           "vcpu": {
                     *             "total": 1,
                     *             "used": 1
                     *           },
                     *           "memory_mib": {
                     *             "total": 1,
                     *             "used": 1,
                     *             "free": 1
                     *           },
                     *           "disk_mib": {
                     *             "total": 1,
                     *             "used": 1,
                     *             "free": 1
                     *           },
                     *           "load": 1,
                     *           "conditions": [
                     *             {
                     *               "type": "example",
                     *               "message": "example"
                     *             }
                     *           ],
                     *           "desired_index": 1,
                     *           "observed_index": 1,
                     *           "last_seen_at": "2026-11-21T12:00:00Z",
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            hostname: string;
                            region: string;
                            status: string;
                            /** @enum {string} */
                            isolation: "hardware" | "emulated";
                            /** @enum {string} */
                            accelerator: "kvm" | "tcg";
                            driver: string;
                            /** @enum {string} */
                            network: "bridge" | "user";
                            kernel: string;
                            agent_version: string;
                            instances: number;
                            vcpu: {
                                total: number;
                                used: number;
                            };
                            memory_mib: {
                                total: number;
                                used: number;
                                free: number;
                            };
                            disk_mib: {
                                total: number;
                                used: number;
                                free: number;
                            };
                            load: number;
                            conditions: {
                                type: string;
                                message: string;
                            }[];
                            desired_index: number;
                            observed_index: number;
                            /** Format: date-time */
                            last_seen_at: string;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "nodes.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example node_01k3m8q2rt6vxyzabcdefg1 */
                node_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One machine */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "hostname": "cloud.example.com",
                     *       "region": "example",
                     *       "status": "example",
                     *       "isolation": "hardware",
                     *       "accelerator": "kvm",
                     *       "driver": "example",
                     *       "network": "bridge",
                     *       "kernel": "example",
                     *       "agent_version": "example",
                     *       "instances": 1,
                     *       "vcpu": {
                     *         "total": 1,
                     *         "used": 1
                     *       },
                     *       "memory_mib": {
                     *         "total": 1,
                     *         "used": 1,
                     *         "free": 1
                     *       },
                     *       "disk_mib": {
                     *         "total": 1,
                     *         "used": 1,
                     *         "free": 1
                     *       },
                     *       "load": 1,
                     *       "conditions": [
                     *         {
                     *           "type": "example",
                     *           "message": "example"
                     *         }
                     *       ],
                     *       "desired_index": 1,
                     *       "observed_index": 1,
                     *       "last_seen_at": "2026-11-21T12:00:00Z",
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        hostname: string;
                        region: string;
                        status: string;
                        /** @enum {string} */
                        isolation: "hardware" | "emulated";
                        /** @enum {string} */
                        accelerator: "kvm" | "tcg";
                        driver: string;
                        /** @enum {string} */
                        network: "bridge" | "user";
                        kernel: string;
                        agent_version: string;
                        instances: number;
                        vcpu: {
                            total: number;
                            used: number;
                        };
                        memory_mib: {
                            total: number;
                            used: number;
                            free: number;
                        };
                        disk_mib: {
                            total: number;
                            used: number;
                            free: number;
                        };
                        load: number;
                        conditions: {
                            type: string;
                            message: string;
                        }[];
                        desired_index: number;
                        observed_index: number;
                        /** Format: date-time */
                        last_seen_at: string;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "nodes.create_join_token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A single-use token with which one machine may join; shown once, good for 30 minutes */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "example",
                     *       "expires_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        token: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.list": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: name, expires_at, last_used_at, created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several of organization, app, separated by commas */
                    scope?: string;
                    /** @description One or several values, separated by commas */
                    app_id?: string;
                    /** @description One or several values, separated by commas */
                    name?: string;
                    /** @description From and to: instants or days (UTC) */
                    expires_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    last_used_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Secrets of the organization and its apps, newest first; never their values */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "scope": "organization",
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "version": 1,
                     *           "versions": [
                     *             {
                     *               "version": 1,
                     *               "current": true,
                     *               "created_at": "2026-11-21T12:00:00Z",
                     *               "created_by": "example"
                     *             }
                     *           ],
                     *           "status": "active",
                     *           "expires_at": "2026-11-21T12:00:00Z",
                     *           "last_used": "2026-11-21T12:00:00Z",
                     *           "used_by": [
                     *             {
                     *               "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *               "app_name": "example",
                     *               "delivered_version": 1,
                     *               "redeploy_needed": true
                     *             }
                     *           ],
                     *           "created_by": "example",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "updated_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            scope: "organization" | "app";
                            app_id: string | null;
                            version: number;
                            versions: {
                                version: number;
                                current: boolean;
                                /** Format: date-time */
                                created_at: string;
                                created_by: string | null;
                            }[];
                            /** @enum {string} */
                            status: "active" | "expiring" | "expired";
                            expires_at: string | null;
                            /** @description When it was last handed to an instance */
                            last_used: string | null;
                            used_by: {
                                app_id: string;
                                app_name: string;
                                /** @description What its present release holds */
                                delivered_version: number | null;
                                /** @description It runs with another version than the newest */
                                redeploy_needed: boolean;
                            }[];
                            created_by: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello",
                 *       "value": "example"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    name: string;
                    value: string;
                    /** @enum {string} */
                    scope?: "organization" | "app";
                    app_id?: string;
                    /** @description When to remind you to change it; it goes on working */
                    expires_at?: string | null;
                    /**
                     * @description Roll out the running apps that use it
                     * @default false
                     */
                    redeploy?: boolean;
                };
            };
        };
        responses: {
            /** @description Keep a secret for one app, or for every app that refers to it */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "scope": "organization",
                     *       "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "versions": [
                     *         {
                     *           "version": 1,
                     *           "current": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "created_by": "example"
                     *         }
                     *       ],
                     *       "status": "active",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used": "2026-11-21T12:00:00Z",
                     *       "used_by": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "delivered_version": 1,
                     *           "redeploy_needed": true
                     *         }
                     *       ],
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        scope: "organization" | "app";
                        app_id: string | null;
                        version: number;
                        versions: {
                            version: number;
                            current: boolean;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string | null;
                        }[];
                        /** @enum {string} */
                        status: "active" | "expiring" | "expired";
                        expires_at: string | null;
                        /** @description When it was last handed to an instance */
                        last_used: string | null;
                        used_by: {
                            app_id: string;
                            app_name: string;
                            /** @description What its present release holds */
                            delivered_version: number | null;
                            /** @description It runs with another version than the newest */
                            redeploy_needed: boolean;
                        }[];
                        created_by: string | null;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.import": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "example"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    /** @description Lines of a .env file */
                    text: string;
                    app_id?: string;
                    /**
                     * @description Roll out the running apps that use it
                     * @default false
                     */
                    redeploy?: boolean;
                };
            };
        };
        responses: {
            /** @description Set many secrets from the lines of a .env file: all of them, or none */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created": [
                     *         "example"
                     *       ],
                     *       "rotated": [
                     *         "example"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        created: string[];
                        rotated: string[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example sec_01k3m8q2rt6vxyzabcdefg1 */
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One secret: versions, expiry, who uses it; never its value */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "scope": "organization",
                     *       "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "versions": [
                     *         {
                     *           "version": 1,
                     *           "current": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "created_by": "example"
                     *         }
                     *       ],
                     *       "status": "active",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used": "2026-11-21T12:00:00Z",
                     *       "used_by": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "delivered_version": 1,
                     *           "redeploy_needed": true
                     *         }
                     *       ],
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        scope: "organization" | "app";
                        app_id: string | null;
                        version: number;
                        versions: {
                            version: number;
                            current: boolean;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string | null;
                        }[];
                        /** @enum {string} */
                        status: "active" | "expiring" | "expired";
                        expires_at: string | null;
                        /** @description When it was last handed to an instance */
                        last_used: string | null;
                        used_by: {
                            app_id: string;
                            app_name: string;
                            /** @description What its present release holds */
                            delivered_version: number | null;
                            /** @description It runs with another version than the newest */
                            redeploy_needed: boolean;
                        }[];
                        created_by: string | null;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.delete": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                redeploy?: string | boolean;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example sec_01k3m8q2rt6vxyzabcdefg1 */
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example sec_01k3m8q2rt6vxyzabcdefg1 */
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expires_at": "2026-11-21T12:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    expires_at: string | null;
                };
            };
        };
        responses: {
            /** @description Change when a secret expires */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "scope": "organization",
                     *       "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "versions": [
                     *         {
                     *           "version": 1,
                     *           "current": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "created_by": "example"
                     *         }
                     *       ],
                     *       "status": "active",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used": "2026-11-21T12:00:00Z",
                     *       "used_by": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "delivered_version": 1,
                     *           "redeploy_needed": true
                     *         }
                     *       ],
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        scope: "organization" | "app";
                        app_id: string | null;
                        version: number;
                        versions: {
                            version: number;
                            current: boolean;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string | null;
                        }[];
                        /** @enum {string} */
                        status: "active" | "expiring" | "expired";
                        expires_at: string | null;
                        /** @description When it was last handed to an instance */
                        last_used: string | null;
                        used_by: {
                            app_id: string;
                            app_name: string;
                            /** @description What its present release holds */
                            delivered_version: number | null;
                            /** @description It runs with another version than the newest */
                            redeploy_needed: boolean;
                        }[];
                        created_by: string | null;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.versions": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example sec_01k3m8q2rt6vxyzabcdefg1 */
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions of a secret that can be rolled back to, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "version": 1,
                     *           "current": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "created_by": "example"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            version: number;
                            current: boolean;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string | null;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.rotate": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example sec_01k3m8q2rt6vxyzabcdefg1 */
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": "example"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    value: string;
                    /** @description When to remind you to change it; it goes on working */
                    expires_at?: string | null;
                    /**
                     * @description Roll out the running apps that use it
                     * @default false
                     */
                    redeploy?: boolean;
                };
            };
        };
        responses: {
            /** @description Give a secret a new value as its next version */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "scope": "organization",
                     *       "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "versions": [
                     *         {
                     *           "version": 1,
                     *           "current": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "created_by": "example"
                     *         }
                     *       ],
                     *       "status": "active",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used": "2026-11-21T12:00:00Z",
                     *       "used_by": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "delivered_version": 1,
                     *           "redeploy_needed": true
                     *         }
                     *       ],
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        scope: "organization" | "app";
                        app_id: string | null;
                        version: number;
                        versions: {
                            version: number;
                            current: boolean;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string | null;
                        }[];
                        /** @enum {string} */
                        status: "active" | "expiring" | "expired";
                        expires_at: string | null;
                        /** @description When it was last handed to an instance */
                        last_used: string | null;
                        used_by: {
                            app_id: string;
                            app_name: string;
                            /** @description What its present release holds */
                            delivered_version: number | null;
                            /** @description It runs with another version than the newest */
                            redeploy_needed: boolean;
                        }[];
                        created_by: string | null;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.roll_back": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example sec_01k3m8q2rt6vxyzabcdefg1 */
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    version: number;
                    /**
                     * @description Roll out the running apps that use it
                     * @default false
                     */
                    redeploy?: boolean;
                };
            };
        };
        responses: {
            /** @description Take back an earlier version of a secret as its newest */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "scope": "organization",
                     *       "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "versions": [
                     *         {
                     *           "version": 1,
                     *           "current": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "created_by": "example"
                     *         }
                     *       ],
                     *       "status": "active",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used": "2026-11-21T12:00:00Z",
                     *       "used_by": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "delivered_version": 1,
                     *           "redeploy_needed": true
                     *         }
                     *       ],
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        scope: "organization" | "app";
                        app_id: string | null;
                        version: number;
                        versions: {
                            version: number;
                            current: boolean;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string | null;
                        }[];
                        /** @enum {string} */
                        status: "active" | "expiring" | "expired";
                        expires_at: string | null;
                        /** @description When it was last handed to an instance */
                        last_used: string | null;
                        used_by: {
                            app_id: string;
                            app_name: string;
                            /** @description What its present release holds */
                            delivered_version: number | null;
                            /** @description It runs with another version than the newest */
                            redeploy_needed: boolean;
                        }[];
                        created_by: string | null;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.of_app": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What an app gets: its own secrets and those of the organization it refers to */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "scope": "organization",
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "version": 1,
                     *           "versions": [
                     *             {
                     *               "version": 1,
                     *               "current": true,
                     *               "created_at": "2026-11-21T12:00:00Z",
                     *               "created_by": "example"
                     *             }
                     *           ],
                     *           "status": "active",
                     *           "expires_at": "2026-11-21T12:00:00Z",
                     *           "last_used": "2026-11-21T12:00:00Z",
                     *           "used_by": [
                     *             {
                     *               "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *               "app_name": "example",
                     *               "delivered_version": 1,
                     *               "redeploy_needed": true
                     *             }
                     *           ],
                     *           "created_by": "example",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "updated_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       },
                     *       "redeploy_needed": true
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            scope: "organization" | "app";
                            app_id: string | null;
                            version: number;
                            versions: {
                                version: number;
                                current: boolean;
                                /** Format: date-time */
                                created_at: string;
                                created_by: string | null;
                            }[];
                            /** @enum {string} */
                            status: "active" | "expiring" | "expired";
                            expires_at: string | null;
                            /** @description When it was last handed to an instance */
                            last_used: string | null;
                            used_by: {
                                app_id: string;
                                app_name: string;
                                /** @description What its present release holds */
                                delivered_version: number | null;
                                /** @description It runs with another version than the newest */
                                redeploy_needed: boolean;
                            }[];
                            created_by: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                        /** @description Its instances run with other secrets than it would get now */
                        redeploy_needed: boolean;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "secrets.set": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
                /** @example hello */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": "example"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    value: string;
                    /** @description When to remind you to change it; it goes on working */
                    expires_at?: string | null;
                    /**
                     * @description Roll out the running apps that use it
                     * @default false
                     */
                    redeploy?: boolean;
                };
            };
        };
        responses: {
            /** @description Set a secret of an app: new, or the next version of the one there is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "scope": "organization",
                     *       "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "versions": [
                     *         {
                     *           "version": 1,
                     *           "current": true,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "created_by": "example"
                     *         }
                     *       ],
                     *       "status": "active",
                     *       "expires_at": "2026-11-21T12:00:00Z",
                     *       "last_used": "2026-11-21T12:00:00Z",
                     *       "used_by": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "delivered_version": 1,
                     *           "redeploy_needed": true
                     *         }
                     *       ],
                     *       "created_by": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        scope: "organization" | "app";
                        app_id: string | null;
                        version: number;
                        versions: {
                            version: number;
                            current: boolean;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string | null;
                        }[];
                        /** @enum {string} */
                        status: "active" | "expiring" | "expired";
                        expires_at: string | null;
                        /** @description When it was last handed to an instance */
                        last_used: string | null;
                        used_by: {
                            app_id: string;
                            app_name: string;
                            /** @description What its present release holds */
                            delivered_version: number | null;
                            /** @description It runs with another version than the newest */
                            redeploy_needed: boolean;
                        }[];
                        created_by: string | null;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "keys.replace_data_key": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give an organization a new data key and encrypt its secrets again */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.list": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: name, image, replicas, created_at, updated_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several of deploying, running, degraded, stopping, stopped, error, separated by commas */
                    status?: string;
                    /** @description One or several values, separated by commas */
                    name?: string;
                    /** @description One or several values, separated by commas */
                    image?: string;
                    /** @description One or several values, separated by commas */
                    install_id?: string;
                    /** @description One or several values, separated by commas */
                    node_id?: string;
                    /** @enum {string} */
                    public?: "true" | "false";
                    /** @description One or several values, separated by commas */
                    "resources.memory"?: string;
                    /** @description From and to */
                    replicas?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    updated_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
                /** @description Parts to add, separated by commas: instances */
                include?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Apps of the organization, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *           "name": "hello",
                     *           "status": "deploying",
                     *           "image": "builtin/hello:v1",
                     *           "image_digest": "example",
                     *           "command": [
                     *             "example"
                     *           ],
                     *           "env": {
                     *             "EXAMPLE": {
                     *               "value": "example",
                     *               "secret": true,
                     *               "from_secret": "example"
                     *             }
                     *           },
                     *           "port": 1,
                     *           "resources": {
                     *             "memory": "256m",
                     *             "cpu": "1",
                     *             "disk": "1g"
                     *           },
                     *           "public": true,
                     *           "replicas": {
                     *             "desired": 1,
                     *             "current": 1,
                     *             "healthy": 1
                     *           },
                     *           "health_check": {
                     *             "path": "example",
                     *             "interval": "5s",
                     *             "timeout": "2s",
                     *             "retries": 1,
                     *             "grace": "60s"
                     *           },
                     *           "url": "https://example.com/hook",
                     *           "hostnames": [
                     *             "cloud.example.com"
                     *           ],
                     *           "release": 1,
                     *           "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *           "install_id": "ins_01k3m8q2rt6vxyzabcdefg1",
                     *           "version": 1,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "updated_at": "2026-11-21T12:00:00Z",
                     *           "instances": [
                     *             {
                     *               "id": "example",
                     *               "release": 1,
                     *               "node_id": "node_01k3m8q2rt6vxyzabcdefg1",
                     *               "address": "10.64.0.2",
                     *               "phase": "example",
                     *               "health": "example",
                     *               "routed": true,
                     *               "code": "123456",
                     *               "reason": "Maintenance",
                     *               "restarts": 1,
                     *               "started_at": "2026-11-21T12:00:00Z",
                     *               "created_at": "2026-11-21T12:00:00Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            organization_id: string;
                            name: string;
                            /** @enum {string} */
                            status: "deploying" | "running" | "degraded" | "stopping" | "stopped" | "error";
                            image: string;
                            image_digest: string | null;
                            command: string[];
                            env: {
                                [key: string]: {
                                    value: string | null;
                                    secret: boolean;
                                    /** @description The secret it takes its value from */
                                    from_secret?: string;
                                };
                            };
                            port: number | null;
                            resources: {
                                memory: string;
                                cpu: string;
                                disk: string;
                            };
                            public: boolean;
                            replicas: {
                                desired: number;
                                current: number;
                                healthy: number;
                            };
                            health_check: {
                                path: string | null;
                                interval: string;
                                timeout: string;
                                retries: number;
                                grace: string;
                            };
                            url: string | null;
                            hostnames: string[];
                            release: number | null;
                            deployment_id: string | null;
                            install_id: string | null;
                            /** @description Rises with every change of the spec; the ETag begins with it */
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description With include=instances */
                            instances?: {
                                id: string;
                                release: number;
                                node_id: string;
                                address: string;
                                phase: string;
                                health: string | null;
                                routed: boolean;
                                code: string | null;
                                reason: string | null;
                                restarts: number;
                                started_at: string | null;
                                /** Format: date-time */
                                created_at: string;
                            }[];
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hello",
                 *       "image": "builtin/hello:v1"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    name: string;
                    image: string & (unknown & unknown);
                    /** @default [] */
                    command?: string[];
                    /** @default {} */
                    env?: {
                        [key: string]: string | {
                            value: string;
                            /** @default false */
                            secret?: boolean;
                        } | {
                            from_secret: string;
                        };
                    };
                    /** @default 8080 */
                    port?: number | null;
                    /** @default {} */
                    resources?: {
                        /** @default 128m */
                        memory?: string;
                        cpu?: string | number;
                        /** @default 1g */
                        disk?: string;
                    };
                    /** @default 1 */
                    replicas?: number;
                    /** @default true */
                    public?: boolean;
                    /** @default {} */
                    health_check?: {
                        /** @default null */
                        path?: string | null;
                        /** @default 2s */
                        interval?: string;
                        /** @default 2s */
                        timeout?: string;
                        /** @default 3 */
                        retries?: number;
                        /** @default 60s */
                        grace?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Create an app from an OCI image and deploy it */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "name": "hello",
                     *       "status": "deploying",
                     *       "image": "builtin/hello:v1",
                     *       "image_digest": "example",
                     *       "command": [
                     *         "example"
                     *       ],
                     *       "env": {
                     *         "EXAMPLE": {
                     *           "value": "example",
                     *           "secret": true,
                     *           "from_secret": "example"
                     *         }
                     *       },
                     *       "port": 1,
                     *       "resources": {
                     *         "memory": "256m",
                     *         "cpu": "1",
                     *         "disk": "1g"
                     *       },
                     *       "public": true,
                     *       "replicas": {
                     *         "desired": 1,
                     *         "current": 1,
                     *         "healthy": 1
                     *       },
                     *       "health_check": {
                     *         "path": "example",
                     *         "interval": "5s",
                     *         "timeout": "2s",
                     *         "retries": 1,
                     *         "grace": "60s"
                     *       },
                     *       "url": "https://example.com/hook",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "release": 1,
                     *       "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *       "install_id": "ins_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        organization_id: string;
                        name: string;
                        /** @enum {string} */
                        status: "deploying" | "running" | "degraded" | "stopping" | "stopped" | "error";
                        image: string;
                        image_digest: string | null;
                        command: string[];
                        env: {
                            [key: string]: {
                                value: string | null;
                                secret: boolean;
                                /** @description The secret it takes its value from */
                                from_secret?: string;
                            };
                        };
                        port: number | null;
                        resources: {
                            memory: string;
                            cpu: string;
                            disk: string;
                        };
                        public: boolean;
                        replicas: {
                            desired: number;
                            current: number;
                            healthy: number;
                        };
                        health_check: {
                            path: string | null;
                            interval: string;
                            timeout: string;
                            retries: number;
                            grace: string;
                        };
                        url: string | null;
                        hostnames: string[];
                        release: number | null;
                        deployment_id: string | null;
                        install_id: string | null;
                        /** @description Rises with every change of the spec; the ETag begins with it */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One app with its instances */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "name": "hello",
                     *       "status": "deploying",
                     *       "image": "builtin/hello:v1",
                     *       "image_digest": "example",
                     *       "command": [
                     *         "example"
                     *       ],
                     *       "env": {
                     *         "EXAMPLE": {
                     *           "value": "example",
                     *           "secret": true,
                     *           "from_secret": "example"
                     *         }
                     *       },
                     *       "port": 1,
                     *       "resources": {
                     *         "memory": "256m",
                     *         "cpu": "1",
                     *         "disk": "1g"
                     *       },
                     *       "public": true,
                     *       "replicas": {
                     *         "desired": 1,
                     *         "current": 1,
                     *         "healthy": 1
                     *       },
                     *       "health_check": {
                     *         "path": "example",
                     *         "interval": "5s",
                     *         "timeout": "2s",
                     *         "retries": 1,
                     *         "grace": "60s"
                     *       },
                     *       "url": "https://example.com/hook",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "release": 1,
                     *       "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *       "install_id": "ins_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z",
                     *       "instances": [
                     *         {
                     *           "id": "example",
                     *           "release": 1,
                     *           "node_id": "node_01k3m8q2rt6vxyzabcdefg1",
                     *           "address": "10.64.0.2",
                     *           "phase": "example",
                     *           "health": "example",
                     *           "routed": true,
                     *           "code": "123456",
                     *           "reason": "Maintenance",
                     *           "restarts": 1,
                     *           "started_at": "2026-11-21T12:00:00Z",
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        organization_id: string;
                        name: string;
                        /** @enum {string} */
                        status: "deploying" | "running" | "degraded" | "stopping" | "stopped" | "error";
                        image: string;
                        image_digest: string | null;
                        command: string[];
                        env: {
                            [key: string]: {
                                value: string | null;
                                secret: boolean;
                                /** @description The secret it takes its value from */
                                from_secret?: string;
                            };
                        };
                        port: number | null;
                        resources: {
                            memory: string;
                            cpu: string;
                            disk: string;
                        };
                        public: boolean;
                        replicas: {
                            desired: number;
                            current: number;
                            healthy: number;
                        };
                        health_check: {
                            path: string | null;
                            interval: string;
                            timeout: string;
                            retries: number;
                            grace: string;
                        };
                        url: string | null;
                        hostnames: string[];
                        release: number | null;
                        deployment_id: string | null;
                        install_id: string | null;
                        /** @description Rises with every change of the spec; the ETag begins with it */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                        instances: {
                            id: string;
                            release: number;
                            node_id: string;
                            address: string;
                            phase: string;
                            health: string | null;
                            routed: boolean;
                            code: string | null;
                            reason: string | null;
                            restarts: number;
                            started_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.delete": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.update": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description ETag of the state you change. 428 without it, 412 when it changed meanwhile
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-Match": components["parameters"]["IfMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    image?: string & (unknown & unknown);
                    command?: string[];
                    env?: {
                        [key: string]: (string | {
                            value: string;
                            /** @default false */
                            secret?: boolean;
                        } | {
                            from_secret: string;
                        }) | null;
                    };
                    port?: number | null;
                    resources?: {
                        memory?: string;
                        cpu?: string | number;
                        disk?: string;
                    };
                    replicas?: number;
                    public?: boolean;
                    health_check?: {
                        /** @default null */
                        path?: string | null;
                        /** @default 2s */
                        interval?: string;
                        /** @default 2s */
                        timeout?: string;
                        /** @default 3 */
                        retries?: number;
                        /** @default 60s */
                        grace?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Change an app; what its instances run is rolled out as a new release */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "name": "hello",
                     *       "status": "deploying",
                     *       "image": "builtin/hello:v1",
                     *       "image_digest": "example",
                     *       "command": [
                     *         "example"
                     *       ],
                     *       "env": {
                     *         "EXAMPLE": {
                     *           "value": "example",
                     *           "secret": true,
                     *           "from_secret": "example"
                     *         }
                     *       },
                     *       "port": 1,
                     *       "resources": {
                     *         "memory": "256m",
                     *         "cpu": "1",
                     *         "disk": "1g"
                     *       },
                     *       "public": true,
                     *       "replicas": {
                     *         "desired": 1,
                     *         "current": 1,
                     *         "healthy": 1
                     *       },
                     *       "health_check": {
                     *         "path": "example",
                     *         "interval": "5s",
                     *         "timeout": "2s",
                     *         "retries": 1,
                     *         "grace": "60s"
                     *       },
                     *       "url": "https://example.com/hook",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "release": 1,
                     *       "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *       "install_id": "ins_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        organization_id: string;
                        name: string;
                        /** @enum {string} */
                        status: "deploying" | "running" | "degraded" | "stopping" | "stopped" | "error";
                        image: string;
                        image_digest: string | null;
                        command: string[];
                        env: {
                            [key: string]: {
                                value: string | null;
                                secret: boolean;
                                /** @description The secret it takes its value from */
                                from_secret?: string;
                            };
                        };
                        port: number | null;
                        resources: {
                            memory: string;
                            cpu: string;
                            disk: string;
                        };
                        public: boolean;
                        replicas: {
                            desired: number;
                            current: number;
                            healthy: number;
                        };
                        health_check: {
                            path: string | null;
                            interval: string;
                            timeout: string;
                            retries: number;
                            grace: string;
                        };
                        url: string | null;
                        hostnames: string[];
                        release: number | null;
                        deployment_id: string | null;
                        install_id: string | null;
                        /** @description Rises with every change of the spec; the ETag begins with it */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.scale": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "replicas": 1
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    replicas: number;
                };
            };
        };
        responses: {
            /** @description Set how many instances run */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "name": "hello",
                     *       "status": "deploying",
                     *       "image": "builtin/hello:v1",
                     *       "image_digest": "example",
                     *       "command": [
                     *         "example"
                     *       ],
                     *       "env": {
                     *         "EXAMPLE": {
                     *           "value": "example",
                     *           "secret": true,
                     *           "from_secret": "example"
                     *         }
                     *       },
                     *       "port": 1,
                     *       "resources": {
                     *         "memory": "256m",
                     *         "cpu": "1",
                     *         "disk": "1g"
                     *       },
                     *       "public": true,
                     *       "replicas": {
                     *         "desired": 1,
                     *         "current": 1,
                     *         "healthy": 1
                     *       },
                     *       "health_check": {
                     *         "path": "example",
                     *         "interval": "5s",
                     *         "timeout": "2s",
                     *         "retries": 1,
                     *         "grace": "60s"
                     *       },
                     *       "url": "https://example.com/hook",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "release": 1,
                     *       "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *       "install_id": "ins_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        organization_id: string;
                        name: string;
                        /** @enum {string} */
                        status: "deploying" | "running" | "degraded" | "stopping" | "stopped" | "error";
                        image: string;
                        image_digest: string | null;
                        command: string[];
                        env: {
                            [key: string]: {
                                value: string | null;
                                secret: boolean;
                                /** @description The secret it takes its value from */
                                from_secret?: string;
                            };
                        };
                        port: number | null;
                        resources: {
                            memory: string;
                            cpu: string;
                            disk: string;
                        };
                        public: boolean;
                        replicas: {
                            desired: number;
                            current: number;
                            healthy: number;
                        };
                        health_check: {
                            path: string | null;
                            interval: string;
                            timeout: string;
                            retries: number;
                            grace: string;
                        };
                        url: string | null;
                        hostnames: string[];
                        release: number | null;
                        deployment_id: string | null;
                        install_id: string | null;
                        /** @description Rises with every change of the spec; the ETag begins with it */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.start": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Start a stopped app again */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "name": "hello",
                     *       "status": "deploying",
                     *       "image": "builtin/hello:v1",
                     *       "image_digest": "example",
                     *       "command": [
                     *         "example"
                     *       ],
                     *       "env": {
                     *         "EXAMPLE": {
                     *           "value": "example",
                     *           "secret": true,
                     *           "from_secret": "example"
                     *         }
                     *       },
                     *       "port": 1,
                     *       "resources": {
                     *         "memory": "256m",
                     *         "cpu": "1",
                     *         "disk": "1g"
                     *       },
                     *       "public": true,
                     *       "replicas": {
                     *         "desired": 1,
                     *         "current": 1,
                     *         "healthy": 1
                     *       },
                     *       "health_check": {
                     *         "path": "example",
                     *         "interval": "5s",
                     *         "timeout": "2s",
                     *         "retries": 1,
                     *         "grace": "60s"
                     *       },
                     *       "url": "https://example.com/hook",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "release": 1,
                     *       "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *       "install_id": "ins_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        organization_id: string;
                        name: string;
                        /** @enum {string} */
                        status: "deploying" | "running" | "degraded" | "stopping" | "stopped" | "error";
                        image: string;
                        image_digest: string | null;
                        command: string[];
                        env: {
                            [key: string]: {
                                value: string | null;
                                secret: boolean;
                                /** @description The secret it takes its value from */
                                from_secret?: string;
                            };
                        };
                        port: number | null;
                        resources: {
                            memory: string;
                            cpu: string;
                            disk: string;
                        };
                        public: boolean;
                        replicas: {
                            desired: number;
                            current: number;
                            healthy: number;
                        };
                        health_check: {
                            path: string | null;
                            interval: string;
                            timeout: string;
                            retries: number;
                            grace: string;
                        };
                        url: string | null;
                        hostnames: string[];
                        release: number | null;
                        deployment_id: string | null;
                        install_id: string | null;
                        /** @description Rises with every change of the spec; the ETag begins with it */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.stop": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Stop every instance; nothing is billed but what is stored */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "name": "hello",
                     *       "status": "deploying",
                     *       "image": "builtin/hello:v1",
                     *       "image_digest": "example",
                     *       "command": [
                     *         "example"
                     *       ],
                     *       "env": {
                     *         "EXAMPLE": {
                     *           "value": "example",
                     *           "secret": true,
                     *           "from_secret": "example"
                     *         }
                     *       },
                     *       "port": 1,
                     *       "resources": {
                     *         "memory": "256m",
                     *         "cpu": "1",
                     *         "disk": "1g"
                     *       },
                     *       "public": true,
                     *       "replicas": {
                     *         "desired": 1,
                     *         "current": 1,
                     *         "healthy": 1
                     *       },
                     *       "health_check": {
                     *         "path": "example",
                     *         "interval": "5s",
                     *         "timeout": "2s",
                     *         "retries": 1,
                     *         "grace": "60s"
                     *       },
                     *       "url": "https://example.com/hook",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "release": 1,
                     *       "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *       "install_id": "ins_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        organization_id: string;
                        name: string;
                        /** @enum {string} */
                        status: "deploying" | "running" | "degraded" | "stopping" | "stopped" | "error";
                        image: string;
                        image_digest: string | null;
                        command: string[];
                        env: {
                            [key: string]: {
                                value: string | null;
                                secret: boolean;
                                /** @description The secret it takes its value from */
                                from_secret?: string;
                            };
                        };
                        port: number | null;
                        resources: {
                            memory: string;
                            cpu: string;
                            disk: string;
                        };
                        public: boolean;
                        replicas: {
                            desired: number;
                            current: number;
                            healthy: number;
                        };
                        health_check: {
                            path: string | null;
                            interval: string;
                            timeout: string;
                            retries: number;
                            grace: string;
                        };
                        url: string | null;
                        hostnames: string[];
                        release: number | null;
                        deployment_id: string | null;
                        install_id: string | null;
                        /** @description Rises with every change of the spec; the ETag begins with it */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.restart": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Replace every instance by a fresh one, without an outage */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "name": "hello",
                     *       "status": "deploying",
                     *       "image": "builtin/hello:v1",
                     *       "image_digest": "example",
                     *       "command": [
                     *         "example"
                     *       ],
                     *       "env": {
                     *         "EXAMPLE": {
                     *           "value": "example",
                     *           "secret": true,
                     *           "from_secret": "example"
                     *         }
                     *       },
                     *       "port": 1,
                     *       "resources": {
                     *         "memory": "256m",
                     *         "cpu": "1",
                     *         "disk": "1g"
                     *       },
                     *       "public": true,
                     *       "replicas": {
                     *         "desired": 1,
                     *         "current": 1,
                     *         "healthy": 1
                     *       },
                     *       "health_check": {
                     *         "path": "example",
                     *         "interval": "5s",
                     *         "timeout": "2s",
                     *         "retries": 1,
                     *         "grace": "60s"
                     *       },
                     *       "url": "https://example.com/hook",
                     *       "hostnames": [
                     *         "cloud.example.com"
                     *       ],
                     *       "release": 1,
                     *       "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *       "install_id": "ins_01k3m8q2rt6vxyzabcdefg1",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        organization_id: string;
                        name: string;
                        /** @enum {string} */
                        status: "deploying" | "running" | "degraded" | "stopping" | "stopped" | "error";
                        image: string;
                        image_digest: string | null;
                        command: string[];
                        env: {
                            [key: string]: {
                                value: string | null;
                                secret: boolean;
                                /** @description The secret it takes its value from */
                                from_secret?: string;
                            };
                        };
                        port: number | null;
                        resources: {
                            memory: string;
                            cpu: string;
                            disk: string;
                        };
                        public: boolean;
                        replicas: {
                            desired: number;
                            current: number;
                            healthy: number;
                        };
                        health_check: {
                            path: string | null;
                            interval: string;
                            timeout: string;
                            retries: number;
                            grace: string;
                        };
                        url: string | null;
                        hostnames: string[];
                        release: number | null;
                        deployment_id: string | null;
                        install_id: string | null;
                        /** @description Rises with every change of the spec; the ETag begins with it */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.deploy": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    image?: string & (unknown & unknown);
                };
            };
        };
        responses: {
            /** @description Deploy an image, or the present one again */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deployment_id": "dep_01k3m8q2rt6vxyzabcdefg1",
                     *       "status": "in_progress"
                     *     }
                     */
                    "application/json": {
                        deployment_id: string;
                        /** @constant */
                        status: "in_progress";
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "deployments.list": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: state, created_at, finished_at */
                sort?: string;
                filter?: {
                    /** @description One or several of queued, running, succeeded, failed, superseded, cancelled, separated by commas */
                    state?: string;
                    /** @description One or several values, separated by commas */
                    reason?: string;
                    /** @description One or several values, separated by commas */
                    error_code?: string;
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    finished_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deployments of an app, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "release": 1,
                     *           "image": "builtin/hello:v1",
                     *           "image_digest": "example",
                     *           "reason": "Maintenance",
                     *           "state": "queued",
                     *           "steps": [
                     *             {
                     *               "key": "queued",
                     *               "state": "waiting",
                     *               "started_at": "2026-11-21T12:00:00Z",
                     *               "finished_at": "2026-11-21T12:00:00Z"
                     *             }
                     *           ],
                     *           "error_code": "example",
                     *           "error_detail": "example",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "finished_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            app_id: string;
                            release: number;
                            image: string;
                            image_digest: string | null;
                            reason: string;
                            /** @enum {string} */
                            state: "queued" | "running" | "succeeded" | "failed" | "superseded" | "cancelled";
                            steps: {
                                /** @enum {string} */
                                key: "queued" | "pulling" | "creating" | "booting" | "health_check" | "routing" | "live";
                                /** @enum {string} */
                                state: "waiting" | "running" | "done" | "failed";
                                started_at: string | null;
                                finished_at: string | null;
                            }[];
                            error_code: string | null;
                            error_detail: string | null;
                            /** Format: date-time */
                            created_at: string;
                            finished_at: string | null;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "deployments.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example dep_01k3m8q2rt6vxyzabcdefg1 */
                deployment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One deployment with its steps */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *       "release": 1,
                     *       "image": "builtin/hello:v1",
                     *       "image_digest": "example",
                     *       "reason": "Maintenance",
                     *       "state": "queued",
                     *       "steps": [
                     *         {
                     *           "key": "queued",
                     *           "state": "waiting",
                     *           "started_at": "2026-11-21T12:00:00Z",
                     *           "finished_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "error_code": "example",
                     *       "error_detail": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "finished_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        app_id: string;
                        release: number;
                        image: string;
                        image_digest: string | null;
                        reason: string;
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed" | "superseded" | "cancelled";
                        steps: {
                            /** @enum {string} */
                            key: "queued" | "pulling" | "creating" | "booting" | "health_check" | "routing" | "live";
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed";
                            started_at: string | null;
                            finished_at: string | null;
                        }[];
                        error_code: string | null;
                        error_detail: string | null;
                        /** Format: date-time */
                        created_at: string;
                        finished_at: string | null;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "catalog.list": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Apps of the marketplace */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "name": "hello",
                     *           "version": "1.0.0",
                     *           "summary": "example",
                     *           "description": "An example",
                     *           "category": "starter",
                     *           "icon": "example",
                     *           "parameters": {
                     *             "type": "object",
                     *             "properties": {
                     *               "example": {
                     *                 "type": "string",
                     *                 "title": "example",
                     *                 "description": "An example",
                     *                 "default": "example",
                     *                 "format": "color",
                     *                 "enum": [
                     *                   "example"
                     *                 ],
                     *                 "minLength": 1,
                     *                 "maxLength": 1,
                     *                 "pattern": "example",
                     *                 "writeOnly": true,
                     *                 "generate": {
                     *                   "length": 8
                     *                 }
                     *               }
                     *             },
                     *             "required": [
                     *               "example"
                     *             ],
                     *             "additionalProperties": false
                     *           },
                     *           "services": [
                     *             {
                     *               "key": "example",
                     *               "image": "builtin/hello:v1",
                     *               "vcpu": 1,
                     *               "memory_mib": 1,
                     *               "public": true
                     *             }
                     *           ],
                     *           "total": {
                     *             "vcpu": 1,
                     *             "memory_mib": 1,
                     *             "disk_mib": 1
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            version: string;
                            summary: string;
                            description: string;
                            /** @enum {string} */
                            category: "starter" | "website" | "community" | "database" | "developer" | "business";
                            icon: string;
                            parameters: {
                                /** @constant */
                                type: "object";
                                properties: {
                                    [key: string]: {
                                        /** @constant */
                                        type: "string";
                                        title: string;
                                        description?: string;
                                        default?: string;
                                        /** @enum {string} */
                                        format?: "color" | "email" | "uri" | "hostname" | "multiline" | "password";
                                        enum?: string[];
                                        minLength?: number;
                                        maxLength?: number;
                                        pattern?: string;
                                        writeOnly?: boolean;
                                        generate?: {
                                            length: number;
                                        };
                                    } | {
                                        /** @enum {string} */
                                        type: "integer" | "number";
                                        title: string;
                                        description?: string;
                                        default?: number;
                                        minimum?: number;
                                        maximum?: number;
                                    } | {
                                        /** @constant */
                                        type: "boolean";
                                        title: string;
                                        description?: string;
                                        default?: boolean;
                                    };
                                };
                                /** @default [] */
                                required: string[];
                                /**
                                 * @default false
                                 * @constant
                                 */
                                additionalProperties: false;
                            };
                            services: {
                                key: string;
                                image: string;
                                vcpu: number;
                                memory_mib: number;
                                public: boolean;
                            }[];
                            total: {
                                vcpu: number;
                                memory_mib: number;
                                disk_mib: number;
                            };
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "catalog.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example hello */
                catalog_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One app of the marketplace with its form */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "name": "hello",
                     *       "version": "1.0.0",
                     *       "summary": "example",
                     *       "description": "An example",
                     *       "category": "starter",
                     *       "icon": "example",
                     *       "parameters": {
                     *         "type": "object",
                     *         "properties": {
                     *           "example": {
                     *             "type": "string",
                     *             "title": "example",
                     *             "description": "An example",
                     *             "default": "example",
                     *             "format": "color",
                     *             "enum": [
                     *               "example"
                     *             ],
                     *             "minLength": 1,
                     *             "maxLength": 1,
                     *             "pattern": "example",
                     *             "writeOnly": true,
                     *             "generate": {
                     *               "length": 8
                     *             }
                     *           }
                     *         },
                     *         "required": [
                     *           "example"
                     *         ],
                     *         "additionalProperties": false
                     *       },
                     *       "services": [
                     *         {
                     *           "key": "example",
                     *           "image": "builtin/hello:v1",
                     *           "vcpu": 1,
                     *           "memory_mib": 1,
                     *           "public": true
                     *         }
                     *       ],
                     *       "total": {
                     *         "vcpu": 1,
                     *         "memory_mib": 1,
                     *         "disk_mib": 1
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        version: string;
                        summary: string;
                        description: string;
                        /** @enum {string} */
                        category: "starter" | "website" | "community" | "database" | "developer" | "business";
                        icon: string;
                        parameters: {
                            /** @constant */
                            type: "object";
                            properties: {
                                [key: string]: {
                                    /** @constant */
                                    type: "string";
                                    title: string;
                                    description?: string;
                                    default?: string;
                                    /** @enum {string} */
                                    format?: "color" | "email" | "uri" | "hostname" | "multiline" | "password";
                                    enum?: string[];
                                    minLength?: number;
                                    maxLength?: number;
                                    pattern?: string;
                                    writeOnly?: boolean;
                                    generate?: {
                                        length: number;
                                    };
                                } | {
                                    /** @enum {string} */
                                    type: "integer" | "number";
                                    title: string;
                                    description?: string;
                                    default?: number;
                                    minimum?: number;
                                    maximum?: number;
                                } | {
                                    /** @constant */
                                    type: "boolean";
                                    title: string;
                                    description?: string;
                                    default?: boolean;
                                };
                            };
                            /** @default [] */
                            required: string[];
                            /**
                             * @default false
                             * @constant
                             */
                            additionalProperties: false;
                        };
                        services: {
                            key: string;
                            image: string;
                            vcpu: number;
                            memory_mib: number;
                            public: boolean;
                        }[];
                        total: {
                            vcpu: number;
                            memory_mib: number;
                            disk_mib: number;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "installs.list": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: state, catalog_id, name, created_at, finished_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several of running, healthy, failed, undone, separated by commas */
                    state?: string;
                    /** @description One or several values, separated by commas */
                    catalog_id?: string;
                    /** @description One or several values, separated by commas */
                    name?: string;
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    finished_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Installs of the organization, newest first; those undone only when asked for by filter[state] */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "catalog_id": "hello",
                     *           "version": "example",
                     *           "name": "hello",
                     *           "state": "running",
                     *           "steps": [
                     *             {
                     *               "key": "example",
                     *               "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *               "app_name": "example",
                     *               "state": "waiting",
                     *               "started_at": "2026-11-21T12:00:00Z",
                     *               "finished_at": "2026-11-21T12:00:00Z"
                     *             }
                     *           ],
                     *           "url": "https://example.com/hook",
                     *           "error_detail": "example",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "finished_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            catalog_id: string;
                            version: string;
                            name: string;
                            /** @enum {string} */
                            state: "running" | "healthy" | "failed" | "undone";
                            steps: {
                                key: string;
                                app_id: string;
                                app_name: string;
                                /** @enum {string} */
                                state: "waiting" | "running" | "done" | "failed";
                                started_at: string | null;
                                finished_at: string | null;
                            }[];
                            url: string | null;
                            error_detail: string | null;
                            /** Format: date-time */
                            created_at: string;
                            finished_at: string | null;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "installs.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "catalog_id": "hello",
                 *       "name": "hello"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    catalog_id: string;
                    name: string;
                    /** @default {} */
                    parameters?: {
                        [key: string]: string | number | boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Install an app of the marketplace; its services start in the order of their dependencies */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "catalog_id": "hello",
                     *       "version": "example",
                     *       "name": "hello",
                     *       "state": "running",
                     *       "steps": [
                     *         {
                     *           "key": "example",
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "state": "waiting",
                     *           "started_at": "2026-11-21T12:00:00Z",
                     *           "finished_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "url": "https://example.com/hook",
                     *       "error_detail": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "finished_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        catalog_id: string;
                        version: string;
                        name: string;
                        /** @enum {string} */
                        state: "running" | "healthy" | "failed" | "undone";
                        steps: {
                            key: string;
                            app_id: string;
                            app_name: string;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed";
                            started_at: string | null;
                            finished_at: string | null;
                        }[];
                        url: string | null;
                        error_detail: string | null;
                        /** Format: date-time */
                        created_at: string;
                        finished_at: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "installs.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example ins_01k3m8q2rt6vxyzabcdefg1 */
                install_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One install with its steps */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "catalog_id": "hello",
                     *       "version": "example",
                     *       "name": "hello",
                     *       "state": "running",
                     *       "steps": [
                     *         {
                     *           "key": "example",
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "state": "waiting",
                     *           "started_at": "2026-11-21T12:00:00Z",
                     *           "finished_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "url": "https://example.com/hook",
                     *       "error_detail": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "finished_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        catalog_id: string;
                        version: string;
                        name: string;
                        /** @enum {string} */
                        state: "running" | "healthy" | "failed" | "undone";
                        steps: {
                            key: string;
                            app_id: string;
                            app_name: string;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed";
                            started_at: string | null;
                            finished_at: string | null;
                        }[];
                        url: string | null;
                        error_detail: string | null;
                        /** Format: date-time */
                        created_at: string;
                        finished_at: string | null;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "installs.undo": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example ins_01k3m8q2rt6vxyzabcdefg1 */
                install_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete every app of an install, dependants first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "catalog_id": "hello",
                     *       "version": "example",
                     *       "name": "hello",
                     *       "state": "running",
                     *       "steps": [
                     *         {
                     *           "key": "example",
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "app_name": "example",
                     *           "state": "waiting",
                     *           "started_at": "2026-11-21T12:00:00Z",
                     *           "finished_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "url": "https://example.com/hook",
                     *       "error_detail": "example",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "finished_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        catalog_id: string;
                        version: string;
                        name: string;
                        /** @enum {string} */
                        state: "running" | "healthy" | "failed" | "undone";
                        steps: {
                            key: string;
                            app_id: string;
                            app_name: string;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed";
                            started_at: string | null;
                            finished_at: string | null;
                        }[];
                        url: string | null;
                        error_detail: string | null;
                        /** Format: date-time */
                        created_at: string;
                        finished_at: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.logs": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                since?: string;
                until?: string;
                /** @description Newest lines to return */
                tail?: number;
                instance_id?: string;
                /** @description Text the line must hold, in any case */
                search?: string;
                /** @description `next_cursor` of the previous answer: the lines before it */
                cursor?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest log lines of an app, oldest first; next_cursor leads to older ones */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "at": "2026-11-21T12:00:00Z",
                     *           "instance_id": "inst_01k3m8q2rt6vxyzabcdefg1",
                     *           "stream": "stdout",
                     *           "line": "example"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       },
                     *       "follow_cursor": "example"
                     *     }
                     */
                    "application/json": {
                        data: {
                            /** @description Cursor of the line */
                            id: string;
                            /** Format: date-time */
                            at: string;
                            instance_id: string;
                            /** @enum {string} */
                            stream: "stdout" | "stderr" | "system";
                            line: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                        /** @description Newest line: pass it as cursor with follow=true to go on from here */
                        follow_cursor: string | null;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "apps.metrics": {
        parameters: {
            query: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                metric: "cpu" | "memory" | "network";
                resolution?: "1m" | "5m" | "1h" | "1d";
                from?: string;
                to?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example app_01k3m8q2rt6vxyzabcdefg1 */
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CPU, memory or network traffic of an app over time */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "metric": "example",
                     *       "resolution": "example",
                     *       "from": "2026-11-21T12:00:00Z",
                     *       "to": "2026-11-21T12:00:00Z",
                     *       "series": [
                     *         {
                     *           "name": "hello",
                     *           "unit": "percent",
                     *           "data_points": [
                     *             {
                     *               "timestamp": "2026-11-21T12:00:00Z",
                     *               "value": 1
                     *             }
                     *           ],
                     *           "statistics": {
                     *             "min": 1,
                     *             "max": 1,
                     *             "avg": 1,
                     *             "p99": 1
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        metric: string;
                        resolution: string;
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        series: {
                            name: string;
                            /** @enum {string} */
                            unit: "percent" | "mib" | "bytes_per_second";
                            data_points: {
                                /** Format: date-time */
                                timestamp: string;
                                value: number;
                            }[];
                            statistics: {
                                min: number;
                                max: number;
                                avg: number;
                                p99: number;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "events.list": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-seq`; `-` is descending. Fields: seq */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several values, separated by commas */
                    type?: string;
                    /** @description One or several values, separated by commas */
                    subject_type?: string;
                    /** @description One or several values, separated by commas */
                    subject_id?: string;
                    /** @description One or several values, separated by commas */
                    request_id?: string;
                    /** @description From and to: instants or days (UTC) */
                    at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
                /** @description As filter[type] */
                type?: string;
                /** @description As filter[subject_type] */
                subject_type?: string;
                /** @description As filter[subject_id] */
                subject_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happened in the organization, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "cursor": "WyI2ZjFiIl0.3q2rt6vxyzabcdefg1hjkm",
                     *           "type": "example",
                     *           "subject": {
                     *             "type": "example",
                     *             "id": "example"
                     *           },
                     *           "actor": {
                     *             "EXAMPLE": {}
                     *           },
                     *           "data": {
                     *             "EXAMPLE": {}
                     *           },
                     *           "at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            cursor: string;
                            type: string;
                            subject: {
                                type: string;
                                id: string;
                            };
                            actor: {
                                [key: string]: unknown;
                            };
                            data: {
                                [key: string]: unknown;
                            };
                            /** Format: date-time */
                            at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "billing.preview": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "USD",
                 *       "period": {
                 *         "start": "2026-11-21",
                 *         "end": "2026-11-21"
                 *       },
                 *       "lines": [
                 *         {
                 *           "key": "example",
                 *           "price": {
                 *             "model": "flat",
                 *             "unit_amount": "1"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    currency: string;
                    /** @default UTC */
                    timezone?: string;
                    period: {
                        /** Format: date */
                        start: string;
                        /** Format: date */
                        end: string;
                    };
                    lines: {
                        key: string;
                        price: {
                            /** @constant */
                            model: "flat";
                            unit_amount: string;
                            minimum?: string;
                            maximum?: string;
                        } | {
                            /** @constant */
                            model: "per_unit";
                            unit_amount: string;
                            minimum?: string;
                            maximum?: string;
                        } | {
                            /** @constant */
                            model: "graduated";
                            tiers: {
                                up_to: (number | string) | null;
                                unit_amount: string;
                                /** @default 0 */
                                flat_amount?: string;
                            }[];
                            minimum?: string;
                            maximum?: string;
                        } | {
                            /** @constant */
                            model: "volume";
                            tiers: {
                                up_to: (number | string) | null;
                                unit_amount: string;
                                /** @default 0 */
                                flat_amount?: string;
                            }[];
                            minimum?: string;
                            maximum?: string;
                        } | {
                            /** @constant */
                            model: "package";
                            unit_amount: string;
                            package_size: number | string;
                            /** @default 0 */
                            free_units?: number | string;
                            minimum?: string;
                            maximum?: string;
                        } | {
                            /** @constant */
                            model: "percentage";
                            rate: string;
                            /** @default 0 */
                            fixed_amount?: string;
                            /** @default 0 */
                            free_events?: number | string;
                            minimum?: string;
                            maximum?: string;
                        };
                        quantity?: string;
                        events?: number | string;
                        already_billed?: string;
                        already_billed_events?: number | string;
                        prorate?: {
                            /** Format: date */
                            from: string;
                            /** Format: date */
                            to: string;
                        };
                        /** @default 0 */
                        tax_rate?: string;
                    }[];
                    /** @default [] */
                    coupons?: {
                        /** @enum {string} */
                        type: "percent" | "fixed";
                        value: string;
                    }[];
                    /** @default 0 */
                    prepaid_credits?: string;
                };
            };
        };
        responses: {
            /** @description Rate any price, quantity, coupon and credit without side effects */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lines": [
                     *         {
                     *           "key": "example",
                     *           "quantity": "1",
                     *           "amount": 1,
                     *           "discount": 1,
                     *           "net": 1,
                     *           "tax_rate": "0.075"
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "tax": 1,
                     *       "taxes": [
                     *         {
                     *           "rate": "1",
                     *           "base": 1,
                     *           "amount": 1
                     *         }
                     *       ],
                     *       "total": 1,
                     *       "credits_applied": 1,
                     *       "amount_due": 1,
                     *       "currency": "USD"
                     *     }
                     */
                    "application/json": {
                        lines: {
                            key: string;
                            quantity: string;
                            amount: number;
                            discount: number;
                            net: number;
                            tax_rate: string;
                        }[];
                        subtotal: number;
                        discount: number;
                        tax: number;
                        taxes: {
                            rate: string;
                            base: number;
                            amount: number;
                        }[];
                        total: number;
                        credits_applied: number;
                        amount_due: number;
                        currency: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "billing.spend": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This month's spend so far: the invoice as it stands now, with a forecast and how it was made */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "start": "2026-11-21T12:00:00Z",
                     *         "end": "2026-11-21T12:00:00Z"
                     *       },
                     *       "as_of": "2026-11-21T12:00:00Z",
                     *       "currency": "USD",
                     *       "spend": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "tax": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "forecast": {
                     *         "low": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         },
                     *         "expected": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         },
                     *         "high": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         },
                     *         "method": "example",
                     *         "basis_days": 1
                     *       },
                     *       "previous": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "balance_due": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "lines": [
                     *         {
                     *           "description": "An example",
                     *           "quantity": "example",
                     *           "unit": "example",
                     *           "unit_price": "example",
                     *           "amount": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "daily": [
                     *         {
                     *           "date": "example",
                     *           "amount": 1
                     *         }
                     *       ],
                     *       "by_app": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "name": "hello",
                     *           "amount": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "forecast": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        period: {
                            /** Format: date-time */
                            start: string;
                            /** Format: date-time */
                            end: string;
                        };
                        /** Format: date-time */
                        as_of: string;
                        currency: string;
                        spend: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                        forecast: {
                            low: {
                                amount: number;
                                currency: string;
                            };
                            expected: {
                                amount: number;
                                currency: string;
                            };
                            high: {
                                amount: number;
                                currency: string;
                            };
                            method: string;
                            basis_days: number;
                        };
                        previous: {
                            amount: number;
                            currency: string;
                        } | null;
                        balance_due: {
                            amount: number;
                            currency: string;
                        };
                        lines: {
                            description: string;
                            quantity: string;
                            unit: string;
                            unit_price: string;
                            amount: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        daily: {
                            date: string;
                            amount: number;
                        }[];
                        by_app: {
                            app_id: string | null;
                            name: string;
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            forecast: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "usage.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                from?: string;
                to?: string;
                app_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What every app used of every meter on every day, and what it costs before tax */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-11-21T12:00:00Z",
                     *       "to": "2026-11-21T12:00:00Z",
                     *       "as_of": "2026-11-21T12:00:00Z",
                     *       "currency": "USD",
                     *       "rows": [
                     *         {
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "meter": "vcpu_seconds",
                     *           "quantity": "example",
                     *           "amount": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "app_name": "example",
                     *           "unit": "example",
                     *           "billed_quantity": "example"
                     *         }
                     *       ],
                     *       "days": [
                     *         {
                     *           "date": "example",
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "meter": "vcpu_seconds",
                     *           "quantity": "example",
                     *           "amount": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "daily": [
                     *         {
                     *           "date": "example",
                     *           "amount": 1
                     *         }
                     *       ],
                     *       "total": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        /** Format: date-time */
                        as_of: string;
                        currency: string;
                        rows: {
                            app_id: string;
                            /** @enum {string} */
                            meter: "vcpu_seconds" | "memory_mib_seconds" | "egress_bytes";
                            quantity: string;
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            app_name: string;
                            unit: string;
                            billed_quantity: string;
                        }[];
                        days: {
                            date: string;
                            app_id: string;
                            /** @enum {string} */
                            meter: "vcpu_seconds" | "memory_mib_seconds" | "egress_bytes";
                            quantity: string;
                            amount: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        daily: {
                            date: string;
                            amount: number;
                        }[];
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invoices.list": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: number, total, period_start, issued_at, due_at, paid_at, created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several of draft, open, overdue, partially_paid, paid, void, uncollectible, separated by commas */
                    status?: string;
                    /** @description One or several values, separated by commas */
                    currency?: string;
                    /** @description One or several values, separated by commas */
                    number?: string;
                    /** @description From and to */
                    total?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    period_start?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    issued_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    due_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    paid_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invoices of the organization, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *           "organization_name": "example",
                     *           "number": "example",
                     *           "state": "draft",
                     *           "status": "draft",
                     *           "currency": "USD",
                     *           "period": {
                     *             "start": "2026-11-21T12:00:00Z",
                     *             "end": "2026-11-21T12:00:00Z"
                     *           },
                     *           "subtotal": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "tax": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "total": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "amount_paid": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "amount_due": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "issued_at": "2026-11-21T12:00:00Z",
                     *           "due_at": "2026-11-21T12:00:00Z",
                     *           "paid_at": "2026-11-21T12:00:00Z",
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            organization_id: string;
                            organization_name: string;
                            number: string | null;
                            /** @enum {string} */
                            state: "draft" | "finalised" | "partially_paid" | "paid" | "void" | "uncollectible";
                            /** @enum {string} */
                            status: "draft" | "open" | "overdue" | "partially_paid" | "paid" | "void" | "uncollectible";
                            currency: string;
                            period: {
                                /** Format: date-time */
                                start: string;
                                /** Format: date-time */
                                end: string;
                            };
                            subtotal: {
                                amount: number;
                                currency: string;
                            };
                            tax: {
                                amount: number;
                                currency: string;
                            };
                            total: {
                                amount: number;
                                currency: string;
                            };
                            amount_paid: {
                                amount: number;
                                currency: string;
                            };
                            amount_due: {
                                amount: number;
                                currency: string;
                            };
                            issued_at: string | null;
                            due_at: string | null;
                            paid_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "admin.invoices": {
        parameters: {
            query?: {
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: number, total, period_start, issued_at, due_at, paid_at, created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several of draft, open, overdue, partially_paid, paid, void, uncollectible, separated by commas */
                    status?: string;
                    /** @description One or several values, separated by commas */
                    currency?: string;
                    /** @description One or several values, separated by commas */
                    number?: string;
                    /** @description From and to */
                    total?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    period_start?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    issued_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    due_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    paid_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description One or several values, separated by commas */
                    brand_id?: string;
                    /** @description One or several values, separated by commas */
                    organization_id?: string;
                };
            };
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invoices of every organization, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *           "organization_name": "example",
                     *           "number": "example",
                     *           "state": "draft",
                     *           "status": "draft",
                     *           "currency": "USD",
                     *           "period": {
                     *             "start": "2026-11-21T12:00:00Z",
                     *             "end": "2026-11-21T12:00:00Z"
                     *           },
                     *           "subtotal": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "tax": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "total": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "amount_paid": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "amount_due": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "issued_at": "2026-11-21T12:00:00Z",
                     *           "due_at": "2026-11-21T12:00:00Z",
                     *           "paid_at": "2026-11-21T12:00:00Z",
                     *           "created_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            organization_id: string;
                            organization_name: string;
                            number: string | null;
                            /** @enum {string} */
                            state: "draft" | "finalised" | "partially_paid" | "paid" | "void" | "uncollectible";
                            /** @enum {string} */
                            status: "draft" | "open" | "overdue" | "partially_paid" | "paid" | "void" | "uncollectible";
                            currency: string;
                            period: {
                                /** Format: date-time */
                                start: string;
                                /** Format: date-time */
                                end: string;
                            };
                            subtotal: {
                                amount: number;
                                currency: string;
                            };
                            tax: {
                                amount: number;
                                currency: string;
                            };
                            total: {
                                amount: number;
                                currency: string;
                            };
                            amount_paid: {
                                amount: number;
                                currency: string;
                            };
                            amount_due: {
                                amount: number;
                                currency: string;
                            };
                            issued_at: string | null;
                            due_at: string | null;
                            paid_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "admin.trial_balance": {
        parameters: {
            query?: {
                brand_id?: string;
            };
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Balance of every account of every seller; debits positive, each currency of a seller sums to zero */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "brand_id": "brand_01k3m8q2rt6vxyzabcdefg1",
                     *           "account": "example",
                     *           "balance": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "balanced": true
                     *     }
                     */
                    "application/json": {
                        data: {
                            brand_id: string;
                            account: string;
                            balance: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        balanced: boolean;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "admin.check_invariants": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Proves over all rows that the books hold: sums are zero, invoices match the ledger, numbers have no gaps */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true,
                     *       "rules": [
                     *         "example"
                     *       ],
                     *       "findings": [
                     *         {
                     *           "rule": "example",
                     *           "subject": "example",
                     *           "detail": "example"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        ok: boolean;
                        rules: string[];
                        findings: {
                            rule: string;
                            subject: string;
                            detail: string;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "prices.list": {
        parameters: {
            query?: {
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `brand_id,currency,-version`; `-` is descending. Fields: brand_id, currency, plan_key, version, active_from, created_at */
                sort?: string;
                filter?: {
                    /** @description One or several values, separated by commas */
                    brand_id?: string;
                    /** @description One or several values, separated by commas */
                    currency?: string;
                    /** @description One or several values, separated by commas */
                    plan_key?: string;
                    /** @description From and to */
                    version?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    active_from?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Price lists of every brand, newest version first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "brand_id": "brand_01k3m8q2rt6vxyzabcdefg1",
                     *           "plan_key": "example",
                     *           "name": "hello",
                     *           "currency": "USD",
                     *           "version": 1,
                     *           "flat_monthly": "7.50",
                     *           "meters": {
                     *             "vcpu_seconds": "1",
                     *             "memory_mib_seconds": "1",
                     *             "egress_bytes": "1"
                     *           },
                     *           "active_from": "2026-11-21T12:00:00Z",
                     *           "rates": [
                     *             {
                     *               "meter": "vcpu_seconds",
                     *               "name": "hello",
                     *               "unit": "example",
                     *               "unit_price": "1"
                     *             }
                     *           ],
                     *           "example": {
                     *             "vcpu": 1,
                     *             "memory_mib": 1,
                     *             "hours": 1,
                     *             "app": {
                     *               "amount": 1,
                     *               "currency": "USD"
                     *             },
                     *             "total": {
                     *               "amount": 1,
                     *               "currency": "USD"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            brand_id: string;
                            plan_key: string;
                            name: string;
                            currency: string;
                            version: number;
                            flat_monthly: string;
                            meters: {
                                vcpu_seconds: string;
                                memory_mib_seconds: string;
                                egress_bytes: string;
                            };
                            /** Format: date-time */
                            active_from: string;
                            rates: {
                                /** @enum {string} */
                                meter: "vcpu_seconds" | "memory_mib_seconds" | "egress_bytes";
                                name: string;
                                unit: string;
                                unit_price: string;
                            }[];
                            example: {
                                vcpu: number;
                                memory_mib: number;
                                hours: number;
                                app: {
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    amount: number;
                                    currency: string;
                                };
                            };
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "prices.set": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "brand_id": "brand_01k3m8q2rt6vxyzabcdefg1",
                 *       "currency": "USD"
                 *     }
                 */
                "application/json": {
                    brand_id: string;
                    /**
                     * @default starter
                     * @constant
                     */
                    plan_key?: "starter";
                    /** @enum {string} */
                    currency: "USD" | "NGN";
                    name?: string;
                    flat_monthly?: string;
                    meters?: {
                        vcpu_seconds?: string;
                        memory_mib_seconds?: string;
                        egress_bytes?: string;
                    };
                    /** Format: date-time */
                    active_from?: string;
                };
            };
        };
        responses: {
            /** @description New version of a brand's price list. It counts from the first period that starts after it becomes active; issued invoices never change */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "brand_id": "brand_01k3m8q2rt6vxyzabcdefg1",
                     *       "plan_key": "example",
                     *       "name": "hello",
                     *       "currency": "USD",
                     *       "version": 1,
                     *       "flat_monthly": "7.50",
                     *       "meters": {
                     *         "vcpu_seconds": "1",
                     *         "memory_mib_seconds": "1",
                     *         "egress_bytes": "1"
                     *       },
                     *       "active_from": "2026-11-21T12:00:00Z",
                     *       "rates": [
                     *         {
                     *           "meter": "vcpu_seconds",
                     *           "name": "hello",
                     *           "unit": "example",
                     *           "unit_price": "1"
                     *         }
                     *       ],
                     *       "example": {
                     *         "vcpu": 1,
                     *         "memory_mib": 1,
                     *         "hours": 1,
                     *         "app": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         },
                     *         "total": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        brand_id: string;
                        plan_key: string;
                        name: string;
                        currency: string;
                        version: number;
                        flat_monthly: string;
                        meters: {
                            vcpu_seconds: string;
                            memory_mib_seconds: string;
                            egress_bytes: string;
                        };
                        /** Format: date-time */
                        active_from: string;
                        rates: {
                            /** @enum {string} */
                            meter: "vcpu_seconds" | "memory_mib_seconds" | "egress_bytes";
                            name: string;
                            unit: string;
                            unit_price: string;
                        }[];
                        example: {
                            vcpu: number;
                            memory_mib: number;
                            hours: number;
                            app: {
                                amount: number;
                                currency: string;
                            };
                            total: {
                                amount: number;
                                currency: string;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "prices.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The price list that applies to the organization now */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "brand_id": "brand_01k3m8q2rt6vxyzabcdefg1",
                     *       "plan_key": "example",
                     *       "name": "hello",
                     *       "currency": "USD",
                     *       "version": 1,
                     *       "flat_monthly": "7.50",
                     *       "meters": {
                     *         "vcpu_seconds": "1",
                     *         "memory_mib_seconds": "1",
                     *         "egress_bytes": "1"
                     *       },
                     *       "active_from": "2026-11-21T12:00:00Z",
                     *       "rates": [
                     *         {
                     *           "meter": "vcpu_seconds",
                     *           "name": "hello",
                     *           "unit": "example",
                     *           "unit_price": "1"
                     *         }
                     *       ],
                     *       "example": {
                     *         "vcpu": 1,
                     *         "memory_mib": 1,
                     *         "hours": 1,
                     *         "app": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         },
                     *         "total": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        brand_id: string;
                        plan_key: string;
                        name: string;
                        currency: string;
                        version: number;
                        flat_monthly: string;
                        meters: {
                            vcpu_seconds: string;
                            memory_mib_seconds: string;
                            egress_bytes: string;
                        };
                        /** Format: date-time */
                        active_from: string;
                        rates: {
                            /** @enum {string} */
                            meter: "vcpu_seconds" | "memory_mib_seconds" | "egress_bytes";
                            name: string;
                            unit: string;
                            unit_price: string;
                        }[];
                        example: {
                            vcpu: number;
                            memory_mib: number;
                            hours: number;
                            app: {
                                amount: number;
                                currency: string;
                            };
                            total: {
                                amount: number;
                                currency: string;
                            };
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "prices.public": {
        parameters: {
            query?: {
                currency?: "USD" | "NGN";
            };
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prices of this host's brand, for the page where people sign up */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "brand_id": "brand_01k3m8q2rt6vxyzabcdefg1",
                     *       "plan_key": "example",
                     *       "name": "hello",
                     *       "currency": "USD",
                     *       "version": 1,
                     *       "flat_monthly": "7.50",
                     *       "meters": {
                     *         "vcpu_seconds": "1",
                     *         "memory_mib_seconds": "1",
                     *         "egress_bytes": "1"
                     *       },
                     *       "active_from": "2026-11-21T12:00:00Z",
                     *       "rates": [
                     *         {
                     *           "meter": "vcpu_seconds",
                     *           "name": "hello",
                     *           "unit": "example",
                     *           "unit_price": "1"
                     *         }
                     *       ],
                     *       "example": {
                     *         "vcpu": 1,
                     *         "memory_mib": 1,
                     *         "hours": 1,
                     *         "app": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         },
                     *         "total": {
                     *           "amount": 1,
                     *           "currency": "USD"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        brand_id: string;
                        plan_key: string;
                        name: string;
                        currency: string;
                        version: number;
                        flat_monthly: string;
                        meters: {
                            vcpu_seconds: string;
                            memory_mib_seconds: string;
                            egress_bytes: string;
                        };
                        /** Format: date-time */
                        active_from: string;
                        rates: {
                            /** @enum {string} */
                            meter: "vcpu_seconds" | "memory_mib_seconds" | "egress_bytes";
                            name: string;
                            unit: string;
                            unit_price: string;
                        }[];
                        example: {
                            vcpu: number;
                            memory_mib: number;
                            hours: number;
                            app: {
                                amount: number;
                                currency: string;
                            };
                            total: {
                                amount: number;
                                currency: string;
                            };
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "prices.estimate": {
        parameters: {
            query: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                vcpu: number;
                memory_mib: number;
                replicas?: number;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What an app of a size costs in a whole month, before tax and traffic */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "app": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "plan": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "hours": 1
                     *     }
                     */
                    "application/json": {
                        app: {
                            amount: number;
                            currency: string;
                        };
                        plan: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                        hours: number;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invoices.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example inv_01k3m8q2rt6vxyzabcdefg1 */
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One invoice as issued, with its payments and the ways to pay it */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "organization_id": "org_01k3m8q2rt6vxyzabcdefg1",
                     *       "organization_name": "example",
                     *       "number": "example",
                     *       "state": "draft",
                     *       "status": "draft",
                     *       "currency": "USD",
                     *       "period": {
                     *         "start": "2026-11-21T12:00:00Z",
                     *         "end": "2026-11-21T12:00:00Z"
                     *       },
                     *       "subtotal": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "tax": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "amount_paid": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "amount_due": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "issued_at": "2026-11-21T12:00:00Z",
                     *       "due_at": "2026-11-21T12:00:00Z",
                     *       "paid_at": "2026-11-21T12:00:00Z",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "seller": {
                     *         "name": "hello",
                     *         "address": "10.64.0.2",
                     *         "tax_id": "example",
                     *         "support_email": "help@example.com"
                     *       },
                     *       "buyer": {
                     *         "name": "hello",
                     *         "address": "10.64.0.2",
                     *         "tax_id": "example",
                     *         "email": "ada@example.com"
                     *       },
                     *       "lines": [
                     *         {
                     *           "id": "example",
                     *           "description": "An example",
                     *           "app_id": "app_01k3m8q2rt6vxyzabcdefg1",
                     *           "quantity": "example",
                     *           "unit": "example",
                     *           "unit_price": "example",
                     *           "amount": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "tax_rate": "0.075"
                     *         }
                     *       ],
                     *       "taxes": [
                     *         {
                     *           "name": "hello",
                     *           "rate": "example",
                     *           "base": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "amount": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "discount": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "credits_applied": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "pdf_url": "example",
                     *       "pdf_sha256": "example",
                     *       "payments": [
                     *         {
                     *           "id": "example",
                     *           "invoice_id": "inv_01k3m8q2rt6vxyzabcdefg1",
                     *           "provider": "stripe",
                     *           "amount": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "state": "created",
                     *           "status": "pending",
                     *           "reference": "example",
                     *           "reason": "Maintenance",
                     *           "at": "2026-11-21T12:00:00Z",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "updated_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "providers": [
                     *         "stripe"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        organization_id: string;
                        organization_name: string;
                        number: string | null;
                        /** @enum {string} */
                        state: "draft" | "finalised" | "partially_paid" | "paid" | "void" | "uncollectible";
                        /** @enum {string} */
                        status: "draft" | "open" | "overdue" | "partially_paid" | "paid" | "void" | "uncollectible";
                        currency: string;
                        period: {
                            /** Format: date-time */
                            start: string;
                            /** Format: date-time */
                            end: string;
                        };
                        subtotal: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                        amount_paid: {
                            amount: number;
                            currency: string;
                        };
                        amount_due: {
                            amount: number;
                            currency: string;
                        };
                        issued_at: string | null;
                        due_at: string | null;
                        paid_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        seller: {
                            name: string;
                            address: string | null;
                            tax_id: string | null;
                            support_email: string | null;
                        };
                        buyer: {
                            name: string;
                            address: string | null;
                            tax_id: string | null;
                            email: string;
                        };
                        lines: {
                            id: string;
                            description: string;
                            app_id: string | null;
                            quantity: string;
                            unit: string;
                            unit_price: string;
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            tax_rate: string;
                        }[];
                        taxes: {
                            name: string;
                            rate: string;
                            base: {
                                amount: number;
                                currency: string;
                            };
                            amount: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        credits_applied: {
                            amount: number;
                            currency: string;
                        };
                        pdf_url: string | null;
                        pdf_sha256: string | null;
                        payments: {
                            id: string;
                            invoice_id: string;
                            /** @enum {string} */
                            provider: "stripe" | "paystack";
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** @enum {string} */
                            state: "created" | "pending" | "processing" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                            /** @enum {string} */
                            status: "pending" | "succeeded" | "failed";
                            reference: string;
                            reason: string | null;
                            /** Format: date-time */
                            at: string;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        providers: ("stripe" | "paystack")[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "payments.list": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: state, provider, amount, created_at */
                sort?: string;
                filter?: {
                    /** @description One or several values, separated by commas */
                    invoice_id?: string;
                    /** @description One or several of created, pending, processing, failed, canceled, expired, succeeded, partially_refunded, refunded, separated by commas */
                    state?: string;
                    /** @description One or several of stripe, paystack, separated by commas */
                    provider?: string;
                    /** @description One or several values, separated by commas */
                    currency?: string;
                    /** @description From and to */
                    amount?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payments of the organization, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "invoice_id": "inv_01k3m8q2rt6vxyzabcdefg1",
                     *           "provider": "stripe",
                     *           "amount": {
                     *             "amount": 1,
                     *             "currency": "USD"
                     *           },
                     *           "state": "created",
                     *           "status": "pending",
                     *           "reference": "example",
                     *           "reason": "Maintenance",
                     *           "at": "2026-11-21T12:00:00Z",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "updated_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            invoice_id: string;
                            /** @enum {string} */
                            provider: "stripe" | "paystack";
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** @enum {string} */
                            state: "created" | "pending" | "processing" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                            /** @enum {string} */
                            status: "pending" | "succeeded" | "failed";
                            reference: string;
                            reason: string | null;
                            /** Format: date-time */
                            at: string;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "payments.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example pay_01k3m8q2rt6vxyzabcdefg1 */
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One payment */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "invoice_id": "inv_01k3m8q2rt6vxyzabcdefg1",
                     *       "provider": "stripe",
                     *       "amount": {
                     *         "amount": 1,
                     *         "currency": "USD"
                     *       },
                     *       "state": "created",
                     *       "status": "pending",
                     *       "reference": "example",
                     *       "reason": "Maintenance",
                     *       "at": "2026-11-21T12:00:00Z",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        invoice_id: string;
                        /** @enum {string} */
                        provider: "stripe" | "paystack";
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        /** @enum {string} */
                        state: "created" | "pending" | "processing" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        /** @enum {string} */
                        status: "pending" | "succeeded" | "failed";
                        reference: string;
                        reason: string | null;
                        /** Format: date-time */
                        at: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "organizations.restore": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Undo a deletion that is under way; the apps it stopped start again */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "started_apps": 1
                     *     }
                     */
                    "application/json": {
                        started_apps: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.list": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: url, created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @enum {string} */
                    enabled?: "true" | "false";
                    /** @description One or several values, separated by commas */
                    url?: string;
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhooks of the organization with their last 24 hours */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "url": "https://example.com/hook",
                     *           "description": "An example",
                     *           "events": [
                     *             "example"
                     *           ],
                     *           "api_version": "example",
                     *           "enabled": true,
                     *           "status": "active",
                     *           "disabled_reason": "user",
                     *           "failing_since": "2026-11-21T12:00:00Z",
                     *           "paused_until": "2026-11-21T12:00:00Z",
                     *           "header_names": [
                     *             "example"
                     *           ],
                     *           "previous_secret_until": "2026-11-21T12:00:00Z",
                     *           "version": 1,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "updated_at": "2026-11-21T12:00:00Z",
                     *           "activity": [
                     *             {
                     *               "at": "2026-11-21T12:00:00Z",
                     *               "succeeded": 1,
                     *               "failed": 1
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            url: string;
                            description: string;
                            events: string[];
                            api_version: string;
                            enabled: boolean;
                            /** @enum {string} */
                            status: "active" | "failing" | "disabled";
                            /** @description `gone`: it answered 410; `failing`: nothing was delivered for five days */
                            disabled_reason: ("user" | "gone" | "failing") | null;
                            failing_since: string | null;
                            /** @description It asked for this by Retry-After */
                            paused_until: string | null;
                            header_names: string[];
                            /** @description Until then messages carry a signature of the old secret too */
                            previous_secret_until: string | null;
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description Attempts of each of the last 24 hours */
                            activity: {
                                /** Format: date-time */
                                at: string;
                                succeeded: number;
                                failed: number;
                            }[];
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hook",
                 *       "events": [
                 *         "example"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    url: string;
                    /** @default  */
                    description?: string;
                    /** @description Event types, `group.*`, or `*` for all */
                    events: string[];
                    /** @default true */
                    enabled?: boolean;
                    /**
                     * @default v1
                     * @constant
                     */
                    api_version?: "v1";
                    /**
                     * @description Sent with every delivery; values are never returned
                     * @default {}
                     */
                    headers?: {
                        [key: string]: string;
                    };
                    /** @description Made by us unless given */
                    secret?: string;
                };
            };
        };
        responses: {
            /** @description Have events sent to an address; the answer shows the signing secret this once */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "url": "https://example.com/hook",
                     *       "description": "An example",
                     *       "events": [
                     *         "example"
                     *       ],
                     *       "api_version": "example",
                     *       "enabled": true,
                     *       "status": "active",
                     *       "disabled_reason": "user",
                     *       "failing_since": "2026-11-21T12:00:00Z",
                     *       "paused_until": "2026-11-21T12:00:00Z",
                     *       "header_names": [
                     *         "example"
                     *       ],
                     *       "previous_secret_until": "2026-11-21T12:00:00Z",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z",
                     *       "secret": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        events: string[];
                        api_version: string;
                        enabled: boolean;
                        /** @enum {string} */
                        status: "active" | "failing" | "disabled";
                        /** @description `gone`: it answered 410; `failing`: nothing was delivered for five days */
                        disabled_reason: ("user" | "gone" | "failing") | null;
                        failing_since: string | null;
                        /** @description It asked for this by Retry-After */
                        paused_until: string | null;
                        header_names: string[];
                        /** @description Until then messages carry a signature of the old secret too */
                        previous_secret_until: string | null;
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                        /** @description Shown this once */
                        secret: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.get": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One webhook */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "url": "https://example.com/hook",
                     *       "description": "An example",
                     *       "events": [
                     *         "example"
                     *       ],
                     *       "api_version": "example",
                     *       "enabled": true,
                     *       "status": "active",
                     *       "disabled_reason": "user",
                     *       "failing_since": "2026-11-21T12:00:00Z",
                     *       "paused_until": "2026-11-21T12:00:00Z",
                     *       "header_names": [
                     *         "example"
                     *       ],
                     *       "previous_secret_until": "2026-11-21T12:00:00Z",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        events: string[];
                        api_version: string;
                        enabled: boolean;
                        /** @enum {string} */
                        status: "active" | "failing" | "disabled";
                        /** @description `gone`: it answered 410; `failing`: nothing was delivered for five days */
                        disabled_reason: ("user" | "gone" | "failing") | null;
                        failing_since: string | null;
                        /** @description It asked for this by Retry-After */
                        paused_until: string | null;
                        header_names: string[];
                        /** @description Until then messages carry a signature of the old secret too */
                        previous_secret_until: string | null;
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.delete": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.update": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description ETag of the state you change. 428 without it, 412 when it changed meanwhile
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-Match": components["parameters"]["IfMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    url?: string;
                    description?: string;
                    /** @description Event types, `group.*`, or `*` for all */
                    events?: string[];
                    enabled?: boolean;
                    /** @description Replaces all of them */
                    headers?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Change a webhook, disable it or enable it again */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "url": "https://example.com/hook",
                     *       "description": "An example",
                     *       "events": [
                     *         "example"
                     *       ],
                     *       "api_version": "example",
                     *       "enabled": true,
                     *       "status": "active",
                     *       "disabled_reason": "user",
                     *       "failing_since": "2026-11-21T12:00:00Z",
                     *       "paused_until": "2026-11-21T12:00:00Z",
                     *       "header_names": [
                     *         "example"
                     *       ],
                     *       "previous_secret_until": "2026-11-21T12:00:00Z",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        events: string[];
                        api_version: string;
                        enabled: boolean;
                        /** @enum {string} */
                        status: "active" | "failing" | "disabled";
                        /** @description `gone`: it answered 410; `failing`: nothing was delivered for five days */
                        disabled_reason: ("user" | "gone" | "failing") | null;
                        failing_since: string | null;
                        /** @description It asked for this by Retry-After */
                        paused_until: string | null;
                        header_names: string[];
                        /** @description Until then messages carry a signature of the old secret too */
                        previous_secret_until: string | null;
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.rotate_secret": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    /** @default 24 */
                    overlap_hours?: number;
                };
            };
        };
        responses: {
            /** @description Make a new signing secret; for some hours messages are signed with the old one too */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "url": "https://example.com/hook",
                     *       "description": "An example",
                     *       "events": [
                     *         "example"
                     *       ],
                     *       "api_version": "example",
                     *       "enabled": true,
                     *       "status": "active",
                     *       "disabled_reason": "user",
                     *       "failing_since": "2026-11-21T12:00:00Z",
                     *       "paused_until": "2026-11-21T12:00:00Z",
                     *       "header_names": [
                     *         "example"
                     *       ],
                     *       "previous_secret_until": "2026-11-21T12:00:00Z",
                     *       "version": 1,
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "updated_at": "2026-11-21T12:00:00Z",
                     *       "secret": "example"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        events: string[];
                        api_version: string;
                        enabled: boolean;
                        /** @enum {string} */
                        status: "active" | "failing" | "disabled";
                        /** @description `gone`: it answered 410; `failing`: nothing was delivered for five days */
                        disabled_reason: ("user" | "gone" | "failing") | null;
                        failing_since: string | null;
                        /** @description It asked for this by Retry-After */
                        paused_until: string | null;
                        header_names: string[];
                        /** @description Until then messages carry a signature of the old secret too */
                        previous_secret_until: string | null;
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                        /** @description Shown this once */
                        secret: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.test": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Send a webhook.test event to this webhook alone */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "webhook_id": "whk_01k3m8q2rt6vxyzabcdefg1",
                     *       "event_id": "evt_01k3m8q2rt6vxyzabcdefg1",
                     *       "event_type": "example",
                     *       "status": "pending",
                     *       "attempts": 1,
                     *       "next_attempt_at": "2026-11-21T12:00:00Z",
                     *       "last_status": 1,
                     *       "last_error": "redirect",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "finished_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        webhook_id: string;
                        event_id: string;
                        event_type: string;
                        /** @enum {string} */
                        status: "pending" | "delivered" | "failed" | "cancelled";
                        attempts: number;
                        next_attempt_at: string | null;
                        last_status: number | null;
                        last_error: ("redirect" | "refused_status" | "gone" | "invalid_url" | "scheme_not_allowed" | "credentials_not_allowed" | "port_not_allowed" | "address_not_allowed" | "name_not_found" | "connection_failed" | "tls_failed" | "timeout" | "invalid_response") | null;
                        /** Format: date-time */
                        created_at: string;
                        finished_at: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.deliveries": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
                /** @description Items per page */
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Order, e.g. `-created_at`; `-` is descending. Fields: created_at */
                sort?: string;
                filter?: {
                    /** @description Words to search for; each must occur, in any case */
                    q?: string;
                    /** @description One or several of pending, delivered, failed, cancelled, separated by commas */
                    status?: string;
                    /** @description One or several values, separated by commas */
                    event_type?: string;
                    /** @description One or several values, separated by commas */
                    event_id?: string;
                    /** @description From and to: instants or days (UTC) */
                    created_at?: {
                        gte?: string;
                        gt?: string;
                        lte?: string;
                        lt?: string;
                    };
                };
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was sent to a webhook, newest first; kept for 30 days */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "example",
                     *           "webhook_id": "whk_01k3m8q2rt6vxyzabcdefg1",
                     *           "event_id": "evt_01k3m8q2rt6vxyzabcdefg1",
                     *           "event_type": "example",
                     *           "status": "pending",
                     *           "attempts": 1,
                     *           "next_attempt_at": "2026-11-21T12:00:00Z",
                     *           "last_status": 1,
                     *           "last_error": "redirect",
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "finished_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "limit": 1,
                     *         "has_more": true,
                     *         "next_cursor": "example"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            webhook_id: string;
                            event_id: string;
                            event_type: string;
                            /** @enum {string} */
                            status: "pending" | "delivered" | "failed" | "cancelled";
                            attempts: number;
                            next_attempt_at: string | null;
                            last_status: number | null;
                            last_error: ("redirect" | "refused_status" | "gone" | "invalid_url" | "scheme_not_allowed" | "credentials_not_allowed" | "port_not_allowed" | "address_not_allowed" | "name_not_found" | "connection_failed" | "tls_failed" | "timeout" | "invalid_response") | null;
                            /** Format: date-time */
                            created_at: string;
                            finished_at: string | null;
                        }[];
                        pagination: {
                            limit: number;
                            has_more: boolean;
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.delivery": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
                /** @example example */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One delivery with each attempt, request and response */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "webhook_id": "whk_01k3m8q2rt6vxyzabcdefg1",
                     *       "event_id": "evt_01k3m8q2rt6vxyzabcdefg1",
                     *       "event_type": "example",
                     *       "status": "pending",
                     *       "attempts": 1,
                     *       "next_attempt_at": "2026-11-21T12:00:00Z",
                     *       "last_status": 1,
                     *       "last_error": "redirect",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "finished_at": "2026-11-21T12:00:00Z",
                     *       "payload": "example",
                     *       "log": [
                     *         {
                     *           "number": 1,
                     *           "at": "2026-11-21T12:00:00Z",
                     *           "duration_ms": 1,
                     *           "error": "redirect",
                     *           "detail": "example",
                     *           "request": {
                     *             "headers": {
                     *               "EXAMPLE": "example"
                     *             }
                     *           },
                     *           "response": {
                     *             "status": 1,
                     *             "headers": {
                     *               "EXAMPLE": "example"
                     *             },
                     *             "body": "example"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        webhook_id: string;
                        event_id: string;
                        event_type: string;
                        /** @enum {string} */
                        status: "pending" | "delivered" | "failed" | "cancelled";
                        attempts: number;
                        next_attempt_at: string | null;
                        last_status: number | null;
                        last_error: ("redirect" | "refused_status" | "gone" | "invalid_url" | "scheme_not_allowed" | "credentials_not_allowed" | "port_not_allowed" | "address_not_allowed" | "name_not_found" | "connection_failed" | "tls_failed" | "timeout" | "invalid_response") | null;
                        /** Format: date-time */
                        created_at: string;
                        finished_at: string | null;
                        /** @description What was and will be sent */
                        payload: string;
                        log: {
                            number: number;
                            /** Format: date-time */
                            at: string;
                            duration_ms: number;
                            error: ("redirect" | "refused_status" | "gone" | "invalid_url" | "scheme_not_allowed" | "credentials_not_allowed" | "port_not_allowed" | "address_not_allowed" | "name_not_found" | "connection_failed" | "tls_failed" | "timeout" | "invalid_response") | null;
                            detail: string | null;
                            request: {
                                headers: {
                                    [key: string]: string;
                                };
                            };
                            response: {
                                status: number;
                                headers: {
                                    [key: string]: string;
                                };
                                /** @description The first 4 KiB */
                                body: string;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.redeliver": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
                /** @example example */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Send a delivery again, with the same webhook-id */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "webhook_id": "whk_01k3m8q2rt6vxyzabcdefg1",
                     *       "event_id": "evt_01k3m8q2rt6vxyzabcdefg1",
                     *       "event_type": "example",
                     *       "status": "pending",
                     *       "attempts": 1,
                     *       "next_attempt_at": "2026-11-21T12:00:00Z",
                     *       "last_status": 1,
                     *       "last_error": "redirect",
                     *       "created_at": "2026-11-21T12:00:00Z",
                     *       "finished_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        webhook_id: string;
                        event_id: string;
                        event_type: string;
                        /** @enum {string} */
                        status: "pending" | "delivered" | "failed" | "cancelled";
                        attempts: number;
                        next_attempt_at: string | null;
                        last_status: number | null;
                        last_error: ("redirect" | "refused_status" | "gone" | "invalid_url" | "scheme_not_allowed" | "credentials_not_allowed" | "port_not_allowed" | "address_not_allowed" | "name_not_found" | "connection_failed" | "tls_failed" | "timeout" | "invalid_response") | null;
                        /** Format: date-time */
                        created_at: string;
                        finished_at: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.redeliver_range": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example whk_01k3m8q2rt6vxyzabcdefg1 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-11-21T12:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    /** Format: date-time */
                    since: string;
                    /** Format: date-time */
                    until?: string;
                    /**
                     * @description `failed`: those that were given up or cancelled
                     * @default failed
                     * @enum {string}
                     */
                    status?: "failed" | "all";
                };
            };
        };
        responses: {
            /** @description Send what was given up in a span of time again, or all of it */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "queued": 1
                     *     }
                     */
                    "application/json": {
                        queued: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invoices.pay": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. Needed here, because money moves
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example inv_01k3m8q2rt6vxyzabcdefg1 */
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider": "stripe"
                 *     }
                 */
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    /** @enum {string} */
                    provider: "stripe" | "paystack";
                };
            };
        };
        responses: {
            /** @description Start a hosted checkout for an invoice; send the customer to checkout_url */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkout_url": "example",
                     *       "payment_id": "pay_01k3m8q2rt6vxyzabcdefg1"
                     *     }
                     */
                    "application/json": {
                        checkout_url: string;
                        payment_id: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "keys.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag of what you have: 304 when it is still that
                 * @example "4.9f86d081884c7d659a2f"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys that wrap the data keys, and how far a rewrap is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "provider": "file",
                     *       "current_key_id": "example",
                     *       "data_keys": {
                     *         "total": 1,
                     *         "replaced": 1
                     *       },
                     *       "rewrap": {
                     *         "state": "none",
                     *         "total": 1,
                     *         "done": 1,
                     *         "remaining": 1,
                     *         "started_at": "2026-11-21T12:00:00Z",
                     *         "finished_at": "2026-11-21T12:00:00Z"
                     *       },
                     *       "keys": [
                     *         {
                     *           "id": "example",
                     *           "current": true,
                     *           "data_keys": 1,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "retired_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        provider: ("file" | "vault" | "aws") | string;
                        current_key_id: string;
                        data_keys: {
                            total: number;
                            /** @description Rotated away, kept while something is encrypted with them */
                            replaced: number;
                        };
                        rewrap: {
                            /** @enum {string} */
                            state: "none" | "running" | "finished";
                            total: number;
                            done: number;
                            /** @description Data keys not yet under the current key */
                            remaining: number;
                            started_at: string | null;
                            finished_at: string | null;
                        };
                        keys: {
                            id: string;
                            current: boolean;
                            /** @description Data keys wrapped with it */
                            data_keys: number;
                            created_at: string | null;
                            retired_at: string | null;
                        }[];
                    };
                };
            };
            /** @description You have it already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "keys.rotate": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make a new wrapping key and move every data key under it */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "provider": "file",
                     *       "current_key_id": "example",
                     *       "data_keys": {
                     *         "total": 1,
                     *         "replaced": 1
                     *       },
                     *       "rewrap": {
                     *         "state": "none",
                     *         "total": 1,
                     *         "done": 1,
                     *         "remaining": 1,
                     *         "started_at": "2026-11-21T12:00:00Z",
                     *         "finished_at": "2026-11-21T12:00:00Z"
                     *       },
                     *       "keys": [
                     *         {
                     *           "id": "example",
                     *           "current": true,
                     *           "data_keys": 1,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "retired_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        provider: ("file" | "vault" | "aws") | string;
                        current_key_id: string;
                        data_keys: {
                            total: number;
                            /** @description Rotated away, kept while something is encrypted with them */
                            replaced: number;
                        };
                        rewrap: {
                            /** @enum {string} */
                            state: "none" | "running" | "finished";
                            total: number;
                            done: number;
                            /** @description Data keys not yet under the current key */
                            remaining: number;
                            started_at: string | null;
                            finished_at: string | null;
                        };
                        keys: {
                            id: string;
                            current: boolean;
                            /** @description Data keys wrapped with it */
                            data_keys: number;
                            created_at: string | null;
                            retired_at: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "keys.retire": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key_id": "example"
                 *     }
                 */
                "application/json": {
                    key_id: string;
                };
            };
        };
        responses: {
            /** @description Make an old wrapping key unusable for ever; refused while anything remains under an old key */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "provider": "file",
                     *       "current_key_id": "example",
                     *       "data_keys": {
                     *         "total": 1,
                     *         "replaced": 1
                     *       },
                     *       "rewrap": {
                     *         "state": "none",
                     *         "total": 1,
                     *         "done": 1,
                     *         "remaining": 1,
                     *         "started_at": "2026-11-21T12:00:00Z",
                     *         "finished_at": "2026-11-21T12:00:00Z"
                     *       },
                     *       "keys": [
                     *         {
                     *           "id": "example",
                     *           "current": true,
                     *           "data_keys": 1,
                     *           "created_at": "2026-11-21T12:00:00Z",
                     *           "retired_at": "2026-11-21T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        provider: ("file" | "vault" | "aws") | string;
                        current_key_id: string;
                        data_keys: {
                            total: number;
                            /** @description Rotated away, kept while something is encrypted with them */
                            replaced: number;
                        };
                        rewrap: {
                            /** @enum {string} */
                            state: "none" | "running" | "finished";
                            total: number;
                            done: number;
                            /** @description Data keys not yet under the current key */
                            remaining: number;
                            started_at: string | null;
                            finished_at: string | null;
                        };
                        keys: {
                            id: string;
                            current: boolean;
                            /** @description Data keys wrapped with it */
                            data_keys: number;
                            created_at: string | null;
                            retired_at: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "sso.verify_domain": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description 1 to 255 visible ASCII characters. The same key and body give the first answer again for two days
                 * @example 5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
                /** @example example */
                domain_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Look for the TXT record; the answer shows what the resolver said */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "example",
                     *       "domain": "example.com",
                     *       "verified": true,
                     *       "verified_at": "2026-11-21T12:00:00Z",
                     *       "record": {
                     *         "type": "TXT",
                     *         "name": "hello",
                     *         "value": "example"
                     *       },
                     *       "check": {
                     *         "at": "2026-11-21T12:00:00Z",
                     *         "answer": [
                     *           "example"
                     *         ],
                     *         "fault": "example"
                     *       },
                     *       "created_at": "2026-11-21T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        domain: string;
                        verified: boolean;
                        verified_at: string | null;
                        /** @description What to put into the DNS */
                        record: {
                            /** @constant */
                            type: "TXT";
                            name: string;
                            value: string;
                        };
                        check: {
                            /** Format: date-time */
                            at: string;
                            /** @description The TXT values the resolver gave */
                            answer: string[];
                            /** @description Why that does not do */
                            fault: string | null;
                        } | null;
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            409: components["responses"]["Problem409"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "invoices.pdf": {
        parameters: {
            query?: {
                /** @description Needed when you belong to several organizations */
                organization_id?: string;
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example inv_01k3m8q2rt6vxyzabcdefg1 */
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    "audit.export": {
        parameters: {
            query?: {
                filter?: {
                    /** @description In type, ids, addresses, names of members and details */
                    q?: string;
                    type?: string;
                    /** @description Also finds what the operator did in somebody's account */
                    actor_id?: string;
                    subject_type?: string;
                    subject_id?: string;
                    ip?: string;
                    at?: {
                        /** Format: date-time */
                        gte?: string;
                        /** Format: date-time */
                        gt?: string;
                        /** Format: date-time */
                        lte?: string;
                        /** Format: date-time */
                        lt?: string;
                    };
                };
                format?: "csv" | "json";
            };
            header?: {
                /**
                 * @description Which organization is meant, for those who belong to several and do not send organization_id
                 * @example org_01k3m8q2rt6vxyzabcdefg1
                 */
                "ShellWeGo-Organization"?: components["parameters"]["Organization"];
                /**
                 * @description Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -
                 * @example my-trace.0123
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @example org_01k3m8q2rt6vxyzabcdefg1 */
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            405: components["responses"]["Problem405"];
            421: components["responses"]["Problem421"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
}
