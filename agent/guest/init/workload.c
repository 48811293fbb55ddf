#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

/* After the exit was acknowledged the last log lines get this long to be acknowledged too. */
#define LINGER_MS 3000
/* With no host at all the exit and the logs are kept this long. */
#define HOLD_MS 600000
#define NEVER UINT64_MAX

static struct config config;
static int state = STATE_NO_CONFIG;
static pid_t main_pid = -1;
static int pipes[2] = { -1, -1 };
static struct string_list secrets;
static uint64_t kill_at = NEVER, power_off_at = NEVER, oom_kills_before;
static struct {
	int32_t code, signal;
	bool oom, acked;
} ending = { .code = -1, .signal = -1 };

void workload_configure(const struct config *from)
{
	config = *from;
	state = STATE_WAITING;
}

int workload_state(void)
{
	return state;
}

const struct config *workload_config(void)
{
	return &config;
}

void workload_clear_secrets(void)
{
	list_clear(&secrets);
}

void workload_secrets(const uint8_t *payload, size_t length)
{
	if (state != STATE_WAITING || length == 0 || payload[length - 1] != 0)
		return;
	for (size_t at = 0; at < length; at += strlen((const char *)payload + at) + 1)
		list_set_env(&secrets, (const char *)payload + at);
}

static void drain(int index)
{
	char bytes[16384];
	ssize_t got;
	while (pipes[index] >= 0 && (got = read(pipes[index], bytes, sizeof(bytes))) > 0)
		logs_feed(index + 1, bytes, (size_t)got);
}

static void close_pipes(void)
{
	for (int i = 0; i < 2; i++) {
		drain(i);
		if (pipes[i] >= 0)
			close(pipes[i]);
		pipes[i] = -1;
	}
	logs_flush_partial();
}

static void ended(int32_t code, int32_t signal, bool oom)
{
	state = STATE_EXITED;
	ending.code = code;
	ending.signal = signal;
	ending.oom = oom;
	kill_at = NEVER;
	power_off_at = monotonic_ms() + HOLD_MS;
	kill(-1, SIGKILL);
	close_pipes();
	logs_send();
	workload_report();
}

void workload_go(void)
{
	struct spawn_error error;
	int out[2], err[2], null_fd;
	if (state != STATE_WAITING)
		return;
	for (size_t i = 0; i < secrets.count; i++)
		list_set_env(&config.env, secrets.items[i]);
	list_clear(&secrets);
	null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (null_fd < 0 || !make_pipe(out, 0) || !make_pipe(err, 0))
		fatal("cannot create pipes");
	oom_kills_before = read_counter("/proc/vmstat", "oom_kill ");
	main_pid = spawn_process(&config, config.argv.items, (const int[3]){ null_fd, out[1], err[1] }, (struct spawn_options){ 0 }, &error);
	close(null_fd);
	close(out[1]);
	close(err[1]);
	pipes[0] = out[0];
	pipes[1] = err[0];
	if (main_pid < 0) {
		logs_text("%s", error.message);
		ended(error.code, -1, false);
		return;
	}
	state = STATE_RUNNING;
	channel_send(MSG_STARTED, NULL, 0);
}

void workload_stop(uint32_t grace_ms)
{
	if (state == STATE_WAITING || state == STATE_NO_CONFIG)
		power_off();
	if (state != STATE_RUNNING)
		return;
	kill(main_pid, config.stop_signal);
	uint64_t at = monotonic_ms() + grace_ms;
	if (at < kill_at)
		kill_at = at;
}

bool workload_reaped(pid_t pid, int status)
{
	if (pid != main_pid)
		return false;
	int32_t code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	int32_t signal = WIFSIGNALED(status) ? WTERMSIG(status) : -1;
	bool oom = signal == SIGKILL && read_counter("/proc/vmstat", "oom_kill ") > oom_kills_before;
	if (oom)
		logs_text("killed: out of memory");
	main_pid = -1;
	ended(code, signal, oom);
	return true;
}

void workload_report(void)
{
	uint8_t payload[9];
	if (state != STATE_EXITED)
		return;
	put_u32(payload, (uint32_t)ending.code);
	put_u32(payload + 4, (uint32_t)ending.signal);
	payload[8] = ending.oom;
	channel_send(MSG_EXIT, payload, sizeof(payload));
}

void workload_exit_acked(void)
{
	if (state != STATE_EXITED || ending.acked)
		return;
	ending.acked = true;
	power_off_at = monotonic_ms() + LINGER_MS;
}

uint64_t workload_deadline(void)
{
	if (ending.acked && logs_all_acked())
		return 0;
	return kill_at < power_off_at ? kill_at : power_off_at;
}

void workload_expire(void)
{
	uint64_t now = monotonic_ms();
	if (now >= kill_at && state == STATE_RUNNING) {
		kill_at = NEVER;
		logs_text("still running after the stop signal: killed");
		kill(main_pid, SIGKILL);
	}
	if (state == STATE_EXITED && ((ending.acked && logs_all_acked()) || now >= power_off_at)) {
		console("exit code=%d signal=%d oom=%d", ending.code, ending.signal, ending.oom);
		power_off();
	}
}

size_t workload_poll_fds(struct pollfd *fds, size_t room)
{
	size_t count = 0;
	for (int i = 0; i < 2; i++)
		if (pipes[i] >= 0 && count < room)
			fds[count++] = (struct pollfd){ .fd = pipes[i], .events = POLLIN };
	return count;
}

/* One read each: a process that floods its output must not keep the loop from stop, acks and execs. */
void workload_handle(const struct pollfd *fds, size_t count)
{
	char bytes[16384];
	for (size_t i = 0; i < count; i++) {
		for (int index = 0; index < 2; index++) {
			if (pipes[index] < 0 || fds[i].fd != pipes[index] || !fds[i].revents)
				continue;
			ssize_t got = read(pipes[index], bytes, sizeof(bytes));
			if (got > 0) {
				logs_feed(index + 1, bytes, (size_t)got);
			} else if (got == 0) {
				close(pipes[index]);
				pipes[index] = -1;
			}
		}
	}
}
