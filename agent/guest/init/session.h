/* What exec.c and session.c share: the commands and terminals that run beside the process. */
#ifndef SHELLWEGO_SESSION_H
#define SHELLWEGO_SESSION_H

#include "init.h"

#define SESSIONS 16
#define CHUNK 16384
#define NEVER UINT64_MAX
#define UNLIMITED UINT32_MAX

struct session {
	uint32_t id;
	pid_t pid;
	int in, out[2];
	int32_t code;
	bool active, reaped, timed_out, input_ended, terminal, acknowledged, hung_up;
	uint32_t credit; /* bytes of output the host has room for */
	uint64_t deadline, kill_at;
	uint8_t *input;
	size_t input_used;
};

extern struct session sessions[SESSIONS];

/* exec.c */
void session_close(int *fd);
struct session *session_find(uint32_t id, bool active);
/* A free one, or NULL after the host was told why not. */
struct session *session_claim(uint32_t id);
void session_refuse(uint32_t id, int code, const char *reason);
void session_launch(const struct config *config, struct session *session, char **argv, const struct string_list *env, const uint8_t *size);
void session_finish(struct session *session);

/* session.c */
void session_acknowledge(const struct session *session, size_t taken);
void session_end_hung_up(struct session *session);

#endif
