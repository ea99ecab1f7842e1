"""Where the window's message stands: on the status line, over what nobody works with."""

from desktop import theme
from desktop.shell.footer import Footer
from desktop.widgets.banner import Banner

PAGE_EDGE_PX = 10
"""the margin that every page leaves above the status line: words of two lines reach into it"""

MOST_HIGH = 3
"""times the height of the status line: what is longer still ends in an ellipsis and is whole in its tool tip"""


def place_message(banner: Banner, footer: Footer) -> None:
    """Between the state of the sync and the tabs; longer words cover that all is well, and only then grow upward.

    The tabs are never covered, nor made narrower for it, and trouble with the sync stays in sight as long as it can."""
    line = footer.geometry()
    right = line.left() + footer.tabs_left - theme.px(4)
    low_enough = line.height() + theme.px(PAGE_EDGE_PX)
    left, height = 0, 0
    beside, over = line.left() + footer.state_right + theme.px(6), line.left() + footer.dot_right + theme.px(6)
    if footer.all_well and banner.height_at(right - beside) > line.height() >= banner.height_at(right - over):
        banner.setGeometry(over, line.top() + 1, right - over, line.height() - 1)
        banner.raise_()
        return
    for left in (beside, line.left() + theme.px(8)):
        height = max(banner.height_at(right - left), line.height() - 2)
        if height <= low_enough:
            break
    height = min(height, MOST_HIGH * line.height())
    banner.setGeometry(left, line.bottom() + 1 - height, right - left, height)
    banner.raise_()
