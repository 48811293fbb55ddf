#include <errno.h>
#include <fcntl.h>
#include <linux/reboot.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

static int scratch_root = -1;

static void must_mount(const char *source, const char *target, const char *type, unsigned long flags, const char *options)
{
	mkdir(target, 0755);
	if (mount(source, target, type, flags, options) < 0)
		fatal("cannot mount %s on %s: %s", source, target, strerror(errno));
}

void mount_early(void)
{
	must_mount("devtmpfs", "/dev", "devtmpfs", MS_NOSUID, NULL);
	must_mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	must_mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	/* Ctrl-Alt-Del becomes a signal to us instead of a reset at once. */
	syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_CAD_OFF, NULL);
}

static void load_module(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) < 0 && errno != EEXIST))
		console("cannot load %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
}

/* /modules lists the files in load order. */
void load_modules(void)
{
	bool over_vsock = machine_is("shellwego_channel", "vsock");
	char path[256];
	FILE *list = fopen("/modules", "re");
	while (list && fgets(path, sizeof(path), list)) {
		path[strcspn(path, "\n")] = '\0';
		if (!strstr(path, "vsock") || over_vsock)
			load_module(path);
		unlink(path);
	}
	if (list)
		fclose(list);
}

/* A machine that cannot name its disks tells their order instead: `shellwego_disks=root,scratch`. */
static bool find_in_order(const char *order, const char *serial, char *path, size_t size)
{
	size_t length = strlen(serial);
	for (char letter = 'a'; *order && letter <= 'z'; letter++) {
		size_t name = strcspn(order, ",");
		if (name == length && !strncmp(order, serial, length)) {
			snprintf(path, size, "/dev/vd%c", letter);
			return access(path, F_OK) == 0;
		}
		order += name + (order[name] == ',');
	}
	return false;
}

bool find_disk(const char *serial, char *path, size_t size)
{
	const char *order = getenv("shellwego_disks");
	if (order)
		return find_in_order(order, serial, path, size);
	for (char letter = 'a'; letter <= 'z'; letter++) {
		char text[64] = "", attribute[64];
		snprintf(attribute, sizeof(attribute), "/sys/block/vd%c/serial", letter);
		int fd = open(attribute, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return false;
		ssize_t length = read(fd, text, sizeof(text) - 1);
		close(fd);
		if (length <= 0)
			continue;
		text[strcspn(text, "\n")] = '\0';
		if (!strcmp(text, serial)) {
			snprintf(path, size, "/dev/vd%c", letter);
			return true;
		}
	}
	return false;
}

/* An image may have put anything at these names, or nothing. */
static void ensure_directory(const char *path, mode_t mode)
{
	struct stat found;
	if (lstat(path, &found) == 0 && !S_ISDIR(found.st_mode))
		unlink(path);
	if (mkdir(path, mode) == 0)
		chmod(path, mode);
}

static void carry_mount(const char *from, const char *to)
{
	ensure_directory(to, 0755);
	if (mount(from, to, NULL, MS_MOVE, NULL) < 0)
		fatal("cannot move %s to %s: %s", from, to, strerror(errno));
}

static void fill_dev(void)
{
	must_mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "gid=5,mode=620,ptmxmode=666");
	must_mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
	chmod("/dev/ptmx", 0666);
	if (symlink("/proc/self/fd", "/dev/fd") || symlink("/proc/self/fd/0", "/dev/stdin") || symlink("/proc/self/fd/1", "/dev/stdout") ||
	    symlink("/proc/self/fd/2", "/dev/stderr"))
		console("cannot link /dev/fd: %s", strerror(errno));
}

/* Read-only image below, this instance's scratch disk above; the result becomes /. */
void mount_root(void)
{
	char image[32], scratch[32];
	if (!find_disk("root", image, sizeof(image)) || !find_disk("scratch", scratch, sizeof(scratch)))
		fatal("root or scratch disk not found");
	must_mount(image, "/lower", "ext4", MS_RDONLY | MS_NOATIME, NULL);
	must_mount(scratch, "/scratch", "ext4", MS_NOATIME, "discard");
	mkdir("/scratch/upper", 0755);
	mkdir("/scratch/work", 0755);
	must_mount("overlay", "/new", "overlay", MS_NOATIME, "lowerdir=/lower,upperdir=/scratch/upper,workdir=/scratch/work");
	scratch_root = open("/scratch", O_PATH | O_DIRECTORY | O_CLOEXEC);
	carry_mount("/dev", "/new/dev");
	carry_mount("/proc", "/new/proc");
	carry_mount("/sys", "/new/sys");
	if (chdir("/new") < 0 || mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0 || chdir("/") < 0)
		fatal("cannot switch root: %s", strerror(errno));
	ensure_directory("/etc", 0755);
	ensure_directory("/tmp", 01777);
	ensure_directory("/run", 0755);
	fill_dev();
}

void power_off(void)
{
	char path[64];
	kill(-1, SIGKILL);
	sync();
	volumes_unmount();
	mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY, NULL);
	if (scratch_root >= 0) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", scratch_root);
		mount(NULL, path, NULL, MS_REMOUNT | MS_RDONLY, NULL);
	}
	/* A machine without a power switch ends when it would start anew. */
	bool reset = machine_is("shellwego_end", "reset");
	syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, reset ? LINUX_REBOOT_CMD_RESTART : LINUX_REBOOT_CMD_POWER_OFF, NULL);
	fatal("power off failed: %s", strerror(errno));
}
