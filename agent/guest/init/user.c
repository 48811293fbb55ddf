#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "init.h"

static bool parse_number(const char *text, unsigned *value)
{
	char *end;
	if (!*text || *text == '-')
		return false;
	unsigned long number = strtoul(text, &end, 10);
	*value = (unsigned)number;
	return *end == '\0' && number <= 0xFFFFFFFEul;
}

/* fgetpwent, unlike getpwnam, needs no NSS plug-ins and so works in a static binary. */
static bool find_passwd(const char *user, struct identity *identity, char *name, size_t size)
{
	unsigned number = 0;
	bool numeric = parse_number(user, &number), found = false;
	FILE *file = fopen("/etc/passwd", "re");
	struct passwd *entry;
	while (file && !found && (entry = fgetpwent(file))) {
		if (strcmp(entry->pw_name, user) && !(numeric && entry->pw_uid == number))
			continue;
		identity->uid = entry->pw_uid;
		identity->gid = entry->pw_gid;
		snprintf(identity->home, sizeof(identity->home), "%s", entry->pw_dir);
		snprintf(name, size, "%s", entry->pw_name);
		found = true;
	}
	if (file)
		fclose(file);
	if (!found && numeric) {
		identity->uid = number;
		identity->gid = 0;
	}
	return found || numeric;
}

static bool find_group(const char *group, gid_t *gid)
{
	unsigned number = 0;
	bool found = false;
	FILE *file = fopen("/etc/group", "re");
	struct group *entry;
	while (file && !found && (entry = fgetgrent(file))) {
		if (!strcmp(entry->gr_name, group)) {
			*gid = entry->gr_gid;
			found = true;
		}
	}
	if (file)
		fclose(file);
	if (!found && parse_number(group, &number)) {
		*gid = number;
		found = true;
	}
	return found;
}

static void add_member_groups(const char *name, struct identity *identity)
{
	FILE *file = fopen("/etc/group", "re");
	struct group *entry;
	while (file && identity->group_count < 64 && (entry = fgetgrent(file))) {
		for (char **member = entry->gr_mem; *member; member++) {
			if (!strcmp(*member, name) && identity->group_count < 64)
				identity->groups[identity->group_count++] = entry->gr_gid;
		}
	}
	if (file)
		fclose(file);
}

/* OCI `User`: "", name, uid, name:group or uid:gid. */
bool resolve_user(const char *user, struct identity *identity)
{
	char who[128], name[128] = "";
	*identity = (struct identity){ .home = "/" };
	snprintf(who, sizeof(who), "%s", *user ? user : "0");
	char *group = strchr(who, ':');
	if (group)
		*group++ = '\0';
	if (!find_passwd(*who ? who : "0", identity, name, sizeof(name)))
		return false;
	if (group && *group)
		return find_group(group, &identity->gid);
	if (*name)
		add_member_groups(name, identity);
	return true;
}
