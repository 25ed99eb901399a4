"""Lesson 02's role-plays."""
