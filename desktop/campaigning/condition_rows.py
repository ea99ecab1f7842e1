"""The tree of a rule as rows: groups and comparisons, changed by keyboard or mouse, each indented by its depth."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.rule_draft import BARE, OPS, Group, Joint, Leaf, Op
from core.domain.indicator import IndicatorType
from core.domain.text import filled
from desktop import theme
from desktop.campaigning import rule_words as words
from desktop.keys.caps import cap
from desktop.keys.planning import RULING, Ruling
from desktop.tongue import Tongue
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

INDENT, OP_WIDTH, VALUE_WIDTH, JOINT_WIDTH, UNIT_WIDTH = 20, 116, 104, 150, 60


class ConditionRows(QWidget):
    """`changed`: a bound or comparison is another; `reshaped`: a row came or went, so that all are made anew."""

    changed = Signal()
    reshaped = Signal()

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()

        self._tongue = tongue
        self._rows: list[QWidget] = []
        self._root, self._into = Group(), Group()
        self._shape: tuple[object, ...] = ()
        self.fields: dict[Leaf, QWidget] = {}
        """what the bound of each comparison is typed in"""
        self._owner: dict[QWidget, tuple[Group, Leaf | Group]] = {}
        """rows that can be removed, with what they stand for and the group it is in"""
        self.before: QWidget | None = None
        """what has the keys before the first row does: rows are made anew, and Tab goes on through them"""
        self._choose: Callable[[Group], None] = lambda _group: None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))

    def show_tree(self, root: Group, into: Group, choose: Callable[[Group], None]) -> None:
        """`into` takes the next condition, `choose` tells of another group that shall. Rows that stand stay, and with
        them what is being typed."""
        self._root, self._into, self._choose = root, into, choose
        shape = (self._tongue.lang, id(into), *_shape(root))
        if shape == self._shape:
            return
        self._shape = shape
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.fields, self._owner = [], {}, {}
        self._add_group(root, None, 0)
        self._order_keys()

    def _order_keys(self) -> None:
        last, direct = self.before, Qt.FindChildOption.FindDirectChildrenOnly
        for part in (part for row in self._rows for part in row.findChildren(QWidget, options=direct)):
            if last is not None and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(last, part)
                last = part

    def nest(self) -> None:
        """A group in the group that takes the next condition."""
        self._nest(self._into)

    def remove_in_hand(self) -> None:
        """The row that has the keys goes; the one above it has them then."""
        at = next((at for at, row in enumerate(self._rows) if row.isAncestorOf(self.focusWidget() or self)), -1)
        if at >= 0 and self._rows[at] in self._owner:
            self._remove(*self._owner[self._rows[at]])
            above = self._rows[min(at - 1, len(self._rows) - 1)]
            above.findChildren(ChoiceBox)[0].setFocus()

    def focus(self, leaf: Leaf) -> None:
        """The keys go to what is to be typed next for that comparison."""
        field = self.fields.get(leaf)
        if field is not None:
            field.setFocus()

    def _add(self, row: QWidget) -> None:
        self._rows.append(row)
        self._column.addWidget(row)
        # Shown by the layout alone it would come too late to take the keys.
        row.show()

    def _add_group(self, group: Group, parent: Group | None, depth: int) -> None:
        self._add(self._group_row(group, parent, depth))
        for part in group.parts:
            if isinstance(part, Group):
                self._add_group(part, group, depth + 1)
            else:
                self._add(self._leaf_row(part, group, depth + 1))
        if not group.parts and parent is None:
            self._add(Label(self._tongue(words.NO_CONDITION), size=13, tone=Tone.MUTED))

    def _line(self, depth: int) -> tuple[QWidget, QHBoxLayout]:
        row = QWidget()

        line = QHBoxLayout(row)
        line.setContentsMargins(theme.px(INDENT * depth), 0, 0, 0)
        line.setSpacing(theme.px(6))
        return row, line

    def _group_row(self, group: Group, parent: Group | None, depth: int) -> QWidget:
        row, line = self._line(depth)
        say = self._tongue
        joint = ChoiceBox()
        joint.setFixedWidth(theme.px(JOINT_WIDTH))
        joint.addItems([say(words.JOINTS[one]) for one in Joint])
        joint.setCurrentIndex(list(Joint).index(group.joint))
        joint.setAccessibleName(say(words.MATCH_OF))
        joint.activated.connect(lambda at: self._join(group, list(Joint)[at]))
        line.addWidget(joint)
        here = self._button(say(words.ADD_HERE), lambda: self._take_into(group))
        here.setCheckable(True)
        here.setChecked(group is self._into)
        line.addWidget(here)
        line.addWidget(self._button(say(words.ADD_GROUP), lambda: self._nest(group), hint=cap(RULING[Ruling.GROUP][0])))
        line.addStretch(1)
        if parent is not None:
            line.addWidget(self._button(say(words.REMOVE), lambda: self._remove(parent, group)))
            self._owner[row] = (parent, group)
        return row

    def _leaf_row(self, leaf: Leaf, group: Group, depth: int) -> QWidget:
        row, line = self._line(depth)
        say, factor = self._tongue, leaf.factor
        label = Label(say(factor.label), bold=True)
        label.setToolTip(f"{say(factor.group)} · {factor.name}")
        line.addWidget(label, 1)
        op = ChoiceBox()
        op.setFixedWidth(theme.px(OP_WIDTH))
        op.addItems([say(words.OPS[one]) for one in OPS[factor.kind]])
        op.setCurrentIndex(OPS[factor.kind].index(leaf.op))
        op.setAccessibleName(say(filled(words.COMPARED, factor=factor.label)))
        line.addWidget(op)
        value = self._value(leaf)
        # Shown before it stands in its row it would be a window of its own.
        if leaf.op in BARE:
            value.hide()
        value.setFixedWidth(theme.px(VALUE_WIDTH))
        value.setAccessibleName(say(filled(words.VALUE, factor=factor.label)))
        line.addWidget(value)
        unit = words.YUAN if factor.kind is IndicatorType.FEN else factor.unit
        unit_label = Label(say(unit) if unit else "", size=13, tone=Tone.MUTED)
        unit_label.setFixedWidth(theme.px(UNIT_WIDTH))
        line.addWidget(unit_label)
        line.addWidget(
            self._button("✕", lambda: self._remove(group, leaf), say(words.REMOVE), cap(RULING[Ruling.REMOVE][0]))
        )
        op.activated.connect(lambda at: self._compare(leaf, OPS[factor.kind][at], value))
        self.fields[leaf] = op if leaf.op in BARE else value
        self._owner[row] = (group, leaf)
        return row

    def _value(self, leaf: Leaf) -> QWidget:
        kind, say = leaf.factor.kind, self._tongue
        if kind is IndicatorType.YES_NO:
            return self._choice(leaf, [("true", say(words.YES)), ("false", say(words.NO))])
        if leaf.factor.choices and leaf.op is not Op.IN:
            return self._choice(leaf, [(one.zh, say(one)) for one in leaf.factor.choices])
        field = QLineEdit(leaf.typed)
        field.textEdited.connect(lambda text: self._typed(leaf, text))
        field.setToolTip("、".join(say(one) for one in leaf.factor.choices))
        return field

    def _choice(self, leaf: Leaf, options: list[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox()
        box.addItems([label for _code, label in options])
        codes = [code for code, _label in options]
        if leaf.typed not in codes:
            leaf.typed = codes[0]
        box.setCurrentIndex(codes.index(leaf.typed))
        box.activated.connect(lambda at: self._typed(leaf, codes[at]))
        return box

    def _button(self, text: str, act: Callable[[], None], name: str = "", hint: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.setProperty("kind", "plain")
        button.setAccessibleName(name or text)
        button.clicked.connect(act)
        return button

    # What is done

    def _join(self, group: Group, joint: Joint) -> None:
        group.joint = joint
        self.changed.emit()

    def _typed(self, leaf: Leaf, text: str) -> None:
        leaf.typed = text
        self.changed.emit()

    def _compare(self, leaf: Leaf, op: Op, value: QWidget) -> None:
        among = Op.IN in (op, leaf.op) and op is not leaf.op
        leaf.op = op
        value.setVisible(op not in BARE)
        if among:
            self.reshaped.emit()
        else:
            self.changed.emit()

    def _take_into(self, group: Group) -> None:
        self._choose(group)
        self.reshaped.emit()

    def _nest(self, group: Group) -> None:
        inner = Group(Joint.ANY if group.joint is Joint.ALL else Joint.ALL)
        group.parts.append(inner)
        self._take_into(inner)

    def _remove(self, group: Group, part: Leaf | Group) -> None:
        group.parts.remove(part)
        self._choose(self._root)
        self.reshaped.emit()


def _shape(group: Group) -> list[object]:
    """Another one wherever a row came, went or compares otherwise."""
    found: list[object] = [id(group), group.joint]
    for part in group.parts:
        found += _shape(part) if isinstance(part, Group) else [id(part), part.op]
    return [*found, None]
