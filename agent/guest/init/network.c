#include <arpa/inet.h>
#include <net/if.h>
#include <net/route.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "init.h"

static struct sockaddr inet_of(in_addr_t address)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_addr.s_addr = address };
	struct sockaddr result;
	memcpy(&result, &in, sizeof(result));
	return result;
}

static void bring_up(int sock, const char *name)
{
	struct ifreq request = { 0 };
	snprintf(request.ifr_name, IFNAMSIZ, "%s", name);
	if (ioctl(sock, SIOCGIFFLAGS, &request) == 0) {
		request.ifr_flags |= IFF_UP | IFF_RUNNING;
		ioctl(sock, SIOCSIFFLAGS, &request);
	}
}

static void set_address(int sock, const char *name, in_addr_t address, int prefix)
{
	struct ifreq request = { 0 };
	snprintf(request.ifr_name, IFNAMSIZ, "%s", name);
	request.ifr_addr = inet_of(address);
	if (ioctl(sock, SIOCSIFADDR, &request) < 0)
		console("cannot set the address of %s", name);
	request.ifr_netmask = inet_of(prefix ? htonl(~0u << (32 - prefix)) : 0);
	ioctl(sock, SIOCSIFNETMASK, &request);
}

static void add_default_route(int sock, in_addr_t gateway)
{
	struct rtentry route = { .rt_flags = RTF_UP | RTF_GATEWAY };
	route.rt_dst = inet_of(0);
	route.rt_genmask = inet_of(0);
	route.rt_gateway = inet_of(gateway);
	if (ioctl(sock, SIOCADDRT, &route) < 0)
		console("cannot add the default route");
}

/* Whatever the image holds there (a link into /run, say), these three belong to the platform. */
static void write_resolver(const struct config *config, const char *address)
{
	char text[1024];
	unlink("/etc/hosts");
	snprintf(text, sizeof(text), "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n%s\t%s\n", *address ? address : "127.0.1.1", config->hostname);
	write_file("/etc/hosts", text);
	unlink("/etc/hostname");
	snprintf(text, sizeof(text), "%s\n", config->hostname);
	write_file("/etc/hostname", text);
	if (!*config->dns)
		return;
	unlink("/etc/resolv.conf");
	snprintf(text, sizeof(text), "nameserver %s\n", config->dns);
	write_file("/etc/resolv.conf", text);
}

void setup_network(const struct config *config)
{
	char address[64];
	int prefix = 32;
	sethostname(config->hostname, strlen(config->hostname));
	snprintf(address, sizeof(address), "%s", config->address);
	char *slash = strchr(address, '/');
	if (slash) {
		*slash = '\0';
		prefix = atoi(slash + 1);
	}
	write_resolver(config, address);
	int sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (sock < 0)
		return;
	bring_up(sock, "lo");
	if (*address) {
		set_address(sock, "eth0", inet_addr(address), prefix);
		bring_up(sock, "eth0");
		if (*config->gateway)
			add_default_route(sock, inet_addr(config->gateway));
	}
	close(sock);
	write_file("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0\n");
	write_file("/proc/sys/net/ipv4/ping_group_range", "0 2147483647\n");
}
