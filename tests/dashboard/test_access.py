"""Who may come in, and how often they may guess."""

from worker.dashboard.access import TRIES, WINDOW, Access, Tries

ACCESS = Access("token", "key", "password")


def test_only_the_token_is_the_token() -> None:
    assert [ACCESS.is_token(said) for said in ("token", "password", "", "Token", "\ud800")] == [True] + [False] * 4


def test_only_the_password_is_the_password() -> None:
    assert [ACCESS.is_password(said) for said in ("password", "token", "", "\ud800")] == [True] + [False] * 3


def test_without_a_password_nothing_is_one() -> None:
    assert Access("token", "key").is_password("") is False


def test_a_session_is_known_again() -> None:
    assert ACCESS.session(ACCESS.begin()) is not None


def test_a_session_that_was_altered_is_none() -> None:
    cookie = ACCESS.begin()
    assert [ACCESS.session(said) for said in (None, "", "x", cookie[:-1], "a" + cookie)] == [None] * 5


def test_sessions_end_when_the_password_changes() -> None:
    assert Access("token", "key", "another").session(ACCESS.begin()) is None


def test_a_form_key_belongs_to_its_session() -> None:
    key = ACCESS.form_key("one")
    assert (ACCESS.is_form_key("one", key), ACCESS.is_form_key("two", key), ACCESS.is_form_key("one", "é")) == (
        True,
        False,
        False,
    )


def test_after_too_many_wrong_answers_an_address_waits_until_the_first_is_old() -> None:
    tries = Tries()
    for second in range(TRIES):
        assert tries.wait("here", second) == 0
        tries.note("here", second)
    assert tries.wait("here", TRIES) == WINDOW - TRIES
    assert tries.wait("there", TRIES) == 0
    assert tries.wait("here", WINDOW + 1) == 0


def test_a_right_answer_begins_anew() -> None:
    tries = Tries()
    for _ in range(TRIES):
        tries.note("here", 0)
    tries.forget("here")
    assert tries.wait("here", 1) == 0
