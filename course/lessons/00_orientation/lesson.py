# %% setup
from course.answers import begin
from course.widgets import show_form, show_learner

begin()

# %% [markdown]
# # How this course works · 先猜后看
#
# **Ten minutes.** Every lesson goes the same way: you **predict**, you **play**, you see **what
# happened**, and then the idea gets its name. Let us do it once with something small.

# %% [markdown]
# ## 1 · Predict
#
# Ms Deng (邓) sells cleaning machines to hotels. Her contact at Hongyun Hotels loves them. For the
# order to go out, five people must nod, one after the other: the contact, her boss, housekeeping,
# finance, and the owner's brother. Each of them says yes 7 times in 10, whatever the
# others said.
#
# Don't calculate. Say what your gut says, then commit it. Press *Commit my prediction*, then
# *Compare with what happened*.

# %% form="five_nods"

# %% [markdown]
# ## 2 · What just happened
#
# Perhaps your gut said something near 70, or took off a little for safety. The nods multiply: what
# five people each do 7 times in 10, they *all* do 17 times in 100. You may have known that. Knowing it
# and *feeling* it in front of a friendly customer are two things, and the difference is what you
# carry away when you were wrong first. That is why every lesson asks before it tells.
#
# Now imagine Ms Deng does some of the homework for three of the five, so that they say yes 9 times in
# 10. What is left to chance then?

# %% form="three_prepared"

# %% [markdown]
# ## 3 · The few things you need to know
#
# - **It saves itself.** Every answer is kept the moment you give it; the line beside *Check* says when.
#   Close the browser whenever you like. Coming back, you find your answers as you left them.
# - **Check** tells you at once what is right and why, in lessons. In homework it tells you what is
#   still open; points come after you hand in.
# - **Hints** cost nothing. They are counted, so that your instructor learns which question is hard.
# - **Keyboard:** Tab goes on, Shift+Tab goes back, arrows choose, Space or Enter presses.
# - **Grey boxes with code** are for those who like to look under the bonnet. You can finish every
#   lesson without reading one.
# - If the page ever looks dead, press the double arrow at its top: it starts the lesson afresh and
#   keeps your answers. If it asks, choose *Restart*.
# - **Handing in:** the last button of a homework packs one file; send it to your instructor.

# One thing we ask of you, once. Your cases and their numbers are drawn for you alone, and your homework
# must find its way back to you:

# %% show
show_learner()

# %% form="how_it_works"

# %% [markdown]
# ## 4 · Your way through
#
# The times on the start page are honest: about an hour for a lesson, an hour for its homework. Take them
# in order, one an evening, or only the one that hurts this week.
#
# What is simulated here is *called* simulated. The numbers in the simulators are assumptions you can
# push around, not measurements of a market. What we grade holds over the whole range of assumptions that we tested.
#
# [Go to the first lesson](../01_leading_the_deal/01_leading_the_deal.ipynb)
#
# > **For instructors** · Ten minutes at the start of a workshop, everybody on their own machine. Ask
# > for a show of hands on the first prediction *before* anyone compares.
