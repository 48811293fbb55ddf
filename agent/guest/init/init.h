#ifndef SHELLWEGO_INIT_H
#define SHELLWEGO_INIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "protocol.h"

struct string_list {
	char **items; /* ends with NULL */
	size_t count;
};

struct config {
	const char *hostname, *address, *gateway, *dns, *workdir, *user;
	int stop_signal;
	struct string_list argv, env, volumes;
};

struct identity {
	uid_t uid;
	gid_t gid;
	gid_t groups[64];
	int group_count;
	char home[256];
};

/* lists.c */
void list_add(struct string_list *list, const char *value);
void list_set_env(struct string_list *env, const char *assignment);
const char *list_get_env(const struct string_list *env, const char *name);
void list_clear(struct string_list *list);
void *must_alloc(void *pointer, size_t size);

/* console.c */
void console(const char *format, ...) __attribute__((format(printf, 1, 2)));
void fatal(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
uint64_t monotonic_ms(void);
uint64_t wall_ms(void);
void set_clock(uint64_t wall);
void stir_random(const uint8_t *bytes, size_t length);
uint64_t read_counter(const char *path, const char *key);
void write_file(const char *path, const char *text);
/* What the kernel's command line says of the machine. */
bool machine_is(const char *name, const char *value);

/* mounts.c */
void mount_early(void);
void load_modules(void);
bool find_disk(const char *serial, char *path, size_t size);
void mount_root(void);
void power_off(void) __attribute__((noreturn));

/* volumes.c */
void volumes_mount(struct config *config);
void volumes_grow(void);
void volumes_unmount(void);

/* check.c */
int check_program(int argc, char **argv);

/* config.c */
bool read_config(const char *device, struct config *config);

/* network.c */
void setup_network(const struct config *config);

/* user.c */
bool resolve_user(const char *user, struct identity *identity);

/* process.c */
struct spawn_error {
	int code; /* exit code to report: 126 or 127 */
	char message[512];
};
struct spawn_options {
	bool terminal; /* fds are one, and it becomes the controlling terminal */
	const struct string_list *env; /* beside the process's own */
};
/* Fds: 0, 1, 2 of the child. Returns -1 and fills error when nothing runs. */
pid_t spawn_process(const struct config *config, char **argv, const int fds[3], struct spawn_options options, struct spawn_error *error);
void make_directories(const char *path);
bool make_pipe(int pipe_fds[2], int nonblocking_end);

/* logs.c */
void logs_init(void);
void logs_add(int stream, const char *text, size_t length);
void logs_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
void logs_feed(int stream, const char *bytes, size_t length);
void logs_flush_partial(void);
void logs_ack(uint64_t seq);
void logs_rewind(void);
bool logs_all_acked(void);
/* Fills the channel with as many waiting lines as it has room for. */
void logs_send(void);

/* channel.c */
void channel_open(void);
bool channel_connected(void);
int channel_fd(void);
short channel_events(void);
size_t channel_room(void);
void channel_send(int type, const void *payload, size_t length);
void channel_reset_output(void);
void channel_handle(short revents, void (*on_frame)(int type, const uint8_t *payload, size_t length));
void put_u32(uint8_t *to, uint32_t value);
void put_u64(uint8_t *to, uint64_t value);
uint16_t get_u16(const uint8_t *from);
uint32_t get_u32(const uint8_t *from);
uint64_t get_u64(const uint8_t *from);

/* vsock.c */
int vsock_listen(void);
/* Returns -1 while nobody knocks. */
int vsock_accept(int listener);

/* frame.c */
uint32_t crc32_of(const uint8_t *bytes, size_t length);
size_t cobs_encode(const uint8_t *from, size_t length, uint8_t *to);
size_t cobs_decode(const uint8_t *from, size_t length, uint8_t *to);

/* exec.c */
struct pollfd;
void exec_start(const struct config *config, const uint8_t *payload, size_t length);
void exec_stdin(const uint8_t *payload, size_t length);
bool exec_reaped(pid_t pid, int status);
size_t exec_poll_fds(struct pollfd *fds, size_t room);
void exec_handle(const struct pollfd *fds, size_t count);
uint64_t exec_deadline(void);
void exec_expire(void);

/* session.c */
void session_open(const struct config *config, const uint8_t *payload, size_t length);
void session_credit(const uint8_t *payload, size_t length);
void session_resize(const uint8_t *payload, size_t length);
void session_hang_up(const uint8_t *payload, size_t length);
/* Another host greets: nobody is left to read what the sessions of the former one say. */
void session_abandon_all(void);

/* pty.c */
bool open_terminal(int *leader, int *follower, unsigned columns, unsigned rows);
void resize_terminal(int leader, unsigned columns, unsigned rows);
/* Every process of a session, also those a shell put into groups of their own. Returns how many there are. */
int signal_session(pid_t leader, int signal);

/* workload.c */
void workload_configure(const struct config *config);
int workload_state(void);
void workload_secrets(const uint8_t *payload, size_t length);
void workload_clear_secrets(void);
void workload_go(void);
void workload_stop(uint32_t grace_ms);
bool workload_reaped(pid_t pid, int status);
size_t workload_poll_fds(struct pollfd *fds, size_t room);
void workload_handle(const struct pollfd *fds, size_t count);
uint64_t workload_deadline(void);
void workload_expire(void);
void workload_report(void);
void workload_exit_acked(void);
const struct config *workload_config(void);

#endif
