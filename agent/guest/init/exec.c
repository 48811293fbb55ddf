#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

#define SESSIONS 16
#define CHUNK 16384
#define STDIN_MAX (4u << 20)
#define NEVER UINT64_MAX

struct session {
	uint32_t id;
	pid_t pid;
	int in, out[2];
	int32_t code;
	bool active, reaped, timed_out, input_ended;
	uint64_t deadline;
	uint8_t *input;
	size_t input_used;
};

static struct session sessions[SESSIONS];

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void send_exit(uint32_t id, int32_t code, bool timed_out)
{
	uint8_t payload[9];
	put_u32(payload, id);
	put_u32(payload + 4, (uint32_t)code);
	payload[8] = timed_out;
	channel_send(MSG_EXEC_EXIT, payload, sizeof(payload));
}

static void send_output(uint32_t id, int stream, const void *bytes, size_t length)
{
	uint8_t payload[CHUNK + 5];
	put_u32(payload, id);
	payload[4] = (uint8_t)stream;
	memcpy(payload + 5, bytes, length);
	channel_send(MSG_EXEC_OUT, payload, length + 5);
}

static void finish(struct session *session)
{
	send_exit(session->id, session->code, session->timed_out);
	close_fd(&session->in);
	close_fd(&session->out[0]);
	close_fd(&session->out[1]);
	free(session->input);
	*session = (struct session){ 0 };
}

static void refuse(uint32_t id, int code, const char *reason)
{
	send_output(id, STREAM_STDERR, reason, strlen(reason));
	send_exit(id, code, false);
}

static struct session *find(uint32_t id, bool active)
{
	for (int i = 0; i < SESSIONS; i++)
		if (sessions[i].active == active && (!active || sessions[i].id == id))
			return &sessions[i];
	return NULL;
}

static void launch(const struct config *config, struct session *session, char **argv)
{
	int in[2], out[2], err[2];
	struct spawn_error error;
	if (!make_pipe(in, 1) || !make_pipe(out, 0) || !make_pipe(err, 0))
		fatal("cannot create pipes");
	session->in = in[1];
	session->out[0] = out[0];
	session->out[1] = err[0];
	session->pid = spawn_process(config, argv, (const int[3]){ in[0], out[1], err[1] }, &error);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	if (session->pid < 0) {
		send_output(session->id, STREAM_STDERR, error.message, strlen(error.message));
		session->code = error.code;
		finish(session);
	}
}

void exec_start(const struct config *config, const uint8_t *payload, size_t length)
{
	struct string_list argv = { 0 };
	if (length < 10 || payload[length - 1] != 0)
		return;
	uint32_t id = get_u32(payload), timeout = get_u32(payload + 4);
	struct session *session = find(0, false);
	if (workload_state() != STATE_RUNNING || !session) {
		refuse(id, 126, session ? "the process is not running" : "too many commands at once");
		return;
	}
	for (size_t at = 8; at < length; at += strlen((const char *)payload + at) + 1)
		list_add(&argv, (const char *)payload + at);
	*session = (struct session){ .id = id, .active = true, .in = -1, .out = { -1, -1 }, .deadline = monotonic_ms() + timeout };
	launch(config, session, argv.items);
	list_clear(&argv);
}

static void feed_input(struct session *session)
{
	while (session->in >= 0 && session->input_used > 0) {
		ssize_t sent = write(session->in, session->input, session->input_used);
		if (sent < 0 && errno == EAGAIN)
			return;
		if (sent < 0) {
			close_fd(&session->in);
			return;
		}
		session->input_used -= (size_t)sent;
		memmove(session->input, session->input + sent, session->input_used);
	}
	if (session->input_ended)
		close_fd(&session->in);
}

void exec_stdin(const uint8_t *payload, size_t length)
{
	if (length < 4)
		return;
	struct session *session = find(get_u32(payload), true);
	if (!session || session->in < 0 || session->input_used + length > STDIN_MAX)
		return;
	if (length == 4) {
		session->input_ended = true;
	} else {
		session->input = must_alloc(session->input, session->input_used + length - 4);
		memcpy(session->input + session->input_used, payload + 4, length - 4);
		session->input_used += length - 4;
	}
	feed_input(session);
}

bool exec_reaped(pid_t pid, int status)
{
	for (int i = 0; i < SESSIONS; i++) {
		if (!sessions[i].active || sessions[i].pid != pid)
			continue;
		sessions[i].reaped = true;
		sessions[i].code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		return true;
	}
	return false;
}

size_t exec_poll_fds(struct pollfd *fds, size_t room)
{
	size_t count = 0;
	bool may_send = channel_room() > 2 * CHUNK;
	for (int i = 0; i < SESSIONS; i++) {
		for (int stream = 0; stream < 2 && sessions[i].active && may_send; stream++)
			if (sessions[i].out[stream] >= 0 && count < room)
				fds[count++] = (struct pollfd){ .fd = sessions[i].out[stream], .events = POLLIN };
		if (sessions[i].active && sessions[i].in >= 0 && sessions[i].input_used > 0 && count < room)
			fds[count++] = (struct pollfd){ .fd = sessions[i].in, .events = POLLOUT };
	}
	return count;
}

/* Returns true when nothing more is to be read from this stream now. */
static bool pump(struct session *session, int stream)
{
	uint8_t bytes[CHUNK];
	if (session->out[stream] < 0)
		return true;
	if (channel_room() <= 2 * CHUNK)
		return false;
	ssize_t got = read(session->out[stream], bytes, sizeof(bytes));
	if (got > 0)
		send_output(session->id, stream + 1, bytes, (size_t)got);
	else if (got == 0)
		close_fd(&session->out[stream]);
	return got <= 0;
}

void exec_handle(const struct pollfd *fds, size_t count)
{
	(void)fds;
	(void)count;
	for (int i = 0; i < SESSIONS; i++) {
		if (!sessions[i].active)
			continue;
		feed_input(&sessions[i]);
		bool quiet = pump(&sessions[i], 0);
		quiet = pump(&sessions[i], 1) && quiet;
		if (quiet && sessions[i].reaped)
			finish(&sessions[i]);
	}
}

uint64_t exec_deadline(void)
{
	uint64_t earliest = NEVER;
	for (int i = 0; i < SESSIONS; i++) {
		if (!sessions[i].active)
			continue;
		uint64_t at = sessions[i].reaped ? monotonic_ms() + (channel_room() ? 0 : 20) : sessions[i].timed_out ? NEVER : sessions[i].deadline;
		if (at < earliest)
			earliest = at;
	}
	return earliest;
}

/* Each session leads its own process group, so helpers it started end with it. */
void exec_expire(void)
{
	for (int i = 0; i < SESSIONS; i++) {
		if (sessions[i].active && !sessions[i].reaped && !sessions[i].timed_out && monotonic_ms() >= sessions[i].deadline) {
			sessions[i].timed_out = true;
			kill(-sessions[i].pid, SIGKILL);
		}
	}
}
