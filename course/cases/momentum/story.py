"""The story of the case, as a learner reads it."""

__all__ = ["STORY"]

STORY = """\
**Songqing Systems (松青系统), Hangzhou, 2025.** Forty people who build monitoring and guidance for
those who run a town: water companies, hospitals, colleges, archives, heat suppliers, school
kitchens. Six account managers sell it. **Kevin Ruan (阮)** is the best presenter of the six and
trusts a good mood. **Oscar Fei (费)** believes that whoever has seen it twice will buy it.
**Wendy Jin (金)** sends papers, many of them. **Leo Tan (谭)** and **Grace Shao (邵)** do a little
of everything. **Nora Zhuang (庄)** used to work inside a city bureau and has never got over how
little outsiders know of it.

Nora leaves every presentation with one page: the steps that have to happen *inside* the customer's
house, a name and a week behind each, half of the names the customer's. She drafts what can be
drafted and asks people to spoil it with a pencil. In July 2025 Leo and Grace began to work by the
page, in October Wendy and Oscar; Kevin never did. In the same July the firm opened a **showroom**
by the river, and from then on presentations were better liked than ever.

In January 2026 the head of sales drew a line through the year: satisfaction had risen, quarter by
quarter, and so had the signatures. "Delighted customers buy," said his slide, and he asked for a
second showroom. Nora asked for the data first. On 30 June 2026, when the last presentation of 2025
was 26 weeks old and every opportunity was signed, lost, or taken off the list, somebody copied out
all there was: **220 opportunities**, the people behind them, the log with its mails, minutes and
chats, every version of every paper, and the weeks in which the customers could ask for money.

It is a log kept by busy people. Satisfaction was typed in as points by some and in words by others.
Some years are wrong. Somebody's old form put stages back. Work that the sellers did stands here and
there under the customer's name, since it looked better so. And more than one paper still bears
another customer's name.

*Everything here is simulated: firms, places, people, messages and numbers are invented, the
behaviour follows the assumptions of the lesson's simulator, and any likeness to a real firm, body
or person is chance.*
"""
