# The two commands are `make run` and `make test`; each installs what it needs from Debian.

DIR ?= /usr/share/doc
ONCE ?=
VAR ?= var
export DIR ONCE VAR
PRESET ?= test
LABEL ?=
TARGET ?=
ARGS ?=

# One compile job per core, and at most one per 1.5 GB of free memory.
JOBS ?= $(shell awk -v cores="$$(nproc)" '/^MemAvailable/ { n = int($$2 / 1572864); \
    if (n > cores) n = cores; print (n < 1) ? 1 : n }' /proc/meminfo)

# Many of them wait more than they work.
tests_at_once = $$(($(JOBS) * 2))

our = daemon endpoints actors catalog protocol config cli bench tests
sources = $$(find $(our) -name '*.cpp' -o -name '*.h' -o -name '*.ipp')

# One line instead of a compiler's riddle, where an earlier run as root owns the folder.
folder = build/$(if $(filter test bench,$(1)),release,$(1))
writable = @mkdir -p build 2>/dev/null; [ -w build ] && [ ! -e $(folder) -o -w $(folder) ] || \
    { echo "make: cannot write to $(folder): remove it, or run as its owner" >&2; exit 1; }
configure = cmake --preset $(1) >build/$(1).log 2>&1 || { cat build/$(1).log >&2; exit 1; }
compile = cmake --build --preset $(1) --parallel $(JOBS) $(if $(TARGET),--target $(TARGET))

# What runs for as long as it is told to.
soak: SECONDS ?= 600
fuzz: SECONDS ?= 60

.PHONY: help run build test bench bench-search bench-jobs bench-stream bench-readers soak fuzz deb \
    format check-format tidy clean
.DEFAULT_GOAL := help

help: ## Prints this list.
	@sed -n 's/^\([a-z-]*\):.*## /  \1|/p' Makefile | while IFS='|' read -r name text; do \
	    printf '  make %-14s %s\n' $$name "$$text"; done

run: build ## Starts the daemon, records DIR (/usr/share/doc), serves; ONCE=1 compares and exits.
	@cli/tour

build: ## Builds build/bin/catalogd and build/bin/catalogctl (release).
	@.ci/packages build
	$(call writable,release)
	@$(call configure,release)
	@$(call compile,release)

test: ## Builds and runs every test; PRESET=debug, asan or tsan for those builds, LABEL=… for some.
	@.ci/packages build test $(if $(filter asan tsan,$(PRESET)),sanitize)
	$(call writable,$(PRESET))
	@$(call configure,$(PRESET))
	@$(call compile,$(PRESET))
	@ctest --preset $(PRESET) --parallel $(tests_at_once) $(if $(LABEL),--label-regex '$(LABEL)')

bench: ## Measures against raw SQLite, a Python pool and PostgreSQL; ARGS=--smoke for a short look.
	@.ci/packages build bench
	$(call writable,bench)
	@$(call configure,bench)
	@$(call compile,bench)
	@bench/run $(ARGS)

bench-search: ## Measures search at 1,000,000 records, and saves with and without its index.
	@.ci/packages build bench
	$(call writable,bench)
	@$(call configure,bench)
	@$(call compile,bench)
	@bench/search $(ARGS)

bench-jobs: ## Measures what jobs cost who works meanwhile, and their forecasts, at 1,000,000 records.
	@.ci/packages build bench
	$(call writable,bench)
	@$(call configure,bench)
	@$(call compile,bench)
	@bench/jobs $(ARGS)

bench-stream: ## Measures events to 500 subscribers, Health.Get of a busy daemon, and an idle daemon.
	@.ci/packages build bench
	$(call writable,bench)
	@$(call configure,bench)
	@$(call compile,bench)
	@bench/stream $(ARGS)

bench-readers: ## Measures lookups of many clients with few and with many reader connections.
	@.ci/packages build bench
	$(call writable,bench)
	@$(call configure,bench)
	@$(call compile,bench)
	@bench/readers $(ARGS)

soak: ## Kills the daemon at random moments for SECONDS (default 600) and looks for lost writes.
	@.ci/packages build test
	$(call writable,test)
	@$(call configure,test)
	@$(call compile,test)
	@CATALOGD_SOAK_SECONDS=$(SECONDS) ctest --preset test --label-regex soak --timeout 100000

fuzz: ## Fuzzes frames, configuration, listings and HTTP for SECONDS (default 60) each.
	@.ci/packages build test sanitize
	$(call writable,fuzz)
	@$(call configure,fuzz)
	@$(call compile,fuzz)
	@tests/fuzz/run $(SECONDS)

deb: ## Makes the Debian packages, in build/deb/.
	@.ci/packages build deb
	$(call writable,release)
	@$(call configure,release)
	@$(call compile,release)
	@systemd/deb build/release
	@lintian --allow-root --fail-on error build/deb/*.changes

format: ## Formats every source file.
	@.ci/packages check
	@clang-format-19 -i $(sources)

check-format: ## Fails when `make format` would change a file.
	@.ci/packages check
	@said=$$(clang-format-19 --dry-run --Werror $(sources) 2>&1) || { echo "$$said" | \
	    sed -n 's/^\([^ :]*\):.*: error: .*/not formatted: \1/p' | sort -u; exit 1; }

tidy: ## Runs clang-tidy over every source file but the tests'.
	@.ci/packages build check
	$(call writable,bench)
	@cmake --preset bench -B build/tidy >/dev/null
	@.ci/tidy build/tidy $(JOBS)

clean: ## Removes build/; var/ with the database stays.
	@rm -rf build
