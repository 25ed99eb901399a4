# %% setup
from course.answers import Work, begin
from course.cases.priority import load
from course.widgets import show_after, show_form
from course.widgets.priority import show_desk
from course.widgets.priority.case import (
    show_chart,
    show_dictionary,
    show_information,
    show_story,
    show_thread,
)
from course.widgets.roleplay import show_roleplay

begin()
case = load(Work().seed)

# %% [markdown]
# # Resource priority: the resource's eyes · 资源视角
#
# **60 to 75 minutes**, in one go or in pieces. You will sit down at the desk of somebody whom
# twelve salespeople want something from, try shouting and try better things, read nine months of
# tickets, work eight weeks with one expert, and hear what speaks against all of it. Nothing to
# program: answer, move the controls, read. Everything you enter is saved as you go.

# %% [markdown] id="hook"
# ## 1 · The hook: a Monday, from the other side of the desk
#
# Xie Yun (谢昀) is one of three network architects of **Haoyue Networks**, headquarters, fourth
# floor. She draws, sizes, answers customers' questions and sits beside salespeople when it
# matters. This is her Monday morning. Read it as if you were her.
#
# | | from | what arrived |
# |---|---|---|
# | 7:52 | Kuang Bo, voice, 9 s | “Yunyun, the slides. Today. My VP is watching this one.” |
# | 8:04 | Pei Xin, mail | *Nanping bid closes Thu 16:00, page 41 missing.* The page, the three labels to change, “about an hour?” |
# | 8:11 | Gu Ming, phone, 40 s, driving | “The Bishan thing, you know the one. This week, yes? You're the best.” |
# | 8:15 | Dou Peng, phone | “Forget Friday's sizing. Do the ward plan.” |
# | 8:26 | Sales operations, mail | Demo environment, “two days should do”. No date. |
# | 8:31 | Old Hua, chat | A photo of Saturday's hotpot. “About my proposal … no hurry!” |
# | 8:40 | Dou Peng, phone | “Both, actually.” |
# | 8:44 | Ms Qiu, mail, Director Bao in copy | Three questions of the Fuling committee, sits Wednesday. “Director Bao, this is the one we spoke about on Friday.” |
# | 8:47 | Kuang Bo, mail | **URGENT!!! SLIDES** |
# | 8:58 | Lu Jia, chat | “Whenever you have a minute, your certificate number? It's due at noon.” |
# | 9:00 | Director Bao, in the door | “What are you on this week? I need a line for the VP by ten.” |
# | 9:03 | Kuang Bo, in person | *looks at her screen* |
#
# Ten messages by nine o'clock, eight jobs in them, a dozen left over from last week: fifty hours
# of work and more, for forty hours of week. Which of them did you take for important? Which will
# she have forgotten by Wednesday? And what does she tell Director Bao at ten?

# %% [markdown] id="inward"
# **Now look at 8:11.** Gu Ming (顾鸣) in Chongqing sells to a county hospital, CNY 1.2 million, good
# money for him and small beer here. It is as well prepared as any on her desk: a date, a
# committee, a manager who has agreed. Of all that, forty seconds from a car said nothing. On
# Thursday he will complain that headquarters never supports the small offices (资源调不动). Half of
# selling faces the customer. The other half faces the fourth floor.

# %% [markdown] id="whose"
# Some projects need none of this. Where a vice president sits in the steering round, experts come
# by themselves (领导投入), and nobody who works on such a project asks how to move people. This lesson
# is for the other kind, which is most: nobody upstairs knows your project's name.

# %% [markdown]
# ## 2 · Predict
#
# Commit yourself before you play. Being wrong here is the most useful thing that can happen.

# %% form="predict_shout"

# %% [markdown] id="play-text"
# ## 3 · Play
#
# Below is the desk of an architect, Shen Qiao, for a year: 24 rounds of two weeks, twelve people
# who want something, you among them. Choose **how you ask**; the eleven others ask plainly, or, at
# the turn of a switch, **do as you do**. Watch the desk reorder. The picture compares **your run**
# with your **last run** on the very same asks, so the difference is the manner and not luck.
#
# 1. *Ask plainly*, then *Shout that it is urgent*. Where do your asks stand in the first weeks,
#    where in the last?
# 2. *Kept up for* **1 round** only: one scene, on arrival, as the talk behind this lesson advises.
#    How far does it carry?
# 3. Again for all 24 rounds, and now *Everybody copies you*. Who gains?
# 4. *Dinners and small gifts*, *Explain the background*, *Record, cc, thanks*: alone, then copied
#    by all. Which effect is still there in round 24? Which makes the delays cheaper for everybody?
# 5. Set *Her workload* to 60 %. What is any of this worth then?

# %% show id="play"
show_after("predict_shout", show_desk)

# %% [markdown] id="play-seen"
# **What to take from it.** Her hours are what they are. An order among the asks moves waiting from
# one to another; it does not remove any, as long as it knows nothing of the asks. So one who
# shouts gains, and the eleven pay a little each, too little to notice. When all shout, nobody
# gains, and the scenes themselves take time: everybody loses. What *does* make the total smaller
# is knowledge: an order by **what a day of waiting costs, per hour of work**. For that the expert
# needs to be told, and to be able to believe it. An “urgent” without a reason spends that belief
# (狼来了), and reasons that hold bring it back, slowly. (*Show what she makes of everybody* lets you
# look into her head.)

# %% [markdown] id="assumptions"
# **What is assumed.** No number in this simulator was measured in a firm.
#
# | assumed | value | varied in our tests |
# |---|---|---|
# | share of her time that the asks fill | 90 % | 80-95 % |
# | cost of a day's wait: a costly ask (one in six) against a middling one | 2.7 times | 2.2-3.3 times |
# | how much a believed shout moves an ask up (in points; 3 points: looks 20 times as worth doing) | 5 | 4-7 |
# | belief lost by each “urgent” without a reason | 40 % | 30-50 % |
# | of the missing belief, regained by each reason that held | 6 % | 3-10 % |
# | what the leader's eye, and thanks given before, are worth (points, at most) | 1 and 1 | 0.6-1.6 each |
# | how fast they are forgotten, each round | 10 and 3 % | 5-15 and 2-6 % |
# | what a present is worth (points, at most) | 1 | 0.5-1.5 |
# | extra work that a scene makes | 5 % of the job | 3-8 % |
#
# Our tests vary seventeen such numbers, one by one and all at once, in 59 worlds. In all of them:
#
# - one shouter among quiet people waits at most a third as long as the others in the first rounds,
#   and about as long as they do in the last ones;
# - twelve shouters wait between a tenth and four fifths longer than twelve plain askers;
# - what one outburst wins is gone in the last rounds, and some belief is gone with it;
# - record and thanks work slowly and last: in the end you wait 10 to 60 % of what the others wait;
# - explained asks from everybody cut what all the waiting costs by a third at least, and an order
#   by value per effort to about a quarter (13 to 40 %) of first come, first served.
#
# Only such findings are graded. **The heart of it is assumed, too:** that she believes less when
# “urgent” was hollow, and that she likes to work where it is seen. What people *think* of somebody
# who shouts is not in the model; section 7 has studies on that.

# %% [markdown] id="name-it"
# ## 4 · Name it
#
# We call them resources, and then wonder that they behave like one. A resource has a limit, and
# twelve people who each know only of themselves. From its side of the desk there is one question,
# asked twenty times a day: **what comes of my hour if I give it to you?** (投入产出比). Her yes to you
# is a no to somebody else, whom she also has to look in the eye.
#
# | what she asks herself | what leaves it open | what answers it |
# |---|---|---|
# | What is it, exactly, and how long will it take me? | “support us on this” | two pages, three hours, from the Jiangjin drawing |
# | What is lost if it waits? | “urgent” | the committee sits Thursday at two, then in January |
# | Have they thought it through? | a new order every hour | background, your view, who was asked, what they decided |
# | Who sees that I did it? | a phone call | a record her leader knows of, minutes, thanks |
# | Will they say “urgent” next week as well? | always urgent, never why | five reasons in a row that held |
#
# Only what and by when: that is how most of us ask, and it answers none of the five.

# %% [markdown] id="unstated"
# **No priority is a priority.** Whoever has twenty jobs and hears one more on the stairs files it
# under *when there is nothing else*, if the stairs do not swallow it. She is not against you. She
# has no way of knowing.

# %% [markdown] id="stage"
# **Everybody says that theirs matters.** So don't say it; let it be seen (借势、做局). Find out what
# she is measured by: wins with her reference design, hours on approved orders, templates others
# reuse. If there are points to share, share them. If there are none, there is always her leader's
# eye: invite Director Bao to the meeting in which the order is decided. Ten minutes are enough,
# and he will have decided it himself.

# %% [markdown] id="record"
# **What is not on record did not happen (留档).** A phone call leaves no trace for you, if things go
# wrong, and none for her, if they go right: four hours of work that her leader never heard of. So
# write after you ring, copy the leader *by agreement*, and keep minutes of what was done and by
# whom, what comes next, whose it is and when. The record is there to settle what was said. It is
# there even more to let work be seen.

# %% [markdown] id="credit"
# **Thanks are a report (特别感谢).** “Great support!” fits everybody. *“Xie Yun redrew floor 3 while
# the head nurse was watching, and the committee took it”* fits one person on one Thursday, and
# Director Bao can repeat it to the VP at ten. It costs you one line, and the praise you pass on is
# not missing from your own account.

# %% [markdown] id="heard"
# **Said is not heard.** Between your mouth and her calendar lie: listened to the end, understood,
# and able to explain it to a third person. Test it: *“How would you tell Director Bao what this is
# for?”* If she cannot, you have not said it yet. It takes patience; ten minutes of background, the
# whole chain from the customer's trouble to this page, cost less than the second version.

# %% [markdown] id="wolf"
# **And every ask trains her.** Change the order three times by phone on one morning, as Dou Peng
# does, and she learns to wait with yours until you have finished thinking. Say “urgent” each time,
# never why, and it means nothing when the wolf is there (狼来了). No one decides to put you last. It
# is what a hundred small asks have taught: *little comes of hours given to this one* (久而久之).

# %% [markdown] id="brand"
# That is what a personal brand (个人品牌) is, seen from inside a firm: not a vague good name, but what
# an expert expects when your name lights up on the phone. The talk behind this lesson knows
# two ways to get one. The first is temper: one good scene on arrival, and everyone knows. The
# second is what you have just read. You played both; section 7 asks what the studies say.

# %% [markdown] id="look"
# ## 5 · Look: nine months of tickets
#
# So far you saw a model. Now look at what such asking leaves behind in a firm that sells software:
# 900 tickets, twelve who ask and three who are asked, invented and simulated, with everything such
# lists have. Read the story first.

# %% show id="look-story"
show_story(case)

# %% [markdown] id="thread-text"
# Now some threads. Take one of Rex Niu's, one of Iris Lan's, one of Max Ran's, and guess each time
# *before* you press *Where did the days go?* Was it begun soon or late, and what decided that: the
# expert, the tone, or what they had been told?

# %% show id="look-thread"
show_thread(case)

# %% [markdown] id="chart-text"
# **And now all of them.** Each dot is a job that was done. (Fewer than 900: some came back under a
# second number, some were never done.) To the left it hardly mattered whether it waited; right of
# the dotted line the firm's own rule calls it urgent.

# %% show id="look-chart"
show_chart(case)

# %% form="read_chart"

# %% [markdown] id="information-text"
# What did help, then? Four things that can come with a first request: how it came about, who will
# read it, by when and what happens that day, why it matters. Compared at equal cost of delay:

# %% show id="look-information"
show_information(case)

# %% [markdown] id="information-read"
# Careful: whoever tells all four also does other things well. Iris Lan puts it on record and says
# thank you; Owen Chu was believed long before April. This picture cannot tell what the telling did
# and what the name did. The simulator can, because there you changed one thing at a time.
#
# For the analyst track, and for the curious: what the tables hold, column by column. Skip it if you
# like.

# %% show id="look-dictionary"
show_dictionary(case)

# %% [markdown] id="rehearse"
# ## 6 · Rehearse: eight weeks with one expert
#
# Your turn. You are Ren Jia (任佳), and you need one expert three times in eight weeks, for a paper,
# for a visit, for a bid. Ten times you decide what to do, or leave it. What counts for this person,
# how long they remember, what they do with anger: all that you find out at the end. Then play the
# same eight weeks again, differently: same expert, same luck.

# %% show id="roleplay"
show_roleplay("expert")

# %% [markdown] id="compose-text"
# **Now the papers themselves.** Three short ones carry most of this lesson: the request, the
# minutes, the thanks. You choose most of the lines and write two in your own words. *Check*
# answers to what you wrote.

# %% form="compose"

# %% [markdown] id="evidence"
# ## 7 · Evidence: what speaks for it, what against
#
# The talk behind this lesson is one practitioner's experience, and part of its advice is to get
# angry and to give presents. Here is what we found written elsewhere. We read abstracts, first
# pages and summaries, not every paper in full. Nobody, as far as we found, has tested *how
# salespeople should ask presales experts*: that part stands on our simulation's assumptions and on
# your own trying.

# %% [markdown] id="evidence-anger"
# **“Get angry once on arrival; it saves a hundred quarrels.”** (打得一拳开) The talk says so, and adds:
# if your temperament fits.
#
# - *For:* in four studies people gave more status to the angry than to the sad, and thought them
#   more competent (Tiedens 2001, *Journal of Personality and Social Psychology*). Mild anger still
#   raised status in newer work (Gaertig, Barasch, Levine & Schweitzer 2019, *Journal of
#   Experimental Social Psychology*; seven studies, 4,027 people). And in our simulator the first
#   shout works.
# - *Against:* in the same seven studies of 2019 strong anger lowered status. Four preregistered
#   experiments with the older methods and 3,852 people found the angry sometimes taken for
#   powerful, and consistently for less competent, with *lower* status than the sad or the calm
#   (Porat & Paluck 2024, *Frontiers in Social Psychology*). All of that is the United States; it
#   measures what people think of you, not whose drawing gets done.
# - *Who is across the table matters:* anger won larger concessions from European Americans,
#   smaller ones from Asians and Asian Americans, and what decided was whether anger was thought
#   proper there (Adam, Shirako & Maddux 2010, *Psychological Science*).
# - *The work suffers:* people treated rudely did worse on routine and on creative tasks and helped
#   less, in three experiments (Porath & Erez 2007, *Academy of Management Journal*); those who
#   only watched did, too (Porath & Erez 2009). You would be getting a worse drawing sooner.
# - *So:* if you are quick-tempered, that is no reason to play it gentle and false. Be clear, early
#   and firm about the date and what hangs on it. That is force as well, and it needs no victim.

# %% [markdown] id="evidence-only"
# **“Only temper or friendship lifts an ask without a priority.”** Half of it holds.
#
# - *For:* with nothing else to go by, the loudest and the latest win. People pick tasks that
#   merely *look* urgent over tasks that pay more (five experiments, Zhu, Yang & Hsee 2018,
#   *Journal of Consumer Research*).
# - *Against:* “only” is wrong. Over 49 samples with 8,987 people, pressure went with *worse*
#   results, and giving reasons was the one tactic that went with better ones whatever the
#   circumstances (Lee and others 2017, *The Leadership Quarterly*). These are correlations.
# - *On reasons:* at a copying machine a small favour was granted for hardly any reason; a large
#   one needed a real one (Langer, Blank & Chanowitz 1978, as summarised by others). Three hours
#   are no five copies.

# %% [markdown] id="evidence-escalate"
# **“Let nobody dare forget your project: go to their boss.”** As a threat, no. As a decision, yes.
#
# - *For:* if two projects want the same week, somebody above both *should* decide, and hearing of
#   it early is a service to them. One study calls support from the top *the* most important factor
#   in the success of projects (Young & Jordan 2008, *International Journal of Project
#   Management*): projects that leaders care about need no lesson like this one.
# - *Against:* pressure, borrowed authority and ganging up were the least effective ways to
#   influence people at work in two field studies (Yukl & Tracey 1992, *Journal of Applied
#   Psychology*; Falbe & Yukl 1992, *Academy of Management Journal*).
# - *A decent escalation:* together or announced; about the conflict of two dates, not about a
#   person; with what you tried; and with a line of thanks when it is solved.

# %% [markdown] id="evidence-copy"
# **“Copy their leader.”** It makes work visible, and it can be a weapon.
#
# - *Against:* copying was seen as transparent *and* as control, and in five further studies it
#   lowered the feeling of being trusted, most when the boss was always in copy; in two surveys it
#   went with less safety and more fear (Haesevoets, De Cremer and others 2021, *Journal of
#   Business Ethics*).
# - *For:* we found no study of copies that carry credit by agreement. That these work differently
#   is assumed here. Ask first, copy good news too, and be ready to hear “please don't”.

# %% [markdown] id="evidence-gifts"
# **“Simmer gently: meals, a small present for the expert who flew in.”** (文火慢煮) They came to lend
# you their name, and a bowl of noodles together is hospitality. Where it stops being that:
#
# - *It works, and that is the trouble:* in experiments small gifts moved people strongly to decide
#   for the giver at a third party's cost, though they saw through it; disclosure and small size
#   did not help (Malmendier & Schmidt 2017, *American Economic Review*). Sales agents who brought
#   a small gift sold more than twice as much, but *less* at a first meeting (Maréchal & Thöni,
#   *Management Science*, in the version of May 2018). A wrapped present worked better than the
#   same value in cash (Kube, Maréchal & Puppe 2012, *American Economic Review*).
# - *Inside a firm the third party is your colleague*, who waits longer because you paid for
#   dinner. And in our model the effect has to be bought again every few weeks.
# - *Law and rules:* in mainland China an employee who uses his position to take money or property
#   of a relatively large amount for another's benefit commits a crime, in private firms as well
#   (Criminal Law, art. 163). Huawei, for one, forbids its employees to ask for gifts or benefits,
#   directly or indirectly, in its public policy. Read your own firm's rule: who pays, up to what,
#   declared where.
# - *Our line:* eat together, openly, everybody invited, each firm's rule kept, and never *for* a
#   place in the queue. Thanks before the leader is the present without a limit. *(This is no legal
#   advice.)*

# %% [markdown] id="evidence-thanks"
# **“Thank them in public.”** The best supported piece, with a stain.
#
# - *For:* in four experiments a few lines of thanks made people help more, the thanker and others
#   too, because they felt valued (Grant & Gino 2010, *Journal of Personality and Social
#   Psychology*). In a field experiment with more than 300 workers, unannounced public recognition
#   raised performance, most where only the best were named (Bradler, Dur, Neckermann & Non 2016,
#   *Management Science*).
# - *Against:* in the latter it was mostly the *unnamed* who worked harder. And Harvard asked in
#   2023 for four of Gino's papers to be withdrawn over doubts about their data; she denies
#   wrongdoing. We found nothing that names this one, and would not lean on it alone.
# - Thanks that are a lever are noticed. Give them when you want nothing.

# %% [markdown] id="evidence-network"
# **“Selling faces inward, too.”** Yes: how well 286 salespeople were connected inside their firm
# helped to explain what they sold (Bolander, Satornino, Hughes & Ferris 2015, *Journal of
# Marketing*). From the other side: in most of 300 organisations a fifth to a third of the valuable
# help came from 3 to 5 % of the people (Cross, Rebele & Grant 2016, *Harvard Business Review*).
# You are not the only one who wants them.

# %% [markdown] id="evidence-queue"
# **“Manage the return on their time.”** Here mathematics helps, as far as its assumptions go.
#
# - Work does not vanish: the number waiting is the rate of asking times the time each waits
#   (Little 1961, *Operations Research*), and the mean wait of an ordinary queue depends on the
#   load and on how unequal the jobs are (the Pollaczek-Khinchine formula). With nine tenths of her
#   time filled, one job in ten fewer halves the mean wait.
# - Serving by cost of waiting per hour of work, the cμ rule, is optimal in well-defined models,
#   and in heavy traffic also when waiting hurts more the longer it lasts (Van Mieghem 1995, *The
#   Annals of Applied Probability*).
# - *Against:* it needs true numbers, and people bend theirs to be served sooner. Lying costs them
#   something, too, and the best rule may differ from cμ because of it (Estrada Rodriguez, Ibrahim
#   & Zhan 2025, *Management Science*). The homework lets you try to cheat it.
# - *And warnings wear out, slowly:* in a laboratory very many false alarms made people act on them
#   less, a few fewer hardly mattered, and saying *how likely* helped (LeClerc & Joslyn 2015, *Risk
#   Analysis*).
# - *Writing is not being understood:* people think they come across by mail better than they do
#   (five experiments, Kruger, Epley, Parker & Ng 2005, *Journal of Personality and Social
#   Psychology*).

# %% [markdown]
# ## 8 · Check yourself
#
# Each answer comes with its reason, right or wrong. Two questions come from earlier lessons.

# %% form="check_last"

# %% form="check_conserved"

# %% form="check_request"

# %% form="again_praise"

# %% form="check_copy"

# %% form="check_thanks"

# %% form="again_lead"

# %% form="check_evidence"

# %% [markdown]
# ## 9 · Homework
#
# **The decision track** (13 points, no programming): rank ten asks from the expert's chair, mend a
# week of messages, project anger over 24 rounds, write request, minutes and thanks. **The analyst
# track** (7 points): urgent labels against real costs, waits by what was told, a priority rule of
# your own, and how it will be gamed.
#
# [Open the homework](../../homework/03_resource_priority/homework.ipynb)
#
# > **For instructors** · 70 minutes: hook and prediction 10, play 15, naming 5, tickets 10, eight
# > weeks 15, evidence 10, check 5. Read the Monday inbox aloud, one person per line, all at once,
# > and ask who remembers 8:58. Discuss: “Who of you has been somebody's 8:11?” In the role-play
# > have one half of the room use every angry option and the other none, and compare weeks 2 and 8.
# > Debrief: “Name one expert whose leader has heard a specific sentence from you this quarter.
# > Which one will hear it tomorrow?”
