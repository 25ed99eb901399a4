"""The three weeks after "we are satisfied", as a role-play: its words and its debrief."""
