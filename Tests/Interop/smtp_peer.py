#!/usr/bin/env python3
"""A mail server that shares no code with Holdfast (PyPI or Debian: aiosmtpd): STARTTLS and AUTH required unless told otherwise.

    smtp_peer.py --certificate cert.pem --key key.pem [--implicit] [--plain] [--user NAME --password WORD]

Standard output: the port, then one JSON object for each message: peer, user, tls, from, to, subject, date, id, body (decoded by
Python's own email package). Ends when standard input does. Exit code 77: aiosmtpd is not installed.
"""

import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    sys.exit(77)

parser = argparse.ArgumentParser()
parser.add_argument("--certificate", required=True)
parser.add_argument("--key", required=True)
parser.add_argument("--implicit", action="store_true", help="TLS from the first byte")
parser.add_argument("--plain", action="store_true", help="no TLS at all")
parser.add_argument("--user")
parser.add_argument("--password", default="")
parser.add_argument("--only-login", action="store_true", help="no AUTH PLAIN")
options = parser.parse_args()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(
            json.dumps(
                {
                    "user": (session.auth_data or b"").decode() if session.authenticated else None,
                    "tls": session.ssl is not None or options.implicit,
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "subject": message["Subject"],
                    "date": message["Date"].datetime.isoformat(),
                    "id": message["Message-ID"],
                    "defects": [str(defect) for defect in message.defects],
                    "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
                    "body": message.get_content(),
                }
            ),
            flush=True,
        )
        return "250 2.0.0 queued as 1"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login.decode() == options.user and data.password.decode() == options.password
    return AuthResult(success=right, handled=False, auth_data=data.login if right else None)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(options.certificate, options.key)
    starts_tls = not options.implicit and not options.plain

    def make():
        return SMTP(
            Handler(),
            hostname="peer.test",
            tls_context=context if starts_tls else None,
            require_starttls=starts_tls,
            authenticator=authenticate if options.user else None,
            auth_required=bool(options.user),
            # Under TLS from the first byte aiosmtpd does not know of it.
            auth_require_tls=starts_tls,
            auth_exclude_mechanism=["PLAIN"] if options.only_login else [],
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", 0, ssl=context if options.implicit else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
