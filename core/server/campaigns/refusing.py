"""What is wrong with a campaign, said plainly before anybody is called."""

from core.domain.errors import InputError, Refused
from core.domain.text import Text

_TITLE = Text("活动不可用", "The campaign cannot be used")
_NEXT = Text("请改正后再试；没有客户被联系。", "Correct it and try again; no customer was contacted.")


def unusable(zh: str, en: str, *, next_step: Text = _NEXT) -> InputError:
    """The terms cannot be used as they are."""
    return InputError(title=_TITLE, message=Text(zh, en), next_step=next_step)


class Interrupted(InputError):
    """It was moved, or somebody else chooses for it, while its members were chosen."""

    def __init__(self) -> None:
        super().__init__(
            title=_TITLE,
            message=Text("选客户期间，活动被停下或改动了。", "It was stopped or changed while members were chosen."),
            next_step=_NEXT,
        )


class NoCampaign(InputError):
    """There is no campaign of that id."""

    def __init__(self, campaign_id: str) -> None:
        super().__init__(
            title=Text("没有这个活动", "No such campaign"),
            message=Text(f"没有活动“{campaign_id}”。", f"There is no campaign “{campaign_id}”."),
            next_step=Text("用 campaign list 查看现有活动。", "See those that there are with: campaign list."),
        )


class CampaignRefused(Refused):
    """The same words as an answer of the API."""

    def __init__(self, error: InputError) -> None:
        self.missing = isinstance(error, NoCampaign)
        super().__init__(code="campaign_refused", title=error.title, message=error.message, next_step=error.next_step)
