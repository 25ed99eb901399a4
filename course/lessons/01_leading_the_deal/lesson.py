# %% setup
from course.answers import Work, begin
from course.cases.lead import load
from course.widgets import show_after, show_form
from course.widgets.lead import show_lead
from course.widgets.lead.case import show_chart, show_chats, show_story
from course.widgets.lead.first_case import show_first_case
from course.widgets.roleplay import show_roleplay

begin()
case = load(Work().seed)

# %% [markdown]
# # Whoever leads is the client · 谁主导谁就是甲方
#
# **60 to 75 minutes**, in one go or in pieces. You will predict what happens to a brokered deal, play
# it out a thousand times, read somebody else's group chats, lead a deal yourself for six weeks, and
# hear what speaks against all of it. Nothing to program: answer, move the controls, read. Everything
# you enter is saved as you go.

# %% [markdown] id="hook"
# ## 1 · The hook: a group chat that goes quiet
#
# Zoe Qiao (乔) knows the operations head of **Hengyuan Logistics** in Wuhan and the founder of
# **Lanting**, a small firm in Hangzhou that sells dispatch software. She brings them together. If
# they sign, the contract is worth about CNY 900,000. Lanting's founder has nodded to 10 % for Zoe;
# nothing is written.
#
# > **Mon 3 March** · Zoe made the group *Hengyuan × Lanting*
# >
# > **Zoe:** Mr Chen, Ms Luo, here we all are. I'm sure you two have plenty to talk about!
# >
# > **Luo (Lanting):** Thank you, Zoe. Mr Chen, our deck is attached.
# >
# > **Chen (Hengyuan):** Received, thanks. We'll look at it.
# >
# > **Tue 11 March**
# >
# > **Zoe:** Will the two of you be meeting? Should I come along?
# >
# > **Wed 26 March**
# >
# > **Zoe:** Hello both, any news?
#
# Three weeks, two messages, no answer. Zoe lies awake over one thought: *they are talking without
# me.* Are they? And if you were Mr Chen or Ms Luo, reading this from top to bottom: what would you
# need her for?

# %% [markdown] id="self-made"
# Look at what she did *not* do. She brought the lead and then had no way of following it up. She was
# so afraid of being cut out (跳单) that she made herself small in front of both, though she wanted the
# fee; and being small is what gets people cut out. Most of this trouble was her own work.

# %% [markdown]
# ## 2 · Predict
#
# Commit yourself before you play. Being wrong here is the most useful thing that can happen.

# %% form="predict_paid"

# %% [markdown] id="play-text"
# ## 3 · Play
#
# Below, a broker like Zoe runs many deals for half a year (26 weeks). Choose **how she behaves in
# the group**, then her fee, a written agreement, and how soon she lets a silent deal go. Watch how
# the deals end, and what they cost her in hours. The picture compares **your run** with your
# **last run** on the very same deals, so the difference is the behaviour and not luck.
#
# 1. Go from *Introduce, then silence* to *Ask to come along*. She works ten times as much. What for?
# 2. Go from *Attend everything* to *Weekly rule and chases*, and compare the hours.
# 3. Push the fee up until people go around you. Then lead better and push again.
# 4. Let her play the bad cop, and let her drop the silent ones. How
#    many new leads a week does it take before dropping pays?

# %% show id="play"
show_after("predict_paid", show_lead)

# %% [markdown] id="types"
# **Now press *Show the hidden types*.** In this model a third of the willing deals, roughly, are in the
# hands of people who pay you whatever you do. A few go around anybody. Only the ones in between look
# at what you are worth to them, and only there does leading pay. Lying awake over the first kind is
# wasted, over the second useless; the third is won on Mondays at eight.

# %% [markdown] id="assumptions"
# **What is assumed.** No number in this simulator was measured on real deals.
#
# | assumed | value | varied in our tests |
# |---|---|---|
# | deals that both sides want | 60 % | 40-80 % |
# | of the people: honour your fee in any case / weigh it / never honour it | 35 / 55 / 10 % | weigh 35-65 %, never 5-20 % |
# | answers to a clear chase, when the deal is wanted / is not | 80 / 20 % | 70-90 / 10-30 % |
# | how the two sides value what you do, in % of the deal: rule / attending / begging / silence | 13 / 8.5 / 1 / 0 | fixed |
# | hours of a meeting, with travel | about 6 | 5-7 |
#
# Our tests vary twenty-two numbers about the world, over 84 worlds. In all of them the weekly rule gets
# at least as many deals paid as attending everything, in a third of the hours or less; a written
# agreement cuts bypassing but not dying; dropping silent deals pays when leads are plenty. Only such
# findings are graded. **The heart of it is assumed, too:** that a rule which is kept shows the two sides
# more of your worth than sitting in their meetings, and moves the deal at least as much. The rule
# still holds its own when its worth is cut down to that of attending and its push is halved; take away
# more, and it loses.

# %% [markdown] id="name-it"
# ## 4 · Name it
#
# On paper the client is whoever signs the cheque. In a deal between three parties, the one everybody
# *waits for* is the one who sets the pace: who says when we talk next, who owes what until then, and
# where it is written down. That seat is free until somebody takes it. Whoever wants to
# earn on a deal has to take it: deals are brought together by somebody who acts, never by waiting.
#
# If you brought the deal, you are its **game master**. You need not play every move; you keep the rules
# and the clock. The two sides report to the process, and you keep it.
#
# | | says | what the others learn |
# |---|---|---|
# | **leading** | the next date, its owner, the place for the result | this deal moves |
# | **begging** | may I, would it be all right, don't forget me | she is not needed |
# | **drifting** | any news, keep me posted | nobody holds the clock |
# | **bossing** | nobody does anything without me | she is in the way |

# %% [markdown] id="rules"
# So leading is neither a loud voice nor a chair at every meeting. It is a **rule that runs without
# you**:
#
# - **one fixed slot**, say Monday at 20:00, for a short sync of all three;
# - **one place**, the group: files, progress, drafts of the contract;
# - **important things face to face**, the rest online;
# - and between the slots you ask now and then, in the open, for what was promised.

# %% [markdown] id="attendance"
# Come when you are free and useful. When you are not, the rule brings you the result: firms with offices
# in six cities work like this every day. Take last month's calendar: how many of those meetings would
# have ended differently without you?

# %% [markdown] id="bad-cop"
# **Both sides are glad of somebody who drives.** They want it done soon, and each finds it awkward to
# nag the other, for the sake of peace or of old favours. You stand between them, and your nagging
# costs nobody face: *"Blame me for asking, but the NDA has been waiting nine days."* That borrowed knife
# is a service. Use it on both alike.

# %% [markdown] id="silence"
# **And silence?** When you chase by the rule, clearly, and nobody answers, you have been told
# something, at no cost. One silence is a hint, two are a warning, three in a row leave little doubt.
# Worse is the deal that never says no: each week it gets is taken from one that wants you. And a
# customer who must win every small contest of rank will not be easier after signing. The talk behind
# this lesson goes further: whoever wants the deal, it says, minds neither your fee nor your lead.
# Section 7 asks what speaks against that.

# %% [markdown] id="first-case"
# **One case, all the way.** Until a first deal has closed, your share of it is a share of nothing:
# nobody has yet shown that the two fit, or can pay. Getting it to its end is the hardest part, and many
# who call themselves brokers have not done it once. What a first closing brings is a map: where such
# deals stall, who must sign, what is forgotten at delivery. For that it *can* be right to take less,
# even nothing. Move the sliders. *(Assumed: a beginner closes 15 cases in 100, an old hand 50; a free
# first case closes 2.7 times as easily. What exactly is learnt, no simulation can show.)*

# %% show id="first-case-play"
show_first_case()

# %% [markdown] id="look"
# ## 5 · Look: 160 deals of a brokers' house
#
# So far you saw a model. Now look at what such deals leave behind: the archive of a small house of
# brokers, invented and simulated, with everything an archive has. Read the story first.

# %% show id="look-story"
show_story(case)

# %% [markdown]
# Four groups to read, led in four ways. Which is which? Where do you notice it first: in what the
# broker writes, or in what the others answer?

# %% show id="look-chats"
show_chats(case)

# %% show id="look-chart"
show_chart(case)

# %% [markdown] id="chart-text"
# Don't expect neat steps: a bar may stand for a dozen deals. Only brokers who chase can drop, so
# *dropped* sits at the top. And a deal that ends quickly has no time for a long silence: the picture
# alone cannot tell cause from effect.

# %% form="read_chart"

# %% [markdown] id="agreements"
# One more thing to see in the archive: of the 160 deals only between five and six in ten have any word
# on the fee. Those without one were bypassed a little more often in most of the variants we drew, less
# often in some: 160 deals are too few to show it. The *Written fee agreement* switch of the simulator
# shows what we assume.

# %% [markdown] id="rehearse"
# ## 6 · Rehearse: six weeks in one group
#
# Your turn. You are Zoe, the group has just been made. Ten times in six weeks you write something, or
# nothing. The
# two sides have their own minds, which you find out at the end. Then play the same deal again,
# differently: same people, same luck.

# %% show id="roleplay"
show_roleplay("lead")

# %% [markdown] id="evidence"
# ## 7 · Evidence: what speaks for it, what against
#
# The talk behind this lesson is one practitioner's experience. Here is what we found written elsewhere.
# We read abstracts, first pages and summaries, not every paper in full; where only theory or an opinion
# exists, we say so. Nobody, as far as we found, has tested *a weekly slot in brokered deals*: that part
# stands on our simulation's assumptions and on your own trying.

# %% [markdown] id="evidence-bypass"
# **"Those who go around you do it sooner or later; the honest ones even offer a fee."**
#
# - *For:* people do differ. In a student laboratory about half gave if others gave, a third never did
#   (Fischbacher, Gächter & Fehr 2001). Nothing we found is about honest people volunteering a fee.
# - *Against:* the situation moves the same people. On a platform for nurses, customers left with their
#   nurse more often when the price was high, the work repeated and the contact frequent (Zhou, Allen,
#   Gretz & Houston 2021, *Journal of Marketing*). When a calling app was blocked in China, bypassing on
#   a freelance marketplace fell by about 18 % (Gu 2024, *Management Science*). More trust led to more
#   hiring *and*, where it was high, to more bypassing (Gu & Zhu 2021, *Management Science*).
# - *And often nobody goes around anybody:* location data of cleaners in Moscow showed no sign of it
#   (Astashkina, Bray, Momot & Salikhov, in *Kellogg Insight*, 2024). Van Alstyne, Gu & Finger (2023)
#   hold that it is rare, and a sign that you add less than you think. That is an opinion; it is also this
#   lesson.

# %% [markdown] id="evidence-terms"
# **"The terms get defined in the end."** Half right, at best.
#
# - In mainland China the Civil Code is on your side: a client who took an intermediary's service, used
#   the opportunity and then signed around the intermediary owes the fee (art. 965). If no fee was
#   agreed, a reasonable one by the work done, which the two sides share equally where you mediated
#   between them (art. 963); no deal, no fee (art. 964).
# - But the Supreme People's Court's Guiding Case No. 1 lets a buyer who got the same information from
#   several agents by legitimate, open means choose among them. Little work can mean little fee. Courts are
#   not of one mind on brokerage in tenders: take advice before you broker anything that will be put out
#   to bid, above all with public money.
# - Contracts and trust go *together* with less opportunism in a summary of 149 studies (Cao & Lumineau
#   2015, *Journal of Operations Management*). Write it down while everybody still needs you. *(This is no
#   legal advice; most cases decided so far are about flats.)*

# %% [markdown] id="evidence-lead"
# **"Both sides are your instruments and report to you."** We teach the seat, not the tone.
#
# - *For:* in small groups, who speaks more is taken for the leader, whatever their intelligence or
#   personality (MacLaren and others 2020, *The Leadership Quarterly*). Saying nothing has a price.
# - *Against:* where people depend on each other, those who speak tentatively are granted *more* status
#   than those who speak with power (Fragale 2006). By law you are engaged by your client, not the
#   reverse. Lead the process; nobody likes to be a tool.
# - *On rhythm:* the effective teams in one study met face to face in a steady beat and worked remotely in
#   between; it was three teams in one organisation (Maznevski & Chudoba 2000, *Organization Science*).
#   Monitoring progress helps goals along, more so when it is public or written down (138 experiments,
#   Harkin and others 2016, *Psychological Bulletin*; mostly about health).
# - *On the bad cop:* a mediator's proposal let bargainers concede without feeling weak (Pruitt & Johnson
#   1970). A broker who is paid on success is no neutral mediator, and they know it.

# %% [markdown] id="evidence-fee"
# **"Take less, even nothing, on case one."** It depends, as in the model.
#
# - *For:* being hired once, for pay and with a public evaluation, improved what beginners were offered
#   later, and a detailed evaluation did more than a coarse one (952 hired, Pallais 2014, *American
#   Economic Review*).
# - *Against:* new sellers on Taobao who cut their prices earned less in the short run and were even less likely
#   to survive (Fan, Ju & Xiao 2016). Ask for a reference in exchange, not for nothing.

# %% [markdown] id="evidence-mind"
# **"Those who want the deal mind neither your fee nor your lead."** Some do.
#
# - *Against:* when a freight platform introduced a commission, deals behind its back rose by nearly four
#   points and so doubled (a seminar paper by Xie; unpublished). Note the level: even doubled it was a small share.
# - *And on silence:* between 40 and 60 % of deals in a vendor's 2.5 million recorded calls ended in no
#   decision by customers who had said they wanted it (Dixon & McKenna 2022). A silent party may be undecided,
#   not unwilling: which is why the rule says three *clear* chases, not one. The saying that "80 % of sales
#   need five follow-ups" has no source that anybody who looked could find.

# %% [markdown]
# ## 8 · Check yourself
#
# Each answer comes with its reason, right or wrong.

# %% form="check_reply"

# %% form="check_rule"

# %% form="check_order"

# %% form="check_silence"

# %% form="check_types"

# %% form="check_evidence"

# %% [markdown]
# ## 9 · Homework
#
# **The decision track** (13 points, no programming): sort twelve messages, write the charter, judge
# four first fees, compose the Monday chase. **The analyst track** (7 points): a few lines of Python on your
# own variant of the archive.
#
# [Open the homework](../../homework/01_leading_the_deal/homework.ipynb)
#
# > **For instructors** · 70 minutes: hook and prediction 10, play 15, naming 5, archive 10, role-play 15,
# > evidence 10, check 5. Let pairs argue about their prediction *before* anyone plays. In the role-play,
# > have one half of the room beg and the other lead, and compare endings. Debrief: "Which of your own
# > groups would notice within a week if you said nothing? What does that tell you?"
