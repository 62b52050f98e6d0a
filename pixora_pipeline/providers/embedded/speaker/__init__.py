"""Speech without a model to download: espeak-ng, steadied, equalised and levelled to a narrator's recording."""
