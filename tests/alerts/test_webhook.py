"""The webhook, against a real HTTP server."""

import socket
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.alerts.test_message import notice
from tests.sinks import WebhookSink, free_port
from worker.alerts import addresses, message
from worker.alerts.channel import Refused, Unreachable
from worker.alerts.webhook import Webhook


def test_a_notice_arrives_as_json_under_its_key(webhook_sink: WebhookSink) -> None:
    Webhook("desk", webhook_sink.url, allow_private=True).send(notice())
    ((path, headers, body),) = webhook_sink.requests
    assert (path, body) == ("/hooks/s3cret", message.as_json(notice()))
    assert headers["Idempotency-Key"] == f"{'k' * 32}-desk"
    assert headers["Content-Type"] == "application/json"
    assert headers["Host"] == webhook_sink.url.split("/")[2]


def test_a_channels_name_may_be_chinese(webhook_sink: WebhookSink) -> None:
    Webhook("夜班", webhook_sink.url, allow_private=True).send(notice())
    assert webhook_sink.requests[0][1]["Idempotency-Key"] == f"{'k' * 32}-%E5%A4%9C%E7%8F%AD"


def test_a_user_and_password_in_the_address_are_used(webhook_sink: WebhookSink) -> None:
    Webhook("desk", webhook_sink.url.replace("//", "//desk:s3cret@"), allow_private=True).send(notice())
    assert webhook_sink.requests[0][1]["Authorization"] == "Basic ZGVzazpzM2NyZXQ="


def test_a_chinese_host_is_asked_for_by_its_network_name(webhook_sink: WebhookSink) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    url = webhook_sink.url.replace("127.0.0.1", "报纸.example.org")
    Webhook("desk", url, allow_private=True, resolve=resolve).send(notice())
    assert asked == ["报纸.example.org".encode("idna").decode()]


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_an_answer_below_300_takes_it(webhook_sink: WebhookSink, status: int) -> None:
    webhook_sink.statuses.append(status)
    Webhook("desk", webhook_sink.url, allow_private=True).send(notice())


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (301, Refused),
        (307, Refused),
        (400, Refused),
        (401, Refused),
        (404, Refused),
        (410, Refused),
        (408, Unreachable),
        (425, Unreachable),
        (429, Unreachable),
        (500, Unreachable),
        (503, Unreachable),
    ],
)
def test_other_answers_say_whether_trying_again_can_help(
    webhook_sink: WebhookSink, status: int, failure: type[Exception]
) -> None:
    webhook_sink.statuses.append(status)
    with pytest.raises(failure, match=f"^The webhook answered {status}:") as raised:
        Webhook("desk", webhook_sink.url, allow_private=True).send(notice())
    assert len(webhook_sink.requests) == 1  # a redirect is not followed
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    "address", ["", "hooks.example.org/s3cret", "ftp://127.0.0.1/s3cret", "http:///s3cret", "http://a:s3cret", "\x00"]
)
def test_a_wrong_address_is_refused_without_being_shown(address: str) -> None:
    with pytest.raises(Refused, match="must begin with") as raised:
        Webhook("desk", address).send(notice())
    assert "s3cret" not in str(raised.value)


def test_nobody_there_is_out_of_reach() -> None:
    with pytest.raises(Unreachable, match=r"^The webhook cannot be reached: Connection refused\.$"):
        Webhook("desk", f"http://127.0.0.1:{free_port()}/s3cret", allow_private=True).send(notice())


def test_a_server_that_hangs_up_is_out_of_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        hang_up = threading.Thread(target=lambda: server.accept()[0].close())
        hang_up.start()
        with pytest.raises(Unreachable, match="cannot be reached"):
            Webhook("desk", f"http://127.0.0.1:{server.getsockname()[1]}/s3cret", allow_private=True).send(notice())
        hang_up.join()


def no_address(host: str, port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_a_name_without_an_address_is_out_of_reach() -> None:
    with pytest.raises(Unreachable, match="has no address"):
        Webhook("desk", "http://hooks.example.org/s3cret", resolve=no_address).send(notice())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254", "2130706433"])
def test_private_addresses_are_refused_however_they_are_written(webhook_sink: WebhookSink, host: str) -> None:
    port = webhook_sink.url.split(":")[2]
    with pytest.raises(Refused, match="allow_private"):
        Webhook("desk", f"http://{host}:{port}").send(notice())
    assert webhook_sink.requests == []


def test_the_address_judged_is_the_one_connected_to(webhook_sink: WebhookSink) -> None:
    """A name that means something else a moment later gains nothing: it is asked for once."""
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    port = int(webhook_sink.url.split(":")[2].split("/")[0])
    Webhook("desk", f"http://hooks.example.org:{port}/s3cret", allow_private=True, resolve=resolve).send(notice())
    assert asked == [("hooks.example.org", port)]
    assert webhook_sink.requests[0][1]["Host"] == f"hooks.example.org:{port}"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%2", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_addresses_of_the_internet_are_public(address: str, public: bool) -> None:
    assert addresses.is_public(address) is public


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of hooks.example.org that nobody vouches for."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=hooks.example.org",
         "-keyout", str(file), "-out", str(file.with_suffix(".crt"))],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_text(file.read_text() + file.with_suffix(".crt").read_text())
    return file


def test_a_certificate_that_nobody_vouches_for_is_not_trusted_and_the_name_is_asked_for(certificate: Path) -> None:
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, this: names.append(name)
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        answer = threading.Thread(target=server.handle_request)
        answer.start()
        url = f"https://hooks.example.org:{server.server_port}/s3cret"
        with pytest.raises(Unreachable, match="cannot be reached: self-signed certificate"):
            Webhook("desk", url, allow_private=True, resolve=lambda host, port: ["127.0.0.1"]).send(notice())
        answer.join()
    assert names == ["hooks.example.org"]


def test_the_address_is_not_in_its_representation() -> None:
    assert "s3cret" not in repr(Webhook("desk", "https://hooks.example.org/s3cret"))
