#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

#define MAGIC "SWGCONF1"
#define CONFIG_MAX (16u << 20)

static void apply(struct config *config, const char *key, const char *value)
{
	if (!strcmp(key, "hostname"))
		config->hostname = value;
	else if (!strcmp(key, "address"))
		config->address = value;
	else if (!strcmp(key, "gateway"))
		config->gateway = value;
	else if (!strcmp(key, "dns"))
		config->dns = value;
	else if (!strcmp(key, "workdir"))
		config->workdir = value;
	else if (!strcmp(key, "user"))
		config->user = value;
	else if (!strcmp(key, "stop_signal"))
		config->stop_signal = atoi(value);
	else if (!strcmp(key, "arg"))
		list_add(&config->argv, value);
	else if (!strcmp(key, "volume"))
		list_add(&config->volumes, value);
	else if (!strcmp(key, "env"))
		list_set_env(&config->env, value);
}

static bool read_all(int fd, void *to, size_t length)
{
	char *at = to;
	while (length > 0) {
		ssize_t got = read(fd, at, length);
		if (got <= 0)
			return false;
		at += got;
		length -= (size_t)got;
	}
	return true;
}

/* The drive: magic, u32 length, then key NUL value NUL pairs. The text stays in memory: the config points into it. */
bool read_config(const char *device, struct config *config)
{
	uint8_t header[12];
	int fd = open(device, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	*config = (struct config){ .hostname = "localhost", .address = "", .gateway = "", .dns = "", .workdir = "/", .user = "", .stop_signal = 15 };
	bool ok = read_all(fd, header, sizeof(header)) && !memcmp(header, MAGIC, 8);
	uint32_t length = ok ? get_u32(header + 8) : 0;
	if (ok && length <= CONFIG_MAX) {
		char *text = must_alloc(NULL, length + 1);
		ok = read_all(fd, text, length);
		text[length] = '\0';
		for (uint32_t at = 0; ok && at < length;) {
			const char *key = text + at;
			at += (uint32_t)strlen(key) + 1;
			if (at >= length)
				break;
			apply(config, key, text + at);
			at += (uint32_t)strlen(text + at) + 1;
		}
	}
	close(fd);
	return ok && config->argv.count > 0;
}
