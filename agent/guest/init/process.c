#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

#define DEFAULT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

bool make_pipe(int pipe_fds[2], int nonblocking_end)
{
	if (pipe2(pipe_fds, O_CLOEXEC) < 0)
		return false;
	fcntl(pipe_fds[nonblocking_end], F_SETFL, O_NONBLOCK);
	return true;
}

void make_directories(const char *path)
{
	char part[512];
	snprintf(part, sizeof(part), "%s", path);
	for (char *at = part + 1; *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		mkdir(part, 0755);
		*at = '/';
	}
	mkdir(part, 0755);
}

static void __attribute__((noreturn)) give_up(int report, int code, const char *format, const char *what, int error)
{
	struct spawn_error failure = { .code = code };
	snprintf(failure.message, sizeof(failure.message), format, what, strerror(error));
	if (write(report, &failure, sizeof(failure)) < 0)
		_exit(code);
	_exit(code);
}

/* Like execvpe, but tells a missing file from a missing interpreter and from a file that may not be run. */
static void __attribute__((noreturn)) exec_or_give_up(int report, char **argv, char **env, const char *search)
{
	char candidate[4096];
	int denied = 0;
	const char *name = argv[0];
	if (strchr(name, '/'))
		search = NULL;
	for (const char *at = search; at && *name;) {
		size_t length = strcspn(at, ":");
		snprintf(candidate, sizeof(candidate), "%.*s/%s", (int)length, length ? at : ".", name);
		execve(candidate, argv, env);
		if (errno != ENOENT && errno != ENOTDIR)
			denied = errno;
		at = at[length] ? at + length + 1 : NULL;
	}
	if (!search) {
		execve(name, argv, env);
		if (errno == ENOENT && access(name, F_OK) == 0)
			give_up(report, 127, "interpreter of the executable not found: %s", name, errno);
		if (errno != ENOENT && errno != ENOTDIR)
			denied = errno;
	}
	if (denied)
		give_up(report, 126, "cannot run %s: %s", name, denied);
	give_up(report, 127, "executable not found: %s", name, ENOENT);
}

static void prepare_environment(struct string_list *env, const struct identity *identity, const char *hostname)
{
	char text[512];
	if (!list_get_env(env, "PATH"))
		list_set_env(env, "PATH=" DEFAULT_PATH);
	if (!list_get_env(env, "HOME")) {
		snprintf(text, sizeof(text), "HOME=%s", identity->home);
		list_set_env(env, text);
	}
	if (!list_get_env(env, "HOSTNAME")) {
		snprintf(text, sizeof(text), "HOSTNAME=%s", hostname);
		list_set_env(env, text);
	}
}

/* Programs reopen /dev/stdout by name; the pipe or terminal must then belong to them. */
static void take_streams(const int fds[3], bool terminal, const struct identity *identity, int report)
{
	for (int i = 0; i < 3; i++) {
		struct stat kind;
		bool own = fstat(fds[i], &kind) == 0 && (S_ISFIFO(kind.st_mode) || terminal);
		if (own && fchown(fds[i], identity->uid, identity->gid) < 0)
			console("cannot hand over a stream: %s", strerror(errno));
		if (dup2(fds[i], i) < 0)
			give_up(report, 126, "cannot set up %s: %s", "standard streams", errno);
	}
	if (terminal && ioctl(0, TIOCSCTTY, 0) < 0)
		give_up(report, 126, "cannot set up %s: %s", "the terminal", errno);
}

static void __attribute__((noreturn)) child(const struct config *config, char **argv, const int fds[3], struct spawn_options options, int report)
{
	struct identity identity;
	struct string_list env = config->env;
	sigset_t none;
	struct rlimit files = { 1048576, 1048576 };
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	setrlimit(RLIMIT_NOFILE, &files);
	write_file("/proc/self/oom_score_adj", "0\n");
	umask(022);
	if (!resolve_user(config->user, &identity))
		give_up(report, 126, "user not found in the image: %s", config->user, ENOENT);
	for (size_t i = 0; options.env && i < options.env->count; i++)
		list_set_env(&env, options.env->items[i]);
	prepare_environment(&env, &identity, config->hostname);
	take_streams(fds, options.terminal, &identity, report);
	make_directories(config->workdir);
	if (setgroups((size_t)identity.group_count, identity.groups) < 0 || setgid(identity.gid) < 0 || setuid(identity.uid) < 0)
		give_up(report, 126, "cannot become user %s: %s", config->user, errno);
	if (chdir(config->workdir) < 0)
		give_up(report, 126, "cannot enter working directory %s: %s", config->workdir, errno);
	exec_or_give_up(report, argv, env.items, list_get_env(&env, "PATH"));
}

pid_t spawn_process(const struct config *config, char **argv, const int fds[3], struct spawn_options options, struct spawn_error *error)
{
	int report[2];
	*error = (struct spawn_error){ .code = 126, .message = "cannot create a process" };
	if (pipe2(report, O_CLOEXEC) < 0)
		return -1;
	pid_t pid = fork();
	if (pid == 0) {
		close(report[0]);
		child(config, argv, fds, options, report[1]);
	}
	close(report[1]);
	if (pid > 0 && read(report[0], error, sizeof(*error)) == (ssize_t)sizeof(*error)) {
		waitpid(pid, NULL, 0);
		pid = -1;
	}
	close(report[0]);
	return pid;
}
