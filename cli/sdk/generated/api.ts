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
        /** End every session of this account, tokens included */
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
    "/v1/organizations/{organization_id}/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Limits of the organization and how much of each is in use */
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
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set limits of one organization; null goes back to its plan's, what is left out stays */
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
        /** One organization */
        get: operations["organizations.get"];
        put?: never;
        post?: never;
        /** Delete the organization in 72 hours: its apps stop now, and until then it can be undone */
        delete: operations["organizations.delete"];
        options?: never;
        head?: never;
        /** Change name, billing contact, time zone or country */
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
        /** Change allowed regions, the duty to have a second factor, and how long the audit log is kept */
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
        /** Make another member the owner in your place; you become an admin */
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
        /** People of the organization: role, restriction, second factor, last seen */
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
        /** End a membership; the account itself stays */
        delete: operations["members.remove"];
        options?: never;
        head?: never;
        /** Change a member's role, the apps they are restricted to, or what they may do on single apps */
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
        /** Shut a member out without removing them; their tokens stop working here */
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
        /** Let a suspended member in again */
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
        /** Leave the organization; its name is asked for, so that a wrong id leaves nothing */
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
        /** Invitations that are neither accepted nor withdrawn */
        get: operations["invitations.list"];
        put?: never;
        /** Invite somebody by mail; the link works once and only for that address */
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
        /** Mail a new link, good for seven more days; the one before stops working */
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
        /** Withdraw an invitation; its link stops working */
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
        /** Every organization of the installation */
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
        /** Say whether an organization's code may run on nodes that only emulate the machine */
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
        /** Machines that act in the organization */
        get: operations["service_accounts.list"];
        put?: never;
        /** Make an account for a machine; tokens are made for it apart */
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
        /** One service account */
        get: operations["service_accounts.get"];
        put?: never;
        post?: never;
        /** Delete a service account and its tokens at once */
        delete: operations["service_accounts.delete"];
        options?: never;
        head?: never;
        /** Rename a service account, change its role, or disable it at once */
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
        /** Tokens of a service account that are not revoked */
        get: operations["service_accounts.tokens"];
        put?: never;
        /** Make a token for a service account; it is shown once */
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
        /** Revoke a token of a service account at once */
        delete: operations["service_accounts.revoke_token"];
        options?: never;
        head?: never;
        /** Rename a token of a service account */
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
        /** Replace a token of a service account by a new one with the same limits */
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
        /** Built-in roles and those of the organization */
        get: operations["roles.list"];
        put?: never;
        /** Make a role out of permissions */
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
        /** Delete a role nobody has any more */
        delete: operations["roles.delete"];
        options?: never;
        head?: never;
        /** Change a role; it holds for its members at once */
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
        /** The organization's single sign-on, without its secret */
        get: operations["sso.get"];
        /** Connect an OpenID Connect provider, or change the connection */
        put: operations["sso.save"];
        post?: never;
        /** Disconnect the identity provider; members sign in by their other ways again */
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
        /** Let members of the proven domains sign in through the identity provider only, or end that */
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
        /** E-mail domains of the organization and the DNS records that prove them */
        get: operations["sso.list_domains"];
        put?: never;
        /** Claim an e-mail domain; the answer holds the TXT record that proves it */
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
        /** Give a domain up; its people no longer sign in through the organization */
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
        /** The audit log: who did what, when and from where, newest first */
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
        /** What the audit log can be filtered by: the types and actors it holds */
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
        /** Recompute the audit chain; names the first entry that is not what it was */
        get: operations["audit.verify"];
        put?: never;
        post?: never;
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
        /** Brands of this installation, oldest first */
        get: operations["brands.list"];
        put?: never;
        /** Create a reseller: a cloud under its own host name, name, logo, colours, prices and invoices */
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
        /** One brand */
        get: operations["brands.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change how a brand looks and what its invoices say */
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
        /** Machines that run instances, with what they hold */
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
        /** One machine */
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
        /** A single-use token with which one machine may join; shown once, good for 30 minutes */
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
        /** Secrets of the organization and its apps, newest first; never their values */
        get: operations["secrets.list"];
        put?: never;
        /** Keep a secret for one app, or for every app that refers to it */
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
        /** Set many secrets from the lines of a .env file: all of them, or none */
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
        /** One secret: versions, expiry, who uses it; never its value */
        get: operations["secrets.get"];
        put?: never;
        post?: never;
        /** Delete a secret; running instances keep it until they are deployed again */
        delete: operations["secrets.delete"];
        options?: never;
        head?: never;
        /** Change when a secret expires */
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
        /** Versions of a secret that can be rolled back to, newest first */
        get: operations["secrets.versions"];
        put?: never;
        /** Give a secret a new value as its next version */
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
        /** Take back an earlier version of a secret as its newest */
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
        /** What an app gets: its own secrets and those of the organization it refers to */
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
        /** Set a secret of an app: new, or the next version of the one there is */
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
        /** Give an organization a new data key and encrypt its secrets again */
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
        /** Apps of the organization, newest first */
        get: operations["apps.list"];
        put?: never;
        /** Create an app from an OCI image and deploy it */
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
        /** One app with its instances */
        get: operations["apps.get"];
        put?: never;
        post?: never;
        /** Delete an app, its instances and its host name */
        delete: operations["apps.delete"];
        options?: never;
        head?: never;
        /** Change an app; what its instances run is rolled out as a new release */
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
        /** Set how many instances run */
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
        /** Start a stopped app again */
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
        /** Stop every instance; nothing is billed but what is stored */
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
        /** Replace every instance by a fresh one, without an outage */
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
        /** Deploy an image, or the present one again */
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
        /** Deployments of an app, newest first */
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
        /** One deployment with its steps */
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
        /** Installs of the organization, newest first; those undone only when asked for by filter[state] */
        get: operations["installs.list"];
        put?: never;
        /** Install an app of the marketplace; its services start in the order of their dependencies */
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
        /** One install with its steps */
        get: operations["installs.get"];
        put?: never;
        post?: never;
        /** Delete every app of an install, dependants first */
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
        /** Newest log lines of an app, oldest first; next_cursor leads to older ones */
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
        /** CPU, memory or network traffic of an app over time */
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
        /** What happened in the organization, newest first */
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
        /** This month's spend so far: the invoice as it stands now, with a forecast and how it was made */
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
        /** What every app used of every meter on every day, and what it costs before tax */
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
        /** Invoices of the organization, newest first */
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
        /** Invoices of every organization, newest first */
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
        /** Balance of every account of every seller; debits positive, each currency of a seller sums to zero */
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
        /** Proves over all rows that the books hold: sums are zero, invoices match the ledger, numbers have no gaps */
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
        /** Price lists of every brand, newest version first */
        get: operations["prices.list"];
        put?: never;
        /** New version of a brand's price list. It counts from the first period that starts after it becomes active; issued invoices never change */
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
        /** The price list that applies to the organization now */
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
        /** What an app of a size costs in a whole month, before tax and traffic */
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
        /** One invoice as issued, with its payments and the ways to pay it */
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
        /** Payments of the organization, newest first */
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
        /** One payment */
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
        /** Undo a deletion that is under way; the apps it stopped start again */
        post: operations["organizations.restore"];
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
        /** Start a hosted checkout for an invoice; send the customer to checkout_url */
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
        /** Keys that wrap the data keys, and how far a rewrap is */
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
        /** Make a new wrapping key and move every data key under it */
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
        /** Make an old wrapping key unusable for ever; refused while anything remains under an old key */
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
        /** Look for the TXT record; the answer shows what the resolver said */
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
        /** The invoice as PDF */
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
        /** The audit log as CSV or JSON, newest first, filtered as in the list */
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
        /** @enum {string} */
        ProblemCode: "invalid_json" | "invalid_request" | "idempotency_key_required" | "authorization_pending" | "slow_down" | "access_denied" | "expired_token" | "organization_required" | "unauthenticated" | "invalid_credentials" | "mfa_code_required" | "invalid_mfa_code" | "invalid_passkey" | "payment_required" | "forbidden" | "email_not_verified" | "mfa_required" | "reauthentication_required" | "session_required" | "address_refused" | "wrong_account" | "csrf_refused" | "sso_required" | "sso_refused" | "impersonation_refused" | "not_found" | "method_not_allowed" | "name_taken" | "hostname_taken" | "domain_taken" | "email_taken" | "state_conflict" | "quota_exceeded" | "no_capacity" | "clock_backwards" | "organization_deleting" | "role_in_use" | "last_owner" | "idempotency_key_in_use" | "setup_done" | "precondition_failed" | "body_too_large" | "unsupported_media_type" | "unknown_host" | "rule_violated" | "idempotency_key_reused" | "token_invalid" | "precondition_required" | "rate_limited" | "internal" | "secret_unreadable" | "provider_failed" | "identity_provider_failed" | "unavailable";
    };
    responses: {
        /** @description What went wrong and what to do */
        problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
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
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "users.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    /** @description secret */
                    password: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "users.me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "users.update_me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "users.security": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.create_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.list_sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.sign_out_everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: number;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.revoke_session": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.revoke_other_sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: number;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.start_totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secret: string;
                        /** @description For a QR code */
                        uri: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.remove_totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.confirm_totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recovery_codes: string[] | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.regenerate_recovery_codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Shown once; each works once in place of the second factor */
                        recovery_codes: string[];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.remove_passkey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.rename_passkey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.change_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Other sessions that were ended */
                        ended: number;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.request_email_change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.cancel_email_change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.confirm_email_change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.undo_email_change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.verify_email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.request_password_reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.reset_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    token: string;
                    /** @description secret */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "setup.create_operator": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.start_device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.poll_device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    device_code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.quotas": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "admin.set_quotas": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.delete": {
        parameters: {
            query: {
                name: string;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        delete_after: string;
                        stopped_apps: number;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.update_settings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    regions?: string[];
                    mfa_required?: boolean;
                    audit_retention_days?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.transfer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user_id: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "regions.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            name: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "members.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
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
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "members.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "members.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "members.suspend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "members.unsuspend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "members.leave": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invitations.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
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
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invitations.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invitations.resend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invitations.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invitations.preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invitations.accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description secret */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organization: {
                            id: string;
                            name: string;
                            slug: string;
                        };
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invitations.sign_up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organization: {
                            id: string;
                            name: string;
                            slug: string;
                        };
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "admin.organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "admin.trust_organization": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    trusted: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        trusted: boolean;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "tokens.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "tokens.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "tokens.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "tokens.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "tokens.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "tokens.create_temporary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "auth.revoke_token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "tokens.rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
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
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.tokens": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.create_token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                service_account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.revoke_token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                service_account_id: string;
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.rename_token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                service_account_id: string;
                token_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "service_accounts.rotate_token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                service_account_id: string;
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "roles.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "roles.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    permissions: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "roles.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "roles.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    permissions?: ("org:read" | "org:write" | "org:delete" | "members:read" | "members:write" | "tokens:read" | "tokens:write" | "audit:read" | "apps:read" | "apps:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "billing:read" | "billing:pay" | "usage:read")[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "sso.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "sso.save": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "sso.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "sso.enforce": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enforced: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "sso.list_domains": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "sso.add_domain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    domain: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "sso.remove_domain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                domain_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
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
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "audit.facets": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        types: string[];
                        actors: {
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "audit.verify": {
        parameters: {
            query?: {
                known_seq?: number;
                known_hash?: string;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "brands.current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "brands.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "brands.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "brands.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                brand_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "brands.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                brand_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "nodes.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "nodes.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                node_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "nodes.create_join_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.list": {
        parameters: {
            query?: {
                organization_id?: string;
                limit?: number;
                cursor?: string;
                filter?: {
                    q?: string;
                    /** @enum {string} */
                    scope?: "organization" | "app";
                    app_id?: string;
                };
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: string[];
                        rotated: string[];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.get": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.delete": {
        parameters: {
            query?: {
                organization_id?: string;
                redeploy?: string | boolean;
            };
            header?: never;
            path: {
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    expires_at: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.versions": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.roll_back": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.of_app": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "secrets.set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "keys.replace_data_key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.list": {
        parameters: {
            query?: {
                organization_id?: string;
                limit?: number;
                cursor?: string;
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
                include?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.get": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.delete": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.scale": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    replicas: number;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.stop": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.restart": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.deploy": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    image?: string & (unknown & unknown);
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deployment_id: string;
                        /** @constant */
                        status: "in_progress";
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "deployments.list": {
        parameters: {
            query?: {
                organization_id?: string;
                limit?: number;
                cursor?: string;
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
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "deployments.get": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                deployment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "catalog.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
                                required?: string[];
                                /**
                                 * @default false
                                 * @constant
                                 */
                                additionalProperties?: false;
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "catalog.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                catalog_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
                            required?: string[];
                            /**
                             * @default false
                             * @constant
                             */
                            additionalProperties?: false;
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "installs.list": {
        parameters: {
            query?: {
                organization_id?: string;
                limit?: number;
                cursor?: string;
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "installs.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "installs.get": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                install_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "installs.undo": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                install_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.logs": {
        parameters: {
            query?: {
                organization_id?: string;
                since?: string;
                until?: string;
                tail?: number;
                instance_id?: string;
                search?: string;
                cursor?: string;
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "apps.metrics": {
        parameters: {
            query: {
                organization_id?: string;
                metric: "cpu" | "memory" | "network";
                resolution?: "1m" | "5m" | "1h" | "1d";
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "events.list": {
        parameters: {
            query?: {
                organization_id?: string;
                limit?: number;
                cursor?: string;
                type?: string;
                subject_type?: string;
                subject_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "billing.preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "billing.spend": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "usage.get": {
        parameters: {
            query?: {
                organization_id?: string;
                from?: string;
                to?: string;
                app_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invoices.list": {
        parameters: {
            query?: {
                organization_id?: string;
                limit?: number;
                cursor?: string;
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "admin.invoices": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "admin.trial_balance": {
        parameters: {
            query?: {
                brand_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "admin.check_invariants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "prices.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "prices.set": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "prices.get": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "prices.public": {
        parameters: {
            query?: {
                currency?: "USD" | "NGN";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "prices.estimate": {
        parameters: {
            query: {
                organization_id?: string;
                vcpu: number;
                memory_mib: number;
                replicas?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invoices.get": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "payments.list": {
        parameters: {
            query?: {
                organization_id?: string;
                limit?: number;
                cursor?: string;
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "payments.get": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "organizations.restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        started_apps: number;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invoices.pay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Needed when you belong to several organizations */
                    organization_id?: string;
                    /** @enum {string} */
                    provider: "stripe" | "paystack";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checkout_url: string;
                        payment_id: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "keys.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "keys.rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "keys.retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key_id: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "sso.verify_domain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                domain_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
    "invoices.pdf": {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
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
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            500: components["responses"]["problem"];
        };
    };
}
