/*
 * Tries ways that ought to be closed, as a hostile program inside a machine would. Each argument is one try; all run side by side, and after a
 * while one line each says what came back: an answer's text, "refused", or "-" for silence.
 *
 *   tcp HOST PORT                      udp HOST PORT                shout HOST PORT        (UDP to a broadcast address)
 *   forge SENDER HOST PORT             UDP over IPv4 with that sender; the kernel chooses the way
 *   frame SMAC DMAC SENDER HOST PORT   the same as a frame of its own (IPv4 or IPv6)
 *   arp SMAC ADDRESS SHA               announces that ADDRESS lives at SHA, as question and as answer
 *   tag0-frame, tag0-arp               the same in a frame with VLAN tag 0
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/udp.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST 64
#define WAIT_MS 1000
#define TEXT "let me in"

struct try {
	int sock;
	char answer[64];
};

static void *at(unsigned char *bytes, int offset) { return bytes + offset; }

static uint16_t checksum(const unsigned char *bytes, int length, uint32_t sum)
{
	for (int i = 0; i + 1 < length; i += 2)
		sum += (uint32_t)(bytes[i] << 8 | bytes[i + 1]);
	if (length % 2)
		sum += (uint32_t)(bytes[length - 1] << 8);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons((uint16_t)~sum);
}

static void mac_of(const char *text, unsigned char *mac)
{
	unsigned int part[6] = { 0 };
	sscanf(text, "%x:%x:%x:%x:%x:%x", &part[0], &part[1], &part[2], &part[3], &part[4], &part[5]);
	for (int i = 0; i < 6; i++)
		mac[i] = (unsigned char)part[i];
}

/* UDP in IPv4 or IPv6 from `sender`; returns its length. */
static int packet_of(unsigned char *packet, const char *sender, const char *host, int port)
{
	const int size = sizeof(struct udphdr) + sizeof(TEXT) - 1;
	if (strchr(host, ':')) {
		struct ip6_hdr ip = { .ip6_flow = htonl(6u << 28), .ip6_plen = htons(size), .ip6_nxt = IPPROTO_UDP, .ip6_hlim = 64 };
		inet_pton(AF_INET6, sender, &ip.ip6_src);
		inet_pton(AF_INET6, host, &ip.ip6_dst);
		struct udphdr udp = { .source = htons(4711), .dest = htons(port), .len = htons(size) };
		memcpy(packet, &ip, 40);
		memcpy(at(packet, 40), &udp, 8);
		memcpy(at(packet, 48), TEXT, sizeof(TEXT) - 1);
		udp.check = checksum(packet + 8, 32 + size, IPPROTO_UDP + size);
		memcpy(at(packet, 40), &udp, 8);
		return 40 + size;
	}
	struct iphdr ip = { .version = 4, .ihl = 5, .tot_len = htons(20 + size), .ttl = 64, .protocol = IPPROTO_UDP };
	inet_pton(AF_INET, sender, &ip.saddr);
	inet_pton(AF_INET, host, &ip.daddr);
	struct udphdr udp = { .source = htons(4711), .dest = htons(port), .len = htons(size) };
	memcpy(packet, &ip, 20);
	ip.check = checksum(packet, 20, 0);
	memcpy(packet, &ip, 20);
	memcpy(at(packet, 20), &udp, 8);
	memcpy(at(packet, 28), TEXT, sizeof(TEXT) - 1);
	return 20 + size;
}

static void send_frame(int tagged, const char *from, const char *to, uint16_t type, const unsigned char *body, int length)
{
	unsigned char frame[512];
	int head = 12;
	mac_of(to, frame);
	mac_of(from, frame + 6);
	if (tagged) {
		memcpy(frame + head, "\x81\x00\x00\x00", 4);
		head += 4;
	}
	frame[head++] = (unsigned char)(type >> 8);
	frame[head++] = (unsigned char)type;
	memcpy(frame + head, body, (size_t)length);
	struct sockaddr_ll where = { .sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex("eth0"), .sll_halen = 6 };
	mac_of(to, where.sll_addr);
	int sock = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
	if (sendto(sock, frame, (size_t)(head + length), 0, (struct sockaddr *)&where, sizeof(where)) < 0)
		perror("a frame was not sent");
	close(sock);
}

static void announce(int tagged, const char *from, const char *address, const char *holder)
{
	for (int operation = 1; operation <= 2; operation++) {
		unsigned char body[28] = { 0, 1, 8, 0, 6, 4, 0, (unsigned char)operation };
		mac_of(holder, body + 8);
		inet_pton(AF_INET, address, body + 14);
		mac_of("ff:ff:ff:ff:ff:ff", body + 18);
		inet_pton(AF_INET, address, body + 24);
		send_frame(tagged, from, "ff:ff:ff:ff:ff:ff", ETHERTYPE_ARP, body, sizeof(body));
	}
}

static void forge(char **word)
{
	unsigned char packet[256] = { 0 };
	int length = packet_of(packet, word[1], word[2], atoi(word[3])), on = 1;
	int sock = socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
	struct sockaddr_in to = { .sin_family = AF_INET };
	inet_pton(AF_INET, word[2], &to.sin_addr);
	setsockopt(sock, IPPROTO_IP, IP_HDRINCL, &on, sizeof(on));
	if (sendto(sock, packet, (size_t)length, 0, (struct sockaddr *)&to, sizeof(to)) < 0)
		perror("a forged packet was not sent");
	close(sock);
}

/* `fe80::1%eth0` names its interface. */
static socklen_t address_of(struct sockaddr_storage *to, char *host, int port)
{
	if (!strchr(host, ':')) {
		struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(port) };
		inet_pton(AF_INET, host, &four.sin_addr);
		memcpy(to, &four, sizeof(four));
		return sizeof(four);
	}
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	char *scope = strchr(host, '%');
	if (scope) {
		*scope = 0;
		six.sin6_scope_id = if_nametoindex(scope + 1);
	}
	inet_pton(AF_INET6, host, &six.sin6_addr);
	memcpy(to, &six, sizeof(six));
	return sizeof(six);
}

static void open_socket(struct try *try, char **word)
{
	struct sockaddr_storage to = { 0 };
	socklen_t size = address_of(&to, word[1], atoi(word[2]));
	int stream = !strcmp(word[0], "tcp"), on = 1;
	try->sock = socket(to.ss_family, (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK, 0);
	setsockopt(try->sock, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on));
	/* Who shouts is answered from other addresses. */
	if (!strcmp(word[0], "shout"))
		sendto(try->sock, TEXT, sizeof(TEXT) - 1, 0, (struct sockaddr *)&to, size);
	else if (connect(try->sock, (struct sockaddr *)&to, size) == 0 && !stream)
		send(try->sock, TEXT, sizeof(TEXT) - 1, 0);
}

static void begin(struct try *try, char *line)
{
	char *word[8] = { 0 };
	int count = 0;
	for (char *next = strtok(line, " "); next && count < 7; next = strtok(NULL, " "))
		word[count++] = next;
	try->sock = -1;
	strcpy(try->answer, "-");
	int tagged = count > 0 && !strncmp(word[0], "tag0-", 5);
	if (tagged)
		word[0] += 5;
	if (count == 6 && !strcmp(word[0], "frame")) {
		unsigned char packet[256] = { 0 };
		int length = packet_of(packet, word[3], word[4], atoi(word[5]));
		send_frame(tagged, word[1], word[2], strchr(word[4], ':') ? ETHERTYPE_IPV6 : ETHERTYPE_IP, packet, length);
	} else if (count == 4 && !strcmp(word[0], "arp"))
		announce(tagged, word[1], word[2], word[3]);
	else if (count == 4 && !strcmp(word[0], "forge"))
		forge(word);
	else if (count == 3)
		open_socket(try, word);
	else
		strcpy(try->answer, "not a try");
}

static void hear(struct try *try)
{
	char text[60];
	ssize_t got = recv(try->sock, text, sizeof(text) - 1, 0);
	if (got < 0 && (errno == EAGAIN || errno == ENOTCONN))
		return;
	if (got > 0)
		snprintf(try->answer, sizeof(try->answer), "%.*s", (int)got, text);
	else if (got < 0 && errno == ECONNREFUSED)
		strcpy(try->answer, "refused");
	else if (got == 0 || errno == ECONNRESET)
		strcpy(try->answer, "closed");
	close(try->sock);
	try->sock = -1;
}

static long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int main(int argc, char **argv)
{
	static struct try tries[MOST];
	int count = argc - 1 < MOST ? argc - 1 : MOST;
	for (int i = 0; i < count; i++)
		begin(&tries[i], argv[i + 1]);
	long left, end = now_ms() + WAIT_MS;
	while ((left = end - now_ms()) > 0) {
		struct pollfd polled[MOST];
		for (int i = 0; i < count; i++)
			polled[i] = (struct pollfd){ .fd = tries[i].sock, .events = POLLIN };
		if (poll(polled, (nfds_t)count, (int)left) <= 0)
			continue;
		for (int i = 0; i < count; i++)
			if (tries[i].sock >= 0 && polled[i].revents)
				hear(&tries[i]);
	}
	for (int i = 0; i < count; i++)
		printf("%s\n", tries[i].answer);
	return 0;
}
