#include <fcntl.h>
#include <linux/random.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

static void write_console(const char *format, va_list arguments)
{
	char line[1024];
	int length = snprintf(line, sizeof(line), "shellwego-init: ");
	length += vsnprintf(line + length, sizeof(line) - (size_t)length - 2, format, arguments);
	if (length > (int)sizeof(line) - 2)
		length = (int)sizeof(line) - 2;
	line[length++] = '\n';
	int fd = open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (write(fd, line, (size_t)length) < 0)
		length = 0;
	close(fd);
}

void console(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	write_console(format, arguments);
	va_end(arguments);
}

/* PID 1 that ends makes the kernel panic: the host reads this line and the panic from the console. */
void fatal(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	write_console(format, arguments);
	va_end(arguments);
	_exit(1);
}

static uint64_t clock_ms(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t monotonic_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

uint64_t wall_ms(void)
{
	return clock_ms(CLOCK_REALTIME);
}

/* Small drift is slewed so that time never runs backwards for the app; a large one (first hello, restore) is stepped. */
void set_clock(uint64_t wall)
{
	int64_t difference = (int64_t)(wall - wall_ms());
	if (difference > -500 && difference < 500) {
		struct timeval slew = { 0, (suseconds_t)difference * 1000 };
		adjtime(&slew, NULL);
		return;
	}
	struct timespec time = { (time_t)(wall / 1000), (long)(wall % 1000) * 1000000 };
	clock_settime(CLOCK_REALTIME, &time);
}

/* A guest that was asleep knows the same pool as the file it was kept in. */
void stir_random(const uint8_t *bytes, size_t length)
{
	struct {
		struct rand_pool_info info;
		uint8_t bytes[64];
	} pool = { 0 };
	if (length == 0)
		return;
	if (length > sizeof(pool.bytes))
		length = sizeof(pool.bytes);
	pool.info.entropy_count = (int)length * 8;
	pool.info.buf_size = (int)length;
	memcpy(pool.info.buf, bytes, length);
	int fd = open("/dev/urandom", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	if (ioctl(fd, RNDADDENTROPY, &pool) < 0 || ioctl(fd, RNDRESEEDCRNG) < 0)
		console("the random numbers could not be renewed");
	close(fd);
	explicit_bzero(&pool, sizeof(pool));
}

uint64_t read_counter(const char *path, const char *key)
{
	FILE *file = fopen(path, "re");
	if (!file)
		return 0;
	char line[256];
	uint64_t value = 0;
	size_t length = strlen(key);
	while (fgets(line, sizeof(line), file)) {
		if (!strncmp(line, key, length)) {
			value = strtoull(line + length, NULL, 10);
			break;
		}
	}
	fclose(file);
	return value;
}

bool machine_is(const char *name, const char *value)
{
	const char *found = getenv(name);
	return found && !strcmp(found, value);
}

void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return;
	size_t length = strlen(text);
	if (write(fd, text, length) != (ssize_t)length)
		console("short write to %s", path);
	close(fd);
}
