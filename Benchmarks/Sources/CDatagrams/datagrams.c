// recvmmsg, sendmmsg and ppoll are GNU extensions, which Swift's Glibc module does not show.
#define _GNU_SOURCE
#include "datagrams.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64 };

int datagrams_send(int socket, const uint8_t *bytes, const uint16_t *lengths, int count) {
    struct mmsghdr messages[MOST];
    struct iovec parts[MOST];
    if (count > MOST) count = MOST;
    memset(messages, 0, sizeof(messages[0]) * (size_t)count);
    for (int index = 0; index < count; index++) {
        parts[index].iov_base = (void *)bytes;
        parts[index].iov_len = lengths[index];
        messages[index].msg_hdr.msg_iov = &parts[index];
        messages[index].msg_hdr.msg_iovlen = 1;
        bytes += lengths[index];
    }
    int sent = sendmmsg(socket, messages, (unsigned)count, MSG_DONTWAIT);
    return sent < 0 ? -errno : sent;
}

int datagrams_receive(int socket, uint8_t *bytes, uint16_t *lengths, int room, int count) {
    struct mmsghdr messages[MOST];
    struct iovec parts[MOST];
    if (count > MOST) count = MOST;
    memset(messages, 0, sizeof(messages[0]) * (size_t)count);
    for (int index = 0; index < count; index++) {
        parts[index].iov_base = bytes + index * room;
        parts[index].iov_len = (size_t)room;
        messages[index].msg_hdr.msg_iov = &parts[index];
        messages[index].msg_hdr.msg_iovlen = 1;
    }
    int received = recvmmsg(socket, messages, (unsigned)count, MSG_DONTWAIT, NULL);
    if (received < 0) return -errno;
    for (int index = 0; index < received; index++) lengths[index] = (uint16_t)messages[index].msg_len;
    return received;
}

int datagrams_connect(const char *address, uint16_t port) {
    int number = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (number < 0) return -errno;
    int size = 4 << 20;
    setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
    setsockopt(number, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, address, &peer.sin_addr) != 1) {
        close(number);
        return -EINVAL;
    }
    if (connect(number, (struct sockaddr *)&peer, sizeof(peer)) != 0) {
        int code = errno;
        close(number);
        return -code;
    }
    return number;
}

void datagrams_wait(const int *sockets, int count, int64_t microseconds) {
    struct pollfd waits[MOST];
    if (count > MOST) count = MOST;
    for (int index = 0; index < count; index++) waits[index] = (struct pollfd){.fd = sockets[index], .events = POLLIN};
    struct timespec time = {.tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000};
    ppoll(waits, (nfds_t)count, &time, NULL);
}
