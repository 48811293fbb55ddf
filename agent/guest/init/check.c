/* Not as PID 1 but as a program: reads every file below a folder, as a restore on trial does in a throw-away machine. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

#define OPEN_FOLDERS 32
#define TOLD 20

static uint64_t files, bytes, faults;

static void fault(const char *path, int error)
{
	if (faults++ < TOLD)
		printf("cannot read %s: %s\n", path, strerror(error));
}

static void read_file(const char *path)
{
	static char block[1 << 16];
	ssize_t length;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOATIME);
	if (fd < 0) {
		fault(path, errno);
		return;
	}
	while ((length = read(fd, block, sizeof(block))) > 0)
		bytes += (uint64_t)length;
	if (length < 0)
		fault(path, errno);
	else
		files++;
	close(fd);
}

static int visit(const char *path, const struct stat *status, int kind, struct FTW *at)
{
	(void)at;
	if (kind == FTW_DNR || kind == FTW_NS)
		fault(path, errno);
	else if (kind == FTW_F && S_ISREG(status->st_mode))
		read_file(path);
	return 0;
}

/* Without a folder it only waits: as the process of a machine in which the rest is a command. */
int check_program(int argc, char **argv)
{
	if (argc != 2)
		for (;;)
			pause();
	const char *folder = argv[1];
	if (nftw(folder, visit, OPEN_FOLDERS, FTW_PHYS | FTW_MOUNT) < 0)
		fault(folder, errno);
	printf("files %llu bytes %llu faults %llu\n", (unsigned long long)files, (unsigned long long)bytes, (unsigned long long)faults);
	return faults == 0 ? 0 : 1;
}
