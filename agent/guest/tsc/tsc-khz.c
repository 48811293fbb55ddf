/* Prints the frequency of this machine's time stamp counter in kHz, measured against CLOCK_MONOTONIC_RAW (dmesg may be forbidden). */
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <x86intrin.h>

#define WINDOW_NS 250000000ull

struct sample {
	uint64_t ticks, ns;
};

static uint64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC_RAW, &now);
	return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

/* The reading with the least time between two counter reads is the one that was not interrupted. */
static struct sample take(void)
{
	struct sample best = { 0, 0 };
	uint64_t shortest = UINT64_MAX;
	for (int i = 0; i < 200; i++) {
		uint64_t before = __rdtsc(), ns = now_ns(), after = __rdtsc();
		if (after - before < shortest) {
			shortest = after - before;
			best = (struct sample){ before + (after - before) / 2, ns };
		}
	}
	return best;
}

int main(void)
{
	struct sample first = take(), last;
	struct timespec pause = { 0, (long)WINDOW_NS };
	nanosleep(&pause, NULL);
	last = take();
	printf("%llu\n", (unsigned long long)((double)(last.ticks - first.ticks) * 1e6 / (double)(last.ns - first.ns) + 0.5));
	return 0;
}
