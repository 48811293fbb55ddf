/* PID 1 of a ShellWeGo microVM: mounts, network, one process, its logs, commands from the host. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

#define RECONNECT_MS 50
#define POLL_MAX 64

static uint32_t session;

static void greet(const uint8_t *payload, size_t length)
{
	uint8_t reply[5];
	if (length < 20)
		return;
	uint32_t caller = get_u32(payload);
	set_clock(get_u64(payload + 4));
	logs_ack(get_u64(payload + 12));
	stir_random(payload + 20, length - 20);
	put_u32(reply, caller);
	reply[4] = (uint8_t)workload_state();
	if (caller != session) {
		session = caller;
		workload_clear_secrets();
		session_abandon_all();
		channel_reset_output();
		channel_send(MSG_HELLO_ACK, reply, sizeof(reply));
		logs_rewind();
		logs_send();
		workload_report();
		return;
	}
	channel_send(MSG_HELLO_ACK, reply, sizeof(reply));
}

static void send_stats(const uint8_t *payload, size_t length)
{
	uint8_t reply[28];
	unsigned long long user = 0, nice_time = 0, system_time = 0;
	if (length < 4)
		return;
	FILE *file = fopen("/proc/stat", "re");
	if (file && fscanf(file, "cpu %llu %llu %llu", &user, &nice_time, &system_time) != 3)
		user = nice_time = system_time = 0;
	if (file)
		fclose(file);
	memcpy(reply, payload, 4);
	put_u64(reply + 4, read_counter("/proc/meminfo", "MemTotal:"));
	put_u64(reply + 12, read_counter("/proc/meminfo", "MemAvailable:"));
	put_u64(reply + 20, (user + nice_time + system_time) * (1000000u / (unsigned)sysconf(_SC_CLK_TCK)));
	channel_send(MSG_STATS_REPLY, reply, sizeof(reply));
}

/* What memory still owes the disks would be lost if the host could not wake this machine again. */
static void flush(const uint8_t *payload, size_t length)
{
	if (length < 4)
		return;
	sync();
	channel_send(MSG_FLUSHED, payload, 4);
}

static void on_frame(int type, const uint8_t *payload, size_t length)
{
	switch (type) {
	case MSG_HELLO:
		greet(payload, length);
		break;
	case MSG_SECRETS:
		workload_secrets(payload, length);
		break;
	case MSG_GO:
		workload_go();
		break;
	case MSG_LOG_ACK:
		if (length >= 8)
			logs_ack(get_u64(payload));
		break;
	case MSG_EXIT_ACK:
		workload_exit_acked();
		break;
	case MSG_STOP:
		workload_stop(length >= 4 ? get_u32(payload) : 0);
		break;
	case MSG_EXEC:
		exec_start(workload_config(), payload, length);
		break;
	case MSG_EXEC_STDIN:
		exec_stdin(payload, length);
		break;
	case MSG_SESSION_OPEN:
		session_open(workload_config(), payload, length);
		break;
	case MSG_SESSION_CREDIT:
		session_credit(payload, length);
		break;
	case MSG_SESSION_RESIZE:
		session_resize(payload, length);
		break;
	case MSG_SESSION_HANGUP:
		session_hang_up(payload, length);
		break;
	case MSG_STATS:
		send_stats(payload, length);
		break;
	case MSG_GROW:
		volumes_grow();
		break;
	case MSG_FLUSH:
		flush(payload, length);
		break;
	case MSG_TIME:
		if (length >= 8)
			set_clock(get_u64(payload));
		break;
	default:
		break;
	}
}

static int watch_signals(void)
{
	sigset_t signals;
	sigfillset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void handle_signals(int fd)
{
	struct signalfd_siginfo info;
	pid_t pid;
	int status;
	while (read(fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		/* What `poweroff` and `kill 1` send from inside, and Ctrl-Alt-Del from outside. */
		if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT || info.ssi_signo == SIGUSR2 || info.ssi_signo == SIGPWR)
			workload_stop(10000);
	}
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (!workload_reaped(pid, status))
			exec_reaped(pid, status);
}

static int timeout_ms(void)
{
	uint64_t now = monotonic_ms(), at = workload_deadline(), other = exec_deadline();
	if (other < at)
		at = other;
	if (!channel_connected() && now + RECONNECT_MS < at)
		at = now + RECONNECT_MS;
	return at == UINT64_MAX ? -1 : at <= now ? 0 : at - now > 60000 ? 60000 : (int)(at - now);
}

static void serve(int signals)
{
	for (;;) {
		struct pollfd fds[POLL_MAX] = { { .fd = signals, .events = POLLIN } };
		logs_send();
		int timeout = timeout_ms();
		channel_connected();
		fds[1] = (struct pollfd){ .fd = channel_fd(), .events = channel_events() };
		size_t own = workload_poll_fds(fds + 2, POLL_MAX - 2);
		size_t execs = exec_poll_fds(fds + 2 + own, POLL_MAX - 2 - own);
		if (poll(fds, 2 + own + execs, timeout) < 0)
			continue;
		if (fds[0].revents)
			handle_signals(signals);
		if (fds[1].revents)
			channel_handle(fds[1].revents, on_frame);
		workload_handle(fds + 2, own);
		exec_handle(fds + 2 + own, execs);
		exec_expire();
		workload_expire();
	}
}

int main(int argc, char **argv)
{
	struct config config;
	char drive[32];
	if (getpid() != 1)
		return check_program(argc, argv);
	mount_early();
	while (open("/dev/null", O_RDWR | O_CLOEXEC) < 2)
		continue;
	int signals = watch_signals();
	load_modules();
	logs_init();
	channel_open();
	if (find_disk("config", drive, sizeof(drive))) {
		if (!read_config(drive, &config))
			fatal("config drive is not readable");
		mount_root();
		volumes_mount(&config);
		setup_network(&config);
		workload_configure(&config);
	}
	write_file("/proc/self/oom_score_adj", "-1000\n");
	serve(signals);
}
