"""Lesson 03's role-plays."""
