#include <signal.h>
#include <string.h>

#include "session.h"

#define HANGUP_GRACE_MS 2000

/* The header of MSG_SESSION_OPEN is 19 bytes. */
void session_open(const struct config *config, const uint8_t *payload, size_t length)
{
	struct string_list argv = { 0 }, env = { 0 };
	if (length < 21 || payload[length - 1] != 0 || session_find(get_u32(payload), true))
		return;
	uint32_t id = get_u32(payload), timeout = get_u32(payload + 13);
	struct session *session = session_claim(id);
	if (!session)
		return;
	size_t assignments = get_u16(payload + 17);
	for (size_t at = 19; at < length; at += strlen((const char *)payload + at) + 1)
		list_add(env.count < assignments ? &env : &argv, (const char *)payload + at);
	*session = (struct session){
		.id = id, .active = true, .in = -1, .out = { -1, -1 }, .terminal = payload[4] & SESSION_TERMINAL, .acknowledged = true,
		.credit = get_u32(payload + 9), .deadline = timeout ? monotonic_ms() + timeout : NEVER,
	};
	if (!argv.count)
		session_refuse(id, 126, "no command");
	if (!argv.count)
		*session = (struct session){ 0 };
	else
		session_launch(config, session, argv.items, &env, payload + 5);
	list_clear(&argv);
	list_clear(&env);
}

void session_credit(const uint8_t *payload, size_t length)
{
	struct session *session = length < 8 ? NULL : session_find(get_u32(payload), true);
	if (session && session->credit != UNLIMITED)
		session->credit += get_u32(payload + 4);
}

void session_resize(const uint8_t *payload, size_t length)
{
	struct session *session = length < 8 ? NULL : session_find(get_u32(payload), true);
	if (session && session->terminal && session->out[0] >= 0)
		resize_terminal(session->out[0], get_u16(payload + 4), get_u16(payload + 6));
}

static void hang_up(struct session *session)
{
	if (session->hung_up)
		return;
	session->hung_up = true;
	session->kill_at = monotonic_ms() + HANGUP_GRACE_MS;
	signal_session(session->pid, SIGHUP);
	signal_session(session->pid, SIGCONT);
	session_close(&session->in);
	session_close(&session->out[0]);
	session_close(&session->out[1]);
}

void session_hang_up(const uint8_t *payload, size_t length)
{
	struct session *session = length < 4 ? NULL : session_find(get_u32(payload), true);
	if (session && session->acknowledged)
		hang_up(session);
}

void session_abandon_all(void)
{
	for (int i = 0; i < SESSIONS; i++)
		if (sessions[i].active && sessions[i].acknowledged)
			hang_up(&sessions[i]);
}

void session_acknowledge(const struct session *session, size_t taken)
{
	uint8_t payload[8];
	if (!session->acknowledged || !taken)
		return;
	put_u32(payload, session->id);
	put_u32(payload + 4, (uint32_t)taken);
	channel_send(MSG_SESSION_TAKEN, payload, sizeof(payload));
}

/* Over when its last process is gone; those that stay are killed after the grace. */
void session_end_hung_up(struct session *session)
{
	if (monotonic_ms() >= session->kill_at)
		signal_session(session->pid, SIGKILL);
	if (session->reaped && !signal_session(session->pid, 0))
		session_finish(session);
}
