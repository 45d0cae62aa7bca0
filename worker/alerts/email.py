"""The channel to people's mailboxes, through an SMTP server."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal
from urllib.parse import quote

from worker.alerts.channel import PATIENCE, Refused, Unreachable
from worker.alerts.message import Notice, as_text, one_line


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server, and what it wants to know; without a user there is no login."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str = ""
    password: str = field(default="", repr=False)

    def connect(self) -> smtplib.SMTP:
        """Open a connection, encrypted and logged in as asked; raises what smtplib does."""
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=PATIENCE, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        try:
            if self.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True, slots=True)
class Email:
    """Sends each notice as one mail to all of `to`."""

    name: str
    server: Server
    sender: str
    to: tuple[str, ...]

    def send(self, notice: Notice) -> None:
        """Hand the mail to the server; taken for some people only, it is a failure that names the others."""
        mail = self._mail(notice)
        try:
            with self.server.connect() as server:
                left_out = server.send_message(mail, from_addr=self.sender, to_addrs=self.to)
        except smtplib.SMTPRecipientsRefused as failure:
            left_out = failure.recipients
        except smtplib.SMTPNotSupportedError as failure:
            raise Refused(f"The mail server cannot do what is asked of it: {failure}") from None
        except smtplib.SMTPResponseException as failure:
            raise self._answered(failure.smtp_code, failure.smtp_error) from None
        except ssl.SSLCertVerificationError as failure:
            raise Refused(f"The mail server is not who it says: {failure.verify_message}.") from None
        except UnicodeError:
            raise Refused("The host, user or password has characters that SMTP cannot carry.") from None
        except TimeoutError:
            raise Unreachable(f"The mail server did not answer within {PATIENCE} seconds.") from None
        except OSError as failure:  # SMTPException is one too
            reason = (failure.strerror or str(failure)).rstrip(".")
            raise Unreachable(f"The mail server could not be used: {reason}.") from None
        if left_out:
            raise self._left_out(left_out)

    def _mail(self, notice: Notice) -> EmailMessage:
        """Write the mail; a repeated one has the same Message-ID, so that a mailbox can tell."""
        mail = EmailMessage()
        try:
            mail["From"] = self.sender
            mail["To"] = ", ".join(self.to)
        except (ValueError, IndexError):
            raise Refused("An address is no mail address: look at sender and to.") from None
        domain = self.sender.rpartition("@")[2].strip("> ") or "jumpline"
        mail["Subject"] = one_line(notice.title)
        mail["Date"] = format_datetime(notice.created_at)
        mail["Message-ID"] = f"<{notice.key}.{quote(self.name, safe='')}@{quote(domain)}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(as_text(notice), charset="utf-8", cte="base64")
        return mail

    def _left_out(self, people: Mapping[str, tuple[int, bytes]]) -> Refused | Unreachable:
        """One answer that asks for another try is enough to try again for all: rather twice than never."""
        codes = [code for code, _ in people.values()]
        code, said = min(people.values())
        answered = self._answered(code, said)
        names = ", ".join(sorted(people))
        return type(answered)(f"{answered} It was for {names} ({len(codes)} of {len(self.to)}).")

    def _answered(self, code: int, said: bytes | str) -> Refused | Unreachable:
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        sentence = one_line(f"The mail server answered {code} {words}".rstrip(".")) + "."
        return Refused(sentence) if code >= 500 else Unreachable(sentence)
