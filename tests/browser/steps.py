"""Steps that the browser tests of several lessons take: finding a card, getting on by keyboard."""

from playwright.sync_api import Locator, Page, expect

__all__ = ["card", "commit", "open_lesson", "tab_to"]


def card(page: Page, title: str) -> Locator:
    """Return the card of the form with this title."""
    return page.locator(".ltd-card:visible").filter(
        has=page.get_by_role("heading", name=title, exact=True)
    )


def open_lesson(page: Page, slug: str, first: str) -> Locator:
    """Open a lesson from the start page; return the card of its first form, once it is there."""
    page.locator(f"a[href*='{slug}.ipynb']").first.click()
    found = card(page, first)
    expect(found).to_be_visible()
    return found


def tab_to(page: Page, target: Locator, *, limit: int = 60) -> None:
    """Press Tab until ``target`` has the focus, as somebody without a mouse does."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not reached by {limit} times Tab: {target}")


def commit(page: Page, prediction: Locator, choice: int) -> None:
    """Choose an answer and commit it, by keyboard, unless that was done before."""
    expect(prediction).to_be_visible()
    button = prediction.get_by_role("button", name="Commit my prediction")
    if button.count() == 0:
        return
    radios = prediction.get_by_role("radio")
    radios.first.focus()
    page.keyboard.press("Space")
    for _step in range(choice):
        page.keyboard.press("ArrowDown")
    expect(radios.nth(choice)).to_be_checked()
    expect(prediction.get_by_role("status").first).to_contain_text("complete · saved")
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(prediction).to_contain_text("Committed.")
