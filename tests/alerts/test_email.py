"""Mail, against a real SMTP server."""

import socket
import threading
from dataclasses import replace

import pytest

from tests.alerts.test_message import notice
from tests.sinks import MailSink, free_port
from worker.alerts import message
from worker.alerts.channel import Refused, Unreachable
from worker.alerts.email import Email, Server

DESK, NIGHT = "desk@example.org", "night@example.org"


def mail(sink: MailSink, *to: str, sender: str = "jumpline@example.org") -> Email:
    return Email("mail", Server("127.0.0.1", sink.port, "none"), sender, to or (DESK,))


def test_a_notice_arrives_in_full(mail_sink: MailSink) -> None:
    mail(mail_sink, DESK, NIGHT, sender="Jumpline <jumpline@example.org>").send(notice())
    ((to, arrived),) = mail_sink.mails
    assert to == [DESK, NIGHT]
    assert arrived["Subject"] == notice().title
    assert arrived["To"] == f"{DESK}, {NIGHT}"
    assert arrived["From"] == "Jumpline <jumpline@example.org>"
    assert arrived["Date"].datetime == notice().created_at
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content_charset() == "utf-8"
    assert arrived.get_content().splitlines() == message.as_text(notice()).splitlines()


def test_a_repetition_can_be_told_by_its_message_id(mail_sink: MailSink) -> None:
    for _ in range(2):
        mail(mail_sink).send(notice())
    ids = [arrived["Message-ID"] for _, arrived in mail_sink.mails]
    assert ids == [f"<{'k' * 32}.mail@example.org>"] * 2


@pytest.mark.parametrize("title", ["a\r\nBcc: evil@example.org", "a\nb", "长" * 300, "a\u202eb"])
def test_a_title_cannot_add_headers(mail_sink: MailSink, title: str) -> None:
    mail(mail_sink).send(replace(notice(), title=title))
    ((to, arrived),) = mail_sink.mails
    assert (to, arrived["Bcc"], arrived.defects) == ([DESK], None, [])
    assert arrived["Subject"] == message.one_line(title)


@pytest.mark.parametrize(
    ("answer", "failure"),
    [("550 no such user", Refused), ("450 come again later", Unreachable), ("452 mailbox full", Unreachable)],
)
def test_the_servers_answer_says_whether_trying_again_can_help(
    mail_sink: MailSink, answer: str, failure: type[Exception]
) -> None:
    mail_sink.answers[DESK] = answer
    with pytest.raises(failure, match=rf"answered {answer}\. It was for desk@example.org \(1 of 1\)\.$"):
        mail(mail_sink).send(notice())
    assert mail_sink.mails == []


@pytest.mark.parametrize(("answer", "failure"), [("550 no such user", Refused), ("450 come again later", Unreachable)])
def test_mail_that_some_people_did_not_get_is_a_failure_that_names_them(
    mail_sink: MailSink, answer: str, failure: type[Exception]
) -> None:
    mail_sink.answers[NIGHT] = answer
    with pytest.raises(failure, match=r"for night@example.org \(1 of 2\)"):
        mail(mail_sink, DESK, NIGHT).send(notice())
    assert [to for to, _ in mail_sink.mails] == [[DESK]]


@pytest.mark.parametrize(("answer", "failure"), [("554 looks like spam", Refused), ("451 later", Unreachable)])
def test_a_mail_may_be_turned_away_as_a_whole(mail_sink: MailSink, answer: str, failure: type[Exception]) -> None:
    mail_sink.data = answer
    with pytest.raises(failure, match=answer):
        mail(mail_sink).send(notice())


def test_nobody_there_is_out_of_reach() -> None:
    with pytest.raises(Unreachable, match=r"^The mail server could not be used: Connection refused\.$"):
        mail(MailSink(free_port())).send(notice())


def test_a_server_that_hangs_up_is_out_of_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        hang_up = threading.Thread(target=lambda: server.accept()[0].close())
        hang_up.start()
        with pytest.raises(Unreachable, match="could not be used"):
            mail(MailSink(server.getsockname()[1])).send(notice())
        hang_up.join()


def test_a_server_without_encryption_is_refused_when_it_is_asked_for(mail_sink: MailSink) -> None:
    channel = Email("mail", Server("127.0.0.1", mail_sink.port, "starttls"), "jumpline@example.org", (DESK,))
    with pytest.raises(Refused, match="cannot do what is asked"):
        channel.send(notice())
    assert mail_sink.mails == []


@pytest.mark.parametrize("password", ["s3cret", "密码s3cret"])
def test_a_server_that_knows_no_login_is_a_failure_without_the_password(mail_sink: MailSink, password: str) -> None:
    channel = Email(
        "mail", Server("127.0.0.1", mail_sink.port, "none", "jumpline", password), "jumpline@example.org", (DESK,)
    )
    with pytest.raises((Refused, Unreachable)) as raised:
        channel.send(notice())
    assert "s3cret" not in str(raised.value) + repr(channel)


@pytest.mark.parametrize(
    ("sender", "to"), [("a\r\nBcc: b@example.org", DESK), ("jumpline@example.org", "a\r\nBcc: b@example.org")]
)
def test_an_address_that_is_none_is_refused(mail_sink: MailSink, sender: str, to: str) -> None:
    with pytest.raises(Refused):
        mail(mail_sink, to, sender=sender).send(notice())
    assert mail_sink.mails == []
