#include "init.h"

uint32_t crc32_of(const uint8_t *bytes, size_t length)
{
	static uint32_t table[256];
	if (!table[1]) {
		for (uint32_t i = 0; i < 256; i++) {
			uint32_t value = i;
			for (int bit = 0; bit < 8; bit++)
				value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
			table[i] = value;
		}
	}
	uint32_t crc = ~0u;
	for (size_t i = 0; i < length; i++)
		crc = table[(crc ^ bytes[i]) & 0xFF] ^ (crc >> 8);
	return ~crc;
}

/* Needs length + length / 254 + 1 bytes in `to`. */
size_t cobs_encode(const uint8_t *from, size_t length, uint8_t *to)
{
	size_t code_at = 0, out = 1;
	uint8_t code = 1;
	for (size_t i = 0; i < length; i++) {
		if (from[i]) {
			to[out++] = from[i];
			code++;
		}
		if (!from[i] || code == 0xFF) {
			to[code_at] = code;
			code = 1;
			code_at = out++;
		}
	}
	to[code_at] = code;
	return out;
}

/* Returns 0 when the bytes are not COBS. `to` may be `from`. */
size_t cobs_decode(const uint8_t *from, size_t length, uint8_t *to)
{
	size_t out = 0;
	for (size_t i = 0; i < length;) {
		uint8_t code = from[i++];
		if (!code || i + code - 1 > length)
			return 0;
		for (uint8_t j = 1; j < code; j++)
			to[out++] = from[i++];
		if (code != 0xFF && i < length)
			to[out++] = 0;
	}
	return out;
}

void put_u32(uint8_t *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> (8 * i));
}

void put_u64(uint8_t *to, uint64_t value)
{
	put_u32(to, (uint32_t)value);
	put_u32(to + 4, (uint32_t)(value >> 32));
}

uint16_t get_u16(const uint8_t *from)
{
	return (uint16_t)(from[0] | from[1] << 8);
}

uint32_t get_u32(const uint8_t *from)
{
	return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

uint64_t get_u64(const uint8_t *from)
{
	return get_u32(from) | (uint64_t)get_u32(from + 4) << 32;
}
