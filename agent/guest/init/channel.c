#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

#define ENCODED_MAX (FRAME_MAX + FRAME_MAX / 254 + 16)
/* Bulk (logs, exec output) stops at BULK_LIMIT, so that replies always find room. */
#define BULK_LIMIT (128u << 10)
#define OUTPUT_MAX (BULK_LIMIT + 2 * ENCODED_MAX)

static int port = -1, listener = -1;
static bool connected;
static uint8_t *input, *output, *scratch;
static size_t input_used, output_used, output_sent;

/* Its name counts the virtio devices before it, so it is looked up: there is only one. */
static int open_port(void)
{
	char path[300];
	int found = -1;
	DIR *devices = opendir("/dev");
	struct dirent *entry;
	while (devices && found < 0 && (entry = readdir(devices))) {
		if (strncmp(entry->d_name, "vport", 5))
			continue;
		snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
		found = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	}
	if (devices)
		closedir(devices);
	return found;
}

/* The port appears a moment after its driver was loaded. */
static void await_port(void)
{
	for (int attempt = 0; attempt < 2000 && port < 0; attempt++) {
		port = open_port();
		if (port < 0)
			usleep(1000);
	}
	if (port < 0)
		fatal("channel not found: %s", strerror(errno));
}

void channel_open(void)
{
	if (machine_is("shellwego_channel", "vsock"))
		listener = vsock_listen();
	else
		await_port();
	input = must_alloc(NULL, ENCODED_MAX);
	scratch = must_alloc(NULL, ENCODED_MAX);
	output = must_alloc(NULL, OUTPUT_MAX);
}

/* Without a host: where one would knock, or nothing. */
int channel_fd(void)
{
	return connected ? port : listener;
}

static void disconnected(void)
{
	if (listener >= 0) {
		close(port);
		port = -1;
	}
	connected = false;
	input_used = output_used = output_sent = 0;
}

/* While no host listens the port reports a permanent hang-up, so it is asked now and then instead of polled. */
bool channel_connected(void)
{
	if (!connected && listener >= 0) {
		port = vsock_accept(listener);
		connected = port >= 0;
	} else if (!connected) {
		struct pollfd probe = { .fd = port, .events = POLLIN };
		connected = poll(&probe, 1, 0) >= 0 && !(probe.revents & POLLHUP);
	}
	return connected;
}

short channel_events(void)
{
	return output_used > output_sent ? POLLIN | POLLOUT : POLLIN;
}

size_t channel_room(void)
{
	size_t waiting = output_used - output_sent;
	return connected && waiting < BULK_LIMIT ? BULK_LIMIT - waiting : 0;
}

/* A new host must not see the rest of what an older one was being told. */
void channel_reset_output(void)
{
	output_sent = 0;
	output_used = 1;
	output[0] = 0;
}

void channel_send(int type, const void *payload, size_t length)
{
	if (!connected || length > FRAME_MAX - 5)
		return;
	if (output_sent > 0) {
		memmove(output, output + output_sent, output_used - output_sent);
		output_used -= output_sent;
		output_sent = 0;
	}
	if (output_used + length + length / 254 + 16 > OUTPUT_MAX) {
		console("channel output is full, frame %d dropped", type);
		return;
	}
	scratch[0] = (uint8_t)type;
	if (length > 0)
		memcpy(scratch + 1, payload, length);
	put_u32(scratch + 1 + length, crc32_of(scratch, 1 + length));
	output_used += cobs_encode(scratch, length + 5, output + output_used);
	output[output_used++] = 0;
}

static void deliver(size_t encoded, void (*on_frame)(int type, const uint8_t *payload, size_t length))
{
	size_t length = cobs_decode(input, encoded, scratch);
	if (length < 5 || get_u32(scratch + length - 4) != crc32_of(scratch, length - 4))
		return;
	/* The handler may send, and sending uses the scratch buffer. */
	uint8_t *frame = must_alloc(NULL, length);
	memcpy(frame, scratch, length);
	on_frame(frame[0], frame + 1, length - 5);
	explicit_bzero(frame, length);
	free(frame);
}

static void read_input(void (*on_frame)(int type, const uint8_t *payload, size_t length))
{
	ssize_t got = read(port, input + input_used, ENCODED_MAX - input_used);
	if (got == 0) {
		disconnected();
		return;
	}
	if (got < 0) {
		if (errno == ECONNRESET)
			disconnected();
		return;
	}
	size_t end = input_used + (size_t)got, at = input_used;
	while (at < end) {
		if (input[at++] != 0)
			continue;
		if (at > 1)
			deliver(at - 1, on_frame);
		memmove(input, input + at, end - at);
		end -= at;
		at = 0;
	}
	input_used = end < ENCODED_MAX ? end : 0;
}

void channel_handle(short revents, void (*on_frame)(int type, const uint8_t *payload, size_t length))
{
	if (!connected)
		return;
	if (revents & (POLLHUP | POLLERR)) {
		disconnected();
		return;
	}
	if (revents & POLLIN)
		read_input(on_frame);
	if (connected && output_used > output_sent) {
		ssize_t sent = write(port, output + output_sent, output_used - output_sent);
		if (sent > 0)
			output_sent += (size_t)sent;
		if (output_sent == output_used)
			output_used = output_sent = 0;
	}
}
