"""The story of the case, as a learner reads it."""

__all__ = ["STORY"]

STORY = """\
**Yunqiao Digital (云桥数科), Wuhan, July 2025 to June 2026.** The firm makes what watches over
pipes, wards, dormitories, buses and works canteens, and sells it to those who run them. Ten
people sell. Six write what is sold with: proposals, slides, tender answers, reports, demos. They
are **Tu Jianguo (涂建国)**, whom all call Lao Tu, **Nong Yue (农悦)**, **Cen Bo (岑博)**, who never
finished his doctorate and is called Doctor, **Shu Min (舒敏)**, **Wei Ning (韦宁)** and **Le Yang
(乐阳)**, and they belong to **Qiu Hong (裘红)**. Sales belongs to **Bo Wen (柏文)**.

The ten are of four kinds, if one believes the six. **Gong Lei (龚磊)** and **Ruan Qing (阮晴)**
turn with every wind (听风就是雨): what a customer says in the morning is an alarm in the office
by noon. **Pi Tao (皮涛)**, **Miao Fang (苗芳)** and **Ke Wei (柯伟)** bring homework without
the question (糊涂蛋), all smiles, and when it comes back they say "just change it". **Hua Zheng
(华正)** and **Xi Lan (奚岚)** are generous, with other people's evenings (慷他人之慨).
**An Ping (安平)**, **Jin Shu (金姝)** and **You Hang (尤航)** ask, say what they think, bring the
feedback word by word and the thanks to where it is heard. But that is what the six say, and no
table has a column for it.

In May Lao Tu handed in his notice. In it stood one line: *with or without sales, it is the same to
me*. Qiu Hong asked for two weeks, and had everything copied out: **300 requests**, the seven fields
of each brief as they stood when work began and as they turned out, some **900 versions** with the
hours and what came back, **463 things that customers said** about price, plan and list, and every
word of thanks and every gift of hours that somebody could remember.

It is a folder that busy people kept. Files were saved over older ones, so that two versions have
the same number. Hours are missing, though time sheets have the total of each week. People are
called what they are called in the corridor. And whether a customer's complaint was true was looked
up only where somebody in presales disputed it. Qiu Hong saw that this would not do, drew **90
requests by lot**, and had price, plan and list of each looked up, complaint or no complaint.

*Everything here is simulated: firms, places, people, messages and numbers are invented, the
behaviour follows assumptions like those of the lesson's simulator, and any likeness to a real firm,
body or person is chance.*
"""
