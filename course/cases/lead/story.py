"""The story of the case, as a learner reads it."""

__all__ = ["STORY"]

STORY = """\
**Heyi Introductions (合宜), first half of 2026.** Six brokers bring together firms that need
something with firms that sell it, and live from a fee when a contract is signed. **Zoe Qiao (乔)**
founded the house after a bad spring the year before; **Frank Hou (侯)** has the best address book
and the least patience for what comes after; **Victor Meng (孟)** takes every flight; **Lily Tang
(唐)** apologises before she asks; **Ian Pan (潘)** used to do the same; **Cathy Lei (雷)** came
from project management and has run a weekly list from her first day.

For three months everyone worked as they pleased. At the end of March Zoe read her own groups aloud
to the others: forty introductions, and in half of them her last message was "any news?". They wrote
one page, *the weekly rule*: one fixed slot, one place for papers, one name and one day behind each
open point, and whoever is in the middle may ask. **From 1 April Zoe and Ian led by it**, as Cathy
always had, and most new introductions went to the three of them. Victor, Lily and Frank went on in
their own way.

On Sunday 28 June, the end of week 26, an intern collected what there was: **160 deals**, the chats
of their groups, the fee agreements, and how each deal stood. The archive is what archives are. Some
fees were typed in as per cent and some as amounts. A few groups had been renamed and were exported
twice. Some phones had been changed and the first weeks of the chat are gone. When a deal had been
closed behind their backs it was not always written down. And many deals, the young ones above
all, are simply **still open**.

*Everything here is simulated: firms, people, messages and numbers are invented, the behaviour
follows the assumptions of the lesson's simulator, and any likeness to a real firm or person is
chance.*
"""
