"""Animated scenes: figures filled from a text, laid out by measuring, played and recorded by Manim.

Light at the top (`contents`, `notation`); whatever imports Manim (`stage`, `templates`, `scene`) is loaded in a process
that renders, and nowhere else.
"""
