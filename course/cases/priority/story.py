"""The story of the case, as a learner reads it."""

__all__ = ["STORY"]

STORY = """\
**Lingbo Software (凌波软件), Nanjing and Almaty, April to December 2025.** Sixty people who make
software that knows where things are: crates in a cold store, implants in a hospital, boxes on
a quay. Twelve account managers sell it, nine in Nanjing and three in Almaty, three hours
behind. None of them can write a tender answer, move a customer's data or mend a fault. For
that there are three: **Wen Zhiqiang (温志强)** in presales, whom all call Lao Wen; **Tao Ran
(陶然)** in delivery; and **Bian Lei (卞磊)**, Lao Bian, in R&D. Each of them is asked by all
twelve, each can do one thing at a time, and each has a leader who writes the appraisal and
sees very little of what is done.

The twelve ask as they are. **Rex Niu (牛)** shouts. **Dora Pang (庞)** was short with people,
saw how well Rex fared, and in July began to shout too. **Tim Qi (齐)** begs. **Helen Mu (穆)**
forwards. **Owen Chu (储)** explains, as if the expert were a customer. **Iris Lan (兰)** writes
to the expert with the leader in copy, keeps minutes, and thanks people by name where it is
heard. **Sam Yin (殷)** watched her for a quarter and since July does as she does. **Bruce Tong
(童)** brings tea. **Anna Shui (水)** rings. **Max Ran (冉)** changes his mind by the hour.
**Aigul Omarova** writes what and when, not a word more. **Timur Bekov**, the youngest, says
why he asks.

In December everybody complained: the twelve that nothing gets done, the three that everything
is urgent. The head of sales, **Du Heng (杜衡)**, was about to hire a fourth expert. Before that
he had the system copied out: **900 tickets** of nine months, the mails, chats and notes of
calls, the hours booked, and every word of thanks that could be found. And he asked the
controller, who had never been asked such a thing, to work out for each ticket what a day of
delay had really cost.

It is a system kept by people in a hurry. Seven tickets in ten are ticked “urgent”. Most calls
left no trace but the ticket. What came back was given a new number. A job that runs at the
weekend closes what was forgotten, and whoever sits in Almaty enters the time on the wall
there.

*Everything here is simulated: firms, places, people, messages and numbers are invented, the
behaviour follows the assumptions of the lesson's simulator, and any likeness to a real firm,
body or person is chance.*
"""
