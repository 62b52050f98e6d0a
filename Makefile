# The two commands to know: `make demo` renders the example, `make test` runs the tests. Both set up what they need.

.PHONY: demo test test-all up explainers bench-media contact-sheet clean

demo: .venv/ready
	.venv/bin/pixora make examples/lighthouse.md -o out/lighthouse.mp4

test: .venv/ready-for-tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/pytest -n auto -m "not slow"

test-all: test
	.venv/bin/pytest -n auto -m slow

bench-media: .venv/ready
	.venv/bin/python -m benchmarks.media

up: .venv/ready
	.venv/bin/pixora up

contact-sheet: .venv/ready
	.venv/bin/python -m pixora_pipeline.providers.embedded.artist.contact_sheet docs/contact-sheet.jpg

explainers: pyproject.toml uv.lock scripts/setup
	scripts/setup --no-dev --all-extras
	@touch .venv/ready

.venv/ready: pyproject.toml uv.lock scripts/setup
	scripts/setup --no-dev
	@touch $@

.venv/ready-for-tests: pyproject.toml uv.lock scripts/setup
	scripts/setup --all-extras
	@touch $@ .venv/ready

clean:
	rm -rf .venv .tools
