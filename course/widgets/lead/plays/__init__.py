"""Lesson 01's role-plays."""
