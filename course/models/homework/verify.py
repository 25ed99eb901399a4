"""Relay, verify or wait: what each costs in the mean, and from which belief on verifying pays.

With ``p`` the belief that it is so, ``v`` the hours of verifying, ``F`` of the fix, ``A`` what a
false alarm costs, ``M`` what a real problem left lying does, and ``c`` the accuracy::

    relay   F + (1 - p) A                    the fix is made, needed or not
    wait    p M
    verify  v + p (c F + (1 - c) M) + (1 - p) (1 - c) (F + A)

All three are straight lines in ``p``, so verifying is cheapest, if anywhere, in one band of beliefs
around the middle. If what is found out is always so (``c = 1``), the band is::

    v / (M - F)  <  p  <  1 - v / (F + A)

At its lower end the cost of verifying is the loss it is expected to spare one who would wait; at
its upper end, one who would relay. Where the fix is a matter of minutes or the belief near
certainty, the band is empty or does not reach there: then a plain question to presales is better
than an inquiry.

Built in by assumption: relaying and verifying are equally fast, and what was found out is believed.
"""

from course.models.homework.terms import Action, Params

__all__ = ["band", "cheapest", "cost", "expected_cost"]


def cost(params: Params, action: Action, *, so: bool, right: bool = True) -> float:
    """Return what an action comes to, hours and hours' worth.

    Args:
        params: the world.
        action: what was done.
        so: whether it is so.
        right: whether verifying found what is so; of no meaning otherwise.
    """
    fixing = params.fix_hours if so else params.fix_hours + params.alarm
    missing = params.miss if so else 0.0
    if action is Action.RELAY:
        return fixing
    if action is Action.WAIT:
        return missing
    return params.verify_hours + (fixing if so == right else missing)


def expected_cost(params: Params, action: Action, belief: float) -> float:
    """Return its mean at this belief, hours and hours' worth.

    Raises:
        ValueError: the belief is outside 0-1.
    """
    if not 0 <= belief <= 1:
        raise ValueError(f"belief: expected 0 to 1, got {belief!r}")
    return sum(
        chance * accuracy * cost(params, action, so=so, right=right)
        for so, chance in ((True, belief), (False, 1 - belief))
        for right, accuracy in ((True, params.accuracy), (False, 1 - params.accuracy))
    )


def cheapest(params: Params, belief: float) -> Action:
    """Return the action of the smallest expected cost; among equals, the one that does less."""
    order = (Action.WAIT, Action.VERIFY, Action.RELAY)
    return min(order, key=lambda action: expected_cost(params, action, belief))


def band(params: Params) -> tuple[float, float] | None:
    """Return the beliefs between which verifying is cheapest; None if there are none."""
    low, high = 0.0, 1.0
    for other in (Action.WAIT, Action.RELAY):
        # What verifying saves against the other: a straight line from belief 0 to belief 1.
        saved = [
            expected_cost(params, other, p) - expected_cost(params, Action.VERIFY, p)
            for p in (0.0, 1.0)
        ]
        if max(saved) <= 0:
            return None
        if min(saved) < 0:
            crossing = saved[0] / (saved[0] - saved[1])
            low, high = (max(low, crossing), high) if saved[0] < 0 else (low, min(high, crossing))
    return (low, high) if low < high else None
