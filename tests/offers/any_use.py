"""Any plan of the catalogue, and any month of use, packs and further SIMs."""

from hypothesis import strategies as st

from core.content.plans import catalogue

KINDS = ("data", "directed", "off_peak")

any_plan = st.sampled_from(catalogue().plans)
figures = st.fixed_dictionaries(
    {
        "data_mb": st.integers(0, 200_000),
        "directed_mb": st.integers(0, 40_000),
        "off_peak_mb": st.integers(0, 40_000),
        "on_net_min": st.integers(0, 5_000),
        "off_net_min": st.integers(0, 5_000),
        "sms": st.integers(0, 1_000),
        "roaming_mb": st.integers(0, 5_000),
        "value_added_fen": st.integers(0, 5_000),
        "broadband_fen": st.sampled_from((0, 2_000)),
        "roaming_pack_fen": st.sampled_from((0, 0, 9_800)),
        "bonus_fen": st.sampled_from((0, 1_000, 99_000)),
        "minimum_fen": st.sampled_from((0, 5_000, 20_000)),
        "packs": st.integers(0, 7),
        "members": st.sampled_from((0, 0, 1, 2, 4, 5)),
        "member_data_mb": st.integers(0, 90_000),
        "member_directed_mb": st.integers(0, 20_000),
        "member_off_peak_mb": st.integers(0, 20_000),
        "member_on_net_min": st.integers(0, 3_000),
        "member_off_net_min": st.integers(0, 3_000),
        "member_sms": st.integers(0, 500),
        "member_roaming_mb": st.integers(0, 2_000),
    }
).map(lambda use: use | {f"{of}data_mb": sum(use[f"{of}{kind}_mb"] for kind in KINDS) for of in ("", "member_")})
