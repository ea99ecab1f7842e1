"""`orders list|confirm|decline`: how orders stand, and customers' replies that came another way than by the gateway."""

import argparse
from collections.abc import Callable
from functools import partial

from core.domain.clock import CHINA
from core.domain.money import yuan
from core.domain.order_state import OPEN_ORDERS, OrderState, PlacedOrder, told_words
from core.server.commands.place import actor, opened
from core.server.commands.say import say
from core.wire.crm import Reply


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import orders
    from core.server.orders.telling import told_of

    states = [OrderState(options.state)] if options.state else list(OrderState if options.all else OPEN_ORDERS)
    with opened(options) as database, database.read() as unit:
        listed = orders.listed(unit, states, customer_id=options.customer, agent=options.agent, limit=options.limit)
        found = [(order, changed, told_words(told_of(unit, order))) for order, changed in listed.orders]
    for order, changed, words in found:
        when = f"{changed.astimezone(CHINA):%Y-%m-%d %H:%M}"
        price = yuan(order.order.price_fen)
        whose = order.agent if order.follower == order.agent else f"{order.agent}→{order.follower}"
        say("\t".join((str(order.id), when, whose, order.customer_id, order.order.product, price, order.state)))
        say(f"    {words.zh} / {words.en}")
    if not found:
        narrowed = options.state or options.customer or options.agent or options.all
        if narrowed:
            say("没有这样的订单。 / There is no such order.")
        else:
            say("没有在办的订单；办完的加 --all 看。 / No order is under way; --all lists those that ended too.")
    elif listed.count > len(found):
        say(
            f"共 {listed.count} 个，以上是最新的 {len(found)} 个；可加 --customer、--agent 或 --limit。"
            f" / The newest {len(found)} of {listed.count}; narrow it by --customer or --agent, or raise --limit."
        )


def run_reply(reply: Reply, options: argparse.Namespace) -> None:
    from core.server.orders.confirming import take_reply

    with opened(options) as database, database.write() as unit:
        done = take_reply(unit, options.id, reply, by=actor())
    assert done is not None
    _say(done)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("1 or more")
    return int(text)


def _say(done: PlacedOrder) -> None:
    if done.state is OrderState.DECLINED:
        say("已记录：客户不办，订单不会提交。 / On record: the customer declined, the order does not leave.")
    else:
        say("已记录：客户确认，订单将提交 CRM。 / On record: the customer confirmed, the order leaves for the CRM.")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|confirm|decline")
    listing = verbs.add_parser("list", help="orders that are under way, with their state")
    listing.add_argument("--all", action="store_true", help="those that are done as well")
    listing.add_argument("--state", choices=[state.value for state in OrderState], help="those in this state alone")
    listing.add_argument("--customer", default="", metavar="ID", help="this customer's alone")
    listing.add_argument(
        "--agent", default="", metavar="NUMBER", help="what this agent sold or follows alone, by staff number"
    )
    listing.add_argument("--limit", type=_at_least_one, default=500, metavar="N", help="at most so many, newest first")
    listing.set_defaults(run=run_list)
    confirm = verbs.add_parser("confirm", help="the customer replied yes: the order leaves")
    confirm.set_defaults(run=partial(run_reply, Reply.YES))
    decline = verbs.add_parser("decline", help="the customer replied no: the order is dropped")
    decline.set_defaults(run=partial(run_reply, Reply.NO))
    for verb in (confirm, decline):
        verb.add_argument("id", metavar="ID", help="the order's, as `orders list` shows it")
    for verb in (listing, confirm, decline):
        add_place(verb)
