/* The channel where there is no serial port: the host dials, by a vsock of which the guest holds the listening end. */
#include <errno.h>
#include <linux/vm_sockets.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "init.h"

/* Tests dial from inside, where no vsock device is. */
#ifndef CHANNEL_PEER
#define CHANNEL_PEER VMADDR_CID_HOST
#endif

int vsock_listen(void)
{
	struct sockaddr_vm address = { .svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY, .svm_port = CHANNEL_PORT };
	int fd = socket(AF_VSOCK, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(fd, 4) < 0)
		fatal("cannot listen on vsock: %s", strerror(errno));
	return fd;
}

/* Nobody but the host is served: a process of the guest may dial itself where the kernel lets it. */
int vsock_accept(int listener)
{
	struct sockaddr_vm peer = { 0 };
	socklen_t length = sizeof(peer);
	int fd = accept4(listener, (struct sockaddr *)&peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd >= 0 && peer.svm_cid != CHANNEL_PEER) {
		close(fd);
		return -1;
	}
	return fd;
}
