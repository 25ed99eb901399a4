# %% setup
from functools import partial

from course.answers import Work, begin
from course.cases.momentum import load
from course.widgets import show_after, show_form
from course.widgets.momentum import show_engine
from course.widgets.momentum.case import (
    show_cohorts,
    show_dictionary,
    show_logs,
    show_pooled,
    show_story,
)
from course.widgets.roleplay import show_roleplay

begin()
case = load(Work().seed)

# %% [markdown]
# # Satisfaction into action · 从满意到行动
#
# **60 to 75 minutes**, in one go or in pieces. You will predict what becomes of a hundred pleased
# customers, feel their engine stall and start it again, read four real-looking logs, fall into a trap
# with a chart, sit in a meeting after "we are satisfied", and write the three lines that get a boss to
# act. Nothing to program; everything you enter is saved as you go.

# %% [markdown] id="hook"
# ## 1 · The hook: everybody is satisfied
#
# Kevin Ruan (阮) sells for Songqing Systems in Hangzhou. A friend from his student days has introduced
# him at **Pinglu Third Hospital** (平芦三院), a public hospital: a classic piece of government and
# enterprise business (政企). He presents a guidance system for the multi-storey car park, about CNY
# 860,000. His contact is Ms Mao (毛), section head of logistics; her boss is Vice President Kong (孔).
#
# > **Thu 13 March, minutes** · Nine people, VP Kong stayed to the end. "This is what I have been asking
# > for." Photo in front of the screen.
# >
# > **Fri 14 March, Ms Mao:** I reported to VP Kong once more this morning. He is satisfied. I'm very
# > satisfied, too!
# >
# > **Kevin:** Wonderful! Thank you so much, Ms Mao. We are always there for you.
# >
# > **Thu 3 April, Kevin:** Quiet days over Qingming, Ms Mao! Any news on our topic?
# >
# > **Ms Mao:** Everybody still speaks of it. VP Kong says it is a good thing, let us study it,
# > perhaps a project can be set up for it.
# >
# > **Kevin:** That sounds very good. I'll wait to hear from you.
# >
# > **Tue 29 April, Kevin:** A good holiday to you and your family!
# >
# > **Ms Mao:** 🌹
# >
# > **Mon 23 June, Ms Mao:** Kevin, I'm really sorry. The half-year money has gone to the new lift.
#
# Nobody lied to Kevin, nobody was against it, no competitor turned up. In April his own boss asked how
# it stood, and he said: "Very satisfied, moving along." On which day was this deal lost?

# %% [markdown]
# ## 2 · Predict
#
# Two predictions, before you play. Say a number even if you have to guess: a guess of your own is what
# the result will stick to.

# %% form="predict_wait"

# %% form="predict_lever"

# %% [markdown] id="play-text"
# ## 3 · Play
#
# Think of an old diesel engine (柴油发动机), the kind that is started with a cord. The presentation is the
# **cord**: one good pull, and it turns over. Then it lives on what it gets. Six steps are to be taken
# inside the customer's house until somebody signs, and each is **load**: forms, talks, meetings. What
# you draft for them takes load off, that is your **throttle** (油门). What *they* change in your drafts
# is fuel of its own. And below a certain speed the engine **stalls**; while it stands still, the
# money may go to a lift.
#
# First one customer, week by week, to feel it; then two thousand. Below the two thousand you see
# **this run** beside your **last run**: the very same customers, the same luck.
#
# 1. Pull the cord and let the weeks pass; do nothing else. When does the needle fall below the stall
#    line, into the orange? *Same customer, same luck*, and pull again, at 10 of 10: how much later is it?
# 2. The same customer once more. When it stalls, press *Draft the next step for them*: the load gets
#    lighter. Then *Ask for their edits*, and *Let it run*. Watch what it does to *What they put in*, and
#    to the speed of the weeks after. A draft is for one step: the next step needs its own.
# 3. Two thousand: go from *Celebrate and wait* to *Draft each step for them*, then to *Draft, and ask
#    for their edits*. Move satisfaction from 6 to 10 in between. Which of the two moves more?
# 4. Open the throttle in week 8 instead of at once. Try the one big ask. Ask first whether it can
#    land this year.

# %% show id="play"
show_after("predict_lever", show_engine)

# %% [markdown] id="play-seen"
# **What you have seen.** Delight fades in weeks, whoever feels it: ten points have become six after a
# week and a half. And often it is the next, heavier step that stalls the engine: Ms Fang's stood still
# in week 3, at eight points and at ten. Money does not wait: a house has more good ideas than funds,
# and gives to the ones that move. Your drive comes first and theirs follows: few in this model get to
# the end alone, and most do once they have put something of their own into it.

# %% [markdown] id="assumptions"
# **What is assumed.** No number in this simulator was measured on real customers.
#
# | assumed | value | varied in our tests |
# |---|---|---|
# | satisfaction right after the presentation, average, points | 8 of 10 | 6-9 |
# | weeks until delight has faded to a third (37 %) | 3 | 2-5 |
# | customers with any money for it this year | 95 % | 85-100 % |
# | work of the six steps, if nobody helps, customer's hours | 26 | fixed |
# | share of a step's work that a fitting draft takes over | 80 % | 65-90 % |
# | share of a draft that fits if nobody has asked what they need | 70 % | 60-80 % |
# | a customer who is asked edits a draft, chance per week | 50 % | 40-70 % |
# | missing belief that one round of editing brings | 8 % | 6-12 % |
# | the money goes elsewhere, chance per stalled week | about 4 % | 2-7 % |
#
# Our tests vary sixteen such numbers, over 72 worlds. In all of them customers at ten points sign at
# most 12 in a hundred more often than customers at six (at the values above it is 2 to 6); drafting
# for them more than doubles what gets signed; drafts they edit make it at least half as many again;
# one big ask does worse than a ladder of small ones. Only such findings are graded. **What is
# thinner:** edits *double* it only at values like those above; where drafts alone already get between
# five and six in ten signed, it is about 1.6 times as many. And "a third is lost by starting in week
# 8" is the middle of our worlds: in the mildest it is a fifth, in the harshest two thirds. **The
# heart of it is assumed, too:** that work put in makes people believe. Section 7 says what supports
# that.

# %% [markdown] id="red-light"
# ## 4 · Name it
#
# **A report upward is good news. Take it as such**: your contact has spent some of their credit on
# you, and the boss's pleasure may be quite real. Then look for the sequel. Did *they* plan one: a
# next step of their own, with a day? If not, a **red light** (红灯) should go on, the brighter the
# warmer the words. Kevin's deal was lost on that Friday in March, when nothing was agreed and nobody
# noticed.

# %% [markdown] id="liked"
# **Liking is not wanting, and wanting is not doing.** Think of the last game or car whose trailer you
# loved: the film ended, the doubt began. Count the things you liked and never bought, bought and
# never used, the people you liked at once and never met again. Your customer has such a drawer, too,
# and you are in it. So never take it that the customer is *driven* (不要以为客户有动力) because the customer
# is pleased.

# %% [markdown] id="novice"
# **The beginner's way** is to go home happy and leave the rest to the customer, "it's in their hands
# now". It is; and what a heap it is. Ms Mao would have to find out to whom this goes, in which
# meeting and with what paper, who has to be won beforehand, from which pot the money could come and
# what rule allows it. For Kevin all of that is unknown. For her it is a week of evenings, for
# something that is not her job.

# %% [markdown] id="inside"
# Write down for one of your own deals: who writes the first note · who signs it · which meeting
# passes it, and what it reads · who holds the money, and in which weeks one may ask · who checks the
# contract, and whether it has to be tendered · who signs. Every line without a name and a day is an
# **unknown step** (未知动作). Mostly it is where the engine will stall.

# %% [markdown] id="name-it"
# **So pull them into one concrete action** (具体动作), a small one, while the cord is still warm. It
# should be *theirs*, have a *day*, and be *easy*: because you have done nine tenths of it beforehand.
#
# | | sounds like | what happens next |
# |---|---|---|
# | **advance** | "I've changed your page; it goes to VP Kong on Thursday" | somebody in there owes something, by a day |
# | **continuation** | "Everybody loved it! Let's stay in touch" | nothing, warmly |
# | **stall** | "Good thing. Let us study it, perhaps a project …" (研究研究) | nothing, politely, and for long |

# %% [markdown] id="throttle"
# **"You draft it, I'll look at it"** (你先弄，我看看) may sound like being sent off with homework. It is the
# throttle catching. First they read. Then they check, since it will bear their name. Then they change a
# word, then the middle part; then it is their paper, and they explain it to others. Nobody argues for a
# brochure. People argue for what they have corrected.

# %% [markdown] id="page"
# **Rule 1: never leave without the way.** Design the carrying-out as you design the product: one
# page, the steps inside their house, a name and a week behind each, half of the names theirs
# (落实的流程框架). **Rule 2: never count on their drive; yours starts it.** And keep two tracks: something
# small that can begin now, a letter of intent or a first piece of work together; and *at the same
# time* the papers of the large one: the statement of need, the paper for the meeting (上会材料), the cost
# sheet. Small without large stays small; large without small stands still. *(What may be small, and
# what may not, is in section 7.)*

# %% [markdown] id="look"
# ## 5 · Look: 220 presentations that were liked
#
# The year 2025 at Kevin's firm, invented and simulated, with all that such a log has in it. The story
# first.

# %% show id="look-story"
show_story(case)

# %% [markdown]
# The data dictionary says what each column means, in which unit, and what is wrong with it. For this
# lesson you need only two lines of it. Scroll to `satisfaction`: it was typed in freely. Then choose *events*
# in the list at the top and find `owner`: there, somebody has been flattering himself.

# %% show id="look-dictionary"
show_dictionary(case)

# %% [markdown]
# Now four of the opportunities, the first eight weeks of each. All four were liked. Decide for each
# before you press the button: green or red? Then look at what told you: the words, or something else?

# %% show id="look-logs"
show_logs(case)

# %% form="read_logs"

# %% [markdown] id="trap"
# **The head of sales has a chart.** "Delighted customers buy": here it is, the whole year. He asks
# for a second showroom. Read it, then say what you expect.

# %% show id="look-pooled"
show_pooled(case)

# %% form="predict_cohorts"

# %% show id="look-cohorts"
show_after("predict_cohorts", partial(show_cohorts, case))

# %% [markdown] id="chart-text"
# A dozen opportunities make a small dot, so don't lean on a single one; the last line under the
# picture takes them together. *Within* a quarter, little or nothing is left of the satisfied customers'
# lead. What rose from quarter to quarter was satisfaction (the showroom) **and** the number of sellers who worked by the
# page; put all quarters in one pot, and the one takes the credit for the other. On the right the gap
# stays, in every quarter. Even so, that is a *sign* and no proof: customers who take on a task early
# might have bought anyway. In this archive we know what caused what, since we made it; in yours you
# would have to try.

# %% [markdown] id="rehearse"
# ## 6 · Rehearse: the meeting after "we are satisfied"
#
# Your turn. You are the seller, Meng Jie (孟洁), and sit with a contact and the boss; the presentation
# went well. It takes three weeks, about ten turns: click on what you say. Find out whether it can land
# this year (今年能落吗), take the stalling for what it is, and make it easy for them: less to do,
# something drafted, a small beginning, a few lines to send on. They have their own minds and limits,
# which you see at the end. Then play it again, differently: same people, same luck.

# %% show id="roleplay"
show_roleplay("meeting")

# %% [markdown] id="brief-text"
# **And now the three lines.** The smallest paper that moves a boss fits on a phone: **1** what I ask
# of you, **2** what is done already, so that it costs you little, **3** one question that can be
# answered with *yes* (一二三短章). Your contact sends it on by chat, with one more line from you: *is that
# all right?* Give Kevin a second chance: it is Friday, 14 March again, and Ms Mao wants to send it to
# VP Kong tonight. *You have drafted the application (two pages) and a cost sheet in the hospital's own
# form. The logistics meeting that has to pass it sits on Tuesday, 25 March; VP Kong chairs it.*
#
# The check below reads like a machine: it looks for certain words and quotes you. If it finds no day
# where you named one, trust yourself.

# %% form="brief"

# %% [markdown] id="evidence"
# ## 7 · Evidence, ethics and law: what speaks for it, what against
#
# The talk behind this lesson is one practitioner's experience with public bodies and large firms. We
# read abstracts, first pages and other people's summaries, not every paper in full. Nobody, as far as
# we found, has tested *drafts that the customer edits* in such purchases: that part stands on our
# simulation's assumptions and on your own trying.

# %% [markdown] id="evidence-happy"
# **"Satisfaction is a moment; it does not make people buy."**
#
# - *For:* a review of the research on satisfaction and loyalty found the link positive, but what
#   satisfaction alone explains "rather small" (Kumar, Dalla Pozza & Ganesh 2013, *Journal of
#   Retailing*). Right after a trial, satisfaction shaped what people meant to buy; asked later, its
#   weight had decayed (Mazursky & Geva 1989, *Psychology & Marketing*). And 47 experiments that did
#   change what people intended (d = 0.66) changed what they did about half as much (d = 0.36; Webb &
#   Sheeran 2006, *Psychological Bulletin*).
# - *Against:* half as much is not nothing. And these are mostly consumers, or people with a habit to
#   change: none of them had to carry a purchase through a meeting. Nothing here says that you can
#   skip satisfaction: the cord must be pulled.

# %% [markdown] id="evidence-edit"
# **"What they have put work into, they believe in."**
#
# - *For:* people valued boxes, origami and Lego sets that they had made themselves almost like an
#   expert's (four studies, Norton, Mochon & Ariely 2012, *Journal of Consumer Psychology*). Customers
#   who had a part in putting a range of products together felt it to be theirs and would pay more
#   (Hair, Barth, Neubert & Sarstedt 2016, *Journal of Creating Value*).
# - *Against:* in the first of these, labour led to love *only when the work was completed*; with what
#   was left unfinished, or taken apart again, the effect was gone. In the second, negative feedback
#   turned the effect round. So never send a paper that cannot be finished in a quarter of an hour,
#   and never "correct" their corrections.

# %% [markdown] id="evidence-steps"
# **"Small steps lead to the large one, and a day makes them happen."** Smaller than the folklore has
# it.
#
# - *For:* in many experiments those who had said yes to something small said yes to more (Burger
#   1999, *Personality and Social Psychology Review*). Plans of the kind "when this happens, I'll do
#   that" helped people reach goals (94 tests, d = 0.65; Gollwitzer & Sheeran 2006). Employees asked
#   to write down day *and* hour of a flu shot got it more often, by 4.2 points in a hundred (Milkman
#   and others 2011, *PNAS*).
# - *Against:* the foot in the door is small even under the best conditions (r = .17) and was found
#   for good causes only (Dillard, Hunter & Burgoon 1984, *Human Communication Research*); at times it
#   works backwards (Burger again). In the same flu study, the day alone did nothing that could be
#   told from chance. And of 877 members of a gym, those who planned their visits came no more often
#   than the others (Carrera and others 2018, *Journal of Health Economics*).

# %% [markdown] id="evidence-inside"
# **"The work inside their house is the obstacle."**
#
# - *For:* "let's meet again some time" is no progress: what counts is a specific action that the
#   customer has agreed to (Rackham's *continuation* and *advance*, in *SPIN Selling*, 1988). In
#   surveys of 5,000 people who buy for firms, 5.4 of them had to sign off a purchase on average
#   (Schmidt, Adamson & Bird, *Harvard Business Review*). Making it easy to buy went with more and
#   better sales, by an adviser's count (Toman & Adamson, *The New Sales Imperative*, as reported).
# - *Against:* much of that comes from firms that sell the cure. In 2.5 million recorded calls 40 to
#   60 % of deals ended in no decision, but more of these from fear of a mistake than from love of
#   what is (Dixon & McKenna 2022, *The JOLT Effect*). Whoever is afraid does not need another paper:
#   ask what could go wrong for *them*.

# %% [markdown] id="evidence-split"
# **"Bed in on small projects meanwhile."** (小项目磨合) Here the talk needs a fence.
#
# - *For:* a pilot shows both sides what working together is like, and a small thing that ends well is
#   worth more than a promise. In our model a pilot always helps; that is assumed.
# - *Against, and it is law:* in mainland China a public buyer must not cut up what has to be tendered
#   in order to avoid the tender (化整为零; Government Procurement Law, art. 28). It counts as such when
#   goods or services of one budget item and one category are bought several times within one budget
#   year, without open tender, and together exceed the threshold; approved exceptions apart. Three
#   times CNY 400,000 for one system is not bedding in.
# - *So:* a pilot has its own purpose, its own end, its own (small) money, and its result goes to
#   everybody who will bid. If in doubt, the customer's procurement office decides, in writing, not
#   you.

# %% [markdown] id="evidence-help"
# **"Do the work for them."** Up to a line.
#
# - A brief, a cost range, a draft of an internal application: help that any supplier may give and the
#   customer may refuse. But who provides the *overall design* or writes the *specification* of a
#   public purchase may not bid for the rest of it, single-source purchases apart (Implementing
#   Regulation of that Law, art. 18; Ministry of Finance, letter 财办库〔2015〕295号). Where that begins is
#   argued about. Ask, and have it written down, before you draft anything that will stand in a
#   tender.
# - And do it openly. A customer who signs what you wrote must know that you did, may change
#   everything, and may use it with your competitor.

# %% [markdown] id="evidence-letter"
# **"Sign a letter of intent first."** (意向书) Know what you are asking for.
#
# - *For:* it costs little, names people, lets data be shown. As a step it moves the engine.
# - *What it binds to:* as a rule, nothing. A letter that only says "we would like to" is no contract.
#   If it agrees to conclude one *within a certain time*, and parties and object can be told, courts
#   take it for a preliminary contract (预约合同), and who then refuses can owe damages (Civil Code, art.
#   495; the Supreme People's Court's interpretation of the general part on contracts, art. 6). A look
#   at 231 judgments found courts of different minds (Yin Xiaoting 2022, *法盏*).
# - *So:* write into it what it does *not* promise: no purchase, no exclusion of others, the tender
#   stays free. *(This is no legal advice.)*

# %% [markdown] id="evidence-gifts"
# **And no sweetener.** The throttle is work, not gifts. Giving money or other means to the people of
# a customer, or to anybody with influence on the deal, for the sake of business is bribery in the
# sense of China's law against unfair competition; since 15 October 2025 taking it is expressly
# forbidden, too, and the people in charge can be fined themselves (art. 8, as revised). Many public
# bodies accept no meal at all. Nobody loses face over a corrected page.

# %% [markdown]
# ## 8 · Check yourself
#
# Each answer comes with its reason. The last two are from lesson 01.

# %% form="check_light"

# %% form="check_reply"

# %% form="check_engine"

# %% form="check_split"

# %% form="check_letter"

# %% form="check_evidence"

# %% form="review_silence"

# %% form="review_lead"

# %% [markdown]
# ## 9 · Homework
#
# **The decision track** (13 points, no programming): sort fifteen sentences, find the unknown steps
# and put them in order, make a plan that both sides work on, write the 1-2-3 brief. **The analyst
# track** (7 points): a few lines of Python on your own variant of the archive.
#
# [Open the homework](../../homework/02_satisfaction_into_action/homework.ipynb)
#
# > **For instructors** · 70 minutes: hook and predictions 8, play 15, naming 8, archive 12, role-play
# > and brief 15, evidence 7, check 5. Before the chart by quarters opens, let the room vote on the
# > second showroom and have both sides argue. In the role-play have one half flatter and the other
# > half draft. Debrief: "Take your best-liked customer. What do *they* owe, to whom, by which day? If
# > you don't know: what will you have drafted by tomorrow evening?"
