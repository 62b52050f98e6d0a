"""Whether a script that a model wrote can be shown: read first, held to the installed Manim, then tried in the sandbox.

What is found wrong comes with its line and its reason, for whoever is to mend it. Nothing here is a wall: that is the
sandbox.
"""
