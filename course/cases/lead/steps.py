"""The way to a signature: eleven steps, who owes each, and what it is called."""

from dataclasses import dataclass

from course.cases.dice import Dice

__all__ = ["ORDER", "STEPS", "Step", "choose_steps"]


@dataclass(frozen=True)
class Step:
    """A step: ``owner`` C or V delivers it, ``noun`` names it, ``file`` is what is sent."""

    key: str
    owner: str
    noun: str
    file: str = ""
    meeting: bool = False


STEPS = {
    step.key: step
    for step in (
        Step("call", "V", "the first call", meeting=True),
        Step("nda", "C", "the signed NDA"),
        Step("data", "C", "{data}", "{data_file}_{stamp}.xlsx"),
        Step("demo", "V", "{demo}", meeting=True),
        Step("quote", "V", "the quote", "{V}_{C}_quote_v1.pdf"),
        Step("quote2", "V", "quote v2", "{V}_{C}_quote_v2.pdf"),
        Step("nod", "C", "{boss}'s OK"),
        Step("draft", "V", "the contract draft", "contract_{C}_{V}_v1.docx"),
        Step("redline", "C", "the markup from legal", "contract_v1_comments_{C}.docx"),
        Step("draft2", "V", "contract v2", "contract_{C}_{V}_v2.docx"),
        Step("seal", "C", "the sealed contract", "contract_signed_{stamp}.pdf"),
    )
}
ORDER = tuple(STEPS)

_MAY_BE_SKIPPED = ("nda", "redline", "demo", "quote2", "nod", "data")


def choose_steps(dice: Dice, room: int) -> list[Step]:
    """Return the steps of one deal in order, about ``room`` of them.

    Call, quote, draft and seal are never skipped, and there is no second version without comments.
    """
    skipped: set[str] = set()
    spare = dice.shuffled(_MAY_BE_SKIPPED)
    while spare and len(ORDER) - len(skipped) > max(room, 4):
        key = spare.pop()
        skipped |= {key, "draft2"} if key == "redline" else {key}
    return [STEPS[key] for key in ORDER if key not in skipped]
