#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "init.h"

bool open_terminal(int *leader, int *follower, unsigned columns, unsigned rows)
{
	char name[64];
	*leader = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (*leader < 0)
		return false;
	*follower = -1;
	if (grantpt(*leader) == 0 && unlockpt(*leader) == 0 && ptsname_r(*leader, name, sizeof(name)) == 0)
		*follower = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*follower >= 0) {
		resize_terminal(*leader, columns, rows);
		return true;
	}
	close(*leader);
	*leader = -1;
	return false;
}

void resize_terminal(int leader, unsigned columns, unsigned rows)
{
	struct winsize size = { .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows };
	ioctl(leader, TIOCSWINSZ, &size);
}

/* The name of a process may hold anything, a parenthesis too: the last one ends it. */
static pid_t session_of(const char *pid)
{
	char path[64], text[512];
	int session = -1;
	snprintf(path, sizeof(path), "/proc/%.20s/stat", pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0)
		close(fd);
	if (length <= 0)
		return -1;
	text[length] = '\0';
	const char *rest = strrchr(text, ')');
	char state;
	if (!rest || sscanf(rest + 1, " %c %*d %*d %d", &state, &session) != 2 || state == 'Z')
		return -1;
	return session;
}

int signal_session(pid_t leader, int signal)
{
	int count = 0;
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	while (processes && (entry = readdir(processes))) {
		pid_t pid = atoi(entry->d_name);
		if (pid <= 1 || session_of(entry->d_name) != leader)
			continue;
		count++;
		if (signal)
			kill(pid, signal);
	}
	if (processes)
		closedir(processes);
	return count;
}
