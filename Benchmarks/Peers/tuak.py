#!/usr/bin/env python3
"""TUAK of others, measured in turn with ours: f1 and f2 to f5 for numbered challenges. Run by bench-kernel with a pipe on both sides.

    tuak.py cryptomobile     CryptoMobile's TUAK (its Keccak in C); not on PyPI: Scripts/peers
    tuak.py shake            TUAK on pycryptodomex's SHAKE256 (in C), from PyPI: one iteration of TUAK is SHAKE256 of 96 bytes (TS 35.231, 7.2)

First a line "ready NAME VERSION". Then for each line "K TOPc COUNT" one line "NANOSECONDS SUM": the time of COUNT challenges, and the
exclusive or of all MACs, responses and keys. Exit code 77: not installed.
"""
import sys
import time
from importlib.metadata import version

which = sys.argv[1]
try:
    if which == "cryptomobile":
        from CryptoMobile.TUAK import TUAK

        package = "CryptoMobile"
    else:
        from Cryptodome.Hash import SHAKE256

        package = "pycryptodomex"
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(77)


class OnSHAKE256:
    """TS 35.231: every field with its bytes turned round, as the first 96 bytes of Keccak's state; the standard's padding is SHAKE's."""

    def set_topc(self, constant):
        self.constant = constant[::-1]

    def permuted(self, instance, random, sequence, management, key):
        message = self.constant + instance + b"0.1KAUT" + random[::-1] + management[::-1] + sequence[::-1] + key[::-1] + bytes(16)
        return SHAKE256.new(message).read(102)

    def f1(self, key, random, sequence, management):
        return self.permuted(b"\x08", random, sequence, management, key)[:8][::-1]

    def f2345(self, key, random):
        out = self.permuted(b"\x48", random, bytes(6), bytes(2), key)
        return out[:8][::-1], out[32:48][::-1], out[64:80][::-1], out[96:102][::-1]


peer = TUAK(None) if which == "cryptomobile" else OnSHAKE256()
print("ready", package, version(package), flush=True)
for line in sys.stdin:
    key, constant, count = line.split()
    key, count = bytes.fromhex(key), int(count)
    peer.set_topc(bytes.fromhex(constant))
    sequence, management, total = bytes(6), b"\x80\x00", 0
    start = time.perf_counter_ns()
    for index in range(count):
        random = index.to_bytes(16, "big")
        code = peer.f1(key, random, sequence, management)
        response, cipher, integrity, _ = peer.f2345(key, random)
        total ^= int.from_bytes(cipher, "big") ^ int.from_bytes(integrity, "big") ^ int.from_bytes(code, "big") ^ int.from_bytes(response, "big")
    spent = time.perf_counter_ns() - start
    print(spent, (total >> 64) ^ (total & 0xFFFF_FFFF_FFFF_FFFF), flush=True)
