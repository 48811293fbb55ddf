/* Disks that outlive the instance: mounted below the new root before the process starts, grown when the host made them larger. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init.h"

#define VOLUMES 8
#define BLOCK_BYTES 4096
#define RESIZE_FS _IOW('f', 16, uint64_t) /* EXT4_IOC_RESIZE_FS */

static struct {
	char device[32];
	const char *path;
	bool writable;
} volumes[VOLUMES];
static size_t count;

static void grow(size_t index)
{
	uint64_t bytes = 0, blocks;
	int disk = open(volumes[index].device, O_RDONLY | O_CLOEXEC), root = open(volumes[index].path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (disk >= 0 && root >= 0 && ioctl(disk, BLKGETSIZE64, &bytes) == 0) {
		blocks = bytes / BLOCK_BYTES;
		if (ioctl(root, RESIZE_FS, &blocks) < 0)
			console("cannot grow the volume on %s: %s", volumes[index].path, strerror(errno));
	}
	if (disk >= 0)
		close(disk);
	if (root >= 0)
		close(root);
}

void volumes_grow(void)
{
	for (size_t i = 0; i < count; i++)
		if (volumes[i].writable)
			grow(i);
}

static bool is_fresh(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	bool fresh = folder != NULL;
	while (folder && fresh && (entry = readdir(folder)))
		fresh = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || !strcmp(entry->d_name, "lost+found");
	if (folder)
		closedir(folder);
	return fresh;
}

/* A new volume belongs to whom the image's own folder there belonged, else to the process; a database wants it quite empty. */
static void hand_over(const char *path, const struct stat *before, const struct config *config)
{
	struct identity identity;
	char lost[512];
	if (!is_fresh(path))
		return;
	snprintf(lost, sizeof(lost), "%s/lost+found", path);
	rmdir(lost);
	bool owned = before && (before->st_uid || before->st_gid);
	if (!owned && !resolve_user(config->user, &identity))
		return;
	if (chown(path, owned ? before->st_uid : identity.uid, owned ? before->st_gid : identity.gid) < 0 || chmod(path, before ? before->st_mode & 07777 : 0755) < 0)
		console("cannot hand over the volume on %s: %s", path, strerror(errno));
}

/* `vol0:rw:/data`, in the order of the disks' serial numbers. */
static void mount_one(char *setting, const struct config *config)
{
	struct stat before;
	char *mode = strchr(setting, ':'), *path = mode ? strchr(mode + 1, ':') : NULL;
	if (!path || count == VOLUMES)
		fatal("volume setting is not readable");
	*mode++ = '\0';
	*path++ = '\0';
	volumes[count].path = path;
	volumes[count].writable = !strcmp(mode, "rw");
	if (!find_disk(setting, volumes[count].device, sizeof(volumes[count].device)))
		fatal("the disk of the volume on %s is not there", path);
	bool existed = stat(path, &before) == 0 && S_ISDIR(before.st_mode);
	make_directories(path);
	unsigned long flags = MS_NOATIME | MS_NODEV | (volumes[count].writable ? 0 : MS_RDONLY);
	if (mount(volumes[count].device, path, "ext4", flags, "discard,errors=remount-ro") < 0)
		fatal("cannot mount the volume on %s: %s", path, strerror(errno));
	if (volumes[count].writable) {
		grow(count);
		hand_over(path, existed ? &before : NULL, config);
	}
	count++;
}

void volumes_mount(struct config *config)
{
	for (size_t i = 0; i < config->volumes.count; i++)
		mount_one(config->volumes.items[i], config);
}

/* After every process has gone: nothing is left to be written. */
void volumes_unmount(void)
{
	while (count > 0) {
		count--;
		if (umount2(volumes[count].path, 0) < 0)
			mount(NULL, volumes[count].path, NULL, MS_REMOUNT | MS_RDONLY, NULL);
	}
}
