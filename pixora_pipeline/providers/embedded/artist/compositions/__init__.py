"""The families of composition: each module draws a few related kinds of scene. `catalogue.py` names them all."""
