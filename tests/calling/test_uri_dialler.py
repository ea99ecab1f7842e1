"""tel: and sip: go out and nothing comes back; a machine without a phone is a plain error."""

import pytest
from call_kit import NUMBER, OTHER, Clocks, Phone, permit, tel

from core.calling import CallFlow, Dialler, UriDialler
from core.domain.call import CallState
from core.domain.errors import DialFailed
from core.domain.text import Lang


@pytest.mark.parametrize(
    ("dialler", "uri"),
    [
        (lambda phone: UriDialler("tel", phone.open_uri), f"tel:{NUMBER}"),
        (lambda phone: UriDialler("tel", phone.open_uri, prefix="9"), f"tel:9{NUMBER}"),
        (lambda phone: UriDialler("sip", phone.open_uri), f"sip:{NUMBER}"),
        (lambda phone: UriDialler("sip", phone.open_uri, sip_domain="pbx.local"), f"sip:{NUMBER}@pbx.local"),
    ],
)
def test_the_number_is_handed_to_the_systems_phone(dialler: object, uri: str) -> None:
    phone = Phone()
    made: Dialler = dialler(phone)
    made.dial(permit())
    assert phone.handed == [uri]
    assert made.capabilities == frozenset()


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="https"):
        UriDialler("https", Phone().open_uri)


def test_one_permit_dials_once() -> None:
    phone, once = Phone(), permit()
    tel(phone).dial(once)
    with pytest.raises(ValueError, match="used"):
        tel(phone).dial(once)
    assert len(phone.handed) == 1


def test_a_number_is_not_a_permit() -> None:
    phone = Phone()
    with pytest.raises(AttributeError):
        tel(phone).dial(OTHER)
    assert phone.handed == []


def test_a_machine_without_a_phone_says_so_and_the_call_has_not_begun() -> None:
    flow, clocks = CallFlow(), Clocks()
    with pytest.raises(DialFailed) as caught:
        flow.dial(tel(Phone(takes=False)), permit(), clocks.now)
    assert "设置" in caught.value.spoken(Lang.ZH)
    assert NUMBER not in str(caught.value)
    assert (flow.state, flow.begun) == (CallState.PREVIEW, False)
