/*
 * Compiled into the init of test guests alone: a thread that dials the guest's vsock from inside and passes the bytes on to the
 * serial port, as Firecracker would from outside. So the channel over vsock is tried where there is no KVM and no vsock device.
 */
#include <dirent.h>
#include <fcntl.h>
#include <linux/vm_sockets.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../guest/init/protocol.h"

static int open_port(void)
{
	char path[300];
	struct dirent *entry;
	DIR *devices = opendir("/dev");
	int found = -1;
	while (devices && found < 0 && (entry = readdir(devices))) {
		snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
		if (!strncmp(entry->d_name, "vport", 5))
			found = open(path, O_RDWR | O_CLOEXEC);
	}
	if (devices)
		closedir(devices);
	return found;
}

static int dial(void)
{
	struct sockaddr_vm address = { .svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_LOCAL, .svm_port = CHANNEL_PORT };
	int fd = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static int pass(int from, int to)
{
	char bytes[16384];
	ssize_t got = read(from, bytes, sizeof(bytes));
	for (ssize_t sent = 0; sent < got;) {
		ssize_t step = write(to, bytes + sent, (size_t)(got - sent));
		if (step <= 0)
			return 0;
		sent += step;
	}
	return got > 0;
}

/* Until either side goes: then the guest sees its host go, and the next one come. */
static void join(int port, int guest)
{
	struct pollfd fds[2] = { { .fd = port, .events = POLLIN }, { .fd = guest, .events = POLLIN } };
	while (poll(fds, 2, -1) >= 0) {
		if ((fds[0].revents & POLLHUP) || (fds[0].revents && !pass(port, guest)) || (fds[1].revents && !pass(guest, port)))
			return;
	}
}

static void *bridge(void *unused)
{
	sigset_t all;
	int port = -1, guest;
	(void)unused;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	while (port < 0) {
		usleep(2000);
		port = open_port();
	}
	for (;; usleep(2000)) {
		struct pollfd probe = { .fd = port, .events = POLLIN };
		if (poll(&probe, 1, 0) < 0 || (probe.revents & POLLHUP) || (guest = dial()) < 0)
			continue;
		join(port, guest);
		close(guest);
	}
	return NULL;
}

__attribute__((constructor)) static void start(void)
{
	pthread_t thread;
	if (getpid() == 1)
		pthread_create(&thread, NULL, bridge, NULL);
}
