"""`python -m pixora_pipeline.cli`, where the `pixora` command is not on the path."""

from pixora_pipeline.cli import main

if __name__ == "__main__":
    main()
