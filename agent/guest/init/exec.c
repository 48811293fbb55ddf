#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"

#define STDIN_MAX (4u << 20)
#define HANGUP_LOOK_MS 50

struct session sessions[SESSIONS];

void session_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void send_exit(uint32_t id, int32_t code, uint8_t flags)
{
	uint8_t payload[9];
	put_u32(payload, id);
	put_u32(payload + 4, (uint32_t)code);
	payload[8] = flags;
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

void session_finish(struct session *session)
{
	send_exit(session->id, session->code, session->timed_out ? EXIT_TIMED_OUT : session->pid < 0 ? EXIT_NEVER_RAN : 0);
	session_close(&session->in);
	session_close(&session->out[0]);
	session_close(&session->out[1]);
	free(session->input);
	*session = (struct session){ 0 };
}

void session_refuse(uint32_t id, int code, const char *reason)
{
	send_output(id, STREAM_STDERR, reason, strlen(reason));
	send_exit(id, code, EXIT_NEVER_RAN);
}

struct session *session_find(uint32_t id, bool active)
{
	for (int i = 0; i < SESSIONS; i++)
		if (sessions[i].active == active && (!active || sessions[i].id == id))
			return &sessions[i];
	return NULL;
}

static void run(const struct config *config, struct session *session, char **argv, const int fds[3], const struct string_list *env)
{
	struct spawn_error error;
	session->pid = spawn_process(config, argv, fds, (struct spawn_options){ session->terminal, env }, &error);
	if (session->pid < 0) {
		send_output(session->id, STREAM_STDERR, error.message, strlen(error.message));
		session->code = error.code;
		session_finish(session);
	}
}

static void launch_pipes(const struct config *config, struct session *session, char **argv, const struct string_list *env)
{
	int in[2], out[2], err[2];
	if (!make_pipe(in, 1) || !make_pipe(out, 0) || !make_pipe(err, 0))
		fatal("cannot create pipes");
	session->in = in[1];
	session->out[0] = out[0];
	session->out[1] = err[0];
	run(config, session, argv, (const int[3]){ in[0], out[1], err[1] }, env);
	close(in[0]);
	close(out[1]);
	close(err[1]);
}

static void launch_terminal(const struct config *config, struct session *session, char **argv, const struct string_list *env, const uint8_t *size)
{
	int follower;
	if (!open_terminal(&session->out[0], &follower, get_u16(size), get_u16(size + 2))) {
		session->pid = -1;
		session->code = 126;
		session_finish(session);
		return;
	}
	session->in = fcntl(session->out[0], F_DUPFD_CLOEXEC, 0);
	run(config, session, argv, (const int[3]){ follower, follower, follower }, env);
	close(follower);
}

void session_launch(const struct config *config, struct session *session, char **argv, const struct string_list *env, const uint8_t *size)
{
	if (session->terminal)
		launch_terminal(config, session, argv, env, size);
	else
		launch_pipes(config, session, argv, env);
}

struct session *session_claim(uint32_t id)
{
	struct session *session = session_find(0, false);
	if (workload_state() == STATE_RUNNING && session)
		return session;
	session_refuse(id, 126, session ? "the process is not running" : "too many commands at once");
	return NULL;
}

void exec_start(const struct config *config, const uint8_t *payload, size_t length)
{
	struct string_list argv = { 0 };
	if (length < 10 || payload[length - 1] != 0)
		return;
	uint32_t id = get_u32(payload), timeout = get_u32(payload + 4);
	struct session *session = session_claim(id);
	if (!session)
		return;
	for (size_t at = 8; at < length; at += strlen((const char *)payload + at) + 1)
		list_add(&argv, (const char *)payload + at);
	*session = (struct session){ .id = id, .active = true, .in = -1, .out = { -1, -1 }, .credit = UNLIMITED, .deadline = monotonic_ms() + timeout };
	session_launch(config, session, argv.items, NULL, NULL);
	list_clear(&argv);
}

/* Moved to the front once, not after each write: a process that reads slowly makes many small ones. */
static void feed_input(struct session *session)
{
	size_t taken = 0;
	while (session->in >= 0 && taken < session->input_used) {
		ssize_t sent = write(session->in, session->input + taken, session->input_used - taken);
		if (sent < 0 && errno == EAGAIN)
			break;
		if (sent < 0)
			session_close(&session->in);
		else
			taken += (size_t)sent;
	}
	/* Nobody reads any more: what was sent counts as taken, so that the sender does not wait. */
	if (session->in < 0)
		taken = session->input_used;
	memmove(session->input, session->input + taken, session->input_used - taken);
	session->input_used -= taken;
	session_acknowledge(session, taken);
	if (session->input_ended && !session->input_used && !session->terminal)
		session_close(&session->in);
}

void exec_stdin(const uint8_t *payload, size_t length)
{
	if (length < 4)
		return;
	struct session *session = session_find(get_u32(payload), true);
	if (session && session->in < 0)
		session_acknowledge(session, length - 4);
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
		for (int stream = 0; stream < 2 && sessions[i].active && sessions[i].credit && may_send; stream++)
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
	if (channel_room() <= 2 * CHUNK || !session->credit)
		return false;
	ssize_t got = read(session->out[stream], bytes, session->credit < CHUNK ? session->credit : CHUNK);
	if (got > 0) {
		send_output(session->id, stream + 1, bytes, (size_t)got);
		session->credit -= session->credit == UNLIMITED ? 0 : (uint32_t)got;
	} else if (got == 0 || errno != EAGAIN) {
		/* A terminal whose last holder is gone says EIO. */
		session_close(&session->out[stream]);
	}
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
		if (quiet && sessions[i].reaped && !sessions[i].hung_up)
			session_finish(&sessions[i]);
	}
}

static uint64_t deadline_of(const struct session *session)
{
	if (session->hung_up)
		return monotonic_ms() + HANGUP_LOOK_MS;
	if (session->reaped)
		return session->credit ? monotonic_ms() + (channel_room() ? 0 : 20) : NEVER;
	return session->timed_out ? NEVER : session->deadline;
}

uint64_t exec_deadline(void)
{
	uint64_t earliest = NEVER;
	for (int i = 0; i < SESSIONS; i++) {
		uint64_t at = sessions[i].active ? deadline_of(&sessions[i]) : NEVER;
		if (at < earliest)
			earliest = at;
	}
	return earliest;
}

/* Each session leads its own process group, so helpers it started end with it. */
void exec_expire(void)
{
	for (int i = 0; i < SESSIONS; i++) {
		if (sessions[i].active && sessions[i].hung_up) {
			session_end_hung_up(&sessions[i]);
		} else if (sessions[i].active && !sessions[i].reaped && !sessions[i].timed_out && monotonic_ms() >= sessions[i].deadline) {
			sessions[i].timed_out = true;
			kill(-sessions[i].pid, SIGKILL);
		}
	}
}
