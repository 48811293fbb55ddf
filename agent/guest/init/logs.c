#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "init.h"

#define LINE_MAX_BYTES 16384
#define BATCH_MAX 32768
#define LINE_HEADER 21

struct line {
	struct line *next;
	uint64_t seq, at_ms;
	uint32_t length;
	uint8_t stream;
	char text[];
};

/* Oldest unacknowledged line first; `unsent` is the first the current host has not been told. */
static struct line *oldest, *newest, *unsent;
static uint64_t last_seq, acked_seq, told_seq;
static size_t used, limit;
static struct {
	char text[LINE_MAX_BYTES];
	size_t length;
} partial[2];

void logs_init(void)
{
	uint64_t memory = read_counter("/proc/meminfo", "MemTotal:") * 1024;
	limit = memory / 64 > (8u << 20) ? 8u << 20 : memory / 64 < (512u << 10) ? 512u << 10 : memory / 64;
}

static void drop_oldest(void)
{
	struct line *gone = oldest;
	oldest = gone->next;
	if (unsent == gone)
		unsent = oldest;
	if (!oldest)
		newest = NULL;
	used -= sizeof(*gone) + gone->length;
	free(gone);
}

void logs_add(int stream, const char *text, size_t length)
{
	struct line *line = must_alloc(NULL, sizeof(*line) + length);
	*line = (struct line){ .seq = ++last_seq, .at_ms = wall_ms(), .length = (uint32_t)length, .stream = (uint8_t)stream };
	memcpy(line->text, text, length);
	if (newest)
		newest->next = line;
	else
		oldest = line;
	newest = line;
	if (!unsent)
		unsent = line;
	used += sizeof(*line) + length;
	while (used > limit)
		drop_oldest();
}

void logs_text(const char *format, ...)
{
	char text[1024];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	logs_add(STREAM_SYSTEM, text, length < (int)sizeof(text) ? (size_t)length : sizeof(text) - 1);
}

static void flush_one(int stream)
{
	if (partial[stream - 1].length > 0)
		logs_add(stream, partial[stream - 1].text, partial[stream - 1].length);
	partial[stream - 1].length = 0;
}

void logs_flush_partial(void)
{
	flush_one(STREAM_STDOUT);
	flush_one(STREAM_STDERR);
}

void logs_feed(int stream, const char *bytes, size_t length)
{
	while (length > 0) {
		char *buffer = partial[stream - 1].text;
		size_t *filled = &partial[stream - 1].length;
		const char *end = memchr(bytes, '\n', length);
		size_t part = end ? (size_t)(end - bytes) : length;
		if (part > LINE_MAX_BYTES - *filled) {
			part = LINE_MAX_BYTES - *filled;
			end = NULL;
		}
		memcpy(buffer + *filled, bytes, part);
		*filled += part;
		if (end) {
			logs_add(stream, buffer, *filled);
			*filled = 0;
			part++;
		} else if (*filled == LINE_MAX_BYTES) {
			flush_one(stream);
		}
		bytes += part;
		length -= part;
	}
}

void logs_ack(uint64_t seq)
{
	if (seq > last_seq)
		seq = last_seq;
	if (seq > acked_seq)
		acked_seq = seq;
	while (oldest && oldest->seq <= acked_seq)
		drop_oldest();
	if (told_seq < acked_seq)
		told_seq = acked_seq;
}

void logs_rewind(void)
{
	unsent = oldest;
	told_seq = acked_seq;
}

bool logs_all_acked(void)
{
	return acked_seq == last_seq;
}

static void send_gap(uint64_t first, uint64_t last)
{
	uint8_t payload[16];
	put_u64(payload, first);
	put_u64(payload + 8, last);
	channel_send(MSG_GAP, payload, sizeof(payload));
}

void logs_send(void)
{
	static uint8_t batch[BATCH_MAX];
	while (unsent && channel_room() > BATCH_MAX + 1024) {
		size_t filled = 0;
		if (unsent->seq > told_seq + 1)
			send_gap(told_seq + 1, unsent->seq - 1);
		for (; unsent && filled + LINE_HEADER + unsent->length <= BATCH_MAX; unsent = unsent->next) {
			uint8_t *at = batch + filled;
			put_u64(at, unsent->seq);
			put_u64(at + 8, unsent->at_ms);
			at[16] = unsent->stream;
			put_u32(at + 17, unsent->length);
			memcpy(at + LINE_HEADER, unsent->text, unsent->length);
			filled += LINE_HEADER + unsent->length;
			told_seq = unsent->seq;
		}
		channel_send(MSG_LOGS, batch, filled);
	}
}
