# %% setup
from course.answers import begin
from course.widgets import show_form
from course.widgets.lead import show_lead

begin()

# %% [markdown]
# # Who leads is the client · 谁主导谁就是甲方
#
# **20 minutes.** You will predict what happens to a brokered deal, play it out a thousand times,
# and find out which kind of presence is worth your hours. Nothing to program: answer, move the
# controls, read. Everything you enter is saved as you go.

# %% [markdown]
# ## 1 · The hook: a group chat that goes quiet
#
# Zoe Qiao (乔) knows the operations head of **Hengyuan Logistics** in Wuhan and the founder of
# **Lanting**, a small firm in Hangzhou that sells dispatch software. She brings them together. If
# they sign, the contract is worth about CNY 900,000, and Zoe's fee is 10 %.
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
# Three weeks, two questions, no answer. Zoe lies awake over one thought: *they are talking without
# me.* Are they? And if they are: why would they need her?

# %% [markdown]
# ## 2 · Predict
#
# Commit yourself before you play. Being wrong here is the most useful thing that can happen.

# %% form="predict_paid"

# %% [markdown]
# ## 3 · Play
#
# Below, a broker like Zoe runs many deals for half a year (26 weeks). Choose **how she behaves in
# the group**, then her fee, a written agreement, and how soon she lets a silent deal go. Watch how
# the deals end, and what they cost her in hours. The picture compares **your run** with your
# **last run** on the very same deals, so the difference is the behaviour and not luck.
#
# Three things to try: go from *Attend everything* to *Weekly rule and chases* and compare the hours.
# Push the fee up until people go around you, then lead better and push again. At the end press *Show
# the hidden types*: whom did your worry about being bypassed fit, and on whom was it wasted?
#
# *All numbers are simulated. They are assumptions you can push around, not measurements.*

# %% show
show_lead()

# %% [markdown]
# ## 4 · Name it
#
# On paper the client is whoever signs the cheque. In a deal between three parties, the one everybody
# *waits for* is the one who sets the pace: who says when we talk next, who owes what until then, and
# where it is written down. That seat is free until somebody takes it. If you brought the deal, it is
# yours: you are its **game master**. You need not play every move; you keep the rules and the clock.
#
# So leading is not a loud voice, and not a chair at every meeting. It is a **rule that runs without
# you**: one fixed slot a week, one place for papers, important things face to face and the rest
# online, and somebody who reminds both sides when a date slips. Both sides are too polite to nag
# each other. You, standing between them, may: that is a service, and they are glad of it.
#
# | | says | what the others learn |
# |---|---|---|
# | **leading** | the next date, its owner, the place for the result | this deal moves |
# | **begging** | may I, would it be all right, don't forget me | she is not needed |
# | **drifting** | any news, keep me posted | nobody holds the clock |
# | **bossing** | nobody does anything without me | she is in the way |
#
# And silence? When you chase by the rule and nobody answers, the deal is telling you something, at
# no cost. One silence says little. Three in a row, each after a clear question, say nearly all.

# %% [markdown]
# ## 5 · Check yourself
#
# Four quick questions. Each answer comes with its reason, right or wrong.

# %% form="check_reply"

# %% form="check_rule"

# %% form="check_order"

# %% form="check_silence"

# %% [markdown]
# ## 6 · Homework
#
# Two tasks, 10 points, about 25 minutes: **sort twelve messages** from a real-looking group chat, and
# **decide when to drop a deal**. The first is done with the mouse or the keyboard; the second is a
# few lines of Python for those who like to (the *analyst track*).
#
# [Open the homework](../../homework/01_leading_the_deal/homework.ipynb)
#
# > **For instructors** · 20 minutes alone, 30 in a group. Let pairs argue about their prediction
# > *before* anyone plays. Debrief: “Which of your current groups would notice within a week if you
# > said nothing? What does that tell you?”
