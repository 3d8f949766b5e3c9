"""A PC/SC program against the card: run by the system's Python with pyscard. Prints one line a check; exits with 1 at the first failure."""
import sys
from smartcard.System import readers
from smartcard.util import toHexString
from smartcard.CardConnection import CardConnection

connection = readers()[0].createConnection()
connection.connect(CardConnection.T0_protocol)


def transmit(text):
    data, sw1, sw2 = connection.transmit(list(bytes.fromhex(text)))
    if sw1 == 0x61:
        data, sw1, sw2 = connection.transmit([int(text[:2], 16) & 0xF0 & 0x7F, 0xC0, 0, 0, sw2])
    if sw1 == 0x6C:
        data, sw1, sw2 = connection.transmit(list(bytes.fromhex(text[:8])) + [sw2])
    return bytes(data).hex(), "%02x%02x" % (sw1, sw2)


def check(what, got, expected):
    print("%-4s %s: %s" % ("ok" if got == expected else "FAIL", what, got))
    if got != expected:
        print("     expected %s" % (expected,))
        sys.exit(1)


def swapped(digits):
    digits += "f" * (len(digits) % 2)
    return "".join(digits[i + 1] + digits[i] for i in range(0, len(digits), 2))


atr = bytes(connection.getATR())
check("the answer to reset begins with 3B and its check byte is right", (atr[0], __import__("functools").reduce(lambda a, b: a ^ b, atr[1:])), (0x3B, 0))
check("SELECT EF.ICCID by path", transmit("00a40804022fe2")[1], "9000")
check("ICCID", transmit("00b000000a"), (swapped("8999700000000000013") , "9000"))
check("SELECT the USIM by the first seven bytes of its AID", transmit("00a4040407a0000000871002")[1], "9000")
check("SELECT EF.IMSI", transmit("00a40004026f07")[1], "9000")
check("IMSI is closed before the PIN", transmit("00b0000009")[1], "6982")
check("three tries left", transmit("0020000100")[1], "63c3")
check("a wrong PIN", transmit("002000010831313131ffffffff")[1], "63c2")
check("the right PIN", transmit("002000010830303030ffffffff")[1], "9000")
check("IMSI", transmit("00b0000009"), ("08" + swapped("9" + "999700000000001"), "9000"))
# 3GPP TS 35.208 test set 1: its RAND, RES and AK (aa689c648370). The set's own SQN is too far ahead of a new card's (TS 33.102, C.2.1), so
# AUTN is for SQN 33 with AMF 8000: MAC-A computed with an independent MILENAGE that gives the set's f1 for the set's SQN.
rand = "23553cbe9637a89d218ae64dae47bf35"
autn = "aa689c648351" + "8000" + "41ed662ae8c74ecd"
answer, status = transmit("0088008122" + "10" + rand + "10" + autn)
check("AUTHENTICATE", (answer[:2 + 2 + 16], status), ("db08" + "a54211d5e3ba50bf", "9000"))
check("the same challenge again is a synchronisation failure", transmit("0088008122" + "10" + rand + "10" + autn)[0][:4], "dc0e")
check("a wrong MAC", transmit("0088008122" + "10" + rand + "10" + autn[:-2] + "00")[1], "9862")
print("all checks passed")
