#pragma once

#include <stdint.h>

/// Sends up to 64 datagrams on a connected socket with one system call. They lie one after the other in `bytes`.
/// Gives how many were taken, or -errno.
int datagrams_send(int socket, const uint8_t *bytes, const uint16_t *lengths, int count);

/// Receives up to 64 datagrams without waiting; each has `room` bytes of `bytes`. Gives how many came, or -errno.
int datagrams_receive(int socket, uint8_t *bytes, uint16_t *lengths, int room, int count);

/// A UDP socket connected to an IPv4 address, with large buffers and without waiting. Gives the socket, or -errno.
int datagrams_connect(const char *address, uint16_t port);

/// Waits until one of the sockets has something, or for so many microseconds.
void datagrams_wait(const int *sockets, int count, int64_t microseconds);
