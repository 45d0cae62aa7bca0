"""The guard at the door: addresses, origins, paths, and what it answers over HTTP."""

import stat
from pathlib import Path

import pytest

from tests.dashboard.conftest import PASSWORD, TOKEN, Served, form_key
from worker import settings
from worker.dashboard import guard, tokens
from worker.dashboard.access import TRIES


@pytest.mark.parametrize(
    ("host", "password", "is_fine"),
    [
        ("127.0.0.1", "", True),
        ("localhost", "", True),
        ("::1", "", True),
        ("127.8.8.8", "", True),
        ("0.0.0.0", "", False),
        ("192.168.1.4", "", False),
        ("desk.example", "", False),
        ("0.0.0.0", "secret", True),
    ],
)
def test_other_machines_are_let_in_only_with_a_password(host: str, password: str, *, is_fine: bool) -> None:
    if is_fine:
        guard.check_binding(host, password)
        return
    with pytest.raises(settings.WrongSettings, match=r"dashboard\.password must be set"):
        guard.check_binding(host, password)


@pytest.mark.parametrize(
    ("header", "host", "url", "is_known"),
    [
        ("127.0.0.1:8600", "127.0.0.1", "", True),
        ("localhost", "127.0.0.1", "", True),
        ("LOCALHOST:8600", "127.0.0.1", "", True),
        ("[::1]:8600", "127.0.0.1", "", True),
        ("evil.example", "127.0.0.1", "", False),
        ("127.0.0.1.evil.example", "127.0.0.1", "", False),
        ("", "127.0.0.1", "", False),
        ("[", "127.0.0.1", "", False),
        ("desk.example", "127.0.0.1", "https://desk.example/", True),
        ("192.168.1.4:8600", "0.0.0.0", "", True),
        ("evil.example", "0.0.0.0", "", False),
        ("192.168.1.4", "127.0.0.1", "", False),
    ],
)
def test_a_name_that_is_not_ours_is_not_answered(header: str, host: str, url: str, *, is_known: bool) -> None:
    assert guard.is_known_host(header, host, url) is is_known


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),
        ({"Origin": "http://localhost:8600"}, True),
        ({"Origin": "https://desk.example"}, True),
        ({"Origin": "http://localhost:9999"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8600"}, False),
    ],
)
def test_what_another_site_sends_is_told_apart(headers: dict[str, str], *, is_ours: bool) -> None:
    assert guard.is_same_origin(headers.items(), "localhost:8600", "https://desk.example") is is_ours


@pytest.mark.parametrize(
    ("asked", "safe"),
    [
        ("/issues/3?limit=2", "/issues/3?limit=2"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/login?next=/", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_a_path_to_go_on_to_stays_here(asked: str, safe: str) -> None:
    assert guard.safe_path(asked) == safe


def test_nothing_is_shown_without_a_token(desk: Served) -> None:
    with desk.anonymous() as client:
        for path in ("/", "/deliveries", "/issues/1", "/pages/1", "/health", "/nowhere"):
            assert (client.get(path).status_code, client.get(path).headers["location"][:12]) == (303, "/login?next=")
        for path in ("/api/v1/deliveries", "/api/v1/openapi.json", "/events"):
            assert client.get(path).status_code == 401


def test_only_that_it_lives_is_told_to_all(desk: Served) -> None:
    with desk.anonymous() as client:
        assert client.get("/healthz").text == "ok\n"


def test_a_link_with_the_token_signs_in_and_drops_the_token(desk: Served) -> None:
    with desk.anonymous() as client:
        answer = client.get("/issues/2", params={"limit": "3", "token": TOKEN})
        assert (answer.status_code, answer.headers["location"]) == (303, "/issues/2?limit=3")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert client.get("/issues/2").status_code == 200


def test_a_wrong_token_in_a_link_leads_to_the_login(desk: Served) -> None:
    with desk.anonymous() as client:
        answer = client.get("/issues/2", params={"token": "wrong"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fissues%2F2")


@pytest.mark.parametrize("secret", [TOKEN, PASSWORD, f" {TOKEN}\n"])
def test_the_login_takes_token_and_password_and_goes_on(desk: Served, secret: str) -> None:
    with desk.anonymous() as client:
        answer = client.post("/login", data={"secret": secret, "next": "/health"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/health")
        assert client.get("/health").status_code == 200


def test_guessing_is_stopped_for_login_and_api_alike(own_desk: Served) -> None:
    with own_desk.anonymous() as client:
        seen = [client.post("/login", data={"secret": "wrong"}).status_code for _ in range(TRIES + 1)]
        assert seen == [401] * TRIES + [429]
        answer = client.get("/api/v1/health", headers={"Authorization": "Bearer wrong"})
        assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
        assert client.post("/login", data={"secret": PASSWORD}).status_code == 429
        assert client.post("/login", data={"secret": TOKEN}).status_code == 303


def test_who_guesses_cannot_lock_out_who_knows_the_token(own_desk: Served) -> None:
    with own_desk.anonymous() as client, own_desk.program() as program:
        for _ in range(TRIES + 1):
            client.get("/", params={"token": "wrong"})
        assert client.get("/", params={"token": "wrong"}).status_code == 429
        assert program.get("/api/v1/health").status_code == 200


def test_a_wrong_bearer_is_told_in_one_sentence(desk: Served) -> None:
    with desk.anonymous() as client:
        answer = client.get("/api/v1/health", headers={"Authorization": "Bearer wrong"})
        assert (answer.status_code, answer.json()) == (401, {"detail": "The token is wrong."})
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_form_needs_the_key_of_its_session(own_desk: Served) -> None:
    path = f"/deliveries/{own_desk.seeded.failed}/retry"
    with own_desk.browser() as client, own_desk.browser() as other:
        assert client.post(path).status_code == 403
        assert client.post(path, data={"form_key": form_key(other.get("/"))}).status_code == 403
        key = form_key(client.get("/"))
        assert client.post(path, data={"form_key": key}, headers={"Origin": "https://evil.example"}).status_code == 403
        assert client.post(path, data={"form_key": key}).status_code == 303


def test_the_api_needs_the_form_key_from_a_browser_and_not_from_a_program(own_desk: Served) -> None:
    path = f"/api/v1/deliveries/{own_desk.seeded.failed}/retry"
    with own_desk.browser() as browser, own_desk.program() as program:
        assert browser.post(path).status_code == 403
        assert program.post(path).json() == {"retried": [f"d{own_desk.seeded.failed}"]}
        key = form_key(browser.get("/"))
        assert browser.post(path, headers={"X-Form-Key": key}).status_code == 409


def test_signing_out_ends_the_session(own_desk: Served) -> None:
    with own_desk.browser() as client:
        client.post("/logout", data={"form_key": form_key(client.get("/"))})
        assert client.get("/").status_code == 303


def test_a_rebound_name_gets_no_page(desk: Served) -> None:
    with desk.browser() as client:
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_every_answer_forbids_framing_sniffing_caching_and_scripts_of_others(desk: Served) -> None:
    with desk.browser() as client:
        for path in ("/", "/login", "/static/style.css", "/api/v1/deliveries", "/nowhere", "/healthz"):
            headers = client.get(path).headers
            assert {name: headers.get(name) for name in guard.HEADERS} == guard.HEADERS


def test_the_secrets_stay_the_same_and_are_their_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert tokens.token(folder) == tokens.token(folder)
    assert tokens.token(folder) != tokens.signing_key(folder)
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
