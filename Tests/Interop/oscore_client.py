#!/usr/bin/env python3
"""Sends one heartbeat through an OSCORE client that shares no code with Holdfast (PyPI aiocoap) and prints the answer.

    pip install 'aiocoap[oscore]==0.4.17'
    oscore_client.py 127.0.0.1 5683 --secret HEX --salt HEX --sender HEX --recipient 53 HEARTBEAT_HEX

Standard output: the payload of a 2.xx answer as hex, or the code of any other ("4.04"). With --verbose what was sent and received, too.
Exit code: 0 a 2.xx answer under OSCORE, 1 another code under OSCORE, 2 a code without protection, 3 no answer, 4 wrong arguments,
77 aiocoap is not installed.
"""

import argparse
import asyncio
import logging
import socket
import sys
import time

try:
    import aiocoap
    import aiocoap.oscore as oscore
    from aiocoap.numbers import POST
except ImportError as error:
    print(f"aiocoap is missing: {error}", file=sys.stderr)
    sys.exit(77)


class Context(oscore.CanProtect, oscore.CanUnprotect, oscore.SecurityContextUtils):
    """A security context in memory: the caller answers for the sequence number (--sequence)."""

    alg_aead = oscore.algorithms["AES-CCM-16-64-128"]
    hashfun = oscore.hashfunctions["sha256"]
    id_context = None
    external_aad_is_group = False
    echo_recovery = None
    authenticated_claims = []

    def __init__(self, secret, salt, sender, recipient, sequence):
        self.sender_id = sender
        self.recipient_id = recipient
        self.derive_keys(salt, secret)
        self.sender_sequence_number = sequence
        self.recipient_replay_window = oscore.ReplayWindow(32, lambda: None)
        self.recipient_replay_window.initialize_empty()

    def post_seqnoincrease(self):
        pass


class Tap(asyncio.DatagramProtocol):
    """Passes datagrams on between aiocoap and the responder, and prints each: what the client really sends."""

    def __init__(self, remote, log):
        self.remote = remote
        self.log = log
        self.client = None
        self.inside = self.outside = None
        self.last = None

    def datagram_received(self, data, address):
        if address[:2] == self.remote:
            self.log("received", data)
            self.inside.sendto(data, self.client)
        else:
            self.client = address
            self.log("sent", data)
            self.last = data
            self.outside.sendto(data, self.remote)


def hexadecimal(text):
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("host", help="the responder's address")
    parser.add_argument("port", type=int)
    parser.add_argument("heartbeat", type=hexadecimal, help="the CBOR map, in hex")
    parser.add_argument("--secret", type=hexadecimal, required=True, help="OSCORE master secret")
    parser.add_argument("--salt", type=hexadecimal, default=b"", help="OSCORE master salt")
    parser.add_argument("--sender", type=hexadecimal, required=True, help="the card's identifier, five bytes")
    parser.add_argument("--recipient", type=hexadecimal, default=b"S", help="the responder's identifier (default 53)")
    parser.add_argument(
        "--sequence",
        type=int,
        default=time.time_ns() // 1_000_000 - 1_577_836_800_000,
        help="sender sequence number; never twice with one secret (default: milliseconds since 2020)",
    )
    parser.add_argument("--path", default="b")
    parser.add_argument("--count", type=int, default=1, help="send so many heartbeats, each a request of its own")
    parser.add_argument("--non", action="store_true", help="send non-confirmable requests")
    parser.add_argument("--repeat", action="store_true", help="send the last datagram once more, as it was, and print what comes back")
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


async def run(given):
    loop = asyncio.get_running_loop()

    def log(what, data):
        if given.verbose:
            print(f"{what} {len(data)} bytes: {data.hex()}", file=sys.stderr)

    context = Context(given.secret, given.salt, given.sender, given.recipient, given.sequence)
    try:
        remote = (await loop.getaddrinfo(given.host, given.port, type=socket.SOCK_DGRAM))[0][4][:2]
    except OSError as error:
        print(f"{given.host}: {error}", file=sys.stderr)
        return 4
    tap = Tap(remote, log)
    version6 = ":" in remote[0]
    local = "::1" if version6 else "127.0.0.1"
    tap.outside, _ = await loop.create_datagram_endpoint(lambda: tap, local_addr=("::" if version6 else "0.0.0.0", 0))
    tap.inside, _ = await loop.create_datagram_endpoint(lambda: tap, local_addr=(local, 0))
    port = tap.inside.get_extra_info("sockname")[1]
    base = f"coap://[{local}]:{port}" if version6 else f"coap://{local}:{port}"

    client = await aiocoap.Context.create_client_context()
    client.client_credentials[f"{base}/*"] = context
    status = 0
    try:
        for _ in range(given.count):
            request = aiocoap.Message(code=POST, uri=f"{base}/{given.path}", payload=given.heartbeat)
            if given.non:
                request.transport_tuning = aiocoap.Unreliable
            try:
                response = await asyncio.wait_for(client.request(request).response, given.timeout)
            except oscore.NotAProtectedMessage as error:
                answer = error.plain_message
                print(f"{answer.code.dotted} {answer.payload.decode('utf-8', 'replace')}".strip())
                return 2
            except (asyncio.TimeoutError, aiocoap.error.Error, OSError) as error:
                print(f"no answer: {error!r}", file=sys.stderr)
                return 3
            if response.code.is_successful():
                print(response.payload.hex())
            else:
                print(response.code.dotted)
                status = 1
        if given.repeat and tap.last is not None:
            again = loop.create_future()
            tap.log = lambda what, data: (log(what, data), what == "received" and not again.done() and again.set_result(data))
            tap.outside.sendto(tap.last, remote)
            try:
                print("again", (await asyncio.wait_for(again, given.timeout)).hex())
            except asyncio.TimeoutError:
                print("again: no answer", file=sys.stderr)
                return 3
        return status
    finally:
        await client.shutdown()
        tap.inside.close()
        tap.outside.close()


def main():
    logging.basicConfig(level=logging.CRITICAL)
    try:
        given = arguments()
    except SystemExit as stop:
        return 4 if stop.code else 0
    return asyncio.run(run(given))


if __name__ == "__main__":
    sys.exit(main())
