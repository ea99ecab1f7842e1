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


def test_the_official_number_is_what_the_customer_is_to_see() -> None:
    # INTEG-06: asked at each dial, since the site may change it meanwhile
    phone, official = Phone(), ["10000"]
    dialler = UriDialler("sip", phone.open_uri, sip_domain="pbx.local", caller=lambda: official[-1])
    dialler.dial(permit())
    official.append("")
    dialler.dial(permit())
    shown = "?P-Preferred-Identity=%3Csip%3A10000%40pbx.local%3E"
    assert phone.handed == [f"sip:{NUMBER}@pbx.local{shown}", f"sip:{NUMBER}@pbx.local"]
    line = Phone()
    UriDialler("tel", line.open_uri, prefix="9", caller=lambda: "10000").dial(permit())
    assert line.handed == [f"tel:9{NUMBER}"], "the line that the prefix takes shows its own"


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
